"""Which names are worth comparing with a text: a delete-window index (after SymSpell, Garbe 2012).

Every name is stored under the hash of its symbols and of its symbols less any one. A text looks up
each of its windows in the same two ways, so a name one step away meets the text in a common form:
replaced, inserted, dropped and swapped symbols alike. This is done over three alphabets: plain
symbols (exact only), sound classes and shape classes; a disguise by sound is no step at all in the
first of the coarse ones, one by shape none in the second. Names whose symbols stand in another
order meet under an order-free hash.

A name of two symbols is looked for by sound and shape only at the beginning of a text.
What blocking gives up, by design: two steps that neither coarse alphabet forgives; one step in a
name of three or four symbols that has other text on both sides (chance would find too many).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

LONGEST = 32  # symbols of the longest name that is indexed
MOST_HITS = 512  # per text; beyond it the text is reported as capped

PLAIN, SOUND, SHAPE, ORDER = 0, 1, 2, 3

# What a stored form is; part of its hash, so that forms meet only where they may.
_WHOLE, _LESS_ONE, _LESS_ONE_OF_4, _LESS_ONE_OF_3, _PAIR = 1, 2, 3, 4, 5

_U = np.uint64
_BASE = _U(0x9E3779B97F4A7C15 | 1)
_MIX = _U(0xBF58476D1CE4E5B9)


class Table(NamedTuple):
    """Hash table of forms, bucket-sorted. bucket: uint32[2^b + 1]; print, name: uint32[forms].

    bloom: uint64[2^w]; weights: uint64[3, 65536] random numbers of the symbol classes.
    """

    bucket: npt.NDArray[np.uint32]
    print: npt.NDArray[np.uint32]
    name: npt.NDArray[np.uint32]
    bloom: npt.NDArray[np.uint64]
    weights: npt.NDArray[np.uint64]


@njit(cache=True, nogil=True, inline="always")
def _salted(h, channel, form):  # type: ignore[no-untyped-def]  # compiled: numba infers the types
    h = (h ^ (_U(channel * 8 + form) * _MIX)) * _MIX
    return h ^ (h >> _U(29))


@njit(cache=True, nogil=True)
def _forms_of(codes, channel, coarse, exact, weights, out):  # type: ignore[no-untyped-def]
    """Write the hashes of one name's forms to `out`; return how many."""
    n = len(codes)
    h = _U(0)
    total = _U(0)
    for c in codes:
        w = weights[channel, c]
        h = h * _BASE + w
        total += w * (w | _U(1))
    count = 0
    out[count] = _salted(h, channel, _PAIR if n == 2 and channel != PLAIN else _WHOLE)
    count += 1
    if channel == PLAIN:
        if n >= 3 and coarse:
            out[count] = _salted(total, ORDER, _WHOLE)
            count += 1
        return count
    if exact or n < 3:
        return count
    form = _LESS_ONE if n >= 5 else (_LESS_ONE_OF_4 if n == 4 else _LESS_ONE_OF_3)
    for skip in range(n):
        if skip > 0 and codes[skip] == codes[skip - 1]:
            continue
        h = _U(0)
        for k in range(n):
            if k != skip:
                h = h * _BASE + weights[channel, codes[k]]
        out[count] = _salted(h, channel, form)
        count += 1
    return count


@njit(cache=True, nogil=True)
def _all_forms(  # type: ignore[no-untyped-def]
    plain, sound, shape, offsets, coarse, exact, weights, out_hash, out_name
):
    scratch = np.empty(LONGEST + 4, np.uint64)
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
    room = int((2 * (lengths + 1) * coarse + 3).sum())
    hashes, names = np.empty(room, np.uint64), np.empty(room, np.uint32)
    used = _all_forms(plain, sound, shape, offsets, coarse, exact, weights, hashes, names)
    hashes, names = hashes[:used], names[:used]
    bits = max(8, int(np.ceil(np.log2(max(used, 1) * 1.5))))
    order = np.argsort(hashes, kind="stable")
    hashes, names = hashes[order], names[order]
    bucket = np.searchsorted(
        hashes >> _U(64 - bits), np.arange(2**bits + 1, dtype=np.uint64)
    ).astype(np.uint32)
    bloom_bits = bits + 3
    bloom = np.zeros(2 ** (bloom_bits - 6), np.uint64)
    slot = (hashes * _MIX) >> _U(64 - bloom_bits)
    np.bitwise_or.at(bloom, slot >> _U(6), _U(1) << (slot & _U(63)))
    return Table(bucket, (hashes & _U(0xFFFFFFFF)).astype(np.uint32), names, bloom, weights)


@njit(cache=True, nogil=True, inline="always")
def _look(h, t, shifts, place, hits, count):  # type: ignore[no-untyped-def]
    """Append a hit (text, name, start, length) for every name stored under the hash."""
    slot = (h * _MIX) >> shifts[0]
    if (t.bloom[slot >> _U(6)] >> (slot & _U(63))) & _U(1) == _U(0):
        return count
    b = h >> shifts[1]
    low = np.uint32(h & _U(0xFFFFFFFF))
    for i in range(t.bucket[b], t.bucket[b + _U(1)]):
        if t.print[i] == low and count < len(hits):
            hits[count, 0] = place[0]
            hits[count, 1] = t.name[i]
            hits[count, 2] = place[1]
            hits[count, 3] = place[2]
            count += 1
    return count


@njit(cache=True, nogil=True)
def _prefixes(codes, weights):  # type: ignore[no-untyped-def]
    """Prefix hashes, powers of the base, and order-free prefix sums."""
    n = len(codes)
    prefix = np.zeros(n + 1, np.uint64)
    power = np.ones(n + 1, np.uint64)
    totals = np.zeros(n + 1, np.uint64)
    for i in range(n):
        w = weights[codes[i]]
        prefix[i + 1] = prefix[i] * _BASE + w
        power[i + 1] = power[i] * _BASE
        totals[i + 1] = totals[i] + w * (w | _U(1))
    return prefix, power, totals


@njit(cache=True, nogil=True)
def _find_plain(codes, row, t, shifts, hits, count):  # type: ignore[no-untyped-def]
    """Names written as they are."""
    prefix, power, _ = _prefixes(codes, t.weights[PLAIN])
    n = len(codes)
    for at in range(n - 1):
        for length in range(2, min(n - at, LONGEST) + 1):
            h = prefix[at + length] - prefix[at] * power[length]
            place = (row, at, length)
            count = _look(_salted(h, PLAIN, _WHOLE), t, shifts, place, hits, count)
    return count


@njit(cache=True, nogil=True)
def _find_disordered(codes, row, t, shifts, hits, count):  # type: ignore[no-untyped-def]
    """Names whose symbols stand in another order; of three or four symbols as the whole text."""
    _, _, totals = _prefixes(codes, t.weights[PLAIN])
    n = len(codes)
    for at in range(n - 1):
        for length in range(3, min(n - at, LONGEST) + 1):
            if length >= 5 or length == n:
                h = totals[at + length] - totals[at]
                place = (row, at, length)
                count = _look(_salted(h, ORDER, _WHOLE), t, shifts, place, hits, count)
    return count


@njit(cache=True, nogil=True, inline="always")
def _less_one(length):  # type: ignore[no-untyped-def]
    """The form of a window less one symbol: short names meet in forms of their own."""
    return _LESS_ONE if length >= 5 else (_LESS_ONE_OF_4 if length == 4 else _LESS_ONE_OF_3)


@njit(cache=True, nogil=True)
def _find_coarse(codes, channel, row, covered, t, shifts, hits, count):  # type: ignore[no-untyped-def]
    """Names read by sound or shape, up to one step apart. covered[i]: symbol i is explained."""
    prefix, power, _ = _prefixes(codes, t.weights[channel])
    n = len(codes)
    for at in range(n - 1):
        for length in range(2, min(n - at, LONGEST + 1) + 1):
            end, place = at + length, (row, at, length)
            if covered[at] and covered[end - 1]:
                continue
            edge = at == 0 or end == n
            h = prefix[end] - prefix[at] * power[length]
            if length == 2:
                if at == 0:
                    count = _look(_salted(h, channel, _PAIR), t, shifts, place, hits, count)
                continue
            count = _look(_salted(h, channel, _WHOLE), t, shifts, place, hits, count)
            if length >= 4:
                count = _look(_salted(h, channel, _LESS_ONE), t, shifts, place, hits, count)
            elif edge:
                count = _look(_salted(h, channel, _LESS_ONE_OF_4), t, shifts, place, hits, count)
            if length < 5 and not edge:
                continue
            form = _less_one(length)
            for skip in range(at, end):
                if skip > at and codes[skip] == codes[skip - 1]:
                    continue
                left = prefix[skip] - prefix[at] * power[skip - at]
                right = prefix[end] - prefix[skip + 1] * power[end - skip - 1]
                h = left * power[end - skip - 1] + right
                count = _look(_salted(h, channel, form), t, shifts, place, hits, count)
                if length >= 4 and at < skip < end - 1:
                    count = _look(_salted(h, channel, _WHOLE), t, shifts, place, hits, count)
    return count


@njit(cache=True, nogil=True)
def _cover(hits, start, stop, covered):  # type: ignore[no-untyped-def]
    """Mark the symbols that lie inside a plainly written name of five or more symbols."""
    for i in range(start, stop):
        if hits[i, 3] >= 5:
            covered[hits[i, 2] : hits[i, 2] + hits[i, 3]] = True


@njit(cache=True, nogil=True)
def _find(plain, sound, shape, offsets, t, hits, capped):  # type: ignore[no-untyped-def]
    shifts = (
        _U(64 - int(np.log2(len(t.bloom) * 64) + 0.5)),
        _U(64 - int(np.log2(len(t.bucket) - 1) + 0.5)),
    )
    count = 0
    for row in range(len(offsets) - 1):
        a, b = offsets[row], offsets[row + 1]
        start = count
        room = min(len(hits), count + MOST_HITS)
        covered = np.zeros(b - a + 1, np.bool_)
        some = hits[:room]
        count = _find_plain(plain[a:b], row, t, shifts, some, count)
        _cover(hits, start, count, covered)
        count = _find_disordered(plain[a:b], row, t, shifts, some, count)
        count = _find_coarse(sound[a:b], SOUND, row, covered, t, shifts, some, count)
        count = _find_coarse(shape[a:b], SHAPE, row, covered, t, shifts, some, count)
        if count >= room:
            capped[row] = True
    return count


def find(
    plain: npt.NDArray[np.uint16],
    sound: npt.NDArray[np.uint16],
    shape: npt.NDArray[np.uint16],
    offsets: npt.NDArray[np.int64],
    table: Table,
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
    """Hits of a batch of texts given as concatenated class codes.

    Returns int32[hits, 4] (text, name, window start, window length), grouped by text in order,
    and bool[texts]: the text had more than MOST_HITS hits and lost some.
    """
    rows = len(offsets) - 1
    capped = np.zeros(rows, np.bool_)
    hits = np.empty((MOST_HITS + 16 * rows, 4), np.int32)
    while True:
        capped[:] = False
        used = _find(plain, sound, shape, offsets, table, hits, capped)
        if used < len(hits):
            return hits[:used], capped
        hits = np.empty((len(hits) * 4, 4), np.int32)
