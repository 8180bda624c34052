"""The folders of a run: which parts there are, who may write, what an interrupted run left."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from detector.bulk.part import Part
from detector.errors import FileFormatError, ResultsError

_SUFFIXES = frozenset((".parquet", ".pq"))
LOCK = ".lock"


def parts(accounts: Path, results: Path) -> tuple[Part, ...]:
    """The Parquet files below a folder of accounts, or the one file, in order of name.

    As Spark and Arrow do, names that begin with _ or . are passed over. Raises FileFormatError
    where there are none, or where the results would lie among the accounts.
    """
    if accounts.is_file():
        return (Part(accounts.name, accounts.parent, results),)
    if not accounts.is_dir():
        raise FileFormatError(f"{accounts}: no such folder")
    inside = results.resolve()
    if inside == accounts.resolve() or accounts.resolve() in inside.parents:
        raise FileFormatError(f"{results}: lies among the accounts; write the results elsewhere")
    found = [
        path.relative_to(accounts)
        for path in sorted(accounts.rglob("*"))
        if path.suffix in _SUFFIXES and path.is_file()
    ]
    named = [path for path in found if not any(part[0] in "_." for part in path.parts)]
    if not named:
        raise FileFormatError(f"{accounts}: holds no Parquet file (.parquet, .pq)")
    return tuple(Part(path.as_posix(), accounts, results) for path in named)


def rows_of(of_run: Sequence[Part]) -> int:
    """How many rows the parts hold, as far as they can be read."""
    total = 0
    for part in of_run:
        try:
            total += pq.read_metadata(part.source).num_rows
        except (OSError, pa.ArrowException):
            continue  # told when its turn comes
    return total


@contextmanager
def reserved(results: Path) -> Iterator[None]:
    """The folder of results for one run alone; what a killed one had half written is removed.

    Raises ResultsError where another run writes there.
    """
    results.mkdir(parents=True, exist_ok=True)
    handle = os.open(results / LOCK, os.O_CREAT | os.O_RDWR, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ResultsError(f"{results}: another run is writing there") from error
        for path in results.rglob(".*.part"):
            path.unlink(missing_ok=True)
        yield
    finally:
        os.close(handle)  # a killed run gives it back too
