"""Everyday words with their bits, for kernels: the twin of the tables in `detector.text.words`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detector.text import words
from detector.text.alphabet import TOKEN
from detector.text.compiled import keys
from detector.text.compiled.keys import Keys
from detector.text.compiled.letters import LETTER, NO_LETTER, Letters, encode
from detector.text.kernel import kernel

# Bits of the hash of two symbols under which the longest word that they begin is noted
_PAIR_BITS = 18
_U = np.uint64
_MIX = _U(0x9E3779B97F4A7C15)


class Lexicon(NamedTuple):
    """keys: word of two to eight symbols -> number of its bits. bits: float64.

    one: float64 by symbol, a text of that symbol alone. reach: uint8[2^18] by `pair`: symbols of the
    longest word that may begin with these two, 0 = none.
    """

    keys: Keys
    bits: npt.NDArray[np.float64]
    one: npt.NDArray[np.float64]
    reach: npt.NDArray[np.uint8]


@kernel
def pair(first, second):  # type: ignore[no-untyped-def]  # compiled: numba infers the types
    """Where `reach` notes the words that begin with two symbols."""
    return ((_U(first) << _U(16) | _U(second)) * _MIX) >> _U(64 - _PAIR_BITS)


@kernel
def _note(symbols, offsets, reach):  # type: ignore[no-untyped-def]
    for word in range(len(offsets) - 1):
        start, size = offsets[word], offsets[word + 1] - offsets[word]
        at = pair(symbols[start], symbols[start + 1])
        reach[at] = max(reach[at], size)


def build(letters: Letters) -> Lexicon:
    """The lexicon of the shipped dictionary."""
    listed = words.listed()
    ascii_ = (letters.symbol[:, LETTER] != NO_LETTER) & (letters.symbol[:, LETTER] != TOKEN)
    one = np.where(ascii_, words.LETTER_BITS, words.UNKNOWN_BITS)
    number = letters.code[:, 3]
    longer = [w for w in listed if 2 <= len(w) <= words.LONGEST_WORD]
    for word, bits in listed.items():
        if len(word) == 1:
            one[number[ord(word)]] = bits
    offsets = np.zeros(len(longer) + 1, np.int64)
    np.cumsum([len(w) for w in longer], out=offsets[1:])
    symbols = encode("".join(longer), number)
    reach = np.zeros(1 << _PAIR_BITS, np.uint8)
    _note(symbols, offsets, reach)
    numbered = np.arange(len(longer)).astype(np.int32)
    return Lexicon(
        keys.build(symbols, offsets, numbered), np.array([listed[w] for w in longer]), one, reach
    )


@kernel
def word_bits(seq, start, end, lexicon):  # type: ignore[no-untyped-def]
    """Bits of the symbols from start to end as one word, or infinity."""
    if end - start == 1:
        return lexicon.one[seq[start]]
    high, low = _U(0), _U(0)
    for at in range(start, end):
        high, low = keys.grown(high, low, seq[at])
    entry = keys.value_of(lexicon.keys, high, low)
    return lexicon.bits[entry] if entry >= 0 else np.inf


@kernel
def cut(seq, pieces, before, after, lexicon):  # type: ignore[no-untyped-def]
    """Bits of every beginning and every end of a text: the twin of `words.cut`.

    pieces: float64[n, 8] scratch space, the bits of the word of 1..8 symbols that begins there.
    """
    n = len(seq)
    before[: n + 1] = np.inf
    before[0] = 0.0
    for start in range(n):
        pieces[start, :] = np.inf
        pieces[start, 0] = lexicon.one[seq[start]]
        if start + 1 < n and seq[start] and seq[start + 1]:
            longest = min(n - start, lexicon.reach[pair(seq[start], seq[start + 1])])
            high, low = keys.grown(_U(0), _U(0), seq[start])
            for size in range(2, longest + 1):
                symbol = seq[start + size - 1]
                if symbol == 0:
                    break
                high, low = keys.grown(high, low, symbol)
                entry = keys.value_of(lexicon.keys, high, low)
                if entry >= 0:
                    pieces[start, size - 1] = lexicon.bits[entry]
        for size in range(1, min(n - start, 8) + 1):
            cost = before[start] + pieces[start, size - 1]
            if cost < before[start + size]:
                before[start + size] = cost
    after[: n + 1] = np.inf
    after[n] = 0.0
    for start in range(n - 1, -1, -1):
        for size in range(1, min(n - start, 8) + 1):
            after[start] = min(after[start], after[start + size] + pieces[start, size - 1])


@kernel
def bits_of(seq, start, end, pieces, before, lexicon):  # type: ignore[no-untyped-def]
    """Bits of a stretch of the text by itself; `pieces` as `cut` left them."""
    before[start] = 0.0
    for to in range(start + 1, end + 1):
        before[to] = np.inf
    for at in range(start, end):
        for size in range(1, min(end - at, 8) + 1):
            before[at + size] = min(before[at + size], before[at] + pieces[at, size - 1])
    return before[end]
