"""Which encoding a text file is in: UTF-8 is wanted, GBK recognised, others named and refused."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from detector.errors import FileFormatError

_BOM = codecs.BOM_UTF8


@dataclass(frozen=True, slots=True)
class Encoding:
    """codec: Python's name; skip: bytes of byte order mark; note: what people are told, or ""."""

    codec: str = "utf-8"
    skip: int = 0
    note: str = ""


def detect(name: str, head: bytes) -> Encoding:
    """The encoding of a file by its first bytes. Raises FileFormatError for UTF-16 and UTF-32."""
    if head.startswith(_BOM):
        return Encoding(skip=len(_BOM))
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileFormatError(f"{name}: the file is UTF-16; save it as UTF-8")
    if _speaks_gbk(head):
        return Encoding(
            "gb18030", 0, f"{name} is encoded in GBK, not UTF-8: it was read as GB18030"
        )
    return Encoding()


def _speaks_gbk(head: bytes) -> bool:
    """Whether more lines with Chinese in them are GBK than UTF-8; the last one may be cut."""
    lines = head.split(b"\n")
    told = [line for line in lines[:-1] or lines if not line.isascii()]
    utf8 = sum(_decodes(line, "utf-8") for line in told)
    return len(told) - utf8 > utf8 and sum(_decodes(line, "gb18030") for line in told) * 2 > len(
        told
    )


def _decodes(line: bytes, codec: str) -> bool:
    try:
        line.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
