"""A picture at two sizes, to be warped onto marks without being read finer than needed."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.image import canonical, layout
from detector.image.picture import Pixels

Affine = NDArray[np.float64]  # [2, 3], picture -> mark, the longer side of both 256 px
# A mark that fills less of the picture than this is read from the whole, others from half the size
_CLOSE = 1.7


class Scaled:
    """Made once a picture; `laid` is called for every hypothesis."""

    def __init__(self, picture: Pixels) -> None:
        """picture: RGB, longer side 256."""
        height, width = picture.shape[:2]
        half = (max(4, width // 2), max(4, height // 2))
        self._whole = picture
        self._half = np.asarray(cv2.resize(picture, half, interpolation=cv2.INTER_AREA), np.uint8)
        self._ratio = np.array([width / half[0], height / half[1]])
        self._inside = np.ones((max(1, height // 8), max(1, width // 8)), np.float32)
        self._coarse = np.array([width / self._inside.shape[1], height / self._inside.shape[0]])

    def laid(self, affine: Affine, pixels: int = layout.SIDE) -> tuple[Pixels, NDArray[np.float32]]:
        """The picture warped onto the mark, [64, 64, 3], and which cells it fills, [16, 16].

        pixels: 128 for the fine map of 32 x 32 cells.
        """
        zoom = float(np.sqrt(abs(affine[0, 0] * affine[1, 1] - affine[0, 1] * affine[1, 0])))
        near = zoom * pixels / layout.SIDE < _CLOSE
        source, ratio = (self._half, self._ratio) if near else (self._whole, np.ones(2))
        small = affine * (pixels / canonical.SIDE)
        small[:, :2] *= ratio
        laid = cv2.warpAffine(
            source, small, (pixels, pixels), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        count = pixels // layout.PIXELS
        cells = affine * (count / canonical.SIDE)
        cells[:, :2] *= self._coarse
        seen = cv2.warpAffine(self._inside, cells, (count, count), flags=cv2.INTER_NEAREST)
        return np.asarray(laid, np.uint8), np.asarray(seen, np.float32)


def onto(box: tuple[float, float, float, float]) -> Affine:
    """The map that takes a square box of the picture to the square of a mark."""
    scale = canonical.SIDE / (box[2] - box[0])
    return np.array([[scale, 0, -box[0] * scale], [0, scale, -box[1] * scale]])


def nudged(affine: Affine, dx: float, dy: float, zoom: float) -> Affine:
    """The map moved by shares of the side and zoomed about the middle of the mark."""
    half = canonical.SIDE / 2
    moved = affine.copy() * zoom
    moved[:, 2] += half * (1 - zoom) + np.array([dx, dy]) * canonical.SIDE
    return moved


def stretches(affine: Affine) -> tuple[float, float]:
    """By how much the map stretches along its two main directions, larger first."""
    a, b, c, d = affine[0, 0], affine[0, 1], affine[1, 0], affine[1, 1]
    whole = np.hypot(a + d, c - b)
    part = np.hypot(a - d, c + b)
    return float((whole + part) / 2), float(abs(whole - part) / 2)
