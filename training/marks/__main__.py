"""Make the shipped marks and example pictures again: python -m training.marks [--images DIR].

Run it after `make embedding`: descriptions hold the network's vectors. Without the folder of pictures
only what is drawn is made, and descriptions stay as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image

from detector.image.description import describe, packed
from detector.image.embedding import opened
from detector.image.marks import Mark, load, write
from detector.settings import Settings
from training.marks import example, symbols
from training.marks.catalogue import DESCRIBED, Described, found_below

ROOT = Path(__file__).resolve().parents[2]
ACCOUNTS = ROOT / "data" / "accounts" / "pictures"
RULES = "drawn by training/marks by the annex of 国旗法 (GB 12982)"
OWN = "drawn by training/marks; no such body exists"
DRAWN = {
    "state_symbols": (("symbol.national-flag", "五星红旗", symbols.national_flag, RULES),),
    "pictures_example": (
        ("example.luming-university", "校徽", example.university, OWN),
        ("example.luming-bank", "行徽", example.bank, OWN),
        ("example.luming-daily", "报徽", example.newspaper, OWN),
    ),
}


def main() -> int:
    """Make everything; 0 done."""
    parser = argparse.ArgumentParser(prog="python -m training.marks", description=__doc__)
    parser.add_argument("--images", type=Path, default=ROOT.parent / "shared" / "data" / "images")
    images: Path = parser.parse_args().images
    registries = Settings().registries
    of_source: dict[str, list[Mark]] = {}
    for source, drawn in DRAWN.items():
        for entity, title, make, cite in drawn:
            data = _png(make())
            folder = registries / source / "marks"
            mark = _mark(f"{entity}.drawn", entity, title, "png", "own", cite, data)
            folder.mkdir(exist_ok=True)
            (folder / mark.file).write_bytes(data)
            of_source.setdefault(source, []).append(mark)
    for source, marks in _described(images, registries):
        of_source.setdefault(source, []).extend(marks)
    for source, marks in of_source.items():
        write(registries / source / "marks", marks)
        print(f"{source}: {len(marks)} marks")
    _accounts()
    return 0


def _described(images: Path, registries: Path) -> Iterable[tuple[str, list[Mark]]]:
    """Marks that are shipped as descriptions; those on disk stay where their pictures are missing."""
    network = opened(Settings().network)
    for source in DESCRIBED:
        folder = registries / source / "marks"
        found = found_below(images, registries, source)
        if not found:
            kept = load(folder) if (folder / "marks.csv").exists() else ()
            yield source, [placed.mark for placed in kept if not placed.is_picture]
            continue
        marks = []
        for one in found:
            data = packed(describe(_read(one), network))
            mark = _mark(one.id, one.entity, one.title, "npz", one.licence, one.cite, data)
            folder.mkdir(exist_ok=True)
            (folder / mark.file).write_bytes(data)
            marks.append(mark)
        yield source, marks


def _read(one: Described) -> np.ndarray:
    return np.asarray(Image.open(one.path).convert("RGBA"))


def _mark(
    mark: str, entity: str, title: str, suffix: str, licence: str, cite: str, data: bytes
) -> Mark:
    return Mark(
        mark, entity, title, f"{mark}.{suffix}", licence, cite, hashlib.sha256(data).hexdigest()
    )


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _accounts() -> None:
    """The avatars of the example accounts."""
    ACCOUNTS.mkdir(parents=True, exist_ok=True)
    made = {
        "sunset.png": example.sunset(),
        "gate.png": example.on((250, 246, 235), example.university(), 0.7, 12),
        "coin.png": example.on((30, 30, 60), example.bank(), 0.62),
        "flag.png": example.on((255, 255, 255), symbols.national_flag(), 0.9),
    }
    for name, picture in made.items():
        (ACCOUNTS / name).write_bytes(_png(picture))


if __name__ == "__main__":
    sys.exit(main())
