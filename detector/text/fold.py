"""The plain form of characters: width, circles, traditional forms, foreign look-alikes undone."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import lru_cache

from detector.text import tables
from detector.types import EditKind

_FOLD_KINDS = {
    "traditional": EditKind.TRADITIONAL,
    "variant": EditKind.VARIANT,
    "radical": EditKind.RADICAL,
    "kana": EditKind.KANA,
    "enclosed": EditKind.ENCLOSED,
    "confusable": EditKind.CONFUSABLE,
    "latin_han": EditKind.CONFUSABLE,
    "numeral": EditKind.NUMERAL,
    "math": EditKind.COMPATIBILITY,
}


@lru_cache
def folds() -> dict[str, tuple[str, EditKind]]:
    return {c: (r, _FOLD_KINDS[k]) for c, r, k, *_ in tables.rows("fold", 3)}


@lru_cache
def _ignorable() -> tuple[list[int], list[int]]:
    ranges = sorted((int(a, 16), int(b, 16)) for a, b, *_ in tables.rows("ignorable", 2))
    return [a for a, _ in ranges], [b for _, b in ranges]


@lru_cache
def separators() -> frozenset[str]:
    return frozenset(c for c, *_ in tables.rows("separators", 1))


def is_ignorable(char: str) -> bool:
    starts, ends = _ignorable()
    at = bisect_right(starts, ord(char)) - 1
    return at >= 0 and ord(char) <= ends[at]


def _compatibility(char: str) -> EditKind:
    """What sort of other form of a character it is, by its Unicode block."""
    if 0x2E80 <= ord(char) <= 0x2FDF:
        return EditKind.RADICAL
    return EditKind.ENCLOSED if 0x2460 <= ord(char) < 0x3300 else EditKind.COMPATIBILITY


@lru_cache(maxsize=65536)
def fold_char(char: str) -> tuple[str, EditKind | None]:
    """The plain symbols of one character ("" = decoration) and the step that reading it takes.

    >>> fold_char("國"), fold_char("A")
    (('国', <EditKind.TRADITIONAL: 'traditional'>), ('a', None))
    """
    if char.isascii() and char.isalnum():
        return char.lower(), None
    if is_ignorable(char) or unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc", "Cs", "Co"):
        return "", EditKind.HIDDEN
    folded = folds().get(char)
    if char in separators():
        return "", EditKind.SEPARATOR
    if folded is not None:
        return plain(folded[0]) if folded[0] != char else char, folded[1]
    wide = unicodedata.normalize("NFKC", char)
    kind: EditKind | None = None
    if wide != char:
        kind = _compatibility(char)
        wide = "".join(folds().get(c, (c, None))[0] for c in wide)
    bare = "".join(
        c for c in unicodedata.normalize("NFD", wide.casefold()) if unicodedata.category(c) != "Mn"
    )
    if bare != wide.casefold():
        kind = kind or EditKind.COMPATIBILITY
        if not bare.isascii():  # kana and hangul fall apart in NFD: keep them whole
            bare = wide.casefold()
    bare = "".join(fold_char(c)[0] if c in folds() else c for c in bare)  # a capital's small letter
    kept = "".join(c for c in bare if c.isalnum() and c not in separators())
    return kept, kind if kept else EditKind.SEPARATOR


def plain(text: str) -> str:
    """The text with every character folded; the normal form in which names are compared.

    >>> plain("ＣＣＴＶ 新聞")
    'cctv新闻'
    """
    return "".join(fold_char(c)[0] for c in text)
