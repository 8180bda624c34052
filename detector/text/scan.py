"""A text character by character: symbols, decoration, and decoration that may be read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from detector.text import tables
from detector.text.fold import fold_char, folds, separators
from detector.text.symbols import Symbol
from detector.types import EditKind


@lru_cache
def pictures() -> dict[str, tuple[str, ...]]:
    """What is decoration but may be read: emoji as their words, a dash as 一, a bar as a letter."""
    drawn = dict(tables.lists("emoji"))
    for char, reading, kind in ((c, r, k) for c, r, k, *_ in tables.rows("letters", 3)):
        if kind == "shape" and not char.isalnum():
            drawn[char] = (*drawn.get(char, ()), reading)
    drawn.update((dash, ("一",)) for dash in DASHES)
    for char in separators():
        if char in folds():
            drawn.setdefault(char, (folds()[char][0],))
    return drawn


@lru_cache
def _picture_starts() -> frozenset[str]:
    return frozenset(drawn[0] for drawn in pictures() if not drawn[0].isalnum() or len(drawn) > 1)


def _emoji_at(text: str, at: int) -> tuple[str, int] | None:
    """The longest sequence that starts here and has a reading, with its length."""
    readings = pictures()
    for length in (8, 7, 6, 5, 4, 3, 2, 1):
        if text[at : at + length] in readings and at + length <= len(text):
            return text[at : at + length], length
    return None


DASHES = "-–—―－"


def _drawn(text: str, at: int) -> bool:
    """A dash is read as 一 only where it stands alone beside a Chinese character: 第—财经."""
    if text[at] not in DASHES:
        return True
    around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    return not any(c in DASHES for c in around) and any(c > "\u2e7f" for c in around)


def scan(text: str) -> Iterator[tuple[Symbol, tuple[str, ...]]]:
    """Symbols in order; decoration has char "". The second part: emoji readings, if any."""
    at = 0
    while at < len(text):
        char = text[at]
        emoji = _emoji_at(text, at) if char in _picture_starts() else None
        if emoji is not None and (emoji[1] > 1 or not fold_char(char)[0]) and _drawn(text, at):
            found, length = emoji
            yield Symbol("", (at, at + length), (EditKind.EMOJI,)), pictures()[found]
            at += length
            continue
        kept, kind = fold_char(char)
        steps = () if kind is None else (kind,)
        if not kept:
            yield Symbol("", (at, at + 1), steps), ()
        for part in kept:
            yield Symbol(part, (at, at + 1), steps), ()
        at += 1
