"""Batches of accounts in, batches of results out: the only function that judges in bulk.

Pure: the same rows, bundle and day give the same results, whoever runs it and however they are cut.
Rows that are plainly good and of which nothing may be held (`detector.columns`) never become objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from detector import law
from detector.batch import Failure, each
from detector.bulk.columns import RESULTS
from detector.bundle import Bundle
from detector.columns import Columns, to_judge
from detector.contract import COLUMNS, Reported, findings_json, gaps_json, read_row
from detector.contract.columns import complaint
from detector.contract.plain import Texts, good, texts
from detector.engine.gate import Gate
from detector.errors import FileFormatError, RowError
from detector.files import BadRow, Row, batch_rows
from detector.types import Account, Assessment, Field

# Rows judged at once
ROWS = 8192

_SPOKEN = (Field.BIO, Field.SIGNATURE, Field.VERIFICATION)

Flags = npt.NDArray[np.bool_]


class Screens(Protocol):
    """What bulk needs of a `Screener`."""

    @property
    def gate(self) -> Gate | None:
        """What stands before the plain path; None = nothing does."""

    def screen(self, accounts: Sequence[Account], as_of: date) -> list[Assessment]:
        """One assessment an account, in order."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judges: an opened screener, its bundle's hash, and the day."""

    screener: Screens
    bundle: str
    as_of: date

    @staticmethod
    def of(bundle: Bundle, as_of: date) -> Judge:
        """The judge over a bundle. Raises BundleError where the program does not fit it."""
        return Judge(bundle.screener(), bundle.hash, as_of)


def screen_batches(batches: Iterable[pa.RecordBatch], judge: Judge) -> Iterator[pa.RecordBatch]:
    """Results (`columns.RESULTS`) of batches with the columns of the input contract.

    One row out for every row in, in order. Raises FileFormatError where a required column lacks.
    """
    for batch in batches:
        wrong = complaint(tuple(batch.schema.names))
        if wrong:
            raise FileFormatError(wrong)
        known = batch.select([name for name in batch.schema.names if name in COLUMNS])
        for start in range(0, known.num_rows, ROWS):
            yield _results(known.slice(start, ROWS), judge)


def _results(batch: pa.RecordBatch, judge: Judge) -> pa.RecordBatch:
    """The results of some rows: those that need no look all alike, the others one by one."""
    said = texts(batch)
    plain = good(said)
    looked_at = ~plain
    looked_at[plain] = _worth_a_look(_columns(said, plain), judge)
    rows = looked_at.nonzero()[0]
    if not len(rows):
        return _quiet(said.column("account_id"), judge)
    judged = _judged(batch.take(pa.array(rows)), plain[rows], judge)
    ids = pc.if_else(pa.array(looked_at), None, said.column("account_id"))
    return _put(judged, rows, _quiet(ids, judge))


def _columns(said: Texts, rows: Flags) -> Columns:
    """The texts of some rows as the gate takes them."""

    def column(name: str) -> pa.Array:
        found = said.column(name)
        return found if rows.all() else found.filter(pa.array(rows))

    sorts = column("account_type")
    return Columns(
        column("name"),
        pc.if_else(pc.equal(sorts, ""), None, sorts),
        {field: column(field) for field in _SPOKEN if field in said.columns},
    )


def _columns_of(accounts: Sequence[Account]) -> Columns:
    """The same of accounts."""

    def column(values: Iterable[str | None]) -> pa.Array:
        return pa.array(list(values), pa.string())

    return Columns(
        column(account.name for account in accounts),
        column(None if a.account_type is None else a.account_type.value for a in accounts),
        {
            Field.BIO: column(account.bio for account in accounts),
            Field.SIGNATURE: column(account.signature for account in accounts),
            Field.VERIFICATION: column(account.verification for account in accounts),
        },
    )


def _worth_a_look(columns: Columns, judge: Judge) -> Flags:
    """bool per row: it must be judged by itself. So must one at which the gate fails."""

    def flags(rows: Sequence[int]) -> list[bool]:
        some = columns if len(rows) == count else _part(columns, rows[0], len(rows))
        found = np.zeros(len(rows), np.bool_)
        found[to_judge(judge.screener, some, judge.as_of)] = True
        return list(found.tolist())

    count = len(columns.names)
    return np.array([flag is not False for flag in each(range(count), flags)], np.bool_)


def _part(columns: Columns, start: int, rows: int) -> Columns:
    """Rows of columns."""
    return Columns(
        columns.names.slice(start, rows),
        None if columns.types is None else columns.types.slice(start, rows),
        {field: spoken.slice(start, rows) for field, spoken in columns.spoken.items()},
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """One row: what it reports and what came of it, or why nothing did.

    assessment: None also where the gate has found it not worth a look.
    """

    account_id: str | None
    fault: str | None = None
    reported: Reported | None = None
    assessment: Assessment | None = None


def _judged(batch: pa.RecordBatch, looked_at: Flags, judge: Judge) -> pa.RecordBatch:
    """The results of rows that are read one by one; looked_at: the gate has said so already."""
    read = [_read(row) for row in batch_rows(batch, 1)]
    fresh = [n for n, row in enumerate(read) if row.reported is not None and not looked_at[n]]
    wanted = looked_at.copy()
    wanted[fresh] = _worth_a_look(
        _columns_of([one.account for n in fresh if (one := read[n].reported) is not None]), judge
    )
    accounts = [
        row.reported.account for n, row in enumerate(read) if row.reported is not None and wanted[n]
    ]
    found = iter(each(accounts, lambda some: judge.screener.screen(some, judge.as_of)))
    cells = []
    for n, row in enumerate(read):
        if row.reported is not None and wanted[n]:
            judged = next(found)
            if isinstance(judged, Failure):
                row = _Judged(row.account_id, judged.reason)
            else:
                row = _Judged(row.account_id, None, row.reported, judged)
        cells.append(_cells(row, judge))
    return pa.RecordBatch.from_arrays(
        [pa.array([row[at] for row in cells], field.type) for at, field in enumerate(RESULTS)],
        schema=RESULTS,
    )


def _read(row: Row | BadRow) -> _Judged:
    """A row of the file as what it reports, or why it reports nothing."""
    if isinstance(row, BadRow):
        return _Judged(row.account_id or None, row.reason)
    try:
        reported = read_row(row.row, row.cells)
    except RowError as error:
        return _Judged(error.account_id or None, error.reason)
    return _Judged(reported.account.account_id, None, reported)


def _cells(row: _Judged, judge: Judge) -> tuple[object, ...]:
    """The cells of a row, in the order of the columns."""
    made_by = (judge.bundle, judge.as_of.isoformat())
    if row.reported is None or row.fault is not None:
        return (row.account_id, *[None] * 8, row.fault, *made_by)
    found = row.assessment
    decision = law.decide((), judge.as_of) if found is None else found.decision
    open_ = () if found is None else found.gaps
    cases = () if found is None else found.cases
    return (
        row.account_id,
        decision.outcome.word,
        decision.needs_person,
        sorted({f.clause for f in decision.findings}),
        "[]" if found is None else findings_json(found),
        gaps_json((*row.reported.gaps, *open_)),
        decision.measure,
        None,
        sorted({v.channel for case in cases for v in case.evidence}),
        None,
        *made_by,
    )


def _quiet(ids: pa.Array, judge: Judge) -> pa.RecordBatch:
    """The results of rows of which nothing is held, by their ids."""
    cells = _cells(_Judged("", None, _NOTHING), judge)
    first = np.zeros(len(ids), np.int8)
    columns = [
        pa.array([cell], field.type).take(pa.array(first))
        for cell, field in zip(cells, RESULTS, strict=True)
    ]
    return pa.RecordBatch.from_arrays([ids, *columns[1:]], schema=RESULTS)


_NOTHING = Reported(Account("", ""), (), {}, {})


def _put(
    judged: pa.RecordBatch, rows: npt.NDArray[np.int64], quiet: pa.RecordBatch
) -> pa.RecordBatch:
    """The results of all rows: those judged in their places among the quiet ones."""
    order = np.arange(quiet.num_rows)
    order[rows] = quiet.num_rows + np.arange(len(rows))
    both = pa.Table.from_batches([quiet, judged]).combine_chunks().to_batches()[0]
    return both.take(pa.array(order))
