"""JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from detector.files.encoding import Encoding
from detector.files.lines import Line
from detector.files.rows import BadRow, Read, Row, Unparsed, shown


def split_jsonl(lines: Iterable[Line], encoding: Encoding) -> Iterator[Unparsed | BadRow]:
    """The lines, to be parsed; blank ones do not count."""
    row = 0
    for number, data, fault in lines:
        if number == 1:
            data = data[encoding.skip :]
        if fault:
            row += 1
            yield BadRow(row, number, fault, value=shown(data))
        elif data and not data.isspace():
            row += 1
            yield Unparsed(row, number, data, encoding.codec)


def parsed(row: Read) -> Row | BadRow:
    """The row with its cells, or why its line holds none."""
    if not isinstance(row, Unparsed):
        return row
    cells, fault = _object(row.data, row.codec)
    if fault:
        return BadRow(row.row, row.line, fault, value=shown(row.data))
    return Row(row.row, row.line, cells, len(row.data))


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
