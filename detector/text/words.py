"""How likely is this text as ordinary Chinese? A word model over jieba's dictionary, in bits.

The bits of a text are those of its cheapest segmentation into words (Viterbi over unigrams), so
they stand on one scale with the bits of a disguise (`align`): 样式新闻 is two everyday words and
cheap, 央祝新闻 is not and therefore more cheaply explained as 央视新闻 with a step.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import jieba

from detector.text import tables

LONGEST_WORD = 8
# A character that no dictionary holds: about one in 30,000 and rarer
UNKNOWN_BITS = 19.0
# Letters and digits in a row cost this each: a nickname's own alphabet soup
LETTER_BITS = 4.5
# A word of data/text/cues.tsv that jieba does not know
CUE_WORD_BITS = 14.0


@lru_cache
def _tags() -> dict[str, str]:
    """Word -> part of speech in jieba's dictionary (j abbreviation, nt organisation, nz proper)."""
    with jieba.get_dict_file() as lines:
        return {
            cells[0]: cells[2].strip()
            for cells in (line.decode("utf-8").split(" ") for line in lines)
            if len(cells) == 3 and cells[2].strip() in ORGANISATION_TAGS | PLACE_TAGS
        }


ORGANISATION_TAGS = frozenset(("j", "nt", "nz"))
PLACE_TAGS = frozenset(("ns",))


def means_organisation(word: str) -> bool:
    """Whether everyday language knows the word chiefly as a name of a body: 央行, 武大, 国安."""
    return _tags().get(word) in ORGANISATION_TAGS


def means_place(word: str) -> bool:
    """Whether everyday language knows the word as a place."""
    return _tags().get(word) in PLACE_TAGS


@lru_cache
def _bits() -> dict[str, float]:
    """Word -> -log2 of its share of jieba's corpus counts."""
    jieba.setLogLevel(60)
    jieba.initialize()
    counts: dict[str, int] = jieba.dt.FREQ
    total = math.log2(jieba.dt.total)
    bits = {word: total - math.log2(count) for word, count in counts.items() if count}
    for word, *_ in tables.rows("cues", 2):
        bits.setdefault(word, CUE_WORD_BITS)
    return bits


def word_bits(word: str) -> float | None:
    """Bits of one dictionary word, or None."""
    return _bits().get(word)


@dataclass(frozen=True, slots=True)
class Cut:
    """The cheapest segmentation of a text, and the bits of every beginning and every end.

    before[i]: bits of text[:i]; after[i]: bits of text[i:]; words: of the whole text, in order.
    """

    text: str
    before: tuple[float, ...]
    after: tuple[float, ...]
    words: tuple[str, ...]

    @property
    def bits(self) -> float:
        """Bits of the whole text as ordinary Chinese."""
        return self.before[-1]

    def breaks(self) -> frozenset[int]:
        """The places between the words, both ends included."""
        places, at = {0}, 0
        for word in self.words:
            at += len(word)
            places.add(at)
        return frozenset(places)


def _piece_bits(piece: str) -> float | None:
    cost = _bits().get(piece)
    if cost is None and len(piece) == 1:
        return LETTER_BITS if piece.isascii() else UNKNOWN_BITS
    return cost


@lru_cache(maxsize=4096)
def cut(text: str) -> Cut:
    """The cheapest segmentation of a read text (Viterbi over unigrams, both directions)."""
    size = len(text)
    pieces = [
        (start, end, cost)
        for start in range(size)
        for end in range(start + 1, min(size, start + LONGEST_WORD) + 1)
        if (cost := _piece_bits(text[start:end])) is not None
    ]
    before, came = [0.0] + [math.inf] * size, [0] * (size + 1)
    for start, end, cost in pieces:
        if before[start] + cost < before[end]:
            before[end], came[end] = before[start] + cost, start
    after = [math.inf] * size + [0.0]
    for start, end, cost in reversed(pieces):
        after[start] = min(after[start], after[end] + cost)
    words: list[str] = []
    end = size
    while end > 0:
        words.append(text[came[end] : end])
        end = came[end]
    return Cut(text, tuple(before), tuple(after), tuple(reversed(words)))


def bits(text: str) -> float:
    """Bits of the cheapest segmentation of a read text.

    >>> bits("样式新闻") < bits("央祝新闻")
    True
    """
    return cut(text).bits


def places() -> frozenset[str]:
    """Every word that everyday language knows as a place."""
    return frozenset(word for word, tag in _tags().items() if tag in PLACE_TAGS)


def symbols() -> frozenset[str]:
    """Every symbol that a word of the dictionary holds."""
    return frozenset(symbol for word in _bits() for symbol in word)


def listed() -> dict[str, float]:
    """Every word of the dictionary with its bits."""
    return dict(_bits())
