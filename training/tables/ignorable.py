"""ignorable.tsv: ranges of code points that carry no reading."""

import sys
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from training.tables.table import Row, Table

# Code points that their general category does not give away (Unicode Default_Ignorable_Code_Point,
# which unicodedata lacks), and blanks that Unicode calls letters or symbols.
_NAMED_RANGES = (
    (0x115F, 0x1160, "hangul filler"),
    (0x2028, 0x2029, "line separator"),
    (0x2065, 0x2065, "reserved format"),
    (0x2800, 0x2800, "braille blank"),
    (0x3164, 0x3164, "hangul filler"),
    (0xFE00, 0xFE0F, "variation selector"),
    (0xFFA0, 0xFFA0, "hangul filler"),
    (0xFFF0, 0xFFF8, "reserved format"),
    (0xFFFC, 0xFFFD, "replacement"),
    (0xE0000, 0xE0FFF, "tag or variation selector"),
    (0x1F3FB, 0x1F3FF, "skin tone"),
    (0xE000, 0xF8FF, "private use"),
    (0xF0000, 0xFFFFD, "private use"),
    (0x100000, 0x10FFFD, "private use"),
)
_BY_CATEGORY = {"Cf": "format", "Mn": "combining mark", "Me": "enclosing mark", "Cc": "control"}

# Control characters that are white space separate words; they are not skipped.
_WHITE_SPACE = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")


def rows() -> Iterator[Row]:
    """Maximal ranges of one kind: start, end (hex, inclusive), what."""
    kinds = ((code, _kind(code)) for code in range(sys.maxunicode + 1))
    for what, run in groupby(kinds, key=lambda pair: pair[1]):
        codes = [code for code, _ in run]
        if what is not None:
            yield f"{codes[0]:06X}", f"{codes[-1]:06X}", what


def _kind(code: int) -> str | None:
    """What kind of ignorable a code point is; None for all others."""
    for low, high, what in _NAMED_RANGES:
        if low <= code <= high:
            return what
    char = chr(code)
    return None if char in _WHITE_SPACE else _BY_CATEGORY.get(unicodedata.category(char))


TABLE = Table(
    name="ignorable",
    meaning="Ranges of code points that carry no reading and are skipped.",
    columns=("start (hex)", "end (hex, inclusive)", "what"),
    sources=(
        f"Unicode {unicodedata.unidata_version} general categories Cf, Mn, Me, Cc (unicodedata)",
        "Unicode Default_Ignorable_Code_Point, named by hand in training/tables/ignorable.py",
    ),
    licence="Unicode License v3",
    rows=rows,
)
