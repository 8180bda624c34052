"""The 8,105 characters of 通用规范汉字表, and which readings are theirs."""

import re
from functools import cache

from training.tables.table import shared_lines

_READING = re.compile(r"U\+([0-9A-F]+):\s*(\S+)")


@cache
def readings(name: str) -> dict[str, tuple[str, ...]]:
    """Character -> pinyin with tone marks, as a file of mozillazg/pinyin-data lists it."""
    found = (_READING.match(line) for line in shared_lines(f"pinyin/{name}"))
    return {chr(int(m[1], 16)): tuple(m[2].split(",")) for m in found if m is not None}


@cache
def standard() -> frozenset[str]:
    """The standard characters, without the ideographic zero."""
    return frozenset(readings("kMandarin_8105.txt")) - {"〇"}
