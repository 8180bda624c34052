"""A mark put into one form before it is described: trimmed, on the ground that shows it, in a square."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.image.layout import strength
from detector.image.picture import Pixels, over

SIDE = 256  # pixels of a side
MARGIN = 12  # pixels left free on the longer axis


def ground_of(rgba: Pixels) -> int:
    """White, unless the mark is drawn in white: then black."""
    opaque = rgba[..., 3] > 127
    if opaque.all() or not opaque.any():
        return 255
    light = rgba[..., :3][opaque].astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    return 0 if float((light > 225).mean()) > 0.6 else 255


def box(rgb: Pixels) -> tuple[int, int, int, int]:
    """Where the content lies, (left, top, right, bottom): all but an even border.

    A hairline round an otherwise empty border is no content.
    """
    height, width = rgb.shape[:2]
    rim = max(1, min(height, width) // 64)
    left, top, right, bottom = 0, 0, width, height
    inner = _ring(rgb, rim)
    ground = np.median(inner, axis=0)
    if min(height, width) > 16 * rim and not _uneven(inner, ground, 0.02):
        left, top, right, bottom = rim, rim, width - rim, height - rim
    elif _uneven(outer := _ring(rgb, 0), ground := np.median(outer, axis=0), 0.3):
        return 0, 0, width, height
    part = rgb[top:bottom, left:right]
    differs = np.abs(part.astype(np.int16) - ground.astype(np.int16)).max(axis=2) > 24
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return 0, 0, width, height
    return (
        left + int(columns[0]), top + int(rows[0]),
        left + int(columns[-1]) + 1, top + int(rows[-1]) + 1,
    )  # fmt: skip


def _ring(rgb: Pixels, at: int) -> Pixels:
    """The pixels `at` so many inside the edge, as one row."""
    sides = (rgb[at], rgb[-1 - at], rgb[:, at], rgb[:, -1 - at])
    return np.concatenate([side[at : len(side) - at] for side in sides])


def _uneven(ring: Pixels, ground: NDArray[np.float64], most: float) -> bool:
    """More than this share of the ring departs from its ground."""
    return float((np.abs(ring - ground).max(axis=1) > 24).mean()) > most


def squared(rgb: Pixels, side: int = SIDE, margin: int = MARGIN) -> Pixels:
    """The content in the middle of a square of its own ground, [side, side, 3]."""
    left, top, right, bottom = box(rgb)
    content = rgb[top:bottom, left:right]
    border = np.concatenate([rgb[0], rgb[-1], rgb[:, 0], rgb[:, -1]])
    ground = np.median(border, axis=0).astype(np.uint8)
    scale = (side - 2 * margin) / max(content.shape[:2])
    size = (max(1, round(content.shape[1] * scale)), max(1, round(content.shape[0] * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    small = cv2.resize(content, size, interpolation=how)
    out = np.empty((side, side, 3), np.uint8)
    out[:] = ground
    y, x = (side - size[1]) // 2, (side - size[0]) // 2
    out[y : y + size[1], x : x + size[0]] = small
    return out


def canonical(rgba: Pixels) -> Pixels:
    """The one form of a mark, [256, 256, 3]."""
    return squared(over(rgba, ground_of(rgba)))


def detail(rgb: Pixels) -> float:
    """Share of a picture that carries edges, 0..1: what is nearly even cannot be recognised."""
    return float((strength(rgb) > 24).mean())


def grey(rgb: Pixels, side: int) -> NDArray[np.uint8]:
    """The picture as [side, side] of light."""
    light = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.resize(light, (side, side), interpolation=cv2.INTER_AREA), np.uint8)
