"""emoji.tsv: what emoji and symbols are read as."""

import re
from collections.abc import Iterator
from functools import cache
from typing import cast

from training.tables.table import Row, SourceMissing, Table, curated

LONGEST_NAME = 3  # characters: a longer Chinese name describes a picture, nobody reads it out

_HAN_ONLY = re.compile(r"[\u4e00-\u9fff]+")
_REGIONAL = range(0x1F1E6, 0x1F200)
# Endings that say how a thing is drawn, not what it is: 猫脸 -> 猫.
_DRAWN = re.compile(r"(的?脸|头像?|面孔)$")
# Names that are no things: faces, gestures, hours, people at work, marks.
_NO_THING = re.compile(r"[脸笑哭手势男女人点半按键箭头钮座]")


def rows() -> Iterator[Row]:
    """Curated readings, keycaps, flags, then short names of single emoji."""
    given = {row[0]: row[1] for row in curated("emoji")}
    readings = {**dict(_named()), **dict(_flags()), **dict(_keycaps()), **given}
    yield from readings.items()


def _keycaps() -> Iterator[tuple[str, str]]:
    for key in "0123456789#*":
        yield f"{key}\ufe0f\u20e3", key
        yield f"{key}\u20e3", key


def _flags() -> Iterator[tuple[str, str]]:
    """Two regional indicators -> the Chinese name of the country (CLDR, through Babel)."""
    try:
        from babel import Locale
    except ImportError as error:
        raise SourceMissing("the Babel package") from error
    territories = cast(dict[str, str], Locale("zh", script="Hans").territories)
    for code, name in territories.items():
        if len(code) == 2 and code.isascii() and code.isalpha():
            flag = "".join(chr(_REGIONAL[0] + ord(c) - ord("A")) for c in code)
            yield flag, _short_country(name)


def _short_country(name: str) -> str:
    """中国香港特别行政区 -> 香港|中国香港."""
    match = re.fullmatch(r"中国(香港|澳门)特别行政区", name)
    return f"{match[1]}|中国{match[1]}" if match else name


def _named() -> Iterator[tuple[str, str]]:
    for symbol, name in _chinese_names().items():
        plain = _DRAWN.sub("", name)
        is_flag = ord(symbol[0]) in _REGIONAL
        if not is_flag and _is_short_thing(plain):
            yield symbol.rstrip("\ufe0f"), plain


def _is_short_thing(name: str) -> bool:
    return (
        len(name) <= LONGEST_NAME
        and _HAN_ONLY.fullmatch(name) is not None
        and _NO_THING.search(name) is None
    )


@cache
def _chinese_names() -> dict[str, str]:
    """Emoji -> its Chinese short name in CLDR."""
    try:
        import emoji
    except ImportError as error:
        raise SourceMissing("the emoji package") from error
    emoji.config.load_language("zh")
    data = cast(dict[str, dict[str, str]], emoji.EMOJI_DATA)
    return {symbol: entry["zh"].strip(":") for symbol, entry in data.items() if "zh" in entry}


TABLE = Table(
    name="emoji",
    meaning="What emoji and symbols are read as in a Chinese name.",
    notes=(
        "Drop U+FE0F at the end and skin tones before looking up; try the longest sequence first.",
        "A reading is a possibility, the likeliest first.",
    ),
    columns=("emoji", "readings (separated by |)"),
    sources=(
        "training/tables/curated/emoji.tsv (this project)",
        "PyPI emoji 2.16.0 (BSD): Chinese short names, from CLDR (Unicode License v3)",
        "PyPI Babel 2.18.0 (BSD): Chinese country names, from CLDR (Unicode License v3)",
    ),
    licence="Unicode License v3 and BSD for the parts so sourced; the rest as this project",
    rows=rows,
)
