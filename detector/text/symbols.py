"""What a text is read as: plain symbols, each with its place and how it was read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from detector.text import tables
from detector.text.fold import is_ignorable
from detector.types import EditKind, Span

MAX_SYMBOLS = 128  # a name field holds some 30 characters; longer texts are read in pieces
SYLLABLE_BASE = 0xF0000  # private-use code points stand for spelled pinyin syllables


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol as read: a plain character or a syllable token, where it stood, how it was read."""

    char: str
    span: Span
    steps: tuple[EditKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text; `passed_over` are the characters that were read as decoration.

    text: the symbols as one string, aligned with `symbols`.
    """

    symbols: tuple[Symbol, ...]
    passed_over: tuple[Symbol, ...]
    text: str


def make_reading(symbols: tuple[Symbol, ...], passed_over: tuple[Symbol, ...]) -> Reading:
    kept = symbols[:MAX_SYMBOLS]
    return Reading(kept, passed_over, "".join(s.char for s in kept))


@lru_cache
def syllables() -> dict[str, str]:
    """Toneless pinyin syllable -> its token, a private-use code point."""
    names = sorted(name for name, *_ in tables.rows("sound_classes", 1))
    return {name: chr(SYLLABLE_BASE + i) for i, name in enumerate(names)}


def is_letter(char: str) -> bool:
    return "a" <= char <= "z"


def _gap(between: str) -> bool:
    """Whether readers see something between two letters; hidden characters do not part them."""
    return any(not is_ignorable(char) for char in between)


def latin_words(run: tuple[Symbol, ...], original: str) -> list[tuple[Symbol, ...]]:
    """Cut where the original has a gap, a digit or a capital after a small letter."""
    words: list[list[Symbol]] = [[]]
    for before, symbol in zip((None, *run), run, strict=False):
        if before is not None and (
            _gap(original[before.span[1] : symbol.span[0]])
            or (original[symbol.span[0]].isupper() and not original[before.span[0]].isupper())
            or symbol.char.isdigit() != before.char.isdigit()
        ):
            words.append([])
        words[-1].append(symbol)
    return [tuple(word) for word in words]


def cuts_a_run(text: str, span: Span) -> bool:
    """A reading that joins several runs begins or ends within one of letters or of digits.

    沈洋6|66 is no hospital's number, 水之湄yu|yu no 语, bao|bao_she no 报社.
    """
    start, end = span
    if text[start:end].isascii() and text[start:end].isalnum():
        return False
    return any(0 < at < len(text) and _one_run(text[at - 1], text[at]) for at in span)


def _one_run(left: str, right: str) -> bool:
    letters = left.isascii() and right.isascii() and left.isalpha() and right.isalpha()
    return letters or (left.isdigit() and right.isdigit())
