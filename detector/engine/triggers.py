"""Which texts may hold a news word, a strict word or an organ noun: the quick look of `channels.OWN`.

Sharper than `channels.triggers`: a word must stand there whole, an organ noun of one symbol where a
name can end. A text with syllables that sound like a known word goes the plain way.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from detector.text import tables
from detector.text.compiled import keys
from detector.text.compiled.keys import Keys
from detector.text.compiled.letters import LETTER, NO_LETTER, RAW, Letters, encode
from detector.text.compiled.readings import PLAINEST, ROW, SORT, START, SWAPPED
from detector.text.compiled.spell import SYMBOL
from detector.text.alphabet import TOKEN
from detector.text.stance import PROCLAIMING
from detector.text.spelling import LONGEST_SPOKEN, first_sounds, spoken_words
from detector.types import Cue

# The sorts of words; the first symbol of a key
NEWS, STRICT, NOUN, SPOKEN, CUE = 1, 2, 3, 4, 5
LONGEST_WORD = keys.LONGEST_KEY - 1
# What may stand behind the organ noun that ends a name (`channels.grammar`)
_BEHIND = (Cue.OFFICIAL, Cue.DECOR, Cue.SPOKESMAN, Cue.SERVICE)
# In the first column of `Triggers.symbol`: an organ noun of one symbol; the end of words behind it;
# the beginning of a longer word; a symbol of 中国 and 中华
NOUN_ALONE, LAST_BEHIND, BEGINS, STATE = 1, 2, 4, 8


class Triggers(NamedTuple):
    """keys: (sort, symbols of a word) -> 1. symbol: uint16[n, 2], marks and the first sound.

    cues: (CUE, symbols of a word of the lexicon) -> one bit for every cue that it may have.
    """

    keys: Keys
    symbol: npt.NDArray[np.uint16]
    cues: Keys


def build(letters: Letters) -> Triggers:
    """The words of the shipped tables; longer ones by their beginning."""
    number = letters.code[:, RAW]
    symbol = np.zeros((len(letters.symbol), 2), np.uint16)
    symbol[:, 1] = np.arange(len(symbol))
    for char, sound in first_sounds().items():
        if number[ord(char)]:
            symbol[number[ord(char)], 1] = number[ord(sound)]
    sorts = {
        NEWS: [word for word, *_ in tables.rows("news_words", 2)],
        STRICT: [word for word, sort, *_ in tables.rows("heads", 2) if sort == "strict"],
        NOUN: [noun for noun, *_ in tables.rows("organ_nouns", 1)],
    }
    tagged: list[npt.NDArray[np.uint16]] = []
    for sort, words in sorts.items():
        for word in words:
            symbols = encode(word[:LONGEST_WORD], number)
            if len(word) == 1:
                symbol[symbols[0], 0] |= NOUN_ALONE
            else:
                symbol[symbols[0], 0] |= BEGINS
                tagged.append(np.concatenate([[sort], symbols]).astype(np.uint16))
    for word in spoken_words():
        sounds = symbol[encode(word, number), 1]
        tagged.append(np.concatenate([[SPOKEN], sounds]).astype(np.uint16))
    behind = frozenset(_BEHIND)
    for word, cue, *_ in tables.rows("cues", 2):
        if Cue(cue) in behind:
            symbol[number[ord(word[-1])], 0] |= LAST_BEHIND
    ascii_ = (letters.symbol[:, LETTER] != NO_LETTER) & (letters.symbol[:, LETTER] != TOKEN)
    symbol[ascii_, 0] |= LAST_BEHIND
    for char in "中国华":
        symbol[number[ord(char)], 0] |= STATE
    cues: dict[bytes, int] = {}
    for word, cue, *_ in tables.rows("cues", 2):
        key = np.concatenate([[CUE], encode(word[:LONGEST_WORD], number)]).astype(np.uint16)
        cues[key.tobytes()] = cues.get(key.tobytes(), 0) | bit_of(Cue(cue))
    for word in PROCLAIMING:
        key = np.concatenate([[CUE], encode(word, number)]).astype(np.uint16)
        cues[key.tobytes()] = cues.get(key.tobytes(), 0) | bit_of(Cue.OFFICIAL)
    return Triggers(
        _keys(tagged, [1] * len(tagged)), symbol,
        _keys([np.frombuffer(key, np.uint16) for key in cues], list(cues.values())),
    )  # fmt: skip


def bit_of(cue: Cue) -> int:
    """The bit of a cue in a mask of cues."""
    return 1 << tuple(Cue).index(cue)


def _keys(tagged: list[npt.NDArray[np.uint16]], values: list[int]) -> Keys:
    offsets = np.zeros(len(tagged) + 1, np.int64)
    np.cumsum([len(t) for t in tagged], out=offsets[1:])
    return keys.build(np.concatenate(tagged), offsets, np.array(values, np.int32))


@njit(cache=True, nogil=True, _nrt=False)
def claims(seq, mask, cues):  # type: ignore[no-untyped-def]  # compiled: numba infers the types
    """Whether some stretch of a reading is a word with one of the cues of a mask."""
    for start in range(len(seq)):
        high, low = keys.grown(np.uint64(0), np.uint64(0), np.uint64(CUE))
        for at in range(start, min(len(seq), start + LONGEST_WORD)):
            symbol = seq[at, SYMBOL]
            if symbol == 0:
                break
            high, low = keys.grown(high, low, symbol)
            value = keys.value_of(cues, high, low)
            if value >= 0 and value & mask != 0:
                return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def _holds(seq, at, sort, known):  # type: ignore[no-untyped-def]  # compiled: numba infers the types
    """Whether a word of that sort begins here."""
    high, low = keys.grown(np.uint64(0), np.uint64(0), np.uint64(sort))
    for i in range(at, min(len(seq), at + LONGEST_WORD)):
        symbol = seq[i, SYMBOL]
        if symbol == 0:
            return False
        high, low = keys.grown(high, low, symbol)
        if i > at and keys.value_of(known, high, low) >= 0:
            return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def _spoken(seq, at, triggers, symbols):  # type: ignore[no-untyped-def]
    """Whether a known word begins here of which a symbol is spelled."""
    known, sounds = triggers.keys, triggers.symbol
    high, low = keys.grown(np.uint64(0), np.uint64(0), np.uint64(SPOKEN))
    spelled = False
    for i in range(at, min(len(seq), at + LONGEST_SPOKEN)):
        symbol = seq[i, SYMBOL]
        spelled |= symbols[symbol, LETTER] == TOKEN
        if symbol == 0:
            return False
        high, low = keys.grown(high, low, sounds[symbol, 1])
        if i > at and spelled and keys.value_of(known, high, low) >= 0:
            return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def _triggered(seq, plainest, triggers, symbols):  # type: ignore[no-untyped-def]
    """Whether one of the channels of a name by itself may find anything in a reading."""
    marks, known = triggers.symbol, triggers.keys
    spelled = False
    for at in range(len(seq)):
        symbol = seq[at, SYMBOL]
        spelled |= symbols[symbol, LETTER] == TOKEN
        mark = marks[symbol, 0]
        if mark & BEGINS and (
            _holds(seq, at, NEWS, known)
            or _holds(seq, at, NOUN, known)
            or (plainest and _holds(seq, at, STRICT, known))
        ):
            return True
    last = seq[len(seq) - 1, SYMBOL] if len(seq) else 0
    ends = marks[last, 0] & LAST_BEHIND != 0 or symbols[last, LETTER] == TOKEN
    for at in range(len(seq)):
        if marks[seq[at, SYMBOL], 0] & NOUN_ALONE and (ends or at == len(seq) - 1):
            return True
        if spelled and _spoken(seq, at, triggers, symbols):
            return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def mark(place, sequence, triggers, symbols, alive):  # type: ignore[no-untyped-def]
    """Mark the texts of which a reading may say something by itself."""
    for reading in range(len(place) - 1):
        row = place[reading, ROW]
        if not alive[row] and place[reading, SORT] != SWAPPED:
            seq = sequence[place[reading, START] : place[reading + 1, START]]
            alive[row] = _triggered(seq, place[reading, SORT] == PLAINEST, triggers, symbols)
