"""The kinds of edit by name, each a function of a mark, a stock of other pictures and a random source.

Parameters are those of the field's own measurements of avatar edits; each is drawn anew per picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from detector.image.canonical import ground_of
from training.edits import canvas
from training.edits.canvas import BLACK, GREY, WHITE, Pixels, Rng

WORDS = ("OFFICIAL", "SERVICE", "NEWS", "VIP", "LIVE", "HELP", "24h", "NO.1")


@dataclass(frozen=True, slots=True)
class Stock:
    """What edits draw on: photos as grounds ([h, w, 3]), other marks for collages ([h, w, 4])."""

    photos: Sequence[Pixels]
    others: Sequence[Pixels]
    side: int = 256

    def photo(self, rng: Rng) -> Pixels:
        """A square window of some photo; a gradient where there are none."""
        if not self.photos:
            return canvas.gradient(self.side, rng)
        photo = self.photos[int(rng.integers(len(self.photos)))]
        size = min(photo.shape[:2])
        top, left = (int(rng.integers(0, n - size + 1)) for n in photo.shape[:2])
        return canvas.resized(
            np.ascontiguousarray(photo[top : top + size, left : left + size]), self.side
        )

    def other(self, rng: Rng) -> Pixels:
        """Some other mark."""
        return self.others[int(rng.integers(len(self.others)))]


Edit: TypeAlias = Callable[[Pixels, Stock, Rng], Pixels]


def clean(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """At 82-98 % of the side on its own ground."""
    return canvas.placed(_own(mark, stock), mark, rng.uniform(0.82, 0.98))


def _own(mark: Pixels, stock: Stock) -> Pixels:
    """The ground that a mark is made for: white, or black where it is drawn in white."""
    return canvas.plain(stock.side, WHITE if ground_of(mark) else BLACK)


def circle(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """A round mask over white, black or grey."""
    ground = (WHITE, BLACK, GREY)[int(rng.integers(3))]
    whole = clean(mark, stock, rng)
    outside = canvas.plain(stock.side, ground)
    return canvas.masked(whole, canvas.disc(stock.side, 0.5), outside)


def lowq(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """Shrunk to 120-200 px and a lossy file of quality 4-22."""
    small = canvas.resized(clean(mark, stock, rng), int(rng.integers(120, 201)))
    suffix = (".jpg", ".webp")[int(rng.integers(2))]
    return canvas.resized(canvas.recompressed(small, suffix, int(rng.integers(4, 23))), stock.side)


def tiny(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """28-56 px and back."""
    return canvas.resized(
        canvas.resized(clean(mark, stock, rng), int(rng.integers(28, 57))), stock.side
    )


def hue(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """Hue moved by 15-165 of 180, saturation by 0.7-1.3."""
    hsv = cv2.cvtColor(clean(mark, stock, rng), cv2.COLOR_RGB2HSV).astype(np.int32)
    hsv[..., 0] = (hsv[..., 0] + int(rng.integers(15, 166))) % 180
    hsv[..., 1] = np.clip(hsv[..., 1] * rng.uniform(0.7, 1.3), 0, 255)
    return np.asarray(cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2RGB), np.uint8)


def grey(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """Grey, contrast 0.5-1.5."""
    light = cv2.cvtColor(clean(mark, stock, rng), cv2.COLOR_RGB2GRAY).astype(np.float32)
    light = np.clip((light - 128) * rng.uniform(0.5, 1.5) + 128, 0, 255)
    return np.repeat(light.astype(np.uint8)[..., None], 3, axis=2)


def invert(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """The negative."""
    return np.asarray(255 - clean(mark, stock, rng), np.uint8)


def recolor(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """A map of light to two tones, or the silhouette in one colour."""
    if rng.random() < 0.5 and (mark[..., 3] < 128).mean() > 0.1:
        shape = mark.copy()
        shape[..., :3] = canvas.colour(rng)
        return canvas.placed(_own(shape, stock), shape, rng.uniform(0.82, 0.98))
    light = cv2.cvtColor(clean(mark, stock, rng), cv2.COLOR_RGB2GRAY)[..., None] / 255
    low, high = _contrasting(rng)
    return np.asarray(np.array(low) * (1 - light) + np.array(high) * light, np.uint8)


def _contrasting(rng: Rng) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    for _ in range(20):
        low, high = canvas.colour(rng), canvas.colour(rng)
        if abs(sum(low) - sum(high)) > 240:
            break
    return low, high


def frame(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """A border, a ring, a gradient ring, or shrunk inside a ring."""
    side, kind = stock.side, int(rng.integers(4))
    width = rng.uniform(0.03, 0.12)
    if kind == 0:
        edge = canvas.plain(side, canvas.colour(rng))
        inner = canvas.resized(clean(mark, stock, rng), round(side * (1 - 2 * width)))
        return canvas.paste(edge, inner, (side / 2, side / 2))
    rim = canvas.gradient(side, rng) if kind == 2 else canvas.plain(side, canvas.colour(rng))
    ground = _own(mark, stock)
    share = rng.uniform(0.6, 0.75) if kind == 3 else 0.95
    inner = canvas.placed(ground, mark, share)
    ring = canvas.masked(inner, canvas.disc(side, 0.5 - width), rim)
    return canvas.masked(ring, canvas.disc(side, 0.5), ground)


def text(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """A word on a band, plain or vertical, 13-26 % of the side."""
    picture = Image.fromarray(clean(mark, stock, rng))
    side, high = stock.side, round(stock.side * rng.uniform(0.13, 0.26))
    draw, word = ImageDraw.Draw(picture), WORDS[int(rng.integers(len(WORDS)))]
    font = ImageFont.load_default(round(high * 0.8))
    kind = int(rng.integers(3))
    if kind == 2:
        wide = Image.new("RGB", (side, high), canvas.colour(rng))
        ImageDraw.Draw(wide).text((side / 2, high / 2), word, canvas.colour(rng), font, "mm")
        picture.paste(wide.rotate(90, expand=True), (side - high if rng.random() < 0.5 else 0, 0))
        return np.asarray(picture)
    top = round(side * rng.uniform(0, 1)) if kind else side - high
    top = min(top, side - high)
    if kind == 0:
        draw.rectangle((0, top, side, top + high), canvas.colour(rng))
    draw.text((side / 2, top + high / 2), word, canvas.colour(rng), font, "mm")
    return np.asarray(picture)


def badge(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """A round badge of 20-36 % in a corner."""
    side = stock.side
    size = round(side * rng.uniform(0.20, 0.36))
    plate = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(plate)
    draw.ellipse((0, 0, size - 1, size - 1), (*canvas.colour(rng), 255))
    draw.text((size / 2, size / 2), "V+1@"[int(rng.integers(4))], (255, 255, 255, 255),
              ImageFont.load_default(round(size * 0.6)), "mm")  # fmt: skip
    near, far = size / 2 / side, 1 - size / 2 / side
    corner = ((near, near), (far, near), (near, far), (far, far))[int(rng.integers(4))]
    return canvas.paste(
        clean(mark, stock, rng), np.asarray(plate), (corner[0] * side, corner[1] * side)
    )


def bg(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """Another ground: a colour, a gradient or a photo."""
    return canvas.placed(_ground(stock, rng), mark, rng.uniform(0.82, 0.98))


def _ground(stock: Stock, rng: Rng) -> Pixels:
    kind = int(rng.integers(3))
    if kind == 0:
        return canvas.plain(stock.side, canvas.colour(rng))
    return canvas.gradient(stock.side, rng) if kind == 1 else stock.photo(rng)


def _pad(mark: Pixels, stock: Stock, rng: Rng, low: float, high: float) -> Pixels:
    share = float(np.sqrt(rng.uniform(low, high)))
    ground = _ground(stock, rng) if rng.random() < 0.5 else _own(mark, stock)
    return canvas.placed(ground, mark, share, _inside(share, rng))


def _inside(share: float, rng: Rng) -> tuple[float, float]:
    """A middle at which all of a mark of this share lies inside."""
    room = max(0.0, (1 - share) / 2)
    return 0.5 + rng.uniform(-room, room), 0.5 + rng.uniform(-room, room)


def pad_mild(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """At 40-60 % of the area, off centre."""
    return _pad(mark, stock, rng, 0.40, 0.60)


def pad_hard(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """At 16-40 % of the area, off centre."""
    return _pad(mark, stock, rng, 0.16, 0.40)


def photo(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """At 38-75 % of the side anywhere on a photo."""
    share = rng.uniform(0.38, 0.75)
    return canvas.placed(stock.photo(rng), mark, share, _inside(share, rng))


def mirror(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """Left for right, or upside down."""
    return np.ascontiguousarray(np.flip(clean(mark, stock, rng), axis=int(rng.integers(2))))


def rot_small(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """Turned by 5-20 degrees."""
    turn = rng.uniform(5, 20) * (1 if rng.random() < 0.5 else -1)
    return canvas.rotated(clean(mark, stock, rng), turn, WHITE)


def rot_big(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """Turned by 20-340 degrees."""
    return canvas.rotated(clean(mark, stock, rng), rng.uniform(20, 340), WHITE)


def _crop(mark: Pixels, stock: Stock, rng: Rng, low: float, high: float) -> Pixels:
    cut = rng.uniform(low, high)
    left, top = rng.uniform(0, cut), rng.uniform(0, cut)
    return canvas.cropped(clean(mark, stock, rng), left, top, 1 - cut)


def crop_mild(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """10-20 % of the side cut away."""
    return _crop(mark, stock, rng, 0.10, 0.20)


def crop_hard(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """20-40 % of the side cut away."""
    return _crop(mark, stock, rng, 0.20, 0.40)


def blur(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """Gaussian, sigma 2-6 at 256 px."""
    sigma = rng.uniform(2, 6) * stock.side / 256
    return np.asarray(cv2.GaussianBlur(clean(mark, stock, rng), (0, 0), sigma), np.uint8)


def screenshot(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """Inside a phone page with lines of text, the avatar at 38-62 % of its width."""
    side = stock.side
    page = Image.new("RGB", (side, side), WHITE if rng.random() < 0.7 else (24, 24, 26))
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(max(8, side // 18))
    for line in range(int(rng.integers(3, 8))):
        word = " ".join(str(rng.choice(WORDS)) for _ in range(int(rng.integers(1, 4))))
        draw.text((side * 0.06, side * (0.62 + 0.06 * line)), word, GREY, font)
    share = rng.uniform(0.38, 0.62)
    avatar = canvas.resized(clean(mark, stock, rng), round(side * share))
    if rng.random() < 0.5:
        alpha = (canvas.disc(avatar.shape[0], 0.5) * 255).astype(np.uint8)
        avatar = np.concatenate([avatar, alpha], axis=2)
    centre = (side * rng.uniform(0.35, 0.65), side * rng.uniform(0.32, 0.4))
    return canvas.paste(np.asarray(page), avatar, centre)


def black(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """Alpha over black."""
    return canvas.placed(canvas.plain(stock.side, BLACK), mark, rng.uniform(0.82, 0.98))


def redraw(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """Warped, then a few flat colours of shifted hues, or two tones, or lines."""
    side = stock.side
    bend = rng.normal(0, 1, (2, side, side)).astype(np.float32)
    bend = np.stack([cv2.GaussianBlur(b, (0, 0), side / 16) for b in bend])
    bend *= side * rng.uniform(0.008, 0.02) / max(1e-6, float(np.abs(bend).max()) / 2)
    ys, xs = np.mgrid[0:side, 0:side].astype(np.float32)
    base = cv2.remap(clean(mark, stock, rng), xs + bend[0], ys + bend[1], cv2.INTER_LINEAR,
                     borderMode=cv2.BORDER_REPLICATE)  # fmt: skip
    light = cv2.GaussianBlur(cv2.cvtColor(base, cv2.COLOR_RGB2GRAY), (0, 0), side / 256)
    kind = int(rng.integers(3))
    if kind == 0:
        return _posterised(np.asarray(base, np.uint8), int(rng.integers(2, 5)), rng)
    low, high = _contrasting(rng)
    if kind == 1:
        level = rng.uniform(0.35, 0.65) * (int(light.max()) + int(light.min()))
        ink = light > level
    else:
        edges = cv2.Canny(light, 60, 140)
        ink = cv2.dilate(edges, np.ones((2, 2), np.uint8)) == 0
    return np.where(ink[..., None], np.array(high), np.array(low)).astype(np.uint8)


def _posterised(base: Pixels, colours: int, rng: Rng) -> Pixels:
    """A few flat colours, their hues shifted."""
    points = base.reshape(-1, 3).astype(np.float32)
    sample = points[rng.integers(0, len(points), 1500)]
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 8, 1.0)
    cv2.setRNGSeed(int(rng.integers(1 << 30)))
    _, _, centres = cv2.kmeans(sample, colours, np.empty(0), stop, 1, cv2.KMEANS_PP_CENTERS)
    nearest = ((points[:, None] - centres[None]) ** 2).sum(2).argmin(1)
    hsv = cv2.cvtColor(centres[None].astype(np.uint8), cv2.COLOR_RGB2HSV).astype(np.int32)
    hsv[..., 0] = (hsv[..., 0] + int(rng.integers(-25, 26))) % 180
    shifted = cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2RGB)[0]
    return np.asarray(shifted[nearest].reshape(base.shape), np.uint8)


def collage(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """Two or four pictures, or an inset."""
    side = stock.side
    own = clean(mark, stock, rng)
    kind = int(rng.integers(3))
    if kind == 2:
        share = rng.uniform(0.38, 0.5)
        corner = (share / 2, 1 - share / 2)
        at = (corner[int(rng.integers(2))] * side, corner[int(rng.integers(2))] * side)
        return canvas.paste(stock.photo(rng), canvas.resized(own, round(side * share)), at)
    half = side // 2
    out = canvas.plain(side, WHITE)
    cells = [(0.25, 0.5), (0.75, 0.5)] if kind == 0 else [
        (0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]  # fmt: skip
    chosen = int(rng.integers(len(cells)))
    for number, (x, y) in enumerate(cells):
        filler = stock.photo(rng) if rng.random() < 0.5 else clean(stock.other(rng), stock, rng)
        cell = canvas.resized(own if number == chosen else filler, half)
        out = canvas.paste(out, cell, (x * side, y * side))
    return out


def stretch(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """1.15-1.5 in one direction, with perspective."""
    side, factor = stock.side, rng.uniform(1.15, 1.5)
    across, along = (1.0, 1 / factor) if rng.random() < 0.5 else (1 / factor, 1.0)
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
    goal = (corners * (across, along) * 0.5 + 0.5) * side
    goal = goal + rng.uniform(-0.04, 0.04, (4, 2)) * side
    start = ((corners + 1) / 2 * side).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(start, goal.astype(np.float32))
    return canvas.warped(clean(mark, stock, rng), np.asarray(matrix, np.float64), WHITE)


def combo(mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """Recoloured or on a new ground at 35-75 % of the area, then two or three edits more."""
    share = float(np.sqrt(rng.uniform(0.35, 0.75)))
    picture = canvas.placed(_ground(stock, rng), mark, share, _inside(share, rng))
    if rng.random() < 0.4:
        picture = canvas.placed(_own(mark, stock), mark, share, _inside(share, rng))
        light = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)[..., None] / 255
        low, high = _contrasting(rng)
        picture = np.asarray(np.array(low) * (1 - light) + np.array(high) * light, np.uint8)
    whole = np.concatenate([picture, np.full((*picture.shape[:2], 1), 255, np.uint8)], axis=2)
    further = rng.choice(len(_STACKED), int(rng.integers(2, 4)), replace=False)
    for number in further:
        edit = _STACKED[int(number)]
        opaque = np.full((stock.side, stock.side, 1), 255, np.uint8)
        whole = np.concatenate([edit(whole, stock, rng), opaque], axis=2)
    return np.ascontiguousarray(whole[..., :3])


# What is stacked upon another edit
_STACKED: tuple[Edit, ...] = (
    circle, lowq, hue, grey, frame, text, badge, mirror, rot_small, crop_mild, blur, stretch,
)  # fmt: skip

KINDS: tuple[Edit, ...] = (
    clean, circle, lowq, tiny, hue, grey, invert, recolor, frame, text, badge, bg, pad_mild,
    pad_hard, photo, mirror, rot_small, rot_big, crop_mild, crop_hard, blur, screenshot, black,
    redraw, collage, stretch, combo,
)  # fmt: skip


def edited(kind: Edit, mark: Pixels, stock: Stock, rng: Rng) -> Pixels:
    """One edited picture of a mark, [side, side, 3]."""
    return kind(mark, stock, rng)
