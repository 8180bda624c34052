"""The forms under which names are stored, so that texts one step away meet them: a hash table on disk.

A name of n symbols has up to 2 n + 6 forms: written, in any order, and by sound and by shape whole and
less each symbol of either half. Beside the table stand a bloom filter, which most looks never pass, and the halves of
all names, of which a text must hold one before anything is looked for (`blocking`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from detector.text.kernel import inlined, kernel

LONGEST = 32  # symbols of the longest name that is indexed

PLAIN, SOUND, SHAPE, ORDER = 0, 1, 2, 3

# What a stored form is; part of its hash, so that forms meet only where they may.
WHOLE, LESS_ONE_OF_3, PAIR, HALF = 1, 2, 3, 4
# Less a symbol of the first or of the last half; names of four symbols meet in forms of their own
LESS_OF_FIRST, LESS_OF_LAST, LESS_OF_FIRST_OF_4, LESS_OF_LAST_OF_4 = 5, 6, 7, 8
# What a piece is half of: a name of an even or odd number of symbols, its beginning or its end
FIRST_EVEN, FIRST_ODD, LAST_EVEN, LAST_ODD = 1, 2, 4, 8

_U = np.uint64
BASE = _U(0x9E3779B97F4A7C15 | 1)
MIX = _U(0xBF58476D1CE4E5B9)


class Table(NamedTuple):
    """Hash table of forms, bucket-sorted.

    bucket: uint32[2^b + 1]; name: uint32[forms]; print: uint16[forms], the lowest bits of the hash.
    bloom: uint64[2^w], two bits of one word for every form; weights: uint64[3, 65536] random numbers
    of the symbol classes. half: uint8[2, 2^h] by sound and shape: what pieces of that hash are half of.
    """

    bucket: npt.NDArray[np.uint32]
    print: npt.NDArray[np.uint16]
    name: npt.NDArray[np.uint32]
    bloom: npt.NDArray[np.uint64]
    weights: npt.NDArray[np.uint64]
    half: npt.NDArray[np.uint8]


@inlined
def salt_of(channel, form):  # type: ignore[no-untyped-def]  # compiled: numba infers the types
    """What tells a form from others of the same hash."""
    return _U(channel * 16 + form) * MIX


@inlined
def salted(h, channel, form):  # type: ignore[no-untyped-def]
    """The hash under which a form is stored."""
    h = (h ^ salt_of(channel, form)) * MIX
    return h ^ (h >> _U(31))


@kernel
def _forms_of(codes, channel, coarse, exact, weights, out):  # type: ignore[no-untyped-def]
    """Write the hashes of one name's forms to `out`; return how many."""
    n = len(codes)
    h = _U(0)
    total = _U(0)
    for c in codes:
        w = weights[channel, c]
        h = h * BASE + w
        total += w * (w | _U(1))
    count = 0
    out[count] = salted(h, channel, PAIR if n == 2 and channel != PLAIN else WHOLE)
    count += 1
    if channel == PLAIN:
        if n >= 3 and coarse:
            out[count] = salted(total, ORDER, WHOLE)
            count += 1
        return count
    if exact or n < 3:
        return count
    middle = n // 2 if n >= 4 else n
    for skip in range(n):
        if skip > 0 and codes[skip] == codes[skip - 1] and skip != middle - 1:
            continue
        h = _U(0)
        for k in range(n):
            if k != skip:
                h = h * BASE + weights[channel, codes[k]]
        out[count] = salted(h, channel, less_one(n, skip < middle))
        count += 1
        if n >= 4 and skip == middle - 1:  # a swap across the middle leaves this form too
            out[count] = salted(h, channel, less_one(n, False))
            count += 1
    return count


@inlined
def less_one(size, of_first):  # type: ignore[no-untyped-def]
    """The form of a name of that size less a symbol of its first or of its last half."""
    if size < 4:
        return LESS_ONE_OF_3
    if of_first:
        return LESS_OF_FIRST if size >= 5 else LESS_OF_FIRST_OF_4
    return LESS_OF_LAST if size >= 5 else LESS_OF_LAST_OF_4


@kernel
def _note_half(codes, start, end, second, channel, flag, weights, half):  # type: ignore[no-untyped-def]
    """Note a half of a name; `second`: the symbol in the place of its last one, or -1."""
    h = _U(0)
    for i in range(start, end):
        code = codes[second] if second >= 0 and i == end - 1 else codes[i]
        h = h * BASE + weights[channel, code]
    half[channel - 1, salted(h, channel, HALF) >> _U(64 - bits_of(half.shape[1]))] |= flag


@kernel
def bits_of(size):  # type: ignore[no-untyped-def]
    """The power of two that a table's size is."""
    return int(np.log2(size) + 0.5)


@kernel
def _halves(sound, shape, offsets, coarse, weights, half):  # type: ignore[no-untyped-def]
    """Note both halves of every name; the first also as a swap across the middle leaves it."""
    for name in range(len(offsets) - 1):
        a, n = offsets[name], offsets[name + 1] - offsets[name]
        if n < 4 or n > LONGEST or not coarse[name]:
            continue
        middle = a + n // 2
        first, last = (FIRST_EVEN, LAST_EVEN) if n % 2 == 0 else (FIRST_ODD, LAST_ODD)
        for channel in (SOUND, SHAPE):
            codes = sound if channel == SOUND else shape
            _note_half(codes, a, middle, -1, channel, first, weights, half)
            _note_half(codes, a, middle, middle, channel, first, weights, half)
            _note_half(codes, middle, a + n, -1, channel, last, weights, half)


@njit(cache=True, nogil=True)
def _all_forms(  # type: ignore[no-untyped-def]
    plain, sound, shape, offsets, coarse, exact, weights, out_hash, out_name
):
    scratch = np.empty(LONGEST + 6, np.uint64)
    count = 0
    for name in range(len(offsets) - 1):
        a, b = offsets[name], offsets[name + 1]
        if b - a < 2 or b - a > LONGEST:
            continue
        for channel in range(3):
            if channel == 0:
                codes = plain[a:b]
            elif not coarse[name]:
                continue
            elif channel == 1:
                codes = sound[a:b]
            else:
                codes = shape[a:b]
            made = _forms_of(codes, channel, coarse[name], exact[name], weights, scratch)
            for i in range(made):
                out_hash[count] = scratch[i]
                out_name[count] = name
                count += 1
    return count


@inlined
def word_and_bits(h, words):  # type: ignore[no-untyped-def]
    """Which word of a bloom of so many words a hash has, and its two bits there."""
    bits = (_U(1) << (h & _U(63))) | (_U(1) << ((h >> _U(6)) & _U(63)))
    return (h >> _U(12)) & _U(words - 1), bits


@kernel
def _sow(hashes, bloom):  # type: ignore[no-untyped-def]
    for h in hashes:
        word, bits = word_and_bits(h, len(bloom))
        bloom[word] |= bits


def build(
    plain: npt.NDArray[np.uint16],
    sound: npt.NDArray[np.uint16],
    shape: npt.NDArray[np.uint16],
    offsets: npt.NDArray[np.int64],
    coarse: npt.NDArray[np.bool_],
    exact: npt.NDArray[np.bool_],
    seed: int,
) -> Table:
    """Index names given as concatenated class codes.

    offsets: name i is codes[offsets[i]:offsets[i + 1]]. coarse: names to index by sound and shape.
    exact: of those, names without the less-one forms. seed: of the class weights.
    """
    weights = np.random.default_rng(seed).integers(0, 2**64, (3, 65536), np.uint64, endpoint=False)
    lengths = np.diff(offsets)
    room = int((2 * (lengths + 2) * coarse + 3).sum())
    hashes, names = np.empty(room, np.uint64), np.empty(room, np.uint32)
    used = _all_forms(plain, sound, shape, offsets, coarse, exact, weights, hashes, names)
    hashes, names = hashes[:used], names[:used]
    bits = max(8, int(np.log2(max(used, 1))))
    order = np.argsort(hashes, kind="stable")
    hashes, names = hashes[order], names[order]
    bucket = np.searchsorted(
        hashes >> _U(64 - bits), np.arange(2**bits + 1, dtype=np.uint64)
    ).astype(np.uint32)
    bloom = np.zeros(2 ** (bits - 2), np.uint64)
    _sow(hashes, bloom)
    half = np.zeros(
        (2, 2 ** min(24, max(8, int(np.ceil(np.log2(max(4 * len(lengths), 1))))))), np.uint8
    )
    _halves(sound, shape, offsets, coarse, weights, half)
    prints = (hashes & _U(0xFFFF)).astype(np.uint16)
    return Table(bucket, prints, names, bloom, weights, half)
