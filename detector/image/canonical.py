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
    """Where the content lies, (left, top, right, bottom): all but an even border."""
    border = np.concatenate([rgb[0], rgb[-1], rgb[:, 0], rgb[:, -1]]).astype(np.int16)
    ground = np.median(border, axis=0)
    height, width = rgb.shape[:2]
    if float((np.abs(border - ground).max(axis=1) > 24).mean()) > 0.3:
        return 0, 0, width, height
    differs = np.abs(rgb.astype(np.int16) - ground.astype(np.int16)).max(axis=2) > 24
    rim = max(1, min(height, width) // 64)
    if min(height, width) > 8 * rim and not _ring(differs, rim, 2 * rim).any():
        _clear(differs, rim)  # a hairline round an otherwise empty border is no content
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return 0, 0, width, height
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _ring(cells: NDArray[np.bool_], first: int, last: int) -> NDArray[np.bool_]:
    """The cells from `first` to `last` pixels inside the edge, as one row."""
    sides = (cells[first:last], cells[-last:-first], cells[:, first:last].T, cells[:, -last:-first].T)
    return np.concatenate([side[:, last:-last].ravel() for side in sides])


def _clear(cells: NDArray[np.bool_], rim: int) -> None:
    for side in (cells[:rim], cells[-rim:], cells[:, :rim], cells[:, -rim:]):
        side[:] = False


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
