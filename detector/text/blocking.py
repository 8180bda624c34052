"""Which names are worth comparing with a text: a delete-window index (after SymSpell, Garbe 2012).

Every name is stored under the hash of its symbols and of its symbols less any one. A text looks up
each of its windows in the same two ways, so a name one step away meets the text in a common form:
replaced, inserted, dropped and swapped symbols alike. This is done over three alphabets: plain
symbols (exact only), sound classes and shape classes; a disguise by sound is no step at all in the
first of the coarse ones, one by shape none in the second. Names whose symbols stand in another
order meet under an order-free hash.

One step leaves one half of a name whole. So a name of four symbols and more is looked for only where a
text holds, in the same alphabet, a first or a second half of some name of that length: one look for
every piece of the text, instead of one for every piece less every symbol.

A name of two symbols is looked for by sound and shape only at the beginning of a text.
What blocking gives up, by design: two steps that neither coarse alphabet forgives; one step in a
name of three or four symbols that has other text on both sides (chance would find too many).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detector.text.forms import (
    BASE,
    HALF,
    LESS_ONE,
    LESS_ONE_OF_3,
    LESS_ONE_OF_4,
    LONGEST,
    MIX,
    ORDER,
    PAIR,
    PLAIN,
    SHAPE,
    SOUND,
    WHOLE,
    Table,
    bits_of,
    build,
    salt_of,
    salted,
    word_and_bits,
)
from detector.text.kernel import inlined, kernel

__all__ = ["LONGEST", "MOST_HITS", "Table", "build", "find"]

MOST_HITS = 512  # per text; beyond it the text is reported as capped

_U = np.uint64

# Probes that the bloom lets through, gathered before their names are looked up
_PROBES = 1 << 12
# What one place of a text may add to them
_MOST_OF_PLACE = 8 * (LONGEST + 2) * (LONGEST + 2)
_RECENT = 1 << 12  # slots in which a hit that was found before is known again

ROW, NAME, FROM, SIZE = range(4)  # the columns of hits


class _Search(NamedTuple):
    """Scratch space. hash, place: probes that may be stored; place is row << 32 | start << 8 | length.

    weight, prefix, power, total: uint64[longest + 1] of the text at hand. recent: uint64[_RECENT].
    cover: bool[2, codes]; symbol i is explained by a longer name, or by a longer piece.
    used: int64[1], hits written.
    """

    hash: npt.NDArray[np.uint64]
    place: npt.NDArray[np.int64]
    weight: npt.NDArray[np.uint64]
    prefix: npt.NDArray[np.uint64]
    power: npt.NDArray[np.uint64]
    total: npt.NDArray[np.uint64]
    recent: npt.NDArray[np.uint64]
    cover: npt.NDArray[np.bool_]
    used: npt.NDArray[np.int64]


@inlined
def _probe(h, place, at, bloom, s):  # type: ignore[no-untyped-def]
    """Write a probe down; it counts only where the bloom says that the form may be stored."""
    word, bits = word_and_bits(h, len(bloom))
    s.hash[at], s.place[at] = h, place
    return at + int(bloom[word] & bits == bits)


@kernel
def _drain(probes, offsets, t, split, coarse, s, hits, per_row):  # type: ignore[no-untyped-def]
    """Look up the names of so many probes."""
    shift = _U(64 - bits_of(len(t.bucket) - 1))
    count = s.used[0]
    for i in range(probes):
        h, row = s.hash[i], s.place[i] >> 32
        start, length = (s.place[i] >> 8) & 0xFFFFFF, s.place[i] & 255
        place = offsets[row] + start
        low = np.uint32(h & _U(0xFFFFFFFF))
        bucket = h >> shift
        for form in range(t.bucket[bucket], t.bucket[bucket + _U(1)]):
            if t.print[form] != low:
                continue
            name = t.name[form]
            sort = 0 if name < split else 1
            if coarse and s.cover[sort, place] and s.cover[sort, place + length - 1]:
                continue
            key = _U(row) << _U(42) | _U(name) << _U(14) | _U(start) << _U(6) | _U(length & 63)
            slot = (key * MIX) >> _U(52)
            if s.recent[slot] == key + _U(1):
                continue
            s.recent[slot] = key + _U(1)
            if per_row[row] >= MOST_HITS or count == len(hits):
                per_row[row] = MOST_HITS + 1
                continue
            per_row[row] += 1
            hits[count, ROW], hits[count, NAME] = row, name
            hits[count, FROM], hits[count, SIZE] = start, length
            count += 1
    s.used[0] = count


@kernel
def _prefixes(codes, weights, ordered, s):  # type: ignore[no-untyped-def]
    """Prefix hashes and powers of the base; order-free prefix sums where wanted."""
    h, total = _U(0), _U(0)
    power = _U(1)
    s.prefix[0], s.total[0], s.power[0] = h, total, power
    for i in range(len(codes)):
        w = weights[codes[i]]
        s.weight[i] = w
        h = h * BASE + w
        power = power * BASE
        s.prefix[i + 1], s.power[i + 1] = h, power
        if ordered:
            total += w * (w | _U(1))
            s.total[i + 1] = total


@kernel
def _gather_plain(n, row, start, at, bloom, s):  # type: ignore[no-untyped-def]
    """Names written as they are."""
    for length in range(2, min(n - start, LONGEST) + 1):
        h = s.prefix[start + length] - s.prefix[start] * s.power[length]
        at = _probe(salted(h, PLAIN, WHOLE), row << 32 | start << 8 | length, at, bloom, s)
    return at


@kernel
def _gather_disordered(n, row, start, at, bloom, s):  # type: ignore[no-untyped-def]
    """Names whose symbols stand in another order; of three or four symbols as the whole text."""
    for length in range(3, min(n - start, LONGEST) + 1):
        if length >= 5 or length == n:
            h = s.total[start + length] - s.total[start]
            at = _probe(salted(h, ORDER, WHOLE), row << 32 | start << 8 | length, at, bloom, s)
    return at


@inlined
def _less_one(length):  # type: ignore[no-untyped-def]
    """The form of a window less one symbol: short names meet in forms of their own."""
    return LESS_ONE if length >= 5 else (LESS_ONE_OF_4 if length == 4 else LESS_ONE_OF_3)


@inlined
def _covered(cover, start, end):  # type: ignore[no-untyped-def]
    """Whether the window lies between symbols that longer names and longer pieces explain."""
    return (cover[0, start] and cover[0, end - 1]) and (cover[1, start] and cover[1, end - 1])


@kernel
def _less(codes, salt, place, start, end, first, last, at, bloom, s):  # type: ignore[no-untyped-def]
    """A window less each symbol from first to last; of equal neighbours one is enough."""
    if first >= last:
        return at
    prefix, power, weight = s.prefix, s.power, s.weight
    hashes, places, words = s.hash, s.place, len(bloom)
    left = prefix[first] - prefix[start] * power[first - start]
    right = prefix[end] - prefix[first + 1] * power[end - first - 1]
    h = left * power[end - first - 1] + right
    for skip in range(first, last):
        if skip > first:
            if codes[skip] == codes[skip - 1]:
                continue
            h += (weight[skip - 1] - weight[skip]) * power[end - skip - 1]
        mixed = (h ^ salt) * MIX
        mixed ^= mixed >> _U(31)
        word, bits = word_and_bits(mixed, words)
        hashes[at], places[at] = mixed, place
        at += int(bloom[word] & bits == bits)
    return at


@kernel
def _gather_short(codes, channel, row, at, cover, bloom, s):  # type: ignore[no-untyped-def]
    """Names of two and three symbols by sound or shape; a step of three at an edge of the text."""
    n = len(codes)
    if n >= 2 and not _covered(cover, 0, 2):
        at = _probe(salted(s.prefix[2], channel, PAIR), row << 32 | 2, at, bloom, s)
    for start in range(n - 2):
        if _covered(cover, start, start + 3):
            continue
        h = s.prefix[start + 3] - s.prefix[start] * s.power[3]
        at = _probe(salted(h, channel, WHOLE), row << 32 | start << 8 | 3, at, bloom, s)
    for length in (3, 4):
        for start in (0, n - length):
            end = start + length
            if start < 0 or end > n or _covered(cover, start, end):
                continue
            place = row << 32 | start << 8 | length
            if length == 3:
                salt = salt_of(channel, LESS_ONE_OF_3)
                at = _less(codes, salt, place, start, end, start, end, at, bloom, s)
            else:
                salt = salt_of(channel, WHOLE)
                at = _less(codes, salt, place, start, end, start + 1, end - 1, at, bloom, s)
    return at


@kernel
def _gather_half(codes, channel, row, first, last, begins, size, at, cover, bloom, s):  # type: ignore[no-untyped-def]
    """Names of `size` symbols that begin, or end, with the stretch of the text from first to last."""
    n = len(codes)
    form = _less_one(size)
    for length in range(size - 1, size + 2):
        start = first if begins else last - length
        end = start + length
        if start < 0 or end > n or _covered(cover, start, end):
            continue
        step = size >= 5 or start == 0 or end == n
        place = row << 32 | start << 8 | length
        low, high = (last, end) if begins else (start, first)
        if length <= size:
            h = s.prefix[end] - s.prefix[start] * s.power[length]
            if length == size:
                if begins:
                    at = _probe(salted(h, channel, WHOLE), place, at, bloom, s)
                if step:
                    salt = salt_of(channel, form)
                    at = _less(codes, salt, place, start, end, low, high, at, bloom, s)
            elif step:
                at = _probe(salted(h, channel, form), place, at, bloom, s)
        else:
            low, high = max(low, start + 1), min(high, end - 1)
            salt = salt_of(channel, WHOLE)
            at = _less(codes, salt, place, start, end, low, high, at, bloom, s)
    return at


@kernel
def _gather_coarse(codes, channel, row, start, at, cover, t, shift, s):  # type: ignore[no-untyped-def]
    """Names of four symbols and more by sound or shape, up to one step apart."""
    half, bloom, n = t.half, t.bloom, len(codes)
    for size in range(2, min(n - start, LONGEST // 2, n // 2 + 1) + 1):
        end = start + size
        h = s.prefix[end] - s.prefix[start] * s.power[size]
        flags = half[channel - 1, salted(h, channel, HALF) >> shift]
        if flags == 0:
            continue
        for sort in range(4):  # in the order of the flags
            if flags >> sort & 1:
                long = 2 * size + (0 if sort == 0 or sort == 2 else 1 if sort == 1 else -1)
                if long < 4:
                    continue  # shorter names have no halves: the bits met by chance
                at = _gather_half(
                    codes, channel, row, start, end, sort < 2, long, at, cover, bloom, s
                )
    return at


@kernel
def _cover(hits, count, offsets, split, cover):  # type: ignore[no-untyped-def]
    """Mark the symbols that lie inside a plainly written name of five or more symbols."""
    for i in range(count):
        if hits[i, SIZE] >= 5:
            start = offsets[hits[i, ROW]] + hits[i, FROM]
            sort = 0 if hits[i, NAME] < split else 1
            cover[sort, start : start + hits[i, SIZE]] = True


@kernel
def _find(plain, sound, shape, offsets, t, split, s, hits, per_row):  # type: ignore[no-untyped-def]
    """Pass by pass over all texts: as written, in disorder, by sound, by shape."""
    shift = _U(64 - bits_of(t.half.shape[1]))
    for channel in (PLAIN, ORDER, SOUND, SHAPE):
        coarse = channel in (SOUND, SHAPE)
        of_channel = sound if channel == SOUND else shape if channel == SHAPE else plain
        weights = t.weights[channel if coarse else PLAIN]
        at = 0
        for row in range(len(offsets) - 1):
            a, b = offsets[row], offsets[row + 1]
            codes, cover = of_channel[a:b], s.cover[:, a:b]
            _prefixes(codes, weights, channel == ORDER, s)
            if coarse:
                at = _gather_short(codes, channel, row, at, cover, t.bloom, s)
            for start in range(b - a - 1):
                if at > _PROBES:
                    _drain(at, offsets, t, split, coarse, s, hits, per_row)
                    at = 0
                if coarse:
                    at = _gather_coarse(codes, channel, row, start, at, cover, t, shift, s)
                elif channel == PLAIN:
                    at = _gather_plain(b - a, row, start, at, t.bloom, s)
                else:
                    at = _gather_disordered(b - a, row, start, at, t.bloom, s)
        _drain(at, offsets, t, split, coarse, s, hits, per_row)
        if channel == PLAIN:
            _cover(hits, s.used[0], offsets, split, s.cover)


def find(
    plain: npt.NDArray[np.uint16],
    sound: npt.NDArray[np.uint16],
    shape: npt.NDArray[np.uint16],
    offsets: npt.NDArray[np.int64],
    table: Table,
    split: int = 1 << 31,
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
    """Hits of a batch of texts given as concatenated class codes.

    split: names from this number on are pieces of names; inside a long name only names, inside a
    long piece only pieces are no longer looked for in disguise.
    Returns int32[hits, 4] (text, name, window start, window length), grouped by text in order,
    and bool[texts]: the text had more than MOST_HITS hits and lost some.
    """
    rows = len(offsets) - 1
    longest = int((offsets[1:] - offsets[:-1]).max(initial=0)) + 1
    room = _PROBES + _MOST_OF_PLACE + 2 * longest
    search = _Search(
        np.empty(room, np.uint64), np.empty(room, np.int64),
        np.empty(longest + 1, np.uint64), np.empty(longest + 1, np.uint64),
        np.empty(longest + 1, np.uint64), np.empty(longest + 1, np.uint64), np.zeros(_RECENT, np.uint64),
        np.zeros((2, len(plain) + 1), np.bool_), np.zeros(1, np.int64),
    )  # fmt: skip
    per_row = np.zeros(rows, np.int32)
    hits = np.empty((MOST_HITS + 16 * rows, 4), np.int32)
    while True:
        _find(plain, sound, shape, offsets, table, split, search, hits, per_row)
        used = int(search.used[0])
        if used < len(hits):
            break
        hits = np.empty((len(hits) * 4, 4), np.int32)
        search.used[0] = 0
        search.recent[:], search.cover[:], per_row[:] = 0, False, 0
    found = hits[:used]
    if rows == 1:
        return found, per_row > MOST_HITS
    return found[np.argsort(found[:, ROW], kind="stable")], per_row > MOST_HITS
