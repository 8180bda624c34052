"""The pictures that are asked about: marks under edits, second sources, strangers; made from seeds."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from PIL import Image

from detector.image.canonical import ground_of
from detector.image.picture import over
from training.bench.pictures.collection import Collection
from training.edits import KINDS, Stock
from training.edits.canvas import Pixels

EACH = 120  # pictures of each kind of edit
GROUNDS = 500  # photos that edits use; strangers too, but never both in one picture
STRANGER_EDITS = 2  # edited pictures of each stranger beside the plain one


@dataclass(frozen=True, slots=True)
class Query:
    """One picture. sort: syn, real or stranger. group: edit, second source or folder.

    number: of the mark, second source or stranger. turn: which of several edits. body: whose it is.
    """

    sort: str
    group: str
    number: int
    turn: int
    body: str

    @property
    def name(self) -> str:
        """What it is called in results."""
        return f"{self.group} {self.number} {self.turn}"


def queries(c: Collection, each: int = EACH) -> list[Query]:
    """All queries, in order."""
    found = []
    for kind in KINDS:
        rng = np.random.default_rng(zlib.crc32(kind.__name__.encode()))
        chosen = rng.choice(len(c.marks), each, replace=each > len(c.marks))
        found += [
            Query("syn", kind.__name__, int(n), turn, c.marks[int(n)].body)
            for turn, n in enumerate(chosen)
        ]
    found += [Query("real", one.group, n, 0, one.body) for n, one in enumerate(c.second)]
    turns = range(1 + STRANGER_EDITS)
    found += [
        Query("stranger", one.group, n, turn, "")
        for turn in turns
        for n, one in enumerate(c.strangers)
    ]
    return found


class Studio:
    """Makes the pictures of queries."""

    def __init__(self, c: Collection) -> None:
        self._c = c
        photos = [one for one in c.strangers if one.group == "photos_imagenet_sample"][:GROUNDS]
        others = [one for one in c.strangers if one.group == "football_crests"][:300]
        self._stock = Stock(
            [np.asarray(Image.open(one.path).convert("RGB")) for one in photos],
            [one.read() for one in others],
        )

    def picture(self, query: Query) -> Pixels:
        """RGB [h, w, 3]."""
        rng = np.random.default_rng([zlib.crc32(query.group.encode()), query.number, query.turn])
        if query.sort == "syn":
            edit = next(edit for edit in KINDS if edit.__name__ == query.group)
            return edit(self._c.marks[query.number].read(), self._stock, rng)
        item = (self._c.second if query.sort == "real" else self._c.strangers)[query.number]
        rgba = item.read()
        if query.turn:
            return KINDS[int(rng.integers(len(KINDS)))](rgba, self._stock, rng)
        return over(rgba, ground_of(rgba))
