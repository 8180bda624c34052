"""How Han characters are built: components (IDS) and stroke order."""

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from training.tables.table import shared_lines

# Ideographic description characters and how many parts each has.
_ARITY = {
    **dict.fromkeys("⿰⿱⿴⿵⿶⿷⿸⿹⿺⿻⿼⿽㇯", 2),
    **dict.fromkeys("⿲⿳", 3),
    **dict.fromkeys("⿾⿿", 1),
}
# Region tags (.,J), wrapped names {..} and positions [..] of yi-bai's notation.
_NOTATION = re.compile(r"\(.*?\)|\{.*?\}|\[.*?\]")

UNKNOWN_STROKES = 3  # an untypeable piece that no table counts


@dataclass(frozen=True, slots=True)
class Build:
    """A character taken apart: how the parts are placed, and the parts."""

    placing: str
    parts: tuple["Part", ...]


Part = str | Build


def parse(sequence: str) -> Part | None:
    """⿰礻见 -> Build("⿰", ("礻", "见")); None when the sequence is not well formed."""
    try:
        part, end = _parse(sequence, 0)
    except IndexError:
        return None
    return part if end == len(sequence) else None


def _parse(sequence: str, at: int) -> tuple[Part, int]:
    head, at = sequence[at], at + 1
    parts: list[Part] = []
    for _ in range(_ARITY.get(head, 0)):
        part, at = _parse(sequence, at)
        parts.append(part)
    return (Build(head, tuple(parts)) if parts else head), at


@cache
def _all_builds() -> dict[str, tuple[Build, ...]]:
    table: dict[str, tuple[Build, ...]] = {}
    for line in shared_lines("ids/yibai_ids_lv2.txt"):
        char, *fields = line.split("\t")
        sequences = [_NOTATION.sub("", s) for field in fields for s in field.split(";")]
        parsed = (parse(s) for s in sequences if s)
        table[char] = tuple(part for part in parsed if isinstance(part, Build))
    return table


def builds(char: str) -> tuple[Build, ...]:
    """The ways in which a character is taken apart, the first the usual one."""
    return _all_builds().get(char, ())


@cache
def stroke_orders() -> dict[str, str]:
    """Character -> its strokes in order (1 横 2 竖 3 撇 4 点捺 5 折)."""
    raw = json.loads("\n".join(shared_lines("char_glyph_dicts/char_order.dict")))
    return cast(dict[str, str], raw)


@cache
def strokes(part: Part) -> int:
    """How many strokes a part has, counted through its own parts where no table says."""
    if isinstance(part, Build):
        return sum(strokes(p) for p in part.parts)
    if part in stroke_orders():
        return len(stroke_orders()[part])
    ways = builds(part)
    return strokes(ways[0]) if ways else UNKNOWN_STROKES
