"""What reading a file yields, in its order: rows, and rows that cannot be read."""

from __future__ import annotations

from typing import NamedTuple

# Of a bad row's text, so much is shown
SHOWN = 200


class Row(NamedTuple):
    """One row as the file gives it (a named tuple, since they are sent to workers by the million).

    row: from 1, header and blank lines not counted. line: of the file, from 1; 0 in Parquet.
    size: about how many bytes it holds.
    """

    row: int
    line: int
    cells: dict[str, object]
    size: int


class Unparsed(NamedTuple):
    """A line of JSON that a worker will parse: that costs more than splitting the file."""

    row: int
    line: int
    data: bytes
    codec: str

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)


class BadRow(NamedTuple):
    """One row that cannot be read, and why; `rows` > 1 where a whole part of a file is lost."""

    row: int
    line: int
    reason: str
    account_id: str = ""
    value: str = ""
    rows: int = 1


Read = Row | BadRow | Unparsed  # what reading a file yields


def shown(data: bytes | str) -> str:
    """The beginning of a row, for people."""
    if isinstance(data, bytes):
        data = data[: SHOWN * 4].decode("utf-8", "replace")
    return data if len(data) <= SHOWN else f"{data[:SHOWN]}…"
