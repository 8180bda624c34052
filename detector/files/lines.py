"""The lines of a stream, one at a time, none longer than memory allows, no damage unreported."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import NamedTuple

from detector.files.source import DAMAGE

# A row with two pictures as data: URIs fits; a longer line is a mistake, and bad
LONGEST_LINE = 16 << 20


class Line(NamedTuple):
    """One line without its end; fault: why it cannot be read ("" if it can), data its beginning."""

    number: int
    data: bytes
    fault: str = ""


def lines(stream: io.BufferedReader, longest: int = LONGEST_LINE) -> Iterator[Line]:
    """Every line; a line that is too long, and the place where the stream is damaged, as faults."""
    number = 0
    try:
        while data := stream.readline(longest + 1):
            number += 1
            if len(data) <= longest or data.endswith(b"\n"):
                yield Line(number, data.rstrip(b"\r\n"))
            else:
                size = len(data) + _skip(stream)
                yield Line(number, data[:1024], f"line of {size:,} bytes; {longest:,} are read")
    except DAMAGE as error:
        yield Line(number + 1, b"", f"the file is damaged or ends early from here on: {error}")


def _skip(stream: io.BufferedReader) -> int:
    """Read to the end of the line; how many bytes that were."""
    size = 0
    while piece := stream.readline(1 << 20):
        size += len(piece)
        if piece.endswith(b"\n"):
            break
    return size
