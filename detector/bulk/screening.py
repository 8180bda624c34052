"""Batches of accounts in, batches of results out: the only function that judges in bulk.

Pure: the same batches, bundle and day give the same results, whoever runs it. `_judged` is the one
place where columns become accounts; a faster entry for columns takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import pyarrow as pa

from detector.batch import Failure, each
from detector.bulk.columns import SCREENED
from detector.bundle import Bundle
from detector.contract import Reported, findings_json, gaps_json, read_row
from detector.contract.columns import complaint
from detector.errors import FileFormatError, RowError
from detector.files import BadRow, Row, batch_rows
from detector.pipeline import Screened
from detector.types import Account

# Rows judged at once
ROWS = 1024


class Screens(Protocol):
    """What bulk needs of a `Screener`."""

    def screened(self, accounts: Sequence[Account], as_of: date) -> list[Screened]:
        """One assessment an account with what the registry was asked, in order."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judges: an opened screener, its bundle's hash and `Maker.reading`, and the day."""

    screener: Screens
    bundle: str
    reading: str
    as_of: date

    @staticmethod
    def of(bundle: Bundle, as_of: date) -> Judge:
        """The judge over a bundle. Raises BundleError where the program does not fit it."""
        return Judge(bundle.screener(), bundle.hash, bundle.manifest.maker.reading, as_of)


def screen_batches(batches: Iterable[pa.RecordBatch], judge: Judge) -> Iterator[pa.RecordBatch]:
    """Results (`columns.SCREENED`) of batches with the columns of the input contract.

    One row out for every row in, in order. Raises FileFormatError where a required column lacks.
    """
    first = 1
    for batch in batches:
        wrong = complaint(tuple(batch.schema.names))
        if wrong:
            raise FileFormatError(wrong)
        for start in range(0, batch.num_rows, ROWS):
            part = batch.slice(start, ROWS)
            yield _columns(_judged(part, first, judge), judge)
            first += part.num_rows


@dataclass(frozen=True, slots=True)
class _Judged:
    """One row: what it reports and what came of it, or why nothing did."""

    account_id: str | None
    fault: str | None = None
    reported: Reported | None = None
    screened: Screened | None = None


def _judged(batch: pa.RecordBatch, first: int, judge: Judge) -> list[_Judged]:
    """What came of every row; `first`: the number of the first one, for messages."""
    read = [_read(row) for row in batch_rows(batch, first)]
    good = [row.reported.account for row in read if row.reported is not None]
    found = iter(each(good, lambda some: judge.screener.screened(some, judge.as_of)))
    judged = []
    for row in read:
        if row.reported is not None:
            one = next(found)
            if isinstance(one, Failure):
                row = _Judged(row.account_id, one.reason)
            else:
                row = _Judged(row.account_id, None, row.reported, one)
        judged.append(row)
    return judged


def _read(row: Row | BadRow) -> _Judged:
    """A row of the file as what it reports, or why it reports nothing."""
    if isinstance(row, BadRow):
        return _Judged(row.account_id or None, row.reason)
    try:
        reported = read_row(row.row, row.cells)
    except RowError as error:
        return _Judged(error.account_id or None, error.reason)
    return _Judged(reported.account.account_id, None, reported)


def _columns(rows: Sequence[_Judged], judge: Judge) -> pa.RecordBatch:
    """The rows as a batch of results."""
    cells = [_cells(row, judge) for row in rows]
    return pa.RecordBatch.from_arrays(
        [pa.array([row[at] for row in cells], field.type) for at, field in enumerate(SCREENED)],
        schema=SCREENED,
    )


def _cells(row: _Judged, judge: Judge) -> tuple[object, ...]:
    """The cells of a row, in the order of the columns."""
    made_by = (judge.bundle, judge.as_of.isoformat())
    if row.screened is None or row.reported is None:
        return (row.account_id, None, None, None, None, None, None, None, None,
                row.fault, *made_by, None)  # fmt: skip
    assessment = row.screened.assessment
    decision = assessment.decision
    has_gaps = row.reported.gaps or assessment.gaps
    return (
        row.account_id,
        decision.outcome.word,
        decision.needs_person,
        sorted({f.clause for f in decision.findings}),
        findings_json(assessment) if decision.findings else "[]",
        gaps_json(row.reported, assessment) if has_gaps else "[]",
        decision.measure,
        None,
        sorted({v.channel for case in assessment.cases for v in case.evidence}),
        None,
        *made_by,
        row.screened.asked,
    )
