"""Digits as numerals or letters, and numerals as digits."""

from __future__ import annotations

from detector.text.symbols import Symbol
from detector.types import EditKind

LEET_LETTERS = {"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g"}


def unleeted(symbols: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    """Digits between letters as the letters that they look like: 8aidu, 0PP0."""
    return tuple(
        Symbol(LEET_LETTERS[s.char], s.span, (*s.steps, EditKind.LOOK_ALIKE))
        if s.char in LEET_LETTERS
        else s
        for s in symbols
    )


def numerals(symbols: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    """Short numbers between Chinese characters as their numerals: 湖北10堰, 9三学社."""
    out: list[Symbol] = []
    at = 0
    while at < len(symbols):
        end = at
        while end < len(symbols) and symbols[end].char in "0123456789":
            end += 1
        digits = "".join(s.char for s in symbols[at:end])
        if 1 <= len(digits) <= 2:
            spoken = (
                "十" if digits == "10" else "".join("零一二三四五六七八九"[int(d)] for d in digits)
            )
            span = (symbols[at].span[0], symbols[end - 1].span[1])
            out.extend(Symbol(c, span, (EditKind.NUMERAL,)) for c in spoken)
        else:
            out.extend(symbols[at:end])
        if end < len(symbols):
            out.append(symbols[end])
        at = end + 1
    return tuple(out)


FIGURES = {
    c: str(i)
    for numerals in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖")
    for i, c in enumerate(numerals)
}


def is_figure(char: str) -> bool:
    """Whether a symbol is a Chinese numeral from zero to nine."""
    return char in FIGURES


def figures(symbols: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    """Three and more Chinese numerals in a row as digits: 一二三零六 -> 12306."""
    out = list(symbols)
    at = 0
    while at < len(out):
        end = at
        while end < len(out) and out[end].char in FIGURES:
            end += 1
        if end - at >= 3:
            for i in range(at, end):
                digit = FIGURES[out[i].char]
                out[i] = Symbol(digit, out[i].span, (*out[i].steps, EditKind.NUMERAL))
        at = max(end, at + 1)
    return tuple(out)
