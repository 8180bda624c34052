"""Every way to read each text of a column: the twin of `detector.text.reading`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detector.text.alphabet import FIGURE
from detector.text.compiled import keys, spell
from detector.text.compiled.letters import CHOSEN as READ_SO
from detector.text.compiled.letters import (
    CONTINUES,
    COUNT_BITS,
    DASH,
    DROPPED,
    FLAGS,
    FOLDED,
    LAST_MARK,
    LETTER,
    MARKS,
    PICTURE,
    PICTURE_OF,
    RAW,
    SEQUENCE,
    STRANGE,
    SYNONYMS,
    VARIANT,
    Letters,
)
from detector.text.compiled.rewrites import added, collapsed, is_rare, merged, with_digits
from detector.text.compiled.spell import AT, CHOSEN, END, SYMBOL, Syllables, copied, is_letter
from detector.text.flips import SHORTEST_REVERSED
from detector.text.kernel import kernel
from detector.text.reading import MOST_READINGS
from detector.text.swaps import LONGEST_SWAPPED, MOST_SWAPS
from detector.text.symbols import MAX_SYMBOLS

# A longer name is strange
LONGEST = 64  # code points
# Symbols of one reading: pictures have words of up to 11
ROOM = MAX_SYMBOLS + 16
# All that one text can need in the columns
_MOST = (MOST_READINGS + MOST_SWAPS) * ROOM
# From here on a name may have had an official word exchanged (pipeline)
SHORTEST_SWAPPED = 5
_SLOTS = 6

_U = np.uint64
_NONE = _U(0)


class Readings(NamedTuple):
    """The readings of a column, grouped by text, in order; few arrays, as kernels pay for each.

    place: int64[readings + 1, 3]. ROW, the text; SORT, PLAINEST, FURTHER or SWAPPED; START in symbols.
    symbols: int32[n, 4]. SYMBOL, its number; AT, END, where it stands in the original; CHOSEN, 1 = it
    was read so only by choice. strange: bool per text; such a text has no readings here.
    """

    place: npt.NDArray[np.int64]
    symbols: npt.NDArray[np.int32]
    strange: npt.NDArray[np.bool_]


ROW, SORT, START = range(3)
PLAINEST, FURTHER, SWAPPED = 0, 1, 2


@kernel
def _emit(seq, size, sort, row, state, out):  # type: ignore[no-untyped-def]
    """Append a reading unless the text has it already. state: readings, symbols, the text's first."""
    count, used, first = state[0], state[1], state[2]
    size = min(size, MAX_SYMBOLS)
    if sort != SWAPPED:
        if count - first == MOST_READINGS:
            return
        for other in range(first, count):
            start = out.place[other, START]
            if out.place[other + 1, START] - start == size:
                same = True
                for i in range(size):
                    if out.symbols[start + i, SYMBOL] != seq[i, SYMBOL]:
                        same = False
                        break
                if same:
                    return
    copied(seq, 0, size, out.symbols, used)
    out.place[count, ROW], out.place[count, SORT] = row, sort
    out.place[count + 1, START] = used + size
    state[0], state[1] = count + 1, used + size


@kernel
def _drawn(codes, at, letters):  # type: ignore[no-untyped-def]
    """A dash is read as 一 only where it stands alone beside a Chinese character."""
    if not letters.code[codes[at], FLAGS] & DASH:
        return True
    beside = False
    for other in (at - 1, at + 1):
        if 0 <= other < len(codes):
            if letters.code[codes[other], FLAGS] & DASH:
                return False
            beside |= codes[other] > 0x2E7F
    return beside


@kernel
def _scan(codes, letters, slots, sizes):  # type: ignore[no-untyped-def]
    """Slot 0: what is written; 1, 2: with pictures as their words, where there are any; 3: rare
    variants as drawn. False where the text is strange."""
    pictures = variants = False
    base, first, second, drawn = 0, 0, 0, 0
    for at in range(len(codes)):
        code = codes[at]
        flags = letters.code[code, FLAGS]
        if flags & STRANGE or first > MAX_SYMBOLS or second > MAX_SYMBOLS:
            return False
        if (
            flags & SEQUENCE
            and at + 1 < len(codes)
            and letters.code[codes[at + 1], FLAGS] & CONTINUES
        ):
            return False
        if flags & PICTURE and _drawn(codes, at, letters):
            pictures = True
            word = 2 * letters.code[code, PICTURE_OF]
            for i in range(letters.word_at[word], letters.word_at[word + 1]):
                first = added(slots[1], first, letters.words[i], at, at + 1, 1)
            for i in range(letters.word_at[word + 1], letters.word_at[word + 2]):
                second = added(slots[2], second, letters.words[i], at, at + 1, 1)
            continue
        if flags & DROPPED:
            continue
        symbol = letters.code[code, FOLDED]
        chosen = 1 if flags & READ_SO else 0
        base = added(slots[0], base, symbol, at, at + 1, chosen)
        first = added(slots[1], first, symbol, at, at + 1, chosen)
        second = added(slots[2], second, symbol, at, at + 1, chosen)
        if flags & VARIANT:
            variants = True
            drawn = added(slots[3], drawn, letters.code[code, RAW], at, at + 1, 1)
        else:
            drawn = added(slots[3], drawn, symbol, at, at + 1, chosen)
    sizes[0] = base
    sizes[1] = first if pictures else -1
    sizes[2] = second if pictures else -1
    sizes[3] = drawn if variants else -1
    return True


@kernel
def _holds(seq, size, word):  # type: ignore[no-untyped-def]
    for at in range(size - len(word) + 1):
        same = True
        for i in range(len(word)):
            if seq[at + i, SYMBOL] != word[i]:
                same = False
                break
        if same:
            return True
    return False


@kernel
def _swapped(seq, size, row, letters, scratch, state, out):  # type: ignore[no-untyped-def]
    """The readings with one official word exchanged for another of its meaning."""
    found = 0
    for at in range(size):
        for end in range(min(size, at + LONGEST_SWAPPED), at + 1, -1):
            high, low = _NONE, _U(SYNONYMS)
            for i in range(at, end):
                high, low = keys.grown(high, low, seq[i, SYMBOL])
            entry = keys.value_of(letters.keys, high, low)
            if entry < 0:
                continue
            first = entry >> COUNT_BITS
            for other in range(first, first + (entry & (1 << COUNT_BITS) - 1)):
                word = letters.words[letters.word_at[other] : letters.word_at[other + 1]]
                if len(word) < 2 or found == MOST_SWAPS or _holds(seq, size, word):
                    continue
                used = 0
                used = copied(seq, 0, at, scratch, used)
                for symbol in word:
                    used = added(scratch, used, symbol, seq[at, AT], seq[end - 1, END], 1)
                used = copied(seq, end, size, scratch, used)
                _emit(scratch, used, SWAPPED, row, state, out)
                found += 1


@kernel
def _of_text(codes, row, letters, trie, slots, sizes, best, state, out):  # type: ignore[no-untyped-def]
    """All readings of one text, in the order of the plain twin; False where it is strange."""
    if len(codes) > LONGEST or not _scan(codes, letters, slots, sizes):
        return False
    base, size = slots[0], sizes[0]
    if is_rare(base, size, codes, letters):
        return False
    any_letters = any_digits = False
    pairs = 0
    for i in range(size):
        any_letters |= is_letter(base[i, SYMBOL], letters)
        any_digits |= letters.symbol[base[i, SYMBOL], LETTER] == FIGURE
        if i and base[i, SYMBOL] == base[i - 1, SYMBOL]:
            pairs += 1
            if base[i, SYMBOL] == 0:
                return False
    state[2] = state[0]
    _emit(base, size, PLAINEST, row, state, out)
    for start in (1, 2, 3):
        if sizes[start] >= 0:
            if is_rare(slots[start], sizes[start], codes, letters):
                return False
            _emit(slots[start], sizes[start], FURTHER, row, state, out)
    for start in range(4):
        if sizes[start] < 0:
            continue
        made = merged(slots[start], sizes[start], letters, slots[4])
        if made >= 0:
            _emit(slots[4], made, FURTHER, row, state, out)
        if any_letters:
            made = spell.spelled(slots[start], sizes[start], codes, letters, trie, best, slots[5])
            _emit(slots[5], made, FURTHER, row, state, out)
            made = merged(slots[5], made, letters, slots[4])
            if made >= 0:
                _emit(slots[4], made, FURTHER, row, state, out)
    if any_digits:
        made = with_digits(base, size, any_letters, letters, slots[4])
        _emit(slots[4], made, FURTHER, row, state, out)
    if size >= SHORTEST_REVERSED and letters.symbol[base[0, SYMBOL], MARKS] & LAST_MARK:
        for i in range(size):
            copied(base, size - 1 - i, size - i, slots[4], i)
            slots[4, i, CHOSEN] = 1
        _emit(slots[4], size, FURTHER, row, state, out)
    if pairs >= 2:
        made = collapsed(base, size, letters, slots[4])
        _emit(slots[4], made, FURTHER, row, state, out)
    if size >= SHORTEST_SWAPPED:
        _swapped(base, size, row, letters, slots[4], state, out)
    return True


@kernel
def _of_column(  # type: ignore[no-untyped-def]
    codes, offsets, first, last, letters, trie, slots, sizes, best, state, out
):
    """Read texts first to last while there is room; (where it stopped, readings, symbols)."""
    out.place[0, START] = 0
    for row in range(first, last):
        if state[1] + _MOST > len(out.symbols) or state[0] + 16 > len(out.place):
            return row, state[0], state[1]
        count, used = state[0], state[1]
        text = codes[offsets[row] : offsets[row + 1]]
        if not _of_text(text, row, letters, trie, slots, sizes, best, state, out):
            state[0], state[1] = count, used
            out.strange[row - first] = True
    return last, state[0], state[1]


def room(texts: int, codes: int) -> Readings:
    """Columns with room for the readings of so many texts of so many code points, as a rule."""
    symbols = _MOST * 2 + 6 * codes
    count = 32 + 6 * texts
    return Readings(
        np.empty((count + 1, 3), np.int64), np.empty((symbols, 4), np.int32),
        np.zeros(texts, np.bool_),
    )  # fmt: skip


def read(
    codes: npt.NDArray[np.uint32], offsets: npt.NDArray[np.int64], first: int, last: int,
    letters: Letters, trie: Syllables, out: Readings,
) -> tuple[int, Readings]:  # fmt: skip
    """The readings of texts first to last, or of as many as `out` has room for (from `room`).

    Returns where it stopped, and the filled part of `out`; rows are numbers in the whole column.
    """
    out.strange[:] = False
    slots, best = np.empty((_SLOTS, 8 * ROOM, 4), np.int32), np.empty((8 * ROOM, 3), np.int32)
    sizes, state = np.zeros(4, np.int64), np.zeros(3, np.int64)
    stop, count, used = _of_column(
        codes, offsets, first, last, letters, trie, slots, sizes, best, state, out
    )
    return int(stop), Readings(
        out.place[: count + 1], out.symbols[:used], out.strange[: stop - first]
    )
