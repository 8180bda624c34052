"""Which texts may hold a news word, a strict word or an organ noun: the quick look of `channels.OWN`.

Sharper than `channels.triggers`: a word must stand there whole, an organ noun of one symbol where a
name can end, and most organ nouns beside a head, a field of public affairs or a division, without
which `channels.grammar` reads no body in them. Syllables that sound like a known word are read as it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detector.text import tables, words
from detector.text.alphabet import TOKEN
from detector.text.compiled import keys
from detector.text.compiled.keys import Keys
from detector.text.compiled.letters import LETTER, NO_LETTER, RAW, Letters, encode
from detector.text.compiled.readings import PLAINEST, ROW, SORT, START, SWAPPED
from detector.text.compiled.spell import SYMBOL, copied
from detector.text.kernel import kernel
from detector.text.spelling import LONGEST_SPOKEN, first_sounds, spoken_words
from detector.text.stance import PROCLAIMING, SILENT
from detector.types import Cue

# The sorts of words; the first symbol of a key
NEWS, STRICT, NOUN, SPOKEN, CUE = 1, 2, 3, 4, 5
# The values of news words and nouns: enough by themselves, beside a division, beside a head or field too
_ALONE, _BESIDE_PLACE, _BESIDE_HEAD = 1, 2, 3
# Beside the bits of the cues (`Triggers.cues`): a field of public affairs, a head
FIELD_BIT, HEAD_BIT = 1 << 29, 1 << 28
LONGEST_WORD = keys.LONGEST_KEY - 1
# What may stand behind the organ noun that ends a name (`channels.grammar`)
_BEHIND = (Cue.OFFICIAL, Cue.DECOR, Cue.SPOKESMAN, Cue.SERVICE)
# In the first column of `Triggers.symbol`: an organ noun of one symbol; the end of words behind it;
# the beginning of a longer word; a symbol of 中国 and 中华; the end of words that say nothing
NOUN_ALONE, LAST_BEHIND, BEGINS, STATE, STRONG_ALONE, SILENT_END = 1, 2, 4, 8, 16, 32


class Triggers(NamedTuple):
    """keys: (sort, symbols of a word) -> its value; SPOKEN: first sounds -> number of the word.

    symbol: uint16[n, 2], marks and the first sound. spoken: uint16[words, 4], padded with 0.
    cues: (CUE, symbols of a word of the lexicon) -> one bit for every cue that it may have.
    """

    keys: Keys
    symbol: npt.NDArray[np.uint16]
    spoken: npt.NDArray[np.uint16]
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
        NEWS: {w: _BESIDE_PLACE if sort == "place_news" else _ALONE
               for w, sort, *_ in tables.rows("news_words", 2)},
        STRICT: {w: _ALONE for w, sort, *_ in tables.rows("heads", 2) if sort == "strict"},
        NOUN: {n: _ALONE if strength == "strong" else _BESIDE_HEAD
               for n, _, strength, *_ in tables.rows("organ_nouns", 3)},
    }  # fmt: skip
    tagged: dict[bytes, int] = {}
    for sort, valued in sorts.items():
        for word, value in valued.items():
            symbols = encode(word[:LONGEST_WORD], number)
            if len(word) == 1:
                symbol[symbols[0], 0] |= STRONG_ALONE if value == _ALONE else NOUN_ALONE
                continue
            symbol[symbols[0], 0] |= BEGINS
            key = _key(sort, symbols)
            tagged[key] = min(value, tagged.get(key, value))
    spoken = np.zeros((len(spoken_words()), LONGEST_SPOKEN), np.uint16)
    for at, word in enumerate(spoken_words()):
        spoken[at, : len(word)] = encode(word, number)
        tagged.setdefault(_key(SPOKEN, symbol[encode(word, number), 1]), at)
    behind = frozenset(_BEHIND)
    for word, cue, *_ in tables.rows("cues", 2):
        if Cue(cue) in behind:
            symbol[number[ord(word[-1])], 0] |= LAST_BEHIND
    ascii_ = (letters.symbol[:, LETTER] != NO_LETTER) & (letters.symbol[:, LETTER] != TOKEN)
    symbol[ascii_, 0] |= LAST_BEHIND
    for word, cue, *_ in tables.rows("cues", 2):
        if Cue(cue) in SILENT:
            symbol[number[ord(word[-1])], 0] |= SILENT_END
    for word in words.places():
        symbol[number[ord(word[-1])], 0] |= SILENT_END
    symbol[ascii_, 0] |= SILENT_END
    symbol[letters.symbol[:, LETTER] == TOKEN, 0] |= SILENT_END
    symbol[0, 0] |= SILENT_END
    for char in "中国华":
        symbol[number[ord(char)], 0] |= STATE
    return Triggers(_keys(tagged), symbol, spoken, _keys(_cues(number)))


def _cues(number: npt.NDArray[np.uint16]) -> dict[bytes, int]:
    """The words of the lexicon, of fields and heads, and those that proclaim, with their bits."""
    listed = [
        *((word, bit_of(Cue(cue))) for word, cue, *_ in tables.rows("cues", 2)),
        *((word, bit_of(Cue.OFFICIAL)) for word in PROCLAIMING),
        *((word, FIELD_BIT) for word, *_ in tables.rows("fields", 1)),
        *((word, HEAD_BIT) for word, *_ in tables.rows("heads", 1)),
    ]
    bits: dict[bytes, int] = {}
    for word, bit in listed:
        key = _key(CUE, encode(word[:LONGEST_WORD], number))
        bits[key] = bits.get(key, 0) | bit
    return bits


def _key(sort: int, symbols: npt.NDArray[np.uint16]) -> bytes:
    return np.concatenate([[sort], symbols]).astype(np.uint16).tobytes()


def bit_of(cue: Cue) -> int:
    """The bit of a cue in a mask of cues."""
    return 1 << tuple(Cue).index(cue)


def _keys(tagged: dict[bytes, int]) -> Keys:
    listed = [np.frombuffer(key, np.uint16) for key in tagged]
    offsets = np.zeros(len(listed) + 1, np.int64)
    np.cumsum([len(t) for t in listed], out=offsets[1:])
    return keys.build(np.concatenate(listed), offsets, np.array(list(tagged.values()), np.int32))


_OFFICE_BIT = bit_of(Cue.OFFICE)


@kernel
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


@kernel
def _held(seq, at, sort, known):  # type: ignore[no-untyped-def]
    """The least value of the words of that sort that begin here, or 0."""
    least = 0
    high, low = keys.grown(np.uint64(0), np.uint64(0), np.uint64(sort))
    for i in range(at, min(len(seq), at + LONGEST_WORD)):
        symbol = seq[i, SYMBOL]
        if symbol == 0:
            break
        high, low = keys.grown(high, low, symbol)
        if i > at:
            value = keys.value_of(known, high, low)
            if value > 0 and (least == 0 or value < least):
                least = value
    return least


@kernel
def _in_characters(seq, triggers, symbols, out):  # type: ignore[no-untyped-def]
    """Copy a reading, spelled syllables of known words as their characters; whether there were any.

    The twin of `spelling.in_characters`.
    """
    known, sounds, spoken = triggers.keys, triggers.symbol, triggers.spoken
    n = len(seq)
    changed = False
    copied(seq, 0, n, out, 0)
    for size in range(LONGEST_SPOKEN, 1, -1):
        for at in range(n - size + 1):
            high, low = keys.grown(np.uint64(0), np.uint64(0), np.uint64(SPOKEN))
            spelled = False
            for i in range(at, at + size):
                spelled |= symbols[out[i, SYMBOL], LETTER] == TOKEN
                high, low = keys.grown(high, low, sounds[out[i, SYMBOL], 1])
            if not spelled:
                continue
            word = keys.value_of(known, high, low)
            if word >= 0:
                changed = True
                for i in range(size):
                    out[at + i, SYMBOL] = spoken[word, i]
    return changed


# What a reading may say by itself: nothing, something beside a division, something
QUIET, BESIDE_PLACE, SPEAKS = 0, 1, 2


@kernel
def _said(seq, plainest, triggers):  # type: ignore[no-untyped-def]
    """Whether one of the channels of a name by itself may find anything in a reading."""
    marks, known = triggers.symbol, triggers.keys
    n = len(seq)
    if n == 0:
        return QUIET
    ends = marks[seq[n - 1, SYMBOL], 0] & LAST_BEHIND != 0
    beside_place = beside_head = False
    for at in range(n):
        mark = marks[seq[at, SYMBOL], 0]
        if mark & BEGINS:
            news = _held(seq, at, NEWS, known)
            noun = _held(seq, at, NOUN, known)
            if news == _ALONE or noun == _ALONE:
                return SPEAKS
            if plainest and _held(seq, at, STRICT, known):
                return SPEAKS
            beside_place |= news == _BESIDE_PLACE
            beside_head |= noun == _BESIDE_HEAD
        if ends or at == n - 1:
            if mark & STRONG_ALONE:
                return SPEAKS
            beside_head |= mark & NOUN_ALONE != 0
    if beside_head and claims(seq, FIELD_BIT | HEAD_BIT | _OFFICE_BIT, triggers.cues):
        return SPEAKS
    return BESIDE_PLACE if beside_place or beside_head else QUIET


@kernel
def mark(place, sequence, triggers, symbols, scratch, alive, beside):  # type: ignore[no-untyped-def]
    """Mark the texts of which a reading may say something by itself, or `beside` a division in them.

    scratch: int32[longest, 4].
    """
    for reading in range(len(place) - 1):
        row = place[reading, ROW]
        if alive[row] or place[reading, SORT] == SWAPPED:
            continue
        seq = sequence[place[reading, START] : place[reading + 1, START]]
        plainest = place[reading, SORT] == PLAINEST
        said = _said(seq, plainest, triggers)
        spelled = False
        for at in range(len(seq)):
            spelled |= symbols[seq[at, SYMBOL], LETTER] == TOKEN
        if spelled and said != SPEAKS and _in_characters(seq, triggers, symbols, scratch):
            said = max(said, _said(scratch[: len(seq)], plainest, triggers))
        alive[row] |= said == SPEAKS
        beside[row] |= said == BESIDE_PLACE
