"""Which characters stand in for a character in a disguise, read off the tables of data/text.

Every function gives character -> stand-ins; a character that is no key has none.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from detector.text import tables, words

# Pairs of characters less alike than this (shapes.tsv, 1 = indistinguishable) no impostor uses
ALIKE = 0.75
# Of the characters of one sound, an impostor takes one that everybody can read
MOST_HOMOPHONES = 12

StandIns = dict[str, tuple[str, ...]]


@lru_cache
def folded_to(kind: str) -> StandIns:
    """Character -> the characters that fold.tsv reads as it, by kind."""
    found: dict[str, list[str]] = {}
    for char, plain, of_kind, *_ in tables.rows("fold", 3):
        if of_kind == kind:
            found.setdefault(plain, []).append(char)
    return {plain: tuple(chars) for plain, chars in found.items()}


# Full width, mathematical bold, mathematical sans, compatibility ideographs
SAME = ((0xFF01, 0xFF5E), (0x1D400, 0x1D433), (0x1D5D4, 0x1D607), (0xF900, 0xFAD9))
# In circles and squares
ROUND = ((0x2460, 0x2468), (0x24B6, 0x24E9), (0x3280, 0x32B0))


@lru_cache
def compatible(ranges: tuple[tuple[int, int], ...]) -> StandIns:
    """Character -> those of some ranges of code points that NFKC makes the same."""
    found: dict[str, list[str]] = {}
    for char in (chr(code) for low, high in ranges for code in range(low, high + 1)):
        plain = unicodedata.normalize("NFKC", char)
        if len(plain) == 1 and plain != char:
            found.setdefault(plain, []).append(char)
    return {plain: tuple(chars) for plain, chars in found.items()}


@lru_cache
def sounds() -> dict[str, str]:
    """Character -> its most frequent toneless reading."""
    return {char: readings.split(",")[0] for char, readings, *_ in tables.rows("sounds", 2)}


@lru_cache
def sounding(syllable: str) -> tuple[str, ...]:
    """The commonest characters of a syllable."""
    known = [
        (bits, char)
        for char, sound in sounds().items()
        if sound == syllable and (bits := words.word_bits(char)) is not None
    ]
    return tuple(char for _, char in sorted(known)[:MOST_HOMOPHONES])


@lru_cache
def near_syllables() -> StandIns:
    """Syllable -> syllables that one confused initial or final away (sound_confusions.tsv)."""
    parts = {s: (initial, final) for s, initial, final, *_ in tables.rows("sound_classes", 3)}
    spelled = {pair: syllable for syllable, pair in parts.items()}
    confused: dict[tuple[str, str], set[str]] = {}
    for part, one, other, *_ in tables.rows("sound_confusions", 4):
        confused.setdefault((part, one), set()).add(other)
        confused.setdefault((part, other), set()).add(one)
    near: dict[str, tuple[str, ...]] = {}
    for syllable, (initial, final) in parts.items():
        pairs = [(other, final) for other in confused.get(("initial", initial), ())]
        pairs += [(initial, other) for other in confused.get(("final", final), ())]
        near[syllable] = tuple(sorted(spelled[pair] for pair in pairs if pair in spelled))
    return near


@lru_cache
def look_alikes() -> StandIns:
    """Character -> characters in use that look like it."""
    found: dict[str, list[str]] = {}
    for one, other, alike in tables.rows("shapes", 3):
        if float(alike) >= ALIKE:
            for here, there in ((one, other), (other, one)):
                if words.word_bits(there) is not None:
                    found.setdefault(here, []).append(there)
    return {char: tuple(others) for char, others in found.items()}


@lru_cache
def drawn() -> StandIns:
    """Character -> emoji that are read as it."""
    found: dict[str, list[str]] = {}
    for emoji, readings in tables.lists("emoji").items():
        for reading in readings:
            if len(reading) == 1:
                found.setdefault(reading, []).append(emoji)
    return {char: tuple(signs) for char, signs in found.items()}


@lru_cache
def upside_down() -> StandIns:
    """Letter -> signs that look like it when it stands on its head."""
    found: dict[str, list[str]] = {}
    for flipped, upright, *_ in tables.rows("flips", 2):
        found.setdefault(upright, []).append(flipped)
    return {char: tuple(signs) for char, signs in found.items()}
