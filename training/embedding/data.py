"""What the network learns from: open marks and drawn ones, each under many edits.

Only folders whose licence lets their pictures be used for anything (CC0, MIT, Apache-2.0); where
they are not beside the checkout, drawn marks alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from training.edits import KINDS, Stock, canvas
from training.edits.canvas import Pixels, Rng
from training.edits.drawn import drawn_mark

# folder -> beginnings of the names of the files whose licence is open
OPEN = {
    "brand_logos_color": ("",),
    "brand_glyphs_mono": ("",),
    "crypto_tokens": ("",),
    "emoji_openmoji_noto_fluent": ("noto", "fluent"),
}
GROUNDS = {"avatars_alohe": ("",)}
_RENDERED = 128  # edits are made at this side and then made small


def files(images: Path, folders: Mapping[str, tuple[str, ...]]) -> list[Path]:
    """The pictures of some folders, sorted."""
    return [
        path
        for folder, beginnings in folders.items()
        for path in sorted((images / folder).glob("*.webp"))
        if path.name.startswith(beginnings)
    ]


def read(path: Path) -> Pixels:
    """A mark with alpha."""
    return np.asarray(Image.open(path).convert("RGBA"))


def textures(rng: Rng, count: int, over: list[Pixels]) -> list[Pixels]:
    """Busy grounds in place of photos: gradients with noise and scattered other pictures."""
    made = []
    for _ in range(count):
        ground = canvas.gradient(_RENDERED, rng)
        rough = cv2.resize(rng.normal(0, rng.uniform(5, 45), (16, 16, 3)), (_RENDERED, _RENDERED))
        ground = np.clip(ground + rough + rng.normal(0, 6, ground.shape), 0, 255).astype(np.uint8)
        for _ in range(int(rng.integers(0, 7))):
            other = over[int(rng.integers(len(over)))]
            share, at = rng.uniform(0.2, 0.9), rng.uniform(0, 1, 2)
            ground = canvas.placed(ground, other, share, (float(at[0]), float(at[1])))
        made.append(ground)
    return made


def marks(images: Path, drawn: int, seed: int) -> list[Pixels]:
    """All marks to learn from: open ones beside the checkout, and `drawn` drawn ones."""
    rng = np.random.default_rng(seed)
    return [*map(read, files(images, OPEN)), *(drawn_mark(rng) for _ in range(drawn))]


def _of_marks(task: tuple[list[Pixels], list[Pixels], list[Pixels], int, int, int]) -> Pixels:
    chosen, others, grounds, per_mark, side, seed = task
    cv2.setNumThreads(1)
    rng = np.random.default_rng(seed)
    stock = Stock(grounds, others, _RENDERED)
    out = np.empty((len(chosen), per_mark, side, side, 3), np.uint8)
    for number, mark in enumerate(chosen):
        for turn in range(per_mark):
            kind = KINDS[0] if turn == 0 else KINDS[int(rng.integers(len(KINDS)))]
            out[number, turn] = canvas.resized(kind(mark, stock, rng), side)
    return out


def pool(
    found: list[Pixels], grounds: list[Pixels], per_mark: int, side: int, seed: int, workers: int
) -> NDArray[np.uint8]:
    """[marks, per_mark, side, side, 3]: each mark clean once, then under edits drawn at random."""
    step = 200
    tasks = [
        (
            found[at : at + step],
            found[:: max(1, len(found) // 300)],
            grounds,
            per_mark,
            side,
            seed + at,
        )
        for at in range(0, len(found), step)
    ]
    with ProcessPoolExecutor(workers) as workers_pool:
        return np.concatenate(list(workers_pool.map(_of_marks, tasks)))
