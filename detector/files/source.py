"""Opening an input: a path or standard input, gzip undone, its first bytes looked at."""

from __future__ import annotations

import gzip
import io
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from detector.errors import FileFormatError

# So many first bytes tell format and encoding
HEAD = 65_536
STDIN = "-"


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were already read and are handed out again."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


@dataclass(slots=True)
class Opened:
    """An input with gzip undone. `stream` begins with `head`; size: bytes on disk, None = unknown."""

    name: str
    stream: io.BufferedReader
    head: bytes
    size: int | None
    _disk: IO[bytes]

    def consumed(self) -> int:
        """Bytes read from disk so far, of `size`."""
        return self._disk.tell() if self.size is not None else 0

    def close(self) -> None:
        """Close the file; standard input stays open."""
        if self._disk is not sys.stdin.buffer:
            self._disk.close()


def open_source(path: str) -> Opened:
    """Open a file, or standard input for "-". Raises FileFormatError where that cannot be."""
    disk: BinaryIO
    if path == STDIN:
        name, disk, size = "standard input", sys.stdin.buffer, None
    else:
        try:
            disk = Path(path).open("rb")
            if Path(path).is_file():
                size = Path(path).stat().st_size
            else:
                size = None
        except OSError as error:
            raise FileFormatError(f"{path}: {error.strerror}") from error
        except ValueError as error:  # a NUL byte in the path
            raise FileFormatError(f"{path!r}: {error}") from error
        name = path
    stream, head = _looked_at(disk)
    if head.startswith(b"\x1f\x8b"):
        try:
            stream, head = _looked_at(gzip.GzipFile(fileobj=stream))
        except (OSError, EOFError, ValueError) as error:
            raise FileFormatError(f"{name}: damaged gzip file: {error}") from error
    return Opened(name, stream, head, size, disk)


def _looked_at(stream: IO[bytes]) -> tuple[io.BufferedReader, bytes]:
    """The stream, to be read from its beginning, and its first bytes."""
    head = b""
    while len(head) < HEAD:
        try:
            more = stream.read(HEAD - len(head))
        except (EOFError, OSError, ValueError):
            if not head:
                raise
            break  # damaged further on: the reader will meet it again
        if not more:
            break
        head += more
    return io.BufferedReader(_Rejoined(head, stream), 1 << 18), head


def on_disk(opened: Opened) -> IO[bytes]:
    """The whole input as a seekable file; spooled to a temporary one where it is a stream."""
    spool = tempfile.TemporaryFile(prefix="detector-")
    try:
        shutil.copyfileobj(opened.stream, spool, 1 << 20)
    except (OSError, EOFError, ValueError) as error:
        spool.close()
        raise FileFormatError(f"{opened.name}: damaged gzip file: {error}") from error
    spool.seek(0)
    return spool
