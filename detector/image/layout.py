"""Where a picture's edges run: a coarse map of directions that survives recolouring and inversion.

Each of 16 x 16 cells holds the strength of its edges and their directions as the first two harmonics
of the doubled angle (the structure of HOG, Dalal and Triggs 2005, with unsigned gradients and smooth
bins). Gradients are taken in the colour plane where they are strongest, so equally light colours count.
"""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numba import njit
from numpy.typing import NDArray

SIDE, FINE_SIDE = 64, 128  # pixels of a side of the pictures that are mapped
CELLS, FINE_CELLS = 16, 32  # cells of a side
PIXELS = 4  # of a side of a cell
CHANNELS = 5
Map: TypeAlias = NDArray[np.float32]  # [16, 16, 5]


def strength(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The strength of edges as a grey picture [h, w]: of the strongest plane at every pixel."""
    dx = cv2.Sobel(rgb, cv2.CV_16S, 1, 0, ksize=3)
    dy = cv2.Sobel(rgb, cv2.CV_16S, 0, 1, ksize=3)
    both = cv2.addWeighted(cv2.convertScaleAbs(dx), 0.25, cv2.convertScaleAbs(dy), 0.25, 0)
    planes = cv2.split(both)
    return np.asarray(cv2.max(cv2.max(planes[0], planes[1]), planes[2]), np.uint8)


def mirrored(one: Map) -> Map:
    """The map of the mirror image: sines of doubled angles change their sign."""
    return np.ascontiguousarray(one[:, ::-1] * np.array([1, 1, -1, 1, -1], np.float32))


def layout(rgb: NDArray[np.uint8]) -> Map:
    """The map of a picture of 64 px (16 x 16 cells) or 128 px (32 x 32 cells).

    Cells are comparable within a picture, not between two.
    """
    return np.asarray(_layout(rgb), np.float32)


@njit(cache=True, nogil=True)
def _layout(rgb):  # type: ignore[no-untyped-def]
    side = rgb.shape[0]
    count = side // PIXELS
    cells = np.zeros((count, count, CHANNELS), np.float32)
    for y in range(side):
        up, down = max(0, y - 1), min(side - 1, y + 1)
        for x in range(side):
            left, right = max(0, x - 1), min(side - 1, x + 1)
            power, dx, dy = np.float32(0), np.float32(0), np.float32(0)
            for plane in range(3):
                a, b, c = (
                    np.float32(rgb[up, left, plane]),
                    np.float32(rgb[up, x, plane]),
                    np.float32(rgb[up, right, plane]),
                )
                d, e = np.float32(rgb[y, left, plane]), np.float32(rgb[y, right, plane])
                f, g, h = (
                    np.float32(rgb[down, left, plane]),
                    np.float32(rgb[down, x, plane]),
                    np.float32(rgb[down, right, plane]),
                )
                gx = c + 2 * e + h - a - 2 * d - f
                gy = f + 2 * g + h - a - 2 * b - c
                here = gx * gx + gy * gy
                if here > power:
                    power, dx, dy = here, gx, gy
            if power < 64.0:
                continue
            size = np.sqrt(power)
            c2, s2 = (dx * dx - dy * dy) / power, 2 * dx * dy / power
            cell = cells[y // PIXELS, x // PIXELS]
            cell[0] += size
            cell[1] += size * c2
            cell[2] += size * s2
            cell[3] += size * (c2 * c2 - s2 * s2)
            cell[4] += size * 2 * c2 * s2
    smooth = np.zeros_like(cells)
    for y in range(count):
        for x in range(count):
            for j in range(-1, 2):
                for i in range(-1, 2):
                    if 0 <= y + j < count and 0 <= x + i < count:
                        share = np.float32((0.25, 0.5, 0.25)[j + 1] * (0.25, 0.5, 0.25)[i + 1])
                        for channel in range(CHANNELS):
                            smooth[y, x, channel] += share * cells[y + j, x + i, channel]
    return smooth


def agreement(mark: Map, query: Map, seen: NDArray[np.float32]) -> tuple[float, float, float]:
    """How well a picture's edges agree with a mark's, once it is laid over the mark.

    seen: [cells, cells], the share of each cell that lies inside the picture. Returns three figures 0..1:
    agreement weighted by the mark's edges (is the mark there?), by the picture's (is anything
    else there?), and the share of the mark's strong cells that agree well.
    """
    there, elsewhere, well = _agreement(mark, query, seen)
    return float(there), float(elsewhere), float(well)


@njit(cache=True, nogil=True)
def _agreement(mark, query, seen):  # type: ignore[no-untyped-def]
    count = mark.shape[0]
    m_size = np.zeros((count, count))
    q_size = np.zeros((count, count))
    cosine = np.zeros((count, count))
    for y in range(count):
        for x in range(count):
            m, q, both = 0.0, 0.0, 0.0
            for c in range(CHANNELS):
                m += mark[y, x, c] * mark[y, x, c]
                q += query[y, x, c] * query[y, x, c]
                both += mark[y, x, c] * query[y, x, c]
            m_size[y, x], q_size[y, x], cosine[y, x] = np.sqrt(m), np.sqrt(q), both
    floor, small = 0.1 * q_size.mean() + 1.0, 0.05 * m_size.mean() + 1.0
    there, there_of, elsewhere, elsewhere_of = 0.0, 1e-6, 0.0, 1e-6
    mean, visible = 0.0, 1e-6
    for y in range(count):
        for x in range(count):
            cosine[y, x] /= (m_size[y, x] + small) * (q_size[y, x] + floor)
            a, b = np.sqrt(m_size[y, x]) * seen[y, x], np.sqrt(q_size[y, x]) * seen[y, x]
            there += a * cosine[y, x]
            there_of += a
            elsewhere += b * cosine[y, x]
            elsewhere_of += b
            mean += m_size[y, x] * seen[y, x]
            visible += seen[y, x]
    mean /= visible
    strong, well = 1e-6, 0.0
    for y in range(count):
        for x in range(count):
            if seen[y, x] > 0.5 and m_size[y, x] > 0.7 * mean:
                strong += 1
                if cosine[y, x] > 0.75:
                    well += 1
    return there / there_of, elsewhere / elsewhere_of, well / strong
