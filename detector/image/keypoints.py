"""Corners of a picture and what surrounds them: ORB (Rublee et al. 2011), on its light and its edges.

OpenCV's ORB is used because local features decide this task and nothing else that is maintained and
permissively licensed computes them in 2 ms. A low FAST threshold is needed: flat marks have few
strong corners.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.image.layout import strength

SIDE = 256  # pixels of the longer side of what is searched
FAST = 5
LEVELS, SCALE = 9, 1.2


class Keypoints(NamedTuple):
    """Parallel arrays of n keypoints; places and sizes in pixels of the searched picture.

    place: [n, 2] x, y. angle: [n], radians. size: [n]. bits: [n, 4], 256 bits of surroundings.
    """

    place: NDArray[np.float32]
    angle: NDArray[np.float32]
    size: NDArray[np.float32]
    bits: NDArray[np.uint64]

    def __len__(self) -> int:
        """How many."""
        return int(self.place.shape[0])


@dataclass(frozen=True, slots=True)
class Finder:
    """How many keypoints are taken from light and from edges."""

    light: int
    edge: int

    def find(self, rgb: NDArray[np.uint8]) -> Keypoints:
        """The keypoints of a picture whose longer side is `SIDE` or near it."""
        grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
        return joined((_orb(grey, self.light), _orb(strength(rgb), self.edge)))


def _orb(plane: NDArray[np.uint8], most: int) -> Keypoints:
    finder = cv2.ORB_create(most, SCALE, LEVELS, 15, 0, 2, cv2.ORB_HARRIS_SCORE, 31, FAST)  # type: ignore[attr-defined]
    points, bits = finder.detectAndCompute(plane, None)
    if bits is None:
        return EMPTY
    columns = np.array([(p.pt[0], p.pt[1], p.angle, p.size) for p in points], np.float32)
    return Keypoints(
        np.ascontiguousarray(columns[:, :2]),
        np.radians(columns[:, 2]),
        np.ascontiguousarray(columns[:, 3]),
        np.ascontiguousarray(bits).view(np.uint64),
    )


EMPTY = Keypoints(
    np.empty((0, 2), np.float32),
    np.empty(0, np.float32),
    np.empty(0, np.float32),
    np.empty((0, 4), np.uint64),
)


def joined(parts: tuple[Keypoints, ...]) -> Keypoints:
    """Several sets as one."""
    return Keypoints(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
