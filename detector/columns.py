"""Whole columns of accounts judged: only the rows that are not plainly allowed become objects.

The same answers as `Screener.screen` row by row, without those that hold nothing: a row is left out
only where its assessment is "allow", without a finding, a gap or a person's look. Cases that came to
nothing (a name the law lets pass) are left out with it; who wants them on record screens row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from detector.channels import claims
from detector.engine.gate import Gate, Passing
from detector.engine.harmless import BESIDE_ANY
from detector.pipeline import Screener
from detector.text.compiled import column
from detector.types import Account, AccountType, Assessment, Field, Outcome

# Rows that are judged at once
BATCH = 1024


@dataclass(frozen=True, slots=True)
class Columns:
    """The texts of accounts by row: Arrow arrays of strings of equal length, null = not reported.

    types: "personal", "organization" or null; None = not reported of any. spoken: bio, signature and
    verification, as far as they are reported. pictures: avatar and cover, likewise.
    """

    names: pa.Array
    types: pa.Array | None = None
    spoken: Mapping[Field, pa.Array] = field(default_factory=dict)
    pictures: Sequence[pa.Array] = ()


class Gated(Protocol):
    """A screener, as far as its gate goes."""

    @property
    def gate(self) -> Gate | None:
        """What stands before the plain path; None = nothing does."""


def to_judge(screener: Gated, columns: Columns, as_of: date) -> npt.NDArray[np.int64]:
    """The rows that must be judged one by one, in order; of all others nothing is held.

    Without a gate these are all rows.
    """
    gate = screener.gate
    if gate is None:
        return np.arange(len(columns.names))
    found = np.zeros(len(columns.names), np.bool_)
    for account_type, rows in _by_type(columns):
        passing = gate.passing(account_type, as_of)
        of_type = columns.names if len(rows) == len(found) else columns.names.take(pa.array(rows))
        found[rows] = gate.alive(column.of_arrow(of_type), passing=passing)
    anywhere = Passing.anywhere(BESIDE_ANY, gate.known)
    for spoken_in, texts in columns.spoken.items():
        # a clause without a claiming word claims nothing; a verification line may be a bare name
        passing_in = None if spoken_in is Field.VERIFICATION else anywhere
        rows, parts, long = clauses(texts)
        found[long] = True
        alive = gate.alive(column.of_arrow(parts), own=False, passing=passing_in)
        found[rows[alive]] = True
    for shown in columns.pictures:  # a picture is looked at whatever the name
        reported = pc.fill_null(pc.not_equal(shown, ""), False)
        found |= reported.to_numpy(zero_copy_only=False)
    return np.flatnonzero(found)


def screen_columns(
    screener: Screener, columns: Columns, account: Callable[[int], Account], as_of: date
) -> Iterator[tuple[int, Assessment]]:
    """The rows of which something is held, with their assessments, in order.

    account: makes the account of a row; asked only for rows that must be judged.
    """
    rows = to_judge(screener, columns, as_of).tolist()
    for start in range(0, len(rows), BATCH):
        part: Sequence[int] = rows[start : start + BATCH]
        found = screener.screen([account(row) for row in part], as_of)
        yield from ((row, a) for row, a in zip(part, found, strict=True) if not passes(a))


def passes(assessment: Assessment) -> bool:
    """Whether nothing is held: allowed, without a finding, a gap or a person's look."""
    decision = assessment.decision
    return (
        decision.outcome is Outcome.ALLOW
        and not decision.findings
        and not decision.needs_person
        and not assessment.gaps
    )


def _by_type(columns: Columns) -> Iterator[tuple[AccountType | None, npt.NDArray[np.int64]]]:
    """The rows of every type of account that occurs."""
    if columns.types is None:
        yield None, np.arange(len(columns.names))
        return
    for account_type in (None, *AccountType):
        same = (
            pc.is_null(columns.types)
            if account_type is None
            else pc.fill_null(pc.equal(columns.types, account_type.value), False)
        )
        rows = np.flatnonzero(same.to_numpy(zero_copy_only=False))
        if len(rows):
            yield account_type, rows


def clauses(
    texts: pa.Array,
) -> tuple[npt.NDArray[np.int64], pa.Array, npt.NDArray[np.bool_]]:
    """The clauses of a column: the row of each, the clauses, and which rows are too long to split."""
    whole = pc.fill_null(texts.cast(pa.large_string()), "")
    sizes = pc.utf8_length(whole).to_numpy(zero_copy_only=False)
    split = pc.split_pattern_regex(whole, claims.BREAKS)
    parts, rows = pc.list_flatten(split), pc.list_parent_indices(split)
    long = sizes > claims.LONGEST_TEXT
    numbered: npt.NDArray[np.int64] = rows.to_numpy(zero_copy_only=False).astype(np.int64)
    of_clause = pc.utf8_length(parts).to_numpy(zero_copy_only=False)
    long[numbered[of_clause > claims.LONGEST_CLAUSE]] = True
    kept = np.flatnonzero(of_clause > 1)
    return numbered[kept], parts.take(pa.array(kept)), long
