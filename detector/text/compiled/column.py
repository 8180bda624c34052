"""A column of texts as code points: one array and the place where every text begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


class Column(NamedTuple):
    """Text i is codes[offsets[i]:offsets[i + 1]]; codes: uint32 code points, offsets: int64[n + 1]."""

    codes: npt.NDArray[np.uint32]
    offsets: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1


def of_texts(texts: Sequence[str]) -> Column:
    """The column of Python strings; lone surrogates are kept as they are."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    return Column(np.frombuffer(joined, np.uint32), _offsets(sizes))


def of_arrow(texts: pa.Array | pa.ChunkedArray) -> Column:
    """The column of an Arrow array of strings; a null counts as the empty text."""
    whole = pc.fill_null(texts.cast(pa.large_string()), "")
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.combine_chunks()
    sizes: npt.NDArray[np.int64] = pc.utf8_length(whole).to_numpy(zero_copy_only=False)
    if not len(whole):
        return Column(np.zeros(0, np.uint32), np.zeros(1, np.int64))
    ends = np.frombuffer(whole.buffers()[1], np.int64)[whole.offset : whole.offset + len(whole) + 1]
    data = whole.buffers()[2]
    raw = b"" if data is None else memoryview(data)[int(ends[0]) : int(ends[-1])].tobytes()
    return Column(
        np.frombuffer(raw.decode("utf-8").encode("utf-32-le"), np.uint32),
        _offsets(sizes.astype(np.int64)),
    )


def _offsets(sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    offsets = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=offsets[1:])
    return offsets
