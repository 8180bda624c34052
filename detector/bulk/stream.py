"""Batches as one stream of rows, from which so many are taken at a time."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa


class Stream:
    """Rows of batches of one schema, in order; holds no more than one batch beyond what was taken."""

    def __init__(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> None:
        self._batches, self._schema = iter(batches), schema
        self._left: pa.RecordBatch | None = None

    def take(self, rows: int) -> pa.Table:
        """The next rows; fewer only at the end of the stream."""
        taken: list[pa.RecordBatch] = []
        wanted = rows
        while wanted:
            batch = next(self._batches, None) if self._left is None else self._left
            self._left = None
            if batch is None:
                break
            if batch.num_rows > wanted:
                self._left = batch.slice(wanted)
                batch = batch.slice(0, wanted)
            taken.append(batch)
            wanted -= batch.num_rows
        return pa.Table.from_batches(taken, self._schema)
