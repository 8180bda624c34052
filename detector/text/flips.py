"""Texts that stand on their head or run backwards."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from detector.text import tables
from detector.text.fold import fold_char, plain
from detector.text.symbols import Symbol
from detector.types import EditKind

# Plain letters and digits that are letters and digits upside down too
_TURNING = dict(zip("0689bdpqnuwmoxszliIHNOSXZMW", "0986qpdbunmwoxszliIHNOSXZWM", strict=True))


@lru_cache
def _flips() -> dict[str, str]:
    return _TURNING | {c: upright for c, upright, *_ in tables.rows("flips", 2)}


@lru_cache
def upside_down() -> frozenset[str]:
    """Characters that stand on their head for certain."""
    return frozenset(c for c in _flips() if not c.isascii())


def turned(text: str) -> tuple[Symbol, ...] | None:
    """The text with its upside-down runs turned round, or None if nothing stands on its head."""
    flips, certain = _flips(), upside_down()
    if certain.isdisjoint(text):
        return None
    out: list[Symbol] = []
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and (text[end] in flips or text[end] == " "):
            end += 1
        run = range(at, end)
        if any(text[i] in certain for i in run):
            for i in reversed(run):
                out.extend(
                    Symbol(c, (i, i + 1), (EditKind.FLIPPED,))
                    for c in plain(flips.get(text[i], text[i]))
                )
            at = end
        else:
            kept, kind = fold_char(text[at])
            steps = () if kind is None else (kind,)
            out.extend(Symbol(c, (at, at + 1), steps) for c in kept)
            at += 1
    return tuple(out)


# 院察检市汉武: a name that begins with what names end in may be written backwards
SHORTEST_REVERSED = 4


LAST_SYMBOLS = frozenset("院局会部厅社报台行网学司署委馆府团办处队军关校")


def backwards(symbols: tuple[Symbol, ...]) -> Iterator[tuple[Symbol, ...]]:
    """The text from its end, where it begins with what names end in."""
    if len(symbols) >= SHORTEST_REVERSED and symbols[0].char in LAST_SYMBOLS:
        yield tuple(Symbol(s.char, s.span, (*s.steps, EditKind.FLIPPED)) for s in symbols[::-1])
