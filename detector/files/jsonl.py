"""JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from detector.files.encoding import Encoding
from detector.files.lines import Line
from detector.files.rows import BadRow, Row, shown


def read_jsonl(lines: Iterable[Line], encoding: Encoding) -> Iterator[Row | BadRow]:
    """A row for every line that holds an object; blank lines do not count."""
    row = 0
    for line in lines:
        data = line.data[encoding.skip :] if line.number == 1 else line.data
        if not data.strip() and not line.fault:
            continue
        row += 1
        cells, fault = ({}, line.fault) if line.fault else _object(data, encoding.codec)
        if fault:
            yield BadRow(row, line.number, fault, value=shown(data))
        else:
            yield Row(row, line.number, cells, len(data))


def _object(data: bytes, codec: str) -> tuple[dict[str, object], str]:
    """The object that a line holds, and why it holds none."""
    try:
        value = json.loads(data.decode(codec))
    except UnicodeDecodeError as error:
        return {}, f"not {codec.upper()} at byte {error.start + 1}"
    except json.JSONDecodeError as error:
        return {}, f"not JSON: {error.msg} at character {error.pos + 1}"
    except ValueError as error:  # a number of thousands of digits
        return {}, f"not JSON: {error}"
    except RecursionError:
        return {}, "JSON nested too deeply"
    if not isinstance(value, dict):
        return {}, f"a JSON object is wanted, found {_called(value)}"
    return value, ""


def _called(value: object) -> str:
    names = {list: "an array", str: "a string", type(None): "null", bool: "a boolean"}
    return names.get(type(value), "a number")
