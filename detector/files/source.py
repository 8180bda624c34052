"""Opening an input: a path or standard input, gzip undone, its first bytes looked at."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import stat
import sys
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from detector.errors import FileFormatError

# So many first bytes tell format and encoding
HEAD = 65_536
STDIN = "-"
# What reading a damaged or unreadable stream may raise
DAMAGE = (OSError, EOFError, ValueError, zlib.error)


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were already read and are handed out again."""

    def __init__(self, head: bytes, rest: IO[bytes], damage: Exception | None) -> None:
        self._head, self._damage = memoryview(head), damage
        self._read: Callable[[int], bytes] = getattr(rest, "read1", rest.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if not self._head and self._damage is not None:
            raise self._damage
        data = self._head[: len(buffer)] or self._read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


@dataclass(slots=True)
class Opened:
    """An input with gzip undone. `stream` begins with `head`; size: bytes on disk, or unknown."""

    name: str
    stream: io.BufferedReader
    head: bytes
    size: int | None
    zipped: bool
    _disk: IO[bytes]
    _spool: IO[bytes] | None = None

    def consumed(self) -> int:
        """Bytes read from disk so far, of `size`."""
        return self._disk.tell() if self.size is not None else 0

    def seekable(self) -> IO[bytes]:
        """The whole input as a seekable file; a stream is spooled to a temporary one."""
        if not self.zipped and self.size is not None:
            self._disk.seek(0)
            return self._disk
        self._spool = tempfile.TemporaryFile(prefix="detector-")  # noqa: SIM115 (see close)
        try:
            shutil.copyfileobj(self.stream, self._spool, 1 << 20)
        except DAMAGE as error:
            raise FileFormatError(f"{self.name}: cannot be read: {error}") from error
        self._spool.seek(0)
        return self._spool

    def close(self) -> None:
        """Close the file and what it was spooled to; standard input stays open."""
        if self._spool is not None:
            self._spool.close()
        if self._disk is not sys.stdin.buffer:
            self._disk.close()


def open_source(path: str) -> Opened:
    """Open a file, or standard input for "-". Raises FileFormatError where that cannot be."""
    name, disk, size = _disk_file(path)
    try:
        stream, head = _looked_at(disk)
        zipped = head.startswith(b"\x1f\x8b")
        if zipped:
            stream, head = _looked_at(cast("IO[bytes]", gzip.GzipFile(fileobj=stream)))
    except DAMAGE as error:
        if disk is not sys.stdin.buffer:
            disk.close()
        raise FileFormatError(f"{name}: cannot be read: {error}") from error
    return Opened(name, stream, head, size, zipped, disk)


def _disk_file(path: str) -> tuple[str, BinaryIO, int | None]:
    """What people call it, the open file, and its size where it is an ordinary file."""
    if path == STDIN:
        return "standard input", sys.stdin.buffer, None
    try:
        disk = Path(path).open("rb")  # noqa: SIM115 (Opened.close)
    except OSError as error:
        raise FileFormatError(f"{path}: {error.strerror}") from error
    except ValueError as error:  # a NUL byte in the path
        raise FileFormatError(f"{path!r}: {error}") from error
    found = os.fstat(disk.fileno())
    return path, disk, found.st_size if stat.S_ISREG(found.st_mode) else None


def _looked_at(stream: IO[bytes]) -> tuple[io.BufferedReader, bytes]:
    """The stream, to be read from its beginning, and its first bytes."""
    head, damage = b"", None
    while len(head) < HEAD:
        try:
            more = stream.read(HEAD - len(head))
        except DAMAGE as error:
            if not head:
                raise
            damage = error  # further on; met again by who reads so far
            break
        if not more:
            break
        head += more
    return io.BufferedReader(_Rejoined(head, stream, damage), 1 << 18), head
