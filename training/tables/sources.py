"""Readers of the public sources that several tables share."""

import json
import re
import unicodedata
from functools import cache
from typing import cast

from training.tables.table import SourceMissing, shared_lines

_CODE = re.compile(r"U\+([0-9A-F]+)")

# CJK Unified Ideographs, Extension A and Extensions B to H: where Han characters stand.
_HAN_BLOCKS = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x323AF))


@cache
def han_characters() -> tuple[str, ...]:
    """Every assigned Han character that this Python knows."""
    codes = (code for low, high in _HAN_BLOCKS for code in range(low, high + 1))
    return tuple(chr(code) for code in codes if unicodedata.category(chr(code)) == "Lo")


@cache
def _converter(profile: str) -> dict[str, str]:
    """Character -> conversion by one OpenCC profile, where it changes.

    All characters go through in one text, on lines of their own, so that no phrase forms.
    """
    try:
        import opencc
    except ImportError as error:
        raise SourceMissing("the OpenCC package") from error
    chars = han_characters()
    converted = cast(str, opencc.OpenCC(profile).convert("\n".join(chars))).split("\n")
    return {a: b for a, b in zip(chars, converted, strict=True) if a != b}


def opencc_fold(profile: str, char: str) -> str:
    """A single character through one OpenCC profile (t2s, jp2t, ...)."""
    return _converter(profile).get(char, char)


@cache
def unihan(field: str) -> dict[str, tuple[str, ...]]:
    """Character -> characters that one Unihan variant field names."""
    found: dict[str, tuple[str, ...]] = {}
    for line in shared_lines(f"unihan/{field}.txt"):
        head, _, values = line.partition(field)
        if head.startswith("U+"):
            found[_char(head)] = tuple(chr(int(c, 16)) for c in _CODE.findall(values))
    return found


def _char(text: str) -> str:
    match = _CODE.match(text)
    assert match is not None
    return chr(int(match[1], 16))


@cache
def confusables() -> dict[str, tuple[str, ...]]:
    """Character -> look-alikes, from Unicode confusables.txt."""
    raw = json.loads("\n".join(shared_lines("confusables/confusables.json")))
    table = cast(dict[str, list[dict[str, str]]], raw)
    return {key: tuple(v["c"].strip("\u200e") for v in alikes) for key, alikes in table.items()}
