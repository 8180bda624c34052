"""Strangers' bytes as a small, upright RGBA picture; whatever cannot be one is an error that says why.

Limits are checked on the header, before anything is decoded. The decoder is chosen by content, never
by name, and only those of FORMATS are ever run, so a script inside an SVG or PDF is never looked at.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from detector.errors import PictureError
from detector.image.limits import LIMITS, Limits

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF")
Pixels: TypeAlias = NDArray[np.uint8]
# A 16-bit grey picture keeps its upper byte
_DEEP = ("I;16", "I;16B", "I;16L", "I", "F")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as it is compared.

    sha256: of the file's bytes. width, height: of the original, upright, in pixels.
    frames: RGBA arrays [h, w, 4], longest side at most `Limits.side`; at least one.
    total: frames that the file says it has.
    """

    sha256: str
    format: str
    width: int
    height: int
    frames: tuple[Pixels, ...]
    total: int = 1


def decode(data: bytes, named: str, limits: Limits = LIMITS) -> Picture:
    """The picture that the bytes hold. Raises PictureError, naming it, where they hold none."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the decoder's remarks about metadata
            with Image.open(io.BytesIO(data), formats=FORMATS) as file:
                return _read(file, digest, named, limits)
    except PictureError:
        raise
    except UnidentifiedImageError:
        raise PictureError(named, _unknown(data)) from None
    except Image.DecompressionBombError:
        raise PictureError(named, f"has more than {limits.pixels:,} pixels") from None
    except MemoryError:
        raise PictureError(named, "needs more memory than there is") from None
    except Exception as error:  # decoders of hostile bytes fail in every way there is
        told = f"is damaged ({type(error).__name__})"
        raise PictureError(named, told) from error


def _unknown(data: bytes) -> str:
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype")):
        return "is SVG or XML, which is never run; send JPEG, PNG, WebP, GIF, BMP or AVIF"
    return "is no picture of a known format (JPEG, PNG, WebP, GIF, BMP, AVIF)"


def _read(file: Image.Image, digest: str, named: str, limits: Limits) -> Picture:
    width, height = file.size
    if width < 1 or height < 1:
        raise PictureError(named, "has no pixels")
    if max(width, height) > limits.longest_side or width * height > limits.pixels:
        told = f"is {width:,} x {height:,}; at most {limits.pixels:,} pixels are read"
        raise PictureError(named, told)
    if min(width, height) < limits.smallest_side:
        raise PictureError(named, f"is {width} x {height}: too small to show anything")
    kind = file.format or ""
    turned = file.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    total = int(getattr(file, "n_frames", 1)) if kind in ("GIF", "PNG", "WEBP", "AVIF") else 1
    reachable = min(total, max(1, limits.pixels // (width * height)))
    frames = tuple(_frame(file, n, kind, limits) for n in _chosen(reachable, limits))
    if turned:
        width, height = height, width
    return Picture(digest, kind, width, height, frames, total)


def _chosen(total: int, limits: Limits) -> tuple[int, ...]:
    """First, last and between, of the frames that can be reached within the limit on pixels.

    A frame builds on those before it, so seeking decodes them all; none beyond the sixtieth.
    """
    last = min(total, 60) - 1
    wanted = min(limits.frames, last + 1)
    if wanted <= 1:
        return (0,)
    return tuple(dict.fromkeys(round(i * last / (wanted - 1)) for i in range(wanted)))


def _frame(file: Image.Image, number: int, kind: str, limits: Limits) -> Pixels:
    if number:
        file.seek(number)
    elif kind == "JPEG":
        file.draft(
            "RGB", (limits.side, limits.side)
        )  # decodes at 1/2, 1/4 or 1/8 where that suffices
    picture: Image.Image = ImageOps.exif_transpose(file)
    picture = _eight_bits(picture)
    if max(picture.size) > limits.side:
        # in place of a copy of the original at full size: one step that keeps memory flat
        picture = picture.convert("RGBA" if _has_alpha(picture) else "RGB")
        picture.thumbnail((limits.side, limits.side), Image.Resampling.BOX, reducing_gap=2.0)
    return np.asarray(picture.convert("RGBA"), np.uint8)


def _has_alpha(picture: Image.Image) -> bool:
    return "A" in picture.mode or "transparency" in picture.info


def _eight_bits(picture: Image.Image) -> Image.Image:
    """16-bit and float grey at 8 bits; every other mode as it is."""
    if picture.mode not in _DEEP:
        return picture
    values = np.asarray(picture, np.float32)
    top = 65535.0 if values.max() > 255 else 255.0
    return Image.fromarray(np.asarray(np.clip(values * (255.0 / top), 0, 255), np.uint8))


def over(rgba: Pixels, ground: int) -> Pixels:
    """RGB of a picture laid over an even ground, 0 = black, 255 = white."""
    if rgba[..., 3].min() == 255:
        return np.ascontiguousarray(rgba[..., :3])
    alpha = rgba[..., 3:].astype(np.uint16)
    mixed = (rgba[..., :3] * alpha + np.uint16(ground) * (255 - alpha) + 127) // 255
    return mixed.astype(np.uint8)
