"""Pictures drawn for tests, and files made of them."""

import io
import struct
import zlib

import numpy as np
from PIL import Image, ImageDraw


def badge(side: int = 128) -> Image.Image:
    """A round badge with a star and bars: enough corners to be recognised."""
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((2, 2, side - 3, side - 3), (255, 255, 255, 255), (20, 60, 150, 255), side // 16)
    at = np.arange(10) * np.pi / 5 - np.pi / 2
    radius = np.where(np.arange(10) % 2 == 0, 0.3, 0.12) * side
    star = zip(side / 2 + radius * np.cos(at), side * 0.42 + radius * np.sin(at), strict=True)
    draw.polygon([(float(x), float(y)) for x, y in star], (190, 30, 40, 255))
    for number in range(4):
        left = side * (0.24 + 0.14 * number)
        draw.rectangle(
            (left, side * (0.66 + 0.03 * number), left + side * 0.07, side * 0.82),
            (20, 60, 150, 255),
        )
    return picture


def file(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def png(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG whose header promises any size, with whatever behind it."""

    def part(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(body))
        + part(b"IEND", b"")
    )
