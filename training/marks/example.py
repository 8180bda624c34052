"""Logos of bodies that do not exist, and avatars made of them, so that a first run shows pictures."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from training.marks.symbols import star

SIDE, LARGE = 256, 1024
Colour = tuple[int, int, int]


def university() -> Image.Image:
    """鹿鸣湾大学: a ring of notches, a gate, waves."""
    blue, white = (16, 62, 128), (255, 255, 255)
    picture, draw = _sheet()
    draw.ellipse((16, 16, 1008, 1008), blue)
    draw.ellipse((56, 56, 968, 968), white)
    draw.ellipse((84, 84, 940, 940), blue)
    for number in range(48):
        angle = number * np.pi / 24
        x, y = 512 + 392 * np.cos(angle), 512 + 392 * np.sin(angle)
        draw.ellipse((x - 11, y - 11, x + 11, y + 11), white)
    draw.ellipse((172, 172, 852, 852), white)
    draw.polygon(((300, 430), (512, 270), (724, 430)), blue)
    for left in (330, 452, 574, 666):
        draw.rectangle((left, 450, left + 44, 640), blue)
    draw.rectangle((300, 650, 724, 684), blue)
    for number in range(3):
        y = 716 + 36 * number
        draw.arc((330, y, 512, y + 60), 180, 360, blue, 12)
        draw.arc((512, y, 694, y + 60), 0, 180, blue, 12)
    return _small(picture)


def bank() -> Image.Image:
    """鹿鸣湾银行: antlers in a coin."""
    green, white = (0, 112, 74), (255, 255, 255)
    picture, draw = _sheet()
    draw.ellipse((16, 16, 1008, 1008), green)
    for side in (-1, 1):
        x = 512 + side * 40
        draw.line(((x, 800), (x + side * 60, 520), (x + side * 250, 300)), white, 60, "curve")
        for near, far, high in ((110, 60, 250), (180, 330, 420), (90, 260, 560)):
            draw.line(((x + side * near, high + 160), (x + side * far, high)), white, 44)
    draw.rectangle((440, 790, 584, 850), white)
    draw.rectangle((300, 880, 724, 912), white)
    return _small(picture)


def newspaper() -> Image.Image:
    """鹿鸣湾日报: a sun over columns of print."""
    red, white = (190, 24, 30), (255, 255, 255)
    picture, draw = _sheet()
    draw.rounded_rectangle((24, 24, 1000, 1000), 150, red)
    draw.pieslice((262, 150, 762, 650), 180, 360, white)
    for number in range(7):
        angle = np.pi + (number + 0.5) * np.pi / 7
        ends = [(512 + r * np.cos(angle), 400 + r * np.sin(angle)) for r in (270, 330)]
        draw.line([(float(x), float(y)) for x, y in ends], white, 26)
    for row, (left, right) in enumerate(((180, 844), (180, 480), (560, 844), (180, 640))):
        y = 470 + 110 * row
        draw.rectangle((left, y, right, y + 50), white)
    draw.polygon(star(740, 830, 70, -np.pi / 2), white)
    return _small(picture)


def _sheet() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGBA", (LARGE, LARGE), (0, 0, 0, 0))
    return picture, ImageDraw.Draw(picture)


def _small(picture: Image.Image) -> Image.Image:
    return picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def on(ground: Colour, mark: Image.Image, share: float, turn: float = 0) -> Image.Image:
    """An avatar: the mark at a share of the side on a ground of one colour, turned by degrees."""
    picture = Image.new("RGBA", (SIDE, SIDE), (*ground, 255))
    size = round(SIDE * share)
    small = mark.convert("RGBA").rotate(turn, Image.Resampling.BICUBIC)
    small.thumbnail((size, size), Image.Resampling.LANCZOS)
    at = ((SIDE - small.width) // 2, (SIDE - small.height) // 2)
    picture.alpha_composite(small, at)
    return picture.convert("RGB")


def sunset() -> Image.Image:
    """An ordinary picture: a sun over the sea."""
    rows = np.linspace(0, 1, SIDE)[:, None, None]
    sky = np.array([250, 190, 110]) * (1 - rows) + np.array([60, 70, 130]) * rows
    picture = Image.fromarray(np.broadcast_to(sky, (SIDE, SIDE, 3)).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((98, 92, 158, 152), (255, 236, 160))
    draw.rectangle((0, 150, SIDE, SIDE), (40, 60, 110))
    for number in range(9):
        draw.line(
            (20 * number, 165 + 9 * number, 60 + 24 * number, 165 + 9 * number), (230, 190, 140), 2
        )
    return picture
