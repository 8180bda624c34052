"""Parquet files, a batch of rows in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from detector.contract.columns import complaint
from detector.errors import FileFormatError
from detector.files.rows import BadRow, Row

# Rows decoded at once
_BATCH = 1024


class ParquetRows:
    """The rows of a Parquet file. Raises FileFormatError where it is none or lacks columns."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        try:
            self._file = pq.ParquetFile(file)
        except (pa.ArrowException, OSError) as error:
            raise FileFormatError(f"{name}: damaged or no Parquet file: {_short(error)}") from error
        self.count = int(self._file.metadata.num_rows)
        wrong = complaint(tuple(self._file.schema_arrow.names))
        if wrong:
            raise FileFormatError(f"{name}: {wrong}")

    def __iter__(self) -> Iterator[Row | BadRow]:
        row = 0
        try:
            for batch in self._file.iter_batches(batch_size=_BATCH):
                for one in batch_rows(batch, row + 1):
                    row += 1
                    yield one
        except (pa.ArrowException, OSError) as error:
            lost = max(1, self.count - row)
            yield BadRow(row + 1, 0, f"{lost:,} rows from here on: {_short(error)}", rows=lost)


def batch_rows(batch: pa.RecordBatch, first: int) -> Iterator[Row | BadRow]:
    """The rows of a batch, numbered from `first`; one with a cell that cannot be read is bad."""
    for row, cells in enumerate(_records(batch), first):
        yield _row(row, cells)


def _row(row: int, cells: dict[str, object]) -> Row | BadRow:
    fault = next((v for v in cells.values() if isinstance(v, _Fault)), None)
    if fault is not None:
        return BadRow(row, 0, fault.reason)
    return Row(row, 0, cells, sum(len(v) if isinstance(v, str) else 8 for v in cells.values()))


class _Fault:
    """A cell that cannot be read."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def _records(batch: pa.RecordBatch) -> list[dict[str, object]]:
    try:
        return batch.to_pylist()  # type: ignore[no-any-return]  # pyarrow is untyped
    except (UnicodeDecodeError, ValueError, pa.ArrowException):
        names = batch.schema.names
        columns = [[_cell(n, value) for value in batch.column(i)] for i, n in enumerate(names)]
        return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _cell(column: str, value: pa.Scalar) -> object:
    try:
        return value.as_py()
    except (UnicodeDecodeError, ValueError, pa.ArrowException) as error:
        return _Fault(f"{column}: cannot be read: {_short(error)}")


def _short(error: BaseException) -> str:
    return str(error).split("\n")[0][:200]
