"""Opening an account file whatever its format, and its rows one after the other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from detector.contract.columns import complaint
from detector.errors import FileFormatError
from detector.files.delimited import read_csv
from detector.files.encoding import detect
from detector.files.jsonl import parsed, split_jsonl
from detector.files.lines import lines
from detector.files.parquet import ParquetRows
from detector.files.rows import BadRow, Read, Row
from detector.files.source import Opened, open_source


class Format(StrEnum):
    """The formats of account files; each may be gzipped."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


_SUFFIXES = {
    ".jsonl": Format.JSONL, ".ndjson": Format.JSONL, ".json": Format.JSONL, ".csv": Format.CSV,
    ".tsv": Format.CSV, ".txt": None, ".parquet": Format.PARQUET, ".pq": Format.PARQUET,
}  # fmt: skip
# Rows looked at before a JSON Lines file is said to lack its columns
_LOOKED_AT = 100


@dataclass(slots=True)
class Input:
    """An opened account file. notes: what people should know of how it was read."""

    name: str
    format: Format
    notes: tuple[str, ...]
    rows: Iterator[Read]
    count: int | None  # rows, where the format says so
    _opened: Opened

    def progress(self) -> tuple[int, int | None]:
        """Bytes of the file read so far, and its size (None = unknown)."""
        return self._opened.consumed(), self._opened.size

    def close(self) -> None:
        """Close the file."""
        self._opened.close()


def open_input(path: str, wanted: Format | None = None) -> Input:
    """Open `path` ("-" = standard input), its format told by `wanted`, else by name and content.

    Raises FileFormatError where the file as a whole cannot be read.
    """
    opened = open_source(path)
    try:
        return _opened_input(opened, wanted or _format(opened))
    except BaseException:
        opened.close()
        raise


def _opened_input(opened: Opened, found: Format) -> Input:
    name = opened.name
    if found is Format.PARQUET:
        table = ParquetRows(name, opened.seekable())
        return Input(name, found, (), iter(table), table.count, opened)
    if not opened.head.strip():
        raise FileFormatError(f"{name}: the file is empty")
    encoding = detect(name, opened.head)
    notes = (encoding.note,) if encoding.note else ()
    of_file = lines(opened.stream)
    rows: Iterator[Read]
    if found is Format.CSV:
        rows = _begun(read_csv(name, of_file, encoding))
    else:
        _no_array(name, opened.head)
        rows = _told_columns(name, split_jsonl(of_file, encoding))
    return Input(name, found, notes, rows, None, opened)


def _format(opened: Opened) -> Format:
    """The format by content where that is sure, else by the name, else by the first character."""
    head = opened.head
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if head.startswith(b"PK\x03\x04"):
        raise FileFormatError(f"{opened.name}: an Excel workbook or zip archive; save it as CSV")
    path = PurePath(opened.name.lower())
    suffix = PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix
    by_name = _SUFFIXES.get(suffix)
    if by_name is not None:
        return by_name
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return Format.JSONL if text[:1] in (b"{", b"[") else Format.CSV


def _no_array(name: str, head: bytes) -> None:
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"["):
        raise FileFormatError(
            f"{name}: a JSON array; JSON Lines is wanted, one object a line (jq -c '.[]' makes it)"
        )


def _begun(rows: Iterator[Read]) -> Iterator[Read]:
    """The rows, the first already read: what is wrong with the header is raised here."""
    first = list(itertools.islice(rows, 1))
    return itertools.chain(first, rows)


def _told_columns(name: str, rows: Iterator[Read]) -> Iterator[Read]:
    """The rows. Raises FileFormatError where none of the first hundred holds what is required."""
    first = list(itertools.islice(rows, _LOOKED_AT))
    read = [parsed(row) for row in first]
    objects = [row for row in read if isinstance(row, Row)]
    bad = [row for row in read if isinstance(row, BadRow)]
    if bad and not objects:
        raise FileFormatError(f"{name}: not JSON Lines: row {bad[0].row}: {bad[0].reason}")
    if objects and all(complaint(tuple(row.cells)) for row in objects):
        found = tuple(dict.fromkeys(key for row in objects for key in row.cells))
        wrong = complaint(found) or "no row has both account_id and name"
        raise FileFormatError(f"{name}: {wrong}")
    return itertools.chain(first, rows)
