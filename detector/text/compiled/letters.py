"""What every code point folds to, and what it may begin: the tables that the kernels read.

The symbols of readings are numbered: those of the alphabet as there, then every other one that a
table of words or components holds. A kept symbol that no table knows is number 0; it equals nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detector.text import tables, words
from detector.text.alphabet import alphabet
from detector.text.compiled import keys
from detector.text.compiled.keys import Keys
from detector.text.figures import FIGURES, LEET_LETTERS
from detector.text.flips import LAST_SYMBOLS, upside_down
from detector.text.fold import fold_char, is_ignorable, plain
from detector.text.reading import component_merges
from detector.text.scan import DASHES, pictures
from detector.text.swaps import LONGEST_SWAPPED, synonyms, translations
from detector.types import EditKind

# What is known of a code point of the original text
STRANGE, DROPPED, PICTURE, SEQUENCE, CONTINUES, VARIANT, UPPER, CHOSEN, HIDDEN, DASH = (
    1 << bit for bit in range(10)
)
# Beyond these no code point is folded here: private use, and what Unicode has not given yet
_KNOWN = (range(0xD800), range(0xF900, 0x32400), range(0xE0000, 0xE0200))
MOST_SYMBOLS = 1 << 16
# The tables of words that the channels look for
WORD_TABLES = ("cues", "news_words", "heads", "organ_nouns", "fields", "english")


# The columns of `Letters.code` and of `Letters.symbol`
FOLDED, FLAGS, PICTURE_OF, RAW = range(4)
PLAIN, SOUND, SHAPE, LETTER, MARKS, LEET = range(6)
NO_LETTER = 99
FIGURE_MARK, LAST_MARK = 1, 2
# The sorts of keys, and the bits of a value that count the words of a synonym
MERGES, SYNONYMS, ENGLISH = 1, 2, 3
COUNT_BITS = 4


class Letters(NamedTuple):
    """Few arrays, each of several columns, since kernels pay for every array that they hand on.

    code: uint16[0x110000, 4] by code point. FOLDED: its symbol. FLAGS. PICTURE_OF: p, 0 = none; what
    it may be read as are the words 2p and 2p + 1. RAW: its symbol as it is drawn.
    symbol: uint16[n, 6]. PLAIN: the number in the alphabet, 0 for symbols that it does not know.
    SOUND, SHAPE: classes. LETTER: as in `Likeness`, NO_LETTER for -1. MARKS: a Chinese numeral; what
    a name that runs backwards begins with. LEET: the letter that a digit looks like, or itself.
    keys: a sort and symbols. MERGES: the symbol that components make. SYNONYMS: the first word << 4
    | how many. ENGLISH: words that are translated.
    words, word_at: uint16, int32; word w is words[word_at[w]:word_at[w + 1]]. Word 0: 零 to 十.
    """

    code: npt.NDArray[np.uint16]
    symbol: npt.NDArray[np.uint16]
    keys: Keys
    words: npt.NDArray[np.uint16]
    word_at: npt.NDArray[np.int32]


@lru_cache
def build() -> Letters:
    """The letters of the shipped tables; takes about two seconds."""
    number = _numbers()
    code, pictured = _codes(number)
    swapped = {w: o for w, o in synonyms().items() if 2 <= len(w) <= LONGEST_SWAPPED}
    first = 2 + len(pictured)
    values: list[int] = []
    for others in swapped.values():
        values.append(first << COUNT_BITS | len(others))
        first += len(others)
    listed = [
        "零一二三四五六七八九十",
        "",
        *pictured,
        *(o for others in swapped.values() for o in others),
    ]
    word_at, pool = _pool(listed, number)
    merges = component_merges()
    english = sorted({word[: keys.LONGEST_KEY - 1] for word in translations()})
    sorts = [
        (MERGES, list(merges), [int(number[ord(c)]) for c in merges.values()]),
        (SYNONYMS, list(swapped), values),
        (ENGLISH, english, [1] * len(english)),
    ]
    return Letters(code, _symbols(number), _keys(sorts, number), pool, word_at)


def _codes(number: npt.NDArray[np.uint16]) -> tuple[npt.NDArray[np.uint16], list[str]]:
    """The column of code points, and the two words of every picture from number 1 on."""
    table = np.zeros((0x110000, 4), np.uint16)
    table[:, RAW] = number
    flags = table[:, FLAGS]
    flags[:] = STRANGE
    upside = upside_down()
    for code in (c for span in _KNOWN for c in span):
        char = chr(code)
        kept, kind = fold_char(char)
        table[code, FOLDED] = number[ord(kept)] if len(kept) == 1 else 0
        flags[code] = (
            STRANGE * (len(kept) > 1 or char in upside or (kept.isdigit() and not kept.isascii()))
            | DROPPED * (not kept)
            | VARIANT * (kind is EditKind.VARIANT)
            | CHOSEN * (kind is EditKind.NUMERAL)
            | UPPER * char.isupper()
            | HIDDEN * is_ignorable(char)
            | DASH * (char in DASHES)
        )
    pictured: list[str] = []
    for drawn, readings in pictures().items():
        first = ord(drawn[0])
        if len(drawn) > 1:
            flags[first] |= SEQUENCE
            flags[ord(drawn[1])] |= CONTINUES
        elif not drawn.isalnum() and flags[first] & DROPPED:
            pictured += [plain(readings[0]), plain(readings[min(1, len(readings) - 1)])]
            flags[first] |= PICTURE
            table[first, PICTURE_OF] = len(pictured) // 2
    return table, pictured


def _symbols(number: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint16]:
    known = alphabet()
    size, inside = int(number.max()) + 1, len(known.sound_class)
    table = np.zeros((size, 6), np.uint16)
    table[:inside, PLAIN] = np.arange(inside)
    table[:inside, SOUND], table[:inside, SHAPE] = known.sound_class, known.shape_class
    table[:, LETTER] = NO_LETTER
    letter = known.likeness.letter
    table[:inside, LETTER] = np.where(letter < 0, NO_LETTER, letter)
    for mark, chars in ((FIGURE_MARK, FIGURES), (LAST_MARK, LAST_SYMBOLS)):
        table[[number[ord(c)] for c in chars], MARKS] |= mark
    table[:, LEET] = np.arange(size)
    for digit, alike in LEET_LETTERS.items():
        table[number[ord(digit)], LEET] = number[ord(alike)]
    return table


def encode(text: str, number: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint16]:
    """The symbol numbers of a read text."""
    return number[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)]


def _numbers() -> npt.NDArray[np.uint16]:
    """uint16[0x110000]: the numbers of the alphabet, and further ones for all symbols of the tables."""
    number = alphabet().number.copy()
    used = {
        *"".join(component_merges()), *"".join(component_merges().values()),
        *(c for words in pictures().values() for word in words for c in plain(word)),
        *(c for word, others in synonyms().items() for c in (word, *others) for c in c),
        *(c for table in WORD_TABLES for word, *_ in tables.rows(table, 1) for c in word),
        *words.symbols(),
    }  # fmt: skip
    new = sorted(ord(c) for c in used if not number[ord(c)])
    first = int(number.max()) + 1
    if first + len(new) > MOST_SYMBOLS:
        raise ValueError(f"{first + len(new)} symbols are too many for 16 bits")
    number[new] = np.arange(first, first + len(new))
    return number


def _pool(
    texts: Iterable[str], number: npt.NDArray[np.uint16]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint16]]:
    listed = list(texts)
    at = np.zeros(len(listed) + 1, np.int32)
    np.cumsum([len(t) for t in listed], out=at[1:])
    return at, encode("".join(listed), number)


def _keys(sorts: list[tuple[int, list[str], list[int]]], number: npt.NDArray[np.uint16]) -> Keys:
    tagged = [
        np.concatenate([[sort], encode(text, number)]) for sort, texts, _ in sorts for text in texts
    ]
    offsets = np.zeros(len(tagged) + 1, np.int64)
    np.cumsum([len(t) for t in tagged], out=offsets[1:])
    values = np.array([value for *_, numbered in sorts for value in numbered], np.int32)
    return keys.build(np.concatenate(tagged).astype(np.uint16), offsets, values)
