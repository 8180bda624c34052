"""Where a picture's bytes are: a path beside the account file, or a data: URI. Never the network."""

from __future__ import annotations

import base64
import binascii
import os
import re
import stat
from pathlib import Path
from urllib.parse import unquote_to_bytes

from detector.errors import PictureError
from detector.image.limits import LIMITS, Limits

_DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w.+-]+=[^;,]*)*)(;base64)?,", re.ASCII | re.I)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.ASCII | re.I)
# How an output names a picture that was sent as a data: URI
HASHED = "sha256:"
_SHOWN = 60  # characters of a reference in a message


def read_bytes(reference: str, beside: Path | None, limits: Limits = LIMITS) -> bytes:
    """The bytes that `reference` stands for; paths are taken relative to the folder `beside`.

    Raises PictureError, naming the reference, where there are none, too many, or they lie outside.
    """
    if reference[:5].lower() == "data:":
        return _inline(reference, limits)
    if reference.startswith(HASHED):
        raise PictureError(shown(reference), "was sent inline and is not kept, only its hash is")
    if _SCHEME.match(reference):
        raise PictureError(shown(reference), "is an address; pictures are read from files only")
    if beside is None:
        raise PictureError(shown(reference), "is a path, and it is not known beside which file")
    return _file(reference, beside, limits)


def shown(reference: str) -> str:
    """The reference, shortened for messages."""
    return reference if len(reference) <= _SHOWN else reference[: _SHOWN - 3] + "..."


def _inline(uri: str, limits: Limits) -> bytes:
    head = _DATA.match(uri[:512])
    if head is None:
        raise PictureError(shown(uri), "is no data: URI that can be read")
    body = uri[head.end() :]
    if len(body) > limits.file_bytes * 3:  # percent-encoding writes three characters a byte
        raise PictureError(shown(uri), f"is longer than {limits.file_bytes:,} bytes")
    if not head[3]:
        data = unquote_to_bytes(body)
    else:
        try:
            data = base64.b64decode("".join(body.split()), validate=True)
        except (binascii.Error, ValueError):
            raise PictureError(shown(uri), "is not base64 as it says") from None
    return _sized(data, shown(uri), limits)


def _file(reference: str, beside: Path, limits: Limits) -> bytes:
    named = shown(reference)
    folder = beside.resolve()
    try:
        path = (folder / reference).resolve()
        if not path.is_relative_to(folder):
            raise PictureError(named, "lies outside the folder of the account file")
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise PictureError(named, "is no file")
            return _sized(file.read(limits.file_bytes + 1), named, limits)
    except (OSError, ValueError, RuntimeError) as error:
        told = error.strerror if isinstance(error, OSError) and error.strerror else "no such path"
        raise PictureError(named, f"cannot be read: {told}") from None


def _sized(data: bytes, named: str, limits: Limits) -> bytes:
    if not data:
        raise PictureError(named, "is empty")
    if len(data) > limits.file_bytes:
        raise PictureError(named, f"is larger than {limits.file_bytes:,} bytes")
    return data
