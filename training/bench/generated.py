"""A registry of a million generated names, for measuring the index at that size; no name is real."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from detector.registry.lookup import Key, Lookup, build, sizes_of
from detector.text import tables, words

SEED, SIZE = 20261123, 1_000_000


def names(size: int = SIZE, seed: int = SEED) -> Iterator[str]:
    """Different names of one to three everyday words and an organ noun, 4 to 12 symbols long."""
    rng = random.Random(seed)
    known = sorted(w for w in words.listed() if 2 <= len(w) <= 3 and not w.isascii())
    nouns = sorted({n for n, *_ in tables.rows("organ_nouns", 1) if len(n) > 1})
    seen: set[str] = set()
    while len(seen) < size:
        made = "".join(rng.choices(known, k=rng.choice((1, 2, 2, 3)))) + rng.choice(nouns)
        if made not in seen and 4 <= len(made) <= 12:
            seen.add(made)
            yield made


@dataclass(frozen=True, slots=True)
class Built:
    """A generated index: seconds to build and to open, bytes on disk."""

    lookup: Lookup
    build: float
    open: float
    size: int


def built(listed: Sequence[str], folder: Path) -> Built:
    """The index of generated names in `folder`, opened."""
    keys = [Key(name, disguises=True, steps=True) for name in listed]
    started = time.perf_counter()
    build(keys, folder, SEED)
    made = time.perf_counter()
    lookup = Lookup(folder)
    lookup.find(["山"])  # maps what a search touches
    opened = time.perf_counter()
    return Built(
        lookup, made - started, opened - made, int(np.sum(list(sizes_of(folder).values())))
    )
