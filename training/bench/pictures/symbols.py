"""State symbols in scenes: are they found from 15 % of the area on, and only where they are?

The shipped marks of state symbols are looked for in photos into which other renderings of the symbols
were put, and in photos, crests, other flags and icons without any.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from detector.image.canonical import ground_of
from detector.image.codes import read_codes
from detector.image.compare import Comparer
from detector.image.embedding import opened
from detector.image.likeness import Likeness
from detector.image.look import Looker, Sighting
from detector.image.marks import all_marks, descriptions
from detector.image.picture import Picture, over
from detector.settings import Settings
from training.bench.pictures.collection import EMBLEMS, collect
from training.bench.report import Share, Table
from training.edits import canvas
from training.edits.canvas import Pixels
from training.edits.kinds import Stock
from training.marks.symbols import national_flag

SCENES = 100  # of each symbol
SHARES = (0.15, 0.60)  # of the area
WORKERS = 2
NAMES = {
    "guohui": "symbol.national-emblem",
    "danghui": "symbol.party-emblem",
    "jinghui": "symbol.police-emblem",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """The best state symbol seen in a picture: whose ("" = none), how alike, how proved."""

    entity: str
    similarity: float
    proved: str


class Scenes:
    """The shipped symbols, and pictures with and without them."""

    def __init__(self, images: Path) -> None:
        cv2.setNumThreads(1)
        settings = Settings()
        self.placed = all_marks(settings.registries)
        described = tuple(descriptions(self.placed, settings.network, settings.cache))
        likeness = Likeness.load(settings.network / "likeness.npz")
        comparer = Comparer(described, opened(settings.network))
        self.looker = Looker(comparer, likeness, read_codes, None)
        c = collect(images, settings.registries)
        self.strangers = [one for one in c.strangers if one.group != "app_icons_cn"]
        photos = [one for one in c.strangers if one.group == "photos_imagenet_sample"][:500]
        self.stock = Stock([np.asarray(Image.open(p.path).convert("RGB")) for p in photos], [])
        self.symbols = _renderings(images)
        flags = sorted((images / "flags").glob("*.webp"))
        self.flags = [p for p in flags if p.stem.partition("__")[2] != "cn"]

    def scene(self, name: str, number: int) -> Pixels:
        """A photo with a rendering of a symbol somewhere in it."""
        rng = np.random.default_rng([number, len(name)])
        drawn = self.symbols[name]
        mark = drawn[number % len(drawn)]
        height, width = mark.shape[:2]
        area = rng.uniform(*SHARES)
        share = min(0.98, float(np.sqrt(area * max(width / height, height / width))))
        room = max(0.0, (1 - share) / 2)
        at = (0.5 + rng.uniform(-room, room), 0.5 + rng.uniform(-room, room))
        return canvas.placed(self.stock.photo(rng), mark, share, at)

    def seen(self, rgb: Pixels) -> Seen:
        """The likeliest state symbol in a picture."""
        rgba = np.concatenate([rgb, np.full((*rgb.shape[:2], 1), 255, np.uint8)], axis=2)
        picture = Picture("", "", rgb.shape[1], rgb.shape[0], (rgba,))
        found: list[Sighting] = list(self.looker.look_at(picture).sightings)
        symbols = [s for s in found if self.placed[s.mark].mark.entity.startswith("symbol.")]
        if not symbols:
            return Seen("", 0.0, "")
        best = symbols[0]
        return Seen(self.placed[best.mark].mark.entity, best.similarity, str(best.proved))


def _renderings(images: Path) -> dict[str, list[Pixels]]:
    """Renderings of each symbol; those that the shipped descriptions were made from are among them."""
    found = {"symbol.national-flag": [np.asarray(national_flag().convert("RGBA"))]}
    for path in sorted((images / "flags").glob("*__cn.webp")):
        found["symbol.national-flag"].append(np.asarray(Image.open(path).convert("RGBA")))
    for path in sorted((images / "emblems_wild").glob("*.webp")):
        emblem = next((e for name, e in EMBLEMS.items() if path.name.startswith(name)), "")
        picture = np.asarray(Image.open(path).convert("RGBA"))
        if emblem in NAMES and min(picture.shape[:2]) >= 48:
            found.setdefault(NAMES[emblem], []).append(picture)
    return found


@lru_cache(maxsize=1)
def _scenes(images: Path) -> Scenes:
    return Scenes(images)


def _scene(task: tuple[Path, str, int]) -> Seen:
    images, name, number = task
    scenes = _scenes(images)
    if name == "stranger":
        rgba = scenes.strangers[number].read()
        return scenes.seen(over(rgba, ground_of(rgba)))
    if name == "flag":
        return scenes.seen(over(np.asarray(Image.open(scenes.flags[number]).convert("RGBA")), 255))
    return scenes.seen(scenes.scene(name, number))


def run(images: Path) -> int:
    """Measure and print; 0 done."""
    scenes = _scenes(images)
    names = [*scenes.symbols]
    tasks = [(images, name, n) for name in names for n in range(SCENES)]
    tasks += [(images, "stranger", n) for n in range(len(scenes.strangers))]
    tasks += [(images, "flag", n) for n in range(len(scenes.flags))]
    with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
        seen = list(pool.map(_scene, tasks, chunksize=40))
    table = Table("State symbols in scenes, 15-60 % of the area",
                  ("picture", "held (similarity 0.5)", "certain (0.8) and proved"))  # fmt: skip
    for name in [*names, "stranger", "flag"]:
        own = [s for (_, which, _), s in zip(tasks, seen, strict=True) if which == name]
        right = [s for s in own if s.entity == name or name in ("stranger", "flag")]
        held = Share(sum(s.similarity >= 0.5 for s in right), len(own))
        sure = Share(
            sum(s.similarity >= 0.8 and s.proved != "one_comparison" for s in right), len(own)
        )
        table.add(name, held, sure)
    table.show()
    return 0
