"""What becomes of one part: nothing where it was judged already, else all or some of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from detector.bulk.difference import Reached
from detector.bulk.footer import Footer, read_footer
from detector.bulk.part import Part, Progress, accounts_digest, judge_part
from detector.bulk.renewal import renew_part
from detector.bulk.screening import Judge
from detector.bulk.tally import NOTHING, Counts
from detector.bundle import Bundle
from detector.errors import FileFormatError, ResultsError


class Way(StrEnum):
    """How the results of a part came about."""

    KEPT = "kept"  # judged by an earlier run of the same bundle and day
    JUDGED = "judged"
    RENEWED = "renewed"  # only the rows that a change can reach
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a part.

    again: rows that were judged; changed: renewed rows with another outcome; fault: why it failed.
    """

    name: str
    way: Way
    counts: Counts = NOTHING
    again: int = 0
    changed: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker opens: the bundle's folder, the day, the folder of a difference (or None)."""

    bundle: Path
    as_of: date
    difference: Path | None = None


@dataclass(slots=True)
class Worker:
    """An opened job, which does one part after the other."""

    judge: Judge
    reached: Reached | None = None

    @staticmethod
    def open(job: Job) -> Worker:
        """Open the bundle. Raises DataError where it does not fit."""
        judge = Judge.of(Bundle.open(job.bundle), job.as_of)
        if job.difference is None:
            return Worker(judge)
        return Worker(judge, Reached(job.difference, judge.screener.gate))

    def do(self, part: Part, progress: Progress) -> Done:
        """Bring the results of one part up to date. Raises OSError where they cannot be written."""
        try:
            footer = self._stored(part)
            if footer is not None and self._is_current(footer):
                progress(footer.counts.rows)
                return Done(part.name, Way.KEPT, footer.counts)
            renewed = self._renewed(part, footer, progress)
            if renewed is not None:
                return renewed
            made = judge_part(part, self.judge, progress)
            return Done(part.name, Way.JUDGED, made.counts, made.counts.rows)
        except FileFormatError as error:
            return Done(part.name, Way.FAILED, fault=str(error))

    def _renewed(self, part: Part, footer: Footer | None, progress: Progress) -> Done | None:
        """The results renewed by difference, None where all rows must be judged."""
        if footer is None or self.reached is None or footer.valid_for != self.reached.plan.old:
            return None
        try:
            made = renew_part(part, footer, self.reached, self.judge, progress)
        except ResultsError:  # what is stored is damaged, so it is judged anew
            return None
        return Done(part.name, Way.RENEWED, made.footer.counts, made.again, made.changed)

    def _stored(self, part: Part) -> Footer | None:
        """The footer of results of these very accounts, None where there are none."""
        footer = read_footer(part.target)
        return footer if footer is not None and footer.accounts == accounts_digest(part) else None

    def _is_current(self, footer: Footer) -> bool:
        made_by = (self.judge.bundle, self.judge.as_of.isoformat())
        return (footer.valid_for, footer.as_of) == made_by
