"""Words in another's place: English for Chinese, an official word for its like."""

from __future__ import annotations

from functools import lru_cache

from detector.text import tables
from detector.text.symbols import Reading, Symbol, is_letter, latin_words, make_reading
from detector.types import EditKind


@lru_cache
def translations() -> dict[str, tuple[str, ...]]:
    """English word, small letters -> the Chinese words that it stands for."""
    return tables.lists("english")


def translated(symbols: tuple[Symbol, ...], original: str, choice: int) -> tuple[Symbol, ...]:
    """English words between Chinese characters as the Chinese word: 浦发Bank."""
    if not any(not s.char.isascii() for s in symbols):
        return symbols
    out: list[Symbol] = []
    at = 0
    while at < len(symbols):
        end = at
        while end < len(symbols) and is_letter(symbols[end].char):
            end += 1
        for word in latin_words(symbols[at:end], original) if end > at else ():
            meant = translations().get("".join(s.char for s in word))
            if meant is None:
                out.extend(word)
            else:
                span = (word[0].span[0], word[-1].span[1])
                chosen = meant[min(choice, len(meant) - 1)]
                out.extend(Symbol(c, span, (EditKind.TRANSLATED,)) for c in chosen)
        if end < len(symbols):
            out.append(symbols[end])
        at = end + 1
    return tuple(out)


@lru_cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Word -> the words that impostors put in its place, weak swaps left out; both ways."""
    pairs = [
        (a, b) for a, b, *note in tables.rows("synonyms", 2) if not (note and note[0][:4] == "weak")
    ]
    found: dict[str, list[str]] = {}
    for a, b in pairs:
        found.setdefault(a, []).append(b)
        found.setdefault(b, []).append(a)
    return {word: tuple(dict.fromkeys(others)) for word, others in found.items()}


MOST_SWAPS = 6
LONGEST_SWAPPED = 6  # symbols of a word that is exchanged


def swapped_words(reading: Reading) -> tuple[Reading, ...]:
    """The reading with one official word exchanged for another of its meaning: 移民事务局, 移民管理局."""
    text, found = reading.text, []
    for at in range(len(text)):
        for end in range(min(len(text), at + LONGEST_SWAPPED), at + 1, -1):
            for other in synonyms().get(text[at:end], ()):
                if len(other) < 2 or other in text:
                    continue
                span = (reading.symbols[at].span[0], reading.symbols[end - 1].span[1])
                put = tuple(Symbol(c, span, (EditKind.SYNONYM,)) for c in other)
                symbols = (*reading.symbols[:at], *put, *reading.symbols[end:])
                found.append(make_reading(symbols, reading.passed_over))
    return tuple(found[:MOST_SWAPS])
