"""State symbols drawn by their published rules.

The national flag: 中华人民共和国国旗法, annex 国旗制法说明 (GB 12982): 3 : 2; the upper left quarter in
15 x 10 squares; the large star about (5, 5) with radius 3, the small ones about (10, 2), (12, 4), (12, 7)
and (10, 9) with radius 1, one point of each towards the middle of the large star.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

RED, YELLOW = (238, 28, 37), (255, 255, 0)
UNIT = 32  # pixels of a square while drawing
SMALL = ((10, 2), (12, 4), (12, 7), (10, 9))


def star(x: float, y: float, radius: float, first: float) -> list[tuple[float, float]]:
    """The ten corners of a five-pointed star with a point in direction `first` (radians)."""
    # The inner corners lie where the sides of the pentagram cross
    inner = radius * np.sin(np.pi / 10) / np.sin(7 * np.pi / 10)
    angles = first + np.arange(10) * np.pi / 5
    radii = np.where(np.arange(10) % 2 == 0, radius, inner)
    return [
        (float(x + r * np.cos(a)), float(y + r * np.sin(a)))
        for a, r in zip(angles, radii, strict=True)
    ]


def national_flag(width: int = 384) -> Image.Image:
    """The flag, `width` pixels wide."""
    picture = Image.new("RGB", (30 * UNIT, 20 * UNIT), RED)
    draw = ImageDraw.Draw(picture)

    def scaled(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x * UNIT, y * UNIT) for x, y in corners]

    draw.polygon(scaled(star(5, 5, 3, -np.pi / 2)), YELLOW)
    for x, y in SMALL:
        draw.polygon(scaled(star(x, y, 1, float(np.arctan2(5 - y, 5 - x)))), YELLOW)
    return picture.resize((width, width * 2 // 3), Image.Resampling.LANCZOS)
