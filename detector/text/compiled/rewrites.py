"""A sequence of symbols read otherwise: components merged, digits as letters or numerals, runs collapsed."""

from __future__ import annotations

import numpy as np

from detector.text.alphabet import FIGURE, TOKEN
from detector.text.compiled import keys, spell
from detector.text.compiled.letters import (
    ENGLISH,
    FIGURE_MARK,
    LEET,
    LETTER,
    MARKS,
    MERGES,
    NO_LETTER,
    RAW,
)
from detector.text.compiled.spell import AT, CHOSEN, END, SYMBOL, copied, is_letter
from detector.text.kernel import kernel

_U = np.uint64
_NONE = _U(0)


@kernel
def added(seq, used, symbol, at, end, chosen):  # type: ignore[no-untyped-def]  # compiled
    """Append a symbol; the number of symbols."""
    seq[used, SYMBOL], seq[used, AT], seq[used, END], seq[used, CHOSEN] = symbol, at, end, chosen
    return used + 1


@kernel
def merged(seq, size, letters, out):  # type: ignore[no-untyped-def]
    """Components side by side as the character that they make; -1 where there are none."""
    at = used = 0
    any_merged = False
    while at < size:
        made, taken = np.int64(-1), 0
        if at + 1 < size:
            high, low = keys.grown(_NONE, _U(MERGES), seq[at, SYMBOL])
            high, low = keys.grown(high, low, seq[at + 1, SYMBOL])
            if at + 2 < size:
                longer = keys.grown(high, low, seq[at + 2, SYMBOL])
                made, taken = keys.value_of(letters.keys, longer[0], longer[1]), 3
            if made < 0:
                made, taken = keys.value_of(letters.keys, high, low), 2
        if made < 0:
            used = copied(seq, at, at + 1, out, used)
            at += 1
            continue
        used = added(out, used, made, seq[at, AT], seq[at + taken - 1, END], 1)
        at += taken
        any_merged = True
    return used if any_merged else -1


@kernel
def with_digits(seq, size, any_letters, letters, out):  # type: ignore[no-untyped-def]
    """Digits as letters that look like them, or without letters short numbers as numerals."""
    zero = np.int64(letters.code[48, RAW])
    at = used = 0
    while at < size:
        if letters.symbol[seq[at, SYMBOL], LETTER] != FIGURE:
            used = copied(seq, at, at + 1, out, used)
            at += 1
            continue
        if any_letters:
            alike = letters.symbol[seq[at, SYMBOL], LEET]
            chosen = 1 if alike != seq[at, SYMBOL] else seq[at, CHOSEN]
            used = added(out, used, alike, seq[at, AT], seq[at, END], chosen)
            at += 1
            continue
        end = at
        while end < size and letters.symbol[seq[end, SYMBOL], LETTER] == FIGURE:
            end += 1
        start, last = seq[at, AT], seq[end - 1, END]
        ten = end - at == 2 and seq[at, SYMBOL] - zero == 1 and seq[at + 1, SYMBOL] - zero == 0
        if ten:
            used = added(out, used, letters.words[10], start, last, 1)
        else:
            for i in range(at, end):
                if end - at <= 2:
                    spoken = letters.words[seq[i, SYMBOL] - zero]
                    used = added(out, used, spoken, start, last, 1)
                else:
                    used = copied(seq, i, i + 1, out, used)
        at = end
    return used


@kernel
def collapsed(seq, size, letters, out):  # type: ignore[no-untyped-def]
    """Each run of one symbol as one."""
    used = 0
    for at in range(size):
        symbol = seq[at, SYMBOL]
        letter = letters.symbol[symbol, LETTER]
        if used and out[used - 1, SYMBOL] == symbol and (letter in (NO_LETTER, TOKEN)):
            out[used - 1, END], out[used - 1, CHOSEN] = seq[at, END], 1
        else:
            used = copied(seq, at, at + 1, out, used)
    return used


@kernel
def is_rare(seq, size, codes, letters):  # type: ignore[no-untyped-def]
    """Whether a text has what is not read here: numerals in a row, English words, strewn letters."""
    numerals, strewn, any_wide = 0, 0, False
    for at in range(size):
        symbol = seq[at, SYMBOL]
        numerals = numerals + 1 if letters.symbol[symbol, MARKS] & FIGURE_MARK else 0
        if numerals >= 3:
            return True
        wide = letters.symbol[symbol, LETTER] == NO_LETTER
        any_wide |= wide
        if (
            0 < at < size - 1
            and is_letter(symbol, letters)
            and letters.symbol[seq[at - 1, SYMBOL], LETTER] == NO_LETTER
            and letters.symbol[seq[at + 1, SYMBOL], LETTER] == NO_LETTER
        ):
            strewn += 1
    return strewn >= 2 or (any_wide and _has_english(seq, size, codes, letters))


@kernel
def _has_english(seq, size, codes, letters):  # type: ignore[no-untyped-def]
    """Whether a Latin word begins like one that is translated; words are cut as in a run."""
    for start in range(size):
        if not is_letter(seq[start, SYMBOL], letters):
            continue
        inside = start > 0 and is_letter(seq[start - 1, SYMBOL], letters)
        if inside and not spell.parted(seq, start, codes, letters):
            continue
        high, low = _NONE, _U(ENGLISH)
        for at in range(start, min(size, start + keys.LONGEST_KEY - 1)):
            if not is_letter(seq[at, SYMBOL], letters):
                break
            high, low = keys.grown(high, low, seq[at, SYMBOL])
            if keys.value_of(letters.keys, high, low) >= 0:
                return True
    return False
