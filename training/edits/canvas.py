"""A square picture to work on: marks placed on grounds, moved, cut, coloured and spoilt.

Pictures are uint8 arrays, [side, side, 3] in RGB; marks are [height, width, 4] with alpha.
"""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]
Rng: TypeAlias = np.random.Generator
WHITE, BLACK, GREY = (255, 255, 255), (0, 0, 0), (128, 128, 128)


def fit(mark: Pixels, longest: int) -> Pixels:
    """The mark with its longer side at `longest` pixels."""
    height, width = mark.shape[:2]
    scale = longest / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(mark, size, interpolation=how), np.uint8)


def plain(side: int, colour: tuple[int, int, int]) -> Pixels:
    """A ground of one colour."""
    return np.full((side, side, 3), colour, np.uint8)


def colour(rng: Rng) -> tuple[int, int, int]:
    """Any colour."""
    r, g, b = (int(v) for v in rng.integers(0, 256, 3))
    return r, g, b


def gradient(side: int, rng: Rng) -> Pixels:
    """A ground that runs from one colour to another in some direction."""
    angle = rng.uniform(0, 2 * np.pi)
    ys, xs = np.mgrid[0:side, 0:side] / side - 0.5
    t = np.clip(xs * np.cos(angle) + ys * np.sin(angle) + 0.5, 0, 1)[..., None]
    first, last = np.array(colour(rng)), np.array(colour(rng))
    return np.asarray(first * (1 - t) + last * t, np.uint8)


def paste(ground: Pixels, mark: Pixels, centre: tuple[float, float]) -> Pixels:
    """The mark over the ground with its middle at `centre` (x, y in pixels); cut at the edges."""
    out = ground.copy()
    height, width = mark.shape[:2]
    side_y, side_x = ground.shape[:2]
    left, top = round(centre[0] - width / 2), round(centre[1] - height / 2)
    x0, y0, x1, y1 = max(0, left), max(0, top), min(side_x, left + width), min(side_y, top + height)
    if x0 >= x1 or y0 >= y1:
        return out
    part = mark[y0 - top : y1 - top, x0 - left : x1 - left].astype(np.float32)
    alpha = part[..., 3:] / 255 if part.shape[2] == 4 else np.float32(1)
    under = out[y0:y1, x0:x1].astype(np.float32)
    out[y0:y1, x0:x1] = (part[..., :3] * alpha + under * (1 - alpha) + 0.5).astype(np.uint8)
    return out


def placed(
    ground: Pixels, mark: Pixels, share: float, centre: tuple[float, float] = (0.5, 0.5)
) -> Pixels:
    """The mark on the ground, its longer side `share` of the ground's; centre in shares too."""
    side = ground.shape[0]
    return paste(
        ground, fit(mark, max(2, round(side * share))), (centre[0] * side, centre[1] * side)
    )


def warped(picture: Pixels, matrix: NDArray[np.float64], fill: tuple[int, int, int]) -> Pixels:
    """The picture after an affine (2x3) or perspective (3x3) map."""
    size = (picture.shape[1], picture.shape[0])
    call = cv2.warpAffine if matrix.shape[0] == 2 else cv2.warpPerspective
    moved = call(picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT,
                 borderValue=fill)  # fmt: skip
    return np.asarray(moved, np.uint8)


def rotated(picture: Pixels, degrees: float, fill: tuple[int, int, int]) -> Pixels:
    """The picture turned about its middle."""
    side = picture.shape[0]
    turn = cv2.getRotationMatrix2D((side / 2 - 0.5, side / 2 - 0.5), degrees, 1.0)
    return warped(picture, np.asarray(turn, np.float64), fill)


def cropped(picture: Pixels, left: float, top: float, share: float) -> Pixels:
    """The square window of `share` of the side at (left, top) in shares, back at full size."""
    side = picture.shape[0]
    x, y, size = round(left * side), round(top * side), max(2, round(share * side))
    window = picture[y : y + size, x : x + size]
    return np.asarray(cv2.resize(window, (side, side), interpolation=cv2.INTER_LINEAR), np.uint8)


def recompressed(picture: Pixels, suffix: str, quality: int) -> Pixels:
    """The picture after a lossy file."""
    flag = cv2.IMWRITE_JPEG_QUALITY if suffix == ".jpg" else cv2.IMWRITE_WEBP_QUALITY
    _, data = cv2.imencode(suffix, picture[..., ::-1], [flag, quality])
    read = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return np.ascontiguousarray(read[..., ::-1])


def resized(picture: Pixels, side: int) -> Pixels:
    """The picture at another side."""
    how = cv2.INTER_AREA if side < picture.shape[0] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, (side, side), interpolation=how), np.uint8)


def disc(side: int, radius: float) -> NDArray[np.float32]:
    """1 inside a centred circle of `radius` (share of the side), 0 outside, soft at the rim."""
    ys, xs = np.mgrid[0:side, 0:side] + 0.5 - side / 2
    away = radius * side - np.hypot(xs, ys)
    return np.asarray(np.clip(away + 0.5, 0, 1), np.float32)[..., None]


def masked(picture: Pixels, mask: NDArray[np.float32], outside: Pixels) -> Pixels:
    """The picture where the mask is 1, the other where it is 0."""
    return np.asarray(picture * mask + outside * (1 - mask) + 0.5, np.uint8)
