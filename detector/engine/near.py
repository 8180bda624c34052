"""Where two symbols in disguise may complete an organ's name: a quick twin of `registry.near`.

Asked are the sounds and looks alone, so what is marked here may still be none there, never the reverse.
"""

from __future__ import annotations

import numpy as np

from detector.engine.names import REGION, Names
from detector.registry.index import Index
from detector.registry.near import SIZE as TWO
from detector.text.alphabet import alphabet
from detector.text.blocking import FROM, NAME, SIZE
from detector.text.blocking import ROW as TEXT
from detector.text.compiled import keys
from detector.text.compiled.keys import Keys
from detector.text.compiled.letters import SHAPE, SOUND
from detector.text.compiled.readings import ROW, START
from detector.text.kernel import kernel

# The first symbol of a key: a division's name or a piece, by sound or by shape
_REGION_SOUND, _REGION_SHAPE, _PIECE_SOUND, _PIECE_SHAPE = 1, 2, 3, 4


def build(index: Index, known: Names) -> Keys:
    """The classes of all names of divisions and all pieces that have two symbols."""
    lookup, letters = index.names, alphabet()
    numbers = (lookup.lengths == TWO).nonzero()[0]
    is_piece = numbers >= lookup.split
    is_region = np.zeros(len(numbers), bool)
    is_region[~is_piece] = known.marks[numbers[~is_piece]] & REGION > 0
    made = []
    for of_sort, classes, sort in (
        (is_region, letters.sound_class, _REGION_SOUND),
        (is_region, letters.shape_class, _REGION_SHAPE),
        (is_piece, letters.sound_class, _PIECE_SOUND),
        (is_piece, letters.shape_class, _PIECE_SHAPE),
    ):
        first = lookup.offsets[numbers[of_sort]]
        pairs = [np.full(len(first), sort)]
        pairs += [classes[lookup.codes[first + at]].astype(int) + 1 for at in range(TWO)]
        made.append(np.stack(pairs, axis=1))
    all_of = np.concatenate(made).astype(np.uint16)
    offsets = np.arange(len(all_of) + 1, dtype=np.int64) * (TWO + 1)
    return keys.build(all_of.ravel(), offsets, np.zeros(len(all_of), np.int32))


@kernel
def _known(coded, at, sort, column, near):  # type: ignore[no-untyped-def]  # compiled: numba infers the types
    high, low = keys.grown(np.uint64(0), np.uint64(0), np.uint64(sort))
    for i in range(at, at + TWO):
        high, low = keys.grown(high, low, np.uint64(coded[i, column]) + np.uint64(1))
    return keys.value_of(near, high, low) >= 0


@kernel
def mark_edges(place, coded, near, alive):  # type: ignore[no-untyped-def]
    """Mark the texts that begin or end with two symbols like any known division's or piece's, and
    hold more than them; coded: classes of the readings' symbols."""
    for reading in range(len(place) - 1):
        start, end = place[reading, START], place[reading + 1, START]
        if end - start <= TWO or alive[place[reading, ROW]]:
            continue
        for at in (start, end - TWO):
            for sound in (_REGION_SOUND, _PIECE_SOUND):
                if _known(coded, at, sound, SOUND, near) or _known(
                    coded, at, sound + 1, SHAPE, near
                ):
                    alive[place[reading, ROW]] = True


@kernel
def mark(place, hits, bits, coded, names, split, near, alive):  # type: ignore[no-untyped-def]
    """Mark the texts in which two symbols like a division's or a piece's are all that stands beside
    a piece or a division as written; coded: classes of the readings' symbols."""
    for h in range(len(hits)):
        name, reading = hits[h, NAME], hits[h, TEXT]
        piece = name >= split
        if bits[h] > 0 or alive[place[reading, ROW]]:
            continue
        if not piece and not names.marks[name] & REGION:
            continue
        sound = _REGION_SOUND if piece else _PIECE_SOUND
        start, end = place[reading, START], place[reading + 1, START]
        left, right = hits[h, FROM] == TWO, start + hits[h, FROM] + hits[h, SIZE] == end - TWO
        for at, fills in ((start, left), (end - TWO, right)):
            if fills and (
                _known(coded, at, sound, SOUND, near) or _known(coded, at, sound + 1, SHAPE, near)
            ):
                alive[place[reading, ROW]] = True
