"""Values that JSON can hold: what unknown columns are carried through as."""

from __future__ import annotations

import math
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

# Deeper values are cut off: nobody nests so far, and writers recurse
_DEEPEST = 32


def as_json(value: object, depth: int = 0) -> Json:
    """`value` as JSON; what JSON has no word for (dates, decimals) as its text, NaN as null."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return _readable(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if depth >= _DEEPEST:
        return "(nested too deeply)"
    if isinstance(value, dict):
        return {_readable(str(k)): as_json(v, depth + 1) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(v, depth + 1) for v in value]
    return f"({len(value)} bytes)" if isinstance(value, bytes) else _readable(str(value))


def _readable(text: str) -> str:
    """The text with lone surrogates, which no file can hold, as U+FFFD."""
    return (
        text
        if text.isascii()
        else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )
