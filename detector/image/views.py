"""The parts of a picture that may be the whole of a mark: views, each with the box it was cut from."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from detector.image import canonical
from detector.image.picture import Pixels

Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels of the picture


class View(NamedTuple):
    """One part: its name, the square box it was cut from (it may reach over the edge)."""

    name: str
    box: Box


def normal(rgb: Pixels, side: int) -> tuple[Pixels, float]:
    """The picture with its longer side at `side`, and the factor by which it was scaled."""
    height, width = rgb.shape[:2]
    factor = side / max(height, width)
    if factor == 1:
        return rgb, 1.0
    size = (max(8, round(width * factor)), max(8, round(height * factor)))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(rgb, size, interpolation=how), np.uint8), factor


def views(rgb: Pixels) -> list[View]:
    """Whole, content without its border, middles, and the quarters and halves of a collage."""
    height, width = rgb.shape[:2]
    found = [View("whole", _square((0, 0, width, height), 1.0))]
    content = canonical.box(rgb)
    if (content[2] - content[0]) * (content[3] - content[1]) < 0.93 * width * height:
        found.append(View("content", _square(content, 256 / 232)))
    found += _ends(content)
    for share in (0.82, 0.66):
        found.append(View(f"middle {share:.0%}", _square(_middle(width, height, share), 1.0)))
    if height == width:
        for name, x, y in (("left top", 0, 0), ("right top", 1, 0), ("left low", 0, 1),
                           ("right low", 1, 1)):  # fmt: skip
            half = width / 2
            box = (x * half, y * half, (x + 1) * half, (y + 1) * half)
            found.append(View(name, _square(box, 1.0)))
        for name, at in (("left", 0.25), ("right", 0.75)):
            box = ((at - 0.25) * width, height / 4, (at + 0.25) * width, height * 3 / 4)
            found.append(View(name, _square(box, 1.0)))
    return found


def _ends(content: tuple[int, int, int, int]) -> list[View]:
    """The ends of what is much longer than wide: a mark often stands before a name or above it."""
    left, top, right, bottom = content
    width, height = right - left, bottom - top
    if width > 1.7 * height:
        ends = {"left end": (left, top, left + height, bottom),
                "right end": (right - height, top, right, bottom)}  # fmt: skip
    elif height > 1.7 * width:
        ends = {"upper end": (left, top, right, top + width)}
    else:
        return []
    return [View(name, _square(box, 256 / 232)) for name, box in ends.items()]


def _middle(width: int, height: int, share: float) -> Box:
    x, y = width * (1 - share) / 2, height * (1 - share) / 2
    return x, y, width - x, height - y


def _square(box: tuple[float, float, float, float], factor: float) -> Box:
    """The square about the middle of a box, `factor` times as long as its longer side."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    half = max(box[2] - box[0], box[3] - box[1]) / 2 * factor
    return x - half, y - half, x + half, y + half


def cut(rgb: Pixels, box: Box, side: int) -> Pixels:
    """The part of the picture in a box, [side, side, 3]; over the edge, the edge is repeated."""
    scale = (box[2] - box[0]) / side
    if scale > 2.5:  # averaged first, so that fine detail does not alias
        near = int(scale)
        size = (max(1, rgb.shape[1] // near), max(1, rgb.shape[0] // near))
        small = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
        fx, fy = small.shape[1] / rgb.shape[1], small.shape[0] / rgb.shape[0]
        return _warp(small, (box[0] * fx, box[1] * fy, box[2] * fx, box[3] * fy), side)
    return _warp(rgb, box, side)


def _warp(rgb: Pixels, box: Box, side: int) -> Pixels:
    fx, fy = (box[2] - box[0]) / side, (box[3] - box[1]) / side
    matrix = np.array([[fx, 0, box[0] + fx / 2 - 0.5], [0, fy, box[1] + fy / 2 - 0.5]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    made = cv2.warpAffine(rgb, matrix, (side, side), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(made, np.uint8)
