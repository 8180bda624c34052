"""Latin runs as the pinyin syllables that they spell: the twin of `detector.text.pinyin`."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detector.text.alphabet import FIGURE
from detector.text.compiled.letters import FLAGS, HIDDEN, LETTER, RAW, UPPER
from detector.text.kernel import kernel
from detector.text.symbols import SYLLABLE_BASE, syllables

# The fields of a sequence of symbols, int32[room, 4]: number, place in the original, end there, and
# whether it was only read so by choice.
SYMBOL, AT, END, CHOSEN = range(4)

LONGEST_SYLLABLE = 6
LEAST_SPELLED = 5  # letters: xinhuashe88x is spelled to its end, li88x is not


class Syllables(NamedTuple):
    """A trie. child: int16[nodes, 26], 0 = none. token: int32[nodes], number of the syllable or -1."""

    child: npt.NDArray[np.int16]
    token: npt.NDArray[np.int32]


@lru_cache
def trie() -> Syllables:
    """The syllables in the order of their tokens."""
    child, token = [[0] * 26], [-1]
    for number, name in enumerate(syllables()):
        node = 0
        for letter in (ord(c) - 97 for c in name):
            if not child[node][letter]:
                child[node][letter] = len(child)
                child.append([0] * 26)
                token.append(-1)
            node = child[node][letter]
        token[node] = number
    return Syllables(np.array(child, np.int16), np.array(token, np.int32))


@kernel
def _leet(symbol, letters):  # type: ignore[no-untyped-def]  # compiled: numba infers the types
    """0..25, the letter of a symbol of a run: 0 is read as o, 1 as i, 3 and 4 as e, 5 as s."""
    if letters.symbol[symbol, LETTER] != FIGURE:
        return np.int64(letters.symbol[symbol, LETTER])
    digit = symbol - np.int64(letters.code[48, RAW])
    return np.int64(14 if digit == 0 else 8 if digit == 1 else 18 if digit == 5 else 4)


@kernel
def _spell(seq, start, end, letters, trie, best):  # type: ignore[no-untyped-def]
    """best[i]: pieces, of these begun with a vowel, and where the last begins, of the first i letters.

    The fewest pieces, then the fewest that begin with a, e or o; pieces -1 = cannot be spelled.
    """
    size = end - start
    best[: size + 1, 0] = -1
    best[0, :] = 0
    for at in range(size):
        if best[at, 0] < 0:
            continue
        node = 0
        first = _leet(seq[start + at, SYMBOL], letters)
        vowel = 1 if first == 0 or first == 4 or first == 14 else 0
        for to in range(at, min(size, at + LONGEST_SYLLABLE)):
            node = trie.child[node, _leet(seq[start + to, SYMBOL], letters)]
            if node == 0:
                break
            if trie.token[node] < 0:
                continue
            pieces, vowels = best[at, 0] + 1, best[at, 1] + vowel
            known = best[to + 1, 0]
            if known < 0 or pieces < known or (pieces == known and vowels < best[to + 1, 1]):
                best[to + 1, 0], best[to + 1, 1], best[to + 1, 2] = pieces, vowels, at


@kernel
def parted(seq, at, codes, letters):  # type: ignore[no-untyped-def]
    """Whether a word begins at this symbol of a run: after a gap or digit, at a capital."""
    for place in range(seq[at - 1, END], seq[at, AT]):
        if not letters.code[codes[place], FLAGS] & HIDDEN:
            return True
    if (
        letters.code[codes[seq[at, AT]], FLAGS] & UPPER
        and not letters.code[codes[seq[at - 1, AT]], FLAGS] & UPPER
    ):
        return True
    before, here = (
        letters.symbol[seq[at - 1, SYMBOL], LETTER],
        letters.symbol[seq[at, SYMBOL], LETTER],
    )
    return (before == FIGURE) != (here == FIGURE)


@kernel
def _token(seq, start, end, letters, trie, out, used):  # type: ignore[no-untyped-def]
    """Append one syllable, the letters from start to end."""
    node = 0
    first, last = seq[start, AT], seq[start, END]
    for at in range(start, end):
        node = trie.child[node, _leet(seq[at, SYMBOL], letters)]
        first, last = min(first, seq[at, AT]), max(last, seq[at, END])
    out[used, SYMBOL] = letters.code[SYLLABLE_BASE + trie.token[node], RAW]
    out[used, AT], out[used, END], out[used, CHOSEN] = first, last, 1
    return used + 1


@kernel
def _tokens(seq, start, size, letters, trie, best, out, used):  # type: ignore[no-untyped-def]
    """Append the syllables of the first `size` letters, spelled as `best` says."""
    pieces = best[size, 0]
    end = size
    for piece in range(pieces - 1, -1, -1):
        begin = best[end, 2]
        _token(seq, start + begin, start + end, letters, trie, out, used + piece)
        end = begin
    return used + pieces


@kernel
def copied(seq, start, end, out, used):  # type: ignore[no-untyped-def]
    """Append the symbols from start to end as they are; the number of symbols."""
    for at in range(start, end):
        out[used, SYMBOL] = seq[at, SYMBOL]
        out[used, AT] = seq[at, AT]
        out[used, END] = seq[at, END]
        out[used, CHOSEN] = seq[at, CHOSEN]
        used += 1
    return used


@kernel
def _word(seq, start, end, letters, trie, best, out, used):  # type: ignore[no-untyped-def]
    """One word of a run: spelled whole, or its longest spelled beginning, or as it is."""
    _spell(seq, start, end, letters, trie, best)
    size = end - start
    if best[size, 0] >= 0:
        return _tokens(seq, start, size, letters, trie, best, out, used)
    for shorter in range(size - 1, LEAST_SPELLED - 1, -1):
        if best[shorter, 0] >= 2:
            used = _tokens(seq, start, shorter, letters, trie, best, out, used)
            return copied(seq, start + shorter, end, out, used)
    return copied(seq, start, end, out, used)


@kernel
def _are_syllables(seq, start, end, codes, letters, trie):  # type: ignore[no-untyped-def]
    """Whether every word of a run of several is one whole syllable, of two letters or more."""
    at, words = start, 0
    while at < end:
        node, size = 0, 0
        while at < end and (size == 0 or not parted(seq, at, codes, letters)):
            letter = letters.symbol[seq[at, SYMBOL], LETTER]
            if letter == FIGURE:
                return False
            node = trie.child[node, letter]
            if node == 0:
                return False
            at, size = at + 1, size + 1
        if trie.token[node] < 0 or size < 2:
            return False
        words += 1
    return words > 1


@kernel
def _run(seq, start, end, codes, letters, trie, best, out, used):  # type: ignore[no-untyped-def]
    """A whole run first, then word by word."""
    words = 1
    for at in range(start + 1, end):
        words += parted(seq, at, codes, letters)
    if words > 1 and _are_syllables(seq, start, end, codes, letters, trie):
        begin = start
        for at in range(start + 1, end + 1):
            if at == end or parted(seq, at, codes, letters):
                used = _token(seq, begin, at, letters, trie, out, used)
                begin = at
        return used
    if words == 1:
        return _word(seq, start, end, letters, trie, best, out, used)
    _spell(seq, start, end, letters, trie, best)
    if best[end - start, 0] >= 0:
        return _tokens(seq, start, end - start, letters, trie, best, out, used)
    begin = start
    for at in range(start + 1, end + 1):
        if at == end or parted(seq, at, codes, letters):
            used = _word(seq, begin, at, letters, trie, best, out, used)
            begin = at
    return used


@kernel
def is_letter(symbol, letters):  # type: ignore[no-untyped-def]
    """Whether a symbol is one of a to z."""
    return letters.symbol[symbol, LETTER] < 26


@kernel
def spelled(seq, size, codes, letters, trie, best, out):  # type: ignore[no-untyped-def]
    """Write the sequence with its Latin runs as syllables to `out`; the number of symbols."""
    at = used = 0
    zero = np.int64(letters.code[48, RAW])
    while at < size:
        if not is_letter(seq[at, SYMBOL], letters):
            used = copied(seq, at, at + 1, out, used)
            at += 1
            continue
        end = at
        while end < size:
            digit = seq[end, SYMBOL] - zero
            inside = digit == 0 or digit == 1 or digit == 3 or digit == 4 or digit == 5
            if not (
                is_letter(seq[end, SYMBOL], letters)
                or (inside and end + 1 < size and is_letter(seq[end + 1, SYMBOL], letters))
                or (0 <= digit <= 1 and end > at and is_letter(seq[end - 1, SYMBOL], letters))
            ):
                break
            end += 1
        used = _run(seq, at, end, codes, letters, trie, best, out, used)
        at = end
    return used
