"""Known words written half in pinyin: 客fu is 客服, wan报 is 晚报."""

from __future__ import annotations

from functools import lru_cache

from detector.text import tables
from detector.text.symbols import SYLLABLE_BASE, syllables

LONGEST_SPOKEN = 4


@lru_cache
def first_sounds() -> dict[str, str]:
    """Character or syllable token -> the token of its commonest syllable."""
    tokens = syllables()
    return {char: tokens[name] for char, name in _sounds().items() if name in tokens}


def spoken_words() -> tuple[str, ...]:
    """The words that are known when they are half spelled."""
    return tuple(_words().values())


@lru_cache
def _sounds() -> dict[str, str]:
    """Character or syllable token -> its commonest toneless syllable."""
    known = {char: readings.split(",")[0] for char, readings, *_ in tables.rows("sounds", 2)}
    return known | {token: name for name, token in syllables().items()}


@lru_cache
def _words() -> dict[tuple[str, ...], str]:
    """Sounds -> the word of the cue and news lexicons that sounds so."""
    sounds = _sounds()
    found: dict[tuple[str, ...], str] = {}
    for table in ("news_words", "cues"):
        for word, *_ in tables.rows(table, 2):
            if 2 <= len(word) <= LONGEST_SPOKEN and not word.isascii():
                found.setdefault(tuple(sounds.get(c, c) for c in word), word)
    return found


def in_characters(text: str) -> str:
    """The read text with spelled syllables of known words as their characters; as long as before."""
    if all(ord(c) < SYLLABLE_BASE for c in text):
        return text
    sounds, out = _sounds(), list(text)
    for size in range(LONGEST_SPOKEN, 1, -1):
        for at in range(len(out) - size + 1):
            part = out[at : at + size]
            if any(ord(c) >= SYLLABLE_BASE for c in part):
                word = _words().get(tuple(sounds.get(c, c) for c in part))
                if word is not None:
                    out[at : at + size] = word
    return "".join(out)
