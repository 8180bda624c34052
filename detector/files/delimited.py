"""CSV (RFC 4180) that no stray quote can swallow: what does not parse costs its first line only."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detector.contract.columns import COLUMNS, REQUIRED, complaint
from detector.errors import FileFormatError
from detector.files.encoding import Encoding
from detector.files.lines import LONGEST_LINE, Line
from detector.files.rows import BadRow, Row, shown

# A quoted cell with more line breaks than this is a quote that was never closed
_MOST_LINES = 10_000
_UNDECODED = range(0xDC80, 0xDD00)  # what "surrogateescape" makes of bytes it cannot decode
csv.field_size_limit(LONGEST_LINE)


@dataclass(frozen=True, slots=True)
class _Record:
    """The text of one record and the line it begins on; fault: why it is none."""

    line: int
    text: str
    fault: str = ""


class _Records:
    """Groups lines into records: a record is whole when its quotes are even."""

    def __init__(self, lines: Iterable[Line], encoding: Encoding) -> None:
        self._lines, self._encoding = iter(lines), encoding
        self._again: deque[_Record] = deque()

    def _line(self) -> _Record | None:
        if self._again:
            return self._again.popleft()
        for line in self._lines:
            data = line.data[self._encoding.skip :] if line.number == 1 else line.data
            if data or line.fault:
                text = data.decode(self._encoding.codec, "surrogateescape")
                return _Record(line.number, text, line.fault)
            return _Record(line.number, "")
        return None

    def next(self) -> list[_Record]:
        """The lines of the next record, [] at the end; several only where quotes span lines."""
        first = self._line()
        if first is None:
            return []
        if first.fault or first.text.count('"') % 2 == 0:
            return [first]
        taken, size = [first], len(first.text)
        while len(taken) < _MOST_LINES and size < LONGEST_LINE:
            more = self._line()
            if more is None:
                break
            taken.append(more)
            size += len(more.text)
            if more.fault:
                break
            if more.text.count('"') % 2:
                return taken
        self.put_back(taken[1:])
        return [first]

    def put_back(self, lines: list[_Record]) -> None:
        """Lines that did not belong to the record before them."""
        self._again.extendleft(reversed(lines))


def read_csv(name: str, lines: Iterable[Line], encoding: Encoding) -> Iterator[Row | BadRow]:
    """A row for every record under the header. Raises FileFormatError where that lacks columns."""
    records = _Records(lines, encoding)
    header, delimiter = _header(name, records)
    row = 0
    while taken := records.next():
        if len(taken) == 1 and not taken[0].text.strip() and not taken[0].fault:
            continue
        row += 1
        cells, fault = _cells(taken, delimiter, header)
        if fault and len(taken) > 1:
            records.put_back(taken[1:])
            taken = taken[:1]
            cells, fault = _cells(taken, delimiter, header)
        text = "\n".join(record.text for record in taken)
        if fault:
            yield BadRow(row, taken[0].line, fault, value=shown(_printable(text, encoding)))
        else:
            yield Row(row, taken[0].line, cells, len(text))


def _printable(text: str, encoding: Encoding) -> bytes:
    return text.encode(encoding.codec, "surrogateescape")


def _cells(
    taken: list[_Record], delimiter: str, header: list[str]
) -> tuple[dict[str, object], str]:
    """The cells of a record, and why it has none."""
    if taken[0].fault:
        return {}, taken[0].fault
    text = "\n".join(record.text for record in taken)
    if not text.isascii() and any(ord(c) in _UNDECODED for c in text):
        return {}, "not in the encoding of the file (UTF-8 is wanted)"
    try:
        # strict: a quote inside a plain cell (5" pipe) is text, one that is not closed is an error
        found = next(csv.reader((text,), delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        return {}, _why(str(error))
    if len(found) > len(header) and not any(found[len(header) :]):
        found = found[: len(header)]
    if len(found) != len(header):
        return {}, f"{len(found)} cells where the header has {len(header)} columns"
    return dict(zip(header, found, strict=True)), ""


def _why(error: str) -> str:
    if "unexpected end" in error:
        return "a quote that is opened and never closed"
    if "expected after" in error:
        return "text after a closing quote"
    if "new-line" in error:
        return "a line break outside quotes"
    return f"not CSV: {error}"


def _header(name: str, records: _Records) -> tuple[list[str], str]:
    taken = records.next()
    while taken and (not taken[0].text.strip() or taken[0].text.startswith("sep=")):
        if taken[0].fault:
            raise FileFormatError(f"{name}: {taken[0].fault}")
        taken = records.next()
    if not taken:
        raise FileFormatError(f"{name}: the file is empty; a CSV file begins with its column names")
    text = "\n".join(record.text for record in taken)
    best: list[str] = []
    for delimiter in (",", "\t", ";"):
        try:
            found = [c.strip() for c in next(csv.reader((text,), delimiter=delimiter), [])]
        except csv.Error:
            continue
        if not complaint(tuple(found)):
            return found, delimiter
        best = max(best, found, key=lambda cells: (len(set(cells) & set(COLUMNS)), len(cells)))
    if "\r" in text:
        raise FileFormatError(f"{name}: lines end in CR alone; save the file with LF or CRLF")
    raise FileFormatError(
        f"{name}: {complaint(tuple(map(_clean, best))) or 'no header'}; a CSV file begins with its "
        f"column names, among them {' and '.join(REQUIRED)}"
    )


def _clean(column: str) -> str:
    return column.encode("utf-8", "replace").decode()
