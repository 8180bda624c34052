"""Marks drawn at random: rings with lettering, shields, stars, stripes; nobody's, and as many as wanted.

They stand for the seals and flags of real bodies, which training never sees.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from training.edits.canvas import Pixels, Rng, colour

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Drawn large and made small, so that edges are smooth
DRAWN, SIDE = 512, 192


def drawn_mark(rng: Rng) -> Pixels:
    """One mark of 192 x 192 with alpha: a seal, a shield or a flag."""
    picture = Image.new("RGBA", (DRAWN, DRAWN), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    kind = rng.random()
    if kind < 0.6:
        _seal(picture, draw, rng)
    elif kind < 0.8:
        _flag(draw, rng)
    else:
        _figure(draw, rng, DRAWN / 2, DRAWN / 2, DRAWN * 0.46, _dark(rng))
        _figure(draw, rng, DRAWN / 2, DRAWN / 2, DRAWN * 0.24, colour(rng))
    return np.asarray(picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS))


def _dark(rng: Rng) -> tuple[int, int, int]:
    r, g, b = (int(v) for v in rng.integers(0, 150, 3))
    return r, g, b


def _seal(picture: Image.Image, draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    """Two circles, lettering between them, a figure inside."""
    half, ink = DRAWN / 2, _dark(rng)
    filled = rng.random() < 0.4
    paper = (255, 255, 255)
    draw.ellipse((8, 8, DRAWN - 8, DRAWN - 8), (*(ink if filled else paper), 255), (*ink, 255), 10)
    inner = half * rng.uniform(0.55, 0.72)
    draw.ellipse(
        (half - inner, half - inner, half + inner, half + inner), (*paper, 255), (*ink, 255), 6
    )
    _lettering(picture, rng, (half + inner) / 2, half - inner, paper if filled else ink)
    for size in (0.8, 0.4):
        shade = ink if rng.random() < 0.7 else colour(rng)
        _figure(draw, rng, half, half, inner * size, shade)


def _lettering(
    picture: Image.Image, rng: Rng, radius: float, high: float, ink: tuple[int, int, int]
) -> None:
    count, size = int(rng.integers(10, 30)), round(high * rng.uniform(0.5, 0.75))
    font = ImageFont.load_default(max(10, size))
    start, sweep = rng.uniform(0, 360), rng.uniform(160, 330)
    for number in range(count):
        angle = start + sweep * number / count
        glyph = Image.new("RGBA", (size * 2, size * 2), (0, 0, 0, 0))
        letter = LETTERS[int(rng.integers(26))]
        ImageDraw.Draw(glyph).text((size, size), letter, (*ink, 255), font, "mm")
        turned = glyph.rotate(-angle, Image.Resampling.BICUBIC)
        x = DRAWN / 2 + radius * np.sin(np.radians(angle)) - size
        y = DRAWN / 2 - radius * np.cos(np.radians(angle)) - size
        picture.alpha_composite(turned, (max(0, int(x)), max(0, int(y))))


def _figure(
    draw: ImageDraw.ImageDraw, rng: Rng, x: float, y: float, r: float, ink: tuple[int, int, int]
) -> None:
    """A star, polygon, ring, set of bars or curve of radius `r`."""
    kind, turn = int(rng.integers(6)), rng.uniform(0, 2 * np.pi)
    if kind < 2:
        points, inner = int(rng.integers(3, 9)), rng.uniform(0.3, 1.0)
        angles = turn + np.arange(2 * points) * np.pi / points
        radii = np.where(np.arange(2 * points) % 2 == 0, r, r * inner)
        corners = zip(x + radii * np.cos(angles), y + radii * np.sin(angles), strict=True)
        draw.polygon([(float(a), float(b)) for a, b in corners], (*ink, 255))
    elif kind == 2:
        draw.ellipse((x - r, y - r, x + r, y + r), outline=(*ink, 255), width=max(4, int(r / 5)))
        draw.line((x - r, y, x + r, y), (*ink, 255), max(4, int(r / 6)))
    elif kind == 3:
        for _ in range(int(rng.integers(3, 9))):
            left, right = sorted(rng.uniform(-0.8, 0.8, 2))
            top, low = sorted(rng.uniform(-0.8, 0.8, 2))
            draw.rectangle((x + left * r, y + top * r, x + right * r, y + low * r), (*ink, 255))
    elif kind == 4:
        at = rng.uniform(-0.9, 0.9, (int(rng.integers(4, 9)), 2)) * r
        draw.line([(x + float(a), y + float(b)) for a, b in at], (*ink, 255), max(5, int(r / 7)))
    else:
        for _ in range(int(rng.integers(2, 6))):
            a, b = rng.uniform(-0.6, 0.6, 2) * r
            s = r * rng.uniform(0.15, 0.4)
            start, end = sorted(rng.uniform(0, 360, 2))
            box = (x + a - s, y + b - s, x + a + s, y + b + s)
            draw.pieslice(box, start, end + 60, (*ink, 255))


def _flag(draw: ImageDraw.ImageDraw, rng: Rng) -> None:
    """Stripes, and often a figure on them."""
    high = DRAWN * (1.0 if rng.random() < 0.3 else rng.uniform(0.5, 0.75))
    top, bands = (DRAWN - high) / 2, int(rng.integers(2, 6))
    upright = rng.random() < 0.4
    for number in range(bands):
        a, b = number / bands, (number + 1) / bands
        box = (
            (a * DRAWN, top, b * DRAWN, top + high)
            if upright
            else (0, top + a * high, DRAWN, top + b * high)
        )
        draw.rectangle(box, (*colour(rng), 255))
    for _ in range(int(rng.integers(0, 5))):
        x, y = rng.uniform(0.15, 0.85) * DRAWN, top + rng.uniform(0.2, 0.8) * high
        _figure(draw, rng, x, y, high * rng.uniform(0.05, 0.25), colour(rng))
