"""Which marks share keypoints with a picture: an index by samples of bits, and votes.

Locality-sensitive hashing (Indyk and Motwani 1998): each of 10 tables looks keypoints up by 16 of
their 256 bits. Two keypoints that differ in 40 bits meet in some table with probability 0.49; a mark
needs a few of its hundreds to meet.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

TABLES, KEY_BITS = 10, 16
# ORB matches of one point rarely differ in more bits; chance ones rarely in fewer
FARTHEST = 60
# A bucket fuller than this holds what every picture has, such as a straight edge
FULLEST = 400


class Matches(NamedTuple):
    """Parallel arrays of n matches: keypoint of the picture, of the index, bits apart."""

    query: NDArray[np.int32]
    stored: NDArray[np.int32]
    bits: NDArray[np.int32]


class BitIndex:
    """All keypoints of all marks, found by what surrounds them."""

    def __init__(self, bits: NDArray[np.uint64], owner: NDArray[np.int32]) -> None:
        """bits: [n, 4]. owner: [n], the number of the mark (or its mirror image) it belongs to."""
        self.bits, self.owner = bits, owner
        rng = np.random.default_rng(1)  # the same samples in every process
        self._chosen = np.stack([rng.permutation(256)[:KEY_BITS] for _ in range(TABLES)])
        keys = _keys(bits, self._chosen)
        self._order = np.argsort(keys, axis=1, kind="stable").astype(np.int32)
        ordered = np.take_along_axis(keys, self._order.astype(np.int64), axis=1)
        edges = np.arange((1 << KEY_BITS) + 1)
        self._start = np.stack([np.searchsorted(row, edges) for row in ordered]).astype(np.int32)
        self.owners = int(owner.max()) + 1 if len(owner) else 0

    def find(self, bits: NDArray[np.uint64]) -> Matches:
        """For every keypoint of a picture and every mark the nearest one that meets it."""
        if not len(bits) or not self.owners:
            empty = np.empty(0, np.int32)
            return Matches(empty, empty, empty)
        found = _matches(
            bits, _keys(bits, self._chosen), self.bits, self.owner, self._order, self._start,
            self.owners,
        )  # fmt: skip
        return Matches(*found)


@njit(cache=True, nogil=True)
def _keys(bits, chosen):  # type: ignore[no-untyped-def]
    """[tables, n]: the chosen bits of every keypoint as a number."""
    keys = np.zeros((chosen.shape[0], bits.shape[0]), np.int32)
    for table in range(chosen.shape[0]):
        for row in range(bits.shape[0]):
            key = np.int64(0)
            for at in range(chosen.shape[1]):
                place = chosen[table, at]
                bit = (bits[row, place >> 6] >> np.uint64(place & 63)) & np.uint64(1)
                key = (key << 1) | np.int64(bit)
            keys[table, row] = key
    return keys


@njit(cache=True, nogil=True)
def _ones(word):  # type: ignore[no-untyped-def]
    """Bits set in a word (Wegner 1960, as SWAR)."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + (
        (word >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True, nogil=True)
def _matches(bits, keys, stored, owner, order, start, owners):  # type: ignore[no-untyped-def]
    best = np.full(owners, 999, np.int32)
    which = np.zeros(owners, np.int32)
    touched = np.empty(owners, np.int32)
    limit = 200_000
    query, found, apart = (
        np.empty(limit, np.int32),
        np.empty(limit, np.int32),
        np.empty(limit, np.int32),
    )
    count = 0
    for q in range(bits.shape[0]):
        near = 0
        for table in range(keys.shape[0]):
            key = keys[table, q]
            first, last = start[table, key], start[table, key + 1]
            if last - first > FULLEST:
                continue
            for at in range(first, last):
                row = order[table, at]
                far = 0
                for word in range(4):
                    far += _ones(bits[q, word] ^ stored[row, word])
                mark = owner[row]
                if far <= FARTHEST and far < best[mark]:
                    if best[mark] == 999:
                        touched[near] = mark
                        near += 1
                    best[mark] = far
                    which[mark] = row
        for at in range(near):
            mark = touched[at]
            if count < limit:
                query[count], found[count], apart[count] = q, which[mark], best[mark]
                count += 1
            best[mark] = 999
    return query[:count].copy(), found[:count].copy(), apart[:count].copy()
