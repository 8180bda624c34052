"""The quick look: may a text hold a news word, a strict word or an organ noun at all?"""

from __future__ import annotations

from functools import lru_cache

from detector.text import tables
from detector.text.spelling import in_characters
from detector.text.symbols import Reading


@lru_cache
def _beginnings() -> frozenset[str]:
    """The first two characters of every word that the word channels look for."""
    words = [
        row[0] for table in ("news_words", "heads", "organ_nouns") for row in tables.rows(table, 1)
    ]
    return frozenset(word[:2] for word in words if len(word) > 1)


@lru_cache
def _endings() -> frozenset[str]:
    """Organ nouns of one character, which end a name."""
    return frozenset(noun for noun, *_ in tables.rows("organ_nouns", 1) if len(noun) == 1)


def may_speak(text: str, readings: tuple[Reading, ...]) -> bool:
    """False only where no word channel can find anything in any reading of the text."""
    return any(_may_speak(in_characters(reading.text)) for reading in readings)


def _may_speak(text: str) -> bool:
    known, ends = _beginnings(), _endings()
    return any(text[at : at + 2] in known or text[at] in ends for at in range(len(text)))
