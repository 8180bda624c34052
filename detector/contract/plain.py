"""Whole columns of rows at once: their texts, and the rows of which `read_row` takes every cell as it stands.

A quick twin of `account.read_row`. It errs to the other side: a row that is not surely good is read
by itself, which settles it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from detector.contract.columns import COLUMNS, VERIFIED_KINDS
from detector.types import AccountType, Event

# Stands for a character that was lost, which leaves a gap
_LOST = "\ufffd"
# An account's id with one of these is not blank, whatever counts as a space
_VISIBLE = "[!-~]"
_CHOICES = {"account_type": AccountType, "event": Event, "verified_kind": VERIFIED_KINDS}


@dataclass(frozen=True, slots=True)
class Texts:
    """columns: those of the contract that a batch has, as Arrow strings, null = not reported.

    strange: bool per row; a cell of it is no text, and its columns mean nothing.
    """

    columns: Mapping[str, pa.Array]
    strange: npt.NDArray[np.bool_]

    def column(self, name: str) -> pa.Array:
        """The texts of a column; all null where the batch has none of that name."""
        found = self.columns.get(name)
        return pa.nulls(len(self.strange), pa.string()) if found is None else found


def texts(batch: pa.RecordBatch) -> Texts:
    """The texts of a batch; whole numbers are texts too. No column may stand there twice."""
    strange = np.zeros(batch.num_rows, np.bool_)
    columns: dict[str, pa.Array] = {}
    for name in (n for n in batch.schema.names if n in COLUMNS):
        found = _as_text(batch.column(name))
        if found is None:
            strange |= _flags(batch.column(name).is_valid())
        else:
            columns[name] = found
    if not _is_unicode(columns.values()):
        strange[:] = True
    return Texts(columns, strange)


def _as_text(cells: pa.Array) -> pa.Array | None:
    """The cells as strings, None where they are of a sort that is no text."""
    sort = cells.type
    if pa.types.is_dictionary(sort):
        sort = sort.value_type
    if pa.types.is_string(cells.type):
        return cells
    listed = (pa.types.is_string, pa.types.is_large_string, pa.types.is_null, pa.types.is_integer)
    return cells.cast(pa.string()) if any(is_it(sort) for is_it in listed) else None


def _is_unicode(columns: Iterable[pa.Array]) -> bool:
    """Whether every text can be read; a Parquet file may say that of bytes that are none."""
    try:
        for found in columns:
            found.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def good(found: Texts) -> npt.NDArray[np.bool_]:
    """bool per row: `read_row` gives its account without a fault and without a gap."""
    kept = ~found.strange
    if not kept.any():
        return kept
    kept &= _flags(pc.match_substring_regex(found.column("account_id"), _VISIBLE))
    kept &= _flags(found.column("name").is_valid())
    for name, options in _CHOICES.items():
        kept &= _one_of(found.column(name), options)
    kept &= _one_of(found.column("verified_code"), ())  # a code may not fit its own check digit
    for column in found.columns.values():
        kept &= ~_flags(pc.match_substring(column, _LOST))
    return kept


def _one_of(cells: pa.Array, options: Iterable[str]) -> npt.NDArray[np.bool_]:
    """bool per row: not reported, empty, or one of the options as it stands."""
    if cells.null_count == len(cells):
        return np.ones(len(cells), np.bool_)
    known = pa.array(["", *(str(option) for option in options)])
    return _flags(pc.or_(pc.is_null(cells), pc.is_in(cells, known)))


def _flags(found: pa.BooleanArray) -> npt.NDArray[np.bool_]:
    """The flags as an array; null is False."""
    flags: npt.NDArray[np.bool_] = pc.fill_null(found, False).to_numpy(zero_copy_only=False)
    return flags.astype(np.bool_)
