"""All stored hashes within a radius of a given one, without reading most of them: exact to 31 bits.

Multi-index hashing (Norouzi, Punjani and Fleet 2012): 256 bits are 16 words of 16; two hashes at most
31 bits apart have a word in which they differ by at most one bit. So each word is looked up as it is
and with each bit turned, and whatever is found is measured in full.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detector.image.hashes import Hashes

RADIUS = 31  # bits; farther ones are not all found
_WORDS, _WORD_BITS = 16, 16


class Near(NamedTuple):
    """Rows of the stored hashes, and bits apart; nearest first."""

    row: NDArray[np.int64]
    bits: NDArray[np.int64]


class HashIndex:
    """Stored hashes [n, 4]; 1 million take some 100 MB beside themselves."""

    def __init__(self, stored: Hashes) -> None:
        self._stored = np.ascontiguousarray(stored, np.uint64).reshape(-1, 4)
        words = self._stored.view(np.uint16).reshape(-1, _WORDS).T
        order = np.argsort(words, axis=1, kind="stable")
        ordered = np.take_along_axis(words, order, axis=1)
        edges = np.arange((1 << _WORD_BITS) + 1)
        self._order = order.astype(np.int32)
        self._start = np.stack([np.searchsorted(row, edges) for row in ordered]).astype(np.int32)

    def within(self, one: Hashes, radius: int = RADIUS) -> Near:
        """Every stored hash at most `radius` bits from `one` [4]. Raises ValueError beyond RADIUS."""
        if not 0 <= radius <= RADIUS:
            raise ValueError(f"radius {radius}: exact from 0 to {RADIUS}")
        asked = np.ascontiguousarray(one, np.uint64).reshape(4)
        rows, bits = _within(
            asked, asked.view(np.uint16), self._stored, self._order, self._start, radius
        )
        sort = np.lexsort((rows, bits))
        return Near(rows[sort], bits[sort])


@njit(cache=True, nogil=True)
def _apart(a, b):  # type: ignore[no-untyped-def]
    total = np.int64(0)
    for at in range(4):
        word = a[at] ^ b[at]
        while word:
            word &= word - np.uint64(1)
            total += 1
    return total


@njit(cache=True, nogil=True)
def _within(asked, words, stored, order, start, radius):  # type: ignore[no-untyped-def]
    rows = np.empty(64, np.int64)
    bits = np.empty(64, np.int64)
    count = 0
    for table in range(_WORDS):
        for turned in range(-1, _WORD_BITS):
            if turned >= 0 and radius < _WORDS:
                break  # so near, some word is the same in both
            key = np.int64(words[table])
            if turned >= 0:
                key ^= 1 << turned
            for at in range(start[table, key], start[table, key + 1]):
                row = order[table, at]
                far = _apart(asked, stored[row])
                if far > radius:
                    continue
                known = False
                for seen in range(count):
                    if rows[seen] == row:
                        known = True
                        break
                if known:
                    continue
                if count == len(rows):
                    rows = np.concatenate((rows, np.empty_like(rows)))
                    bits = np.concatenate((bits, np.empty_like(bits)))
                rows[count], bits[count] = row, far
                count += 1
    return rows[:count].copy(), bits[:count].copy()
