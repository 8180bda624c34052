"""What a registry would change before it goes live: accounts newly held, refused and released.

The accounts are judged by the old registry, then by difference by the new one, and every account
whose outcome moves is put down to the names that its findings gained or lost.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

import pyarrow.parquet as pq

from detector.bulk.difference import difference
from detector.bulk.part import Part, Progress
from detector.bulk.renewal import CHANGES_FOLDER
from detector.bulk.run import run
from detector.bulk.work import Done, Job, Way
from detector.bundle import Bundle
from detector.errors import FileFormatError
from detector.registry.quarantine import Quarantined
from detector.types import Outcome

# 1 account in 1,000: a twentieth of all that is held today among ordinary nicknames (2.05 %), for
# one name alone. Fewer than so many accounts are no flood, whatever their share.
FLOOD_SHARE, FLOOD_LEAST = 0.001, 20
SAMPLES = 5


class Move(StrEnum):
    """Where an account's outcome goes."""

    HELD = "newly held"  # to strict
    REFUSED = "newly refused"
    RELEASED = "released"  # to a milder outcome


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name of a body, and the source that lists it."""

    source: str
    body: str
    text: str


@dataclass(slots=True)
class Moved:
    """How many accounts move one way, and the first of them."""

    count: int = 0
    samples: list[str] = field(default_factory=list)

    def add(self, account_id: str) -> None:
        """One account more."""
        self.count += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(account_id)


@dataclass(frozen=True, slots=True)
class Impact:
    """accounts: how many were looked at. total: by move; by_name: an account counts for each name.

    other: accounts whose findings or need of a person differ at the same outcome.
    """

    accounts: int
    total: Mapping[Move, Moved]
    by_name: Mapping[Name, Mapping[Move, Moved]]
    other: int

    def flooding(self, share: float = FLOOD_SHARE) -> tuple[Name, ...]:
        """Names for which alone more than this share of all accounts is newly held or refused."""
        most = max(FLOOD_LEAST, share * self.accounts)
        return tuple(sorted(name for name in self.by_name if self.held(name) > most))

    def held(self, name: Name) -> int:
        """Accounts newly held or refused for a name."""
        moves = self.by_name[name]
        return sum(moves[move].count for move in (Move.HELD, Move.REFUSED) if move in moves)

    def quarantined(self, names: Iterable[Name], day: date) -> Iterator[Quarantined]:
        """The names as rows of the quarantine."""
        for name in names:
            yield Quarantined(
                id=name.body, name=name.text, held=self.held(name), of=self.accounts,
                date=day.isoformat(),
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """Two bundles, the day, how many processes; scratch: a folder for what is stored meanwhile."""

    old: Bundle
    new: Bundle
    as_of: date
    workers: int
    scratch: Path


def impact(
    parts: tuple[Part, ...], question: Question, sources: Mapping[str, str], progress: Progress
) -> Impact:
    """The impact on the accounts of these parts, whose results are written below their folder.

    sources: id of a body -> its source. Raises FileFormatError where a part cannot be read.
    """
    first = Job(question.old.folder, question.as_of)
    _all(run(parts, first, question.workers, progress))
    difference(question.old, question.new, question.scratch)
    second = Job(question.new.folder, question.as_of, question.scratch)
    done = _all(run(parts, second, question.workers, lambda rows: None))
    counts = sum(one.counts.rows for one in done)
    changed = parts[0].results / CHANGES_FOLDER / question.new.hash[:16]
    rows = (
        row
        for path in sorted(changed.rglob("*.parquet"))
        for row in pq.read_table(path).to_pylist()
    )
    return gathered(rows, counts, sources)


def _all(done: Iterable[Done]) -> list[Done]:
    found = list(done)
    for one in found:
        if one.way is Way.FAILED:
            raise FileFormatError(one.fault)
    return found


def gathered(
    changes: Iterable[Mapping[str, object]], accounts: int, sources: Mapping[str, str]
) -> Impact:
    """The rows of `_changes` (`renewal.CHANGES`) counted by move and by name."""
    total: dict[Move, Moved] = defaultdict(Moved)
    by_name: dict[Name, dict[Move, Moved]] = defaultdict(lambda: defaultdict(Moved))
    other = 0
    for row in changes:
        move = _move(row)
        if move is None:
            other += 1
            continue
        account_id = str(row["account_id"])
        total[move].add(account_id)
        was, is_ = _names(row["findings_was"], sources), _names(row["findings_is"], sources)
        for name in sorted(was - is_ if move is Move.RELEASED else is_ - was):
            by_name[name][move].add(account_id)
    return Impact(accounts, total, by_name, other)


def _move(row: Mapping[str, object]) -> Move | None:
    """Which way the outcome goes; None where it stays. A row without outcome could not be judged."""
    was, is_ = (Outcome[str(row[f"outcome_{when}"] or "allow").upper()] for when in ("was", "is"))
    if was == is_:
        return None
    if is_ < was:
        return Move.RELEASED
    return Move.REFUSED if is_ is Outcome.REFUSE else Move.HELD


def _names(findings: object, sources: Mapping[str, str]) -> set[Name]:
    """The bodies' names that findings turn on."""
    return {
        Name(sources.get(body["id"], "?"), body["id"], finding["candidate"] or body["name"])
        for finding in json.loads(str(findings or "[]"))
        if (body := finding["entity"]) is not None
    }
