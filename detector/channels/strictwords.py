"""Channel "strict_word": 中国 中华 中央 全国 国家 in the name (Art. 10(2))."""

from __future__ import annotations

from functools import lru_cache

from detector.channels.view import View
from detector.text import tables, words
from detector.text.symbols import Reading
from detector.types import Evidence, Field, Stance

CHANNEL = "strict_word"


@lru_cache
def _strict() -> frozenset[str]:
    return frozenset(word for word, sort, *_ in tables.rows("heads", 2) if sort == "strict")


def find(view: View) -> tuple[Evidence, ...]:
    """Strict words of the plainest reading; the owner's own registered name may hold them."""
    return () if view.own else strict_words(view.readings[0], view.text, view.field)


def strict_words(reading: Reading, text: str, field: Field) -> tuple[Evidence, ...]:
    """One evidence a strict word; COINCIDENCE where its characters belong to other words."""
    breaks = words.cut(reading.text).breaks()
    found = []
    for at in range(len(reading.text) - 1):
        word = reading.text[at : at + 2]
        if word not in _strict():
            continue
        symbols = reading.symbols[at : at + 2]
        span = (symbols[0].span[0], symbols[1].span[1])
        own = at in breaks  # 泰国|家常菜: the word cannot begin inside another
        found.append(
            Evidence(
                CHANNEL,
                field,
                1.0,
                text[slice(*span)],
                word,
                span,
                stance=Stance.IS if own else Stance.COINCIDENCE,
            )
        )
    return tuple(found)
