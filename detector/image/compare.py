"""A picture against all marks: hypotheses from views and keypoints, each judged on the aligned picture.

Views (whole, content, middles, quarters) are looked up by the network; keypoints vote. Either way
yields hypotheses "this mark lies here", an affine map each. The picture is warped onto the mark and
compared with it edge by edge, by hash, by network and by colour; `figures` are what was measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.image import canonical, description, embedding, hashes, keypoints, layout, views
from detector.image.description import Description
from detector.image.nearest import HashIndex
from detector.image.picture import Pixels
from detector.image.pose import poses
from detector.image.scaled import Affine, Scaled, nudged, onto, stretches
from detector.image.votes import BitIndex

LIGHT, EDGE = 420, 300  # keypoints of a picture
# Hypotheses taken from each; how many of views are moved about; how many are judged to the end
FROM_KEYPOINTS, FROM_VIEWS, NUDGED, JUDGED = 8, 7, 2, 5
HASHED = 2  # views, the whole and the content, of which near-copies are looked up by hash
# Moves in shares of the side, and zoom, of a hypothesis that a view has given
_NUDGES = ((0, 0, -0.08), (0, 0, 0.08), (0.05, 0, 0), (-0.05, 0, 0), (0, 0.05, 0), (0, -0.05, 0))
# A picture with fewer edges is even; share of its pixels
LEAST_DETAIL = 0.004

FIGURES = (
    "there", "elsewhere", "well",  # edges, 16 x 16 (layout.agreement)
    "hash",  # 1 = same bits or all opposite, 0 = as far as chance
    "near", "near_view", "colour",  # network when aligned and in the view; colours, 0..1
    "inliers", "cells", "weight",  # of keypoints, log(1 + n)
    "seen", "zoom", "detail", "squeeze",  # share of the mark inside, log scale, mark's edges, shear
    "fine", "fine_elsewhere", "fine_well",  # edges, 32 x 32
    "near_lead", "there_lead", "weight_lead", "rivals",  # before the best other mark; their number
)  # fmt: skip
_AT = {name: number for number, name in enumerate(FIGURES)}


class Hypothesis(NamedTuple):
    """A mark (or its mirror image: `owner` = 2 x number + mirrored) may lie here."""

    owner: int
    affine: Affine
    view: str = ""
    near: float = 0.0
    inliers: int = 0
    cells: int = 0
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Aligned:
    """A mark laid over a picture, and how well it fits.

    mark: its number. mirrored: the picture shows its mirror image. affine: picture (longer side 256)
    -> mark (256). view: the part it was found in, "" = by keypoints. figures: in order of FIGURES.
    """

    mark: int
    mirrored: bool
    affine: Affine
    view: str
    figures: NDArray[np.float64]


class _Fit(NamedTuple):
    """A hypothesis and how the edges agree under it."""

    of: Hypothesis
    edges: tuple[float, float, float]

    @property
    def promise(self) -> float:
        """How much it promises before hash and network are asked."""
        there, elsewhere, well = self.edges
        by_points = 0.15 * np.log1p(self.of.weight)
        return float(there + 0.5 * elsewhere + 0.3 * well + by_points + 0.5 * self.of.near)


class Comparer:
    """All marks, ready to be compared with pictures; holds no state between them."""

    def __init__(self, marks: Sequence[Description], network: embedding.Embedding) -> None:
        self.marks, self._network = marks, network
        sets = [one for mark in marks for one in mark.keypoints]
        self._stored = keypoints.joined(tuple(sets)) if sets else keypoints.EMPTY
        self._owner = np.repeat(np.arange(len(sets), dtype=np.int32), [len(s) for s in sets])
        self._index = BitIndex(self._stored.bits, self._owner)
        vectors = [mark.vectors for mark in marks] or [
            np.empty((0, embedding.DIMENSIONS), np.float32)
        ]
        self._vectors = np.concatenate(vectors)
        same = [mark.hashes for mark in marks] or [np.empty((0, 4), np.uint64)]
        self._hashes = HashIndex(np.concatenate(same))
        self._finder = keypoints.Finder(LIGHT, EDGE)
        self._detail = [float((mark.maps[0][..., 0] > 24).mean()) for mark in marks]

    def compare(self, rgb: Pixels) -> list[Aligned]:
        """The best alignment of each of the likeliest marks with a picture, RGB [h, w, 3]."""
        picture, _ = views.normal(rgb, keypoints.SIDE)
        if not self.marks or canonical.detail(picture) < LEAST_DETAIL:
            return []
        scaled = Scaled(picture)
        fits = [self._fit(scaled, one) for one in self._from_keypoints(picture)]
        of_views = _promising(self._fit(scaled, one) for one in self._from_views(picture))
        fits += [self._moved(scaled, one) for one in of_views[:NUDGED]] + of_views[NUDGED:]
        best: dict[int, _Fit] = {}
        for one in _promising(fits):
            best.setdefault(one.of.owner, one)
        judged = [self._judged(scaled, one) for one in list(best.values())[:JUDGED]]
        return self._with_network(scaled, judged)

    def _from_keypoints(self, picture: Pixels) -> list[Hypothesis]:
        found = self._finder.find(picture)
        matches = self._index.find(found.bits)
        return [
            Hypothesis(p.owner, p.affine, "", 0.0, p.inliers, p.cells, p.weight)
            for p in poses(found, self._stored, self._owner, matches, FROM_KEYPOINTS)
        ]

    def _from_views(self, picture: Pixels) -> list[Hypothesis]:
        parts = views.views(picture)
        seen = np.stack([views.cut(picture, part.box, embedding.SIDE) for part in parts])
        likeness = self._network.vectors(seen) @ self._vectors.T
        best = likeness.argmax(axis=0)
        top = likeness[best, np.arange(len(best))]
        grey = np.stack([cv2.cvtColor(one, cv2.COLOR_RGB2GRAY) for one in seen[:HASHED]])
        same = [
            Hypothesis(int(owner), onto(part.box), part.name, float(likeness[number, owner]))
            for number, (part, one) in enumerate(zip(parts, hashes.dct(grey), strict=False))
            for owner in self._hashes.within(one).row[:2]
        ]
        return same + [
            Hypothesis(int(owner), onto(parts[best[owner]].box), parts[best[owner]].name, float(top[owner]))
            for owner in np.argsort(-top, kind="stable")[:FROM_VIEWS]
        ]  # fmt: skip

    def _fit(self, scaled: Scaled, one: Hypothesis) -> _Fit:
        number, mirrored = divmod(one.owner, 2)
        laid, seen = scaled.laid(one.affine)
        edges = layout.agreement(self.marks[number].maps[mirrored], layout.layout(laid), seen)
        return _Fit(one, edges)

    def _moved(self, scaled: Scaled, one: _Fit) -> _Fit:
        """The same hypothesis moved about a little, where that fits better."""
        for step in (1.0, 0.5):
            tries = [
                one.of._replace(affine=nudged(one.of.affine, dx * step, dy * step, 1 + zoom * step))
                for dx, dy, zoom in _NUDGES
            ]
            best = max((self._fit(scaled, other) for other in tries), key=lambda f: f.promise)
            if best.promise <= one.promise:
                break
            one = best
        return one

    def _judged(self, scaled: Scaled, fit: _Fit) -> Aligned:
        """Everything but the network's word and the lead over others."""
        one = fit.of
        number, mirrored = divmod(one.owner, 2)
        mark = self.marks[number]
        laid, _ = scaled.laid(one.affine)
        light = np.asarray(cv2.cvtColor(laid, cv2.COLOR_RGB2GRAY), np.uint8)[None]
        apart = int(hashes.distance(hashes.dct(light)[0], mark.hashes[mirrored]))
        apart = min(apart, hashes.BITS - apart)  # the negative has the opposite bits
        upright = np.ascontiguousarray(laid[:, ::-1]) if mirrored else laid
        tint = float(np.abs(description.colours(upright) - mark.colours).mean())
        fine, seen = scaled.laid(one.affine, layout.FINE_SIDE)
        detailed = layout.mirrored(mark.fine) if mirrored else mark.fine
        long, short = stretches(one.affine)
        figures = np.array([
            *fit.edges, 1 - apart / 128, 0.0, one.near, np.exp(-tint / 30),
            np.log1p(one.inliers), np.log1p(one.cells), np.log1p(one.weight),
            seen.mean(), np.log(max(long * short, 1e-6)) / 2, self._detail[number],
            long / max(short, 1e-6) - 1,
            *layout.agreement(detailed, layout.layout(fine), seen), 0.0, 0.0, 0.0, 0.0,
        ])  # fmt: skip
        return Aligned(number, bool(mirrored), one.affine, one.view, figures)

    def _with_network(self, scaled: Scaled, judged: list[Aligned]) -> list[Aligned]:
        """The same with the network's word, and how far each leads the others."""
        if not judged:
            return []
        laid = np.stack([scaled.laid(one.affine)[0] for one in judged])
        for one, vector in zip(judged, self._network.vectors(laid), strict=True):
            own = self.marks[one.mark].vectors[int(one.mirrored)]
            one.figures[_AT["near"]] = float(vector @ own)
        for one in judged:
            _lead(one, [other for other in judged if other.mark != one.mark])
        return judged


def _promising(fits: Iterable[_Fit]) -> list[_Fit]:
    return sorted(fits, key=lambda fit: (-fit.promise, fit.of.owner))


def _lead(one: Aligned, others: list[Aligned]) -> None:
    """How far a mark leads: an unknown seal resembles many marks, a known one its own."""
    for lead, of in (("near_lead", "near"), ("there_lead", "there"), ("weight_lead", "weight")):
        best = max((float(other.figures[_AT[of]]) for other in others), default=0.0)
        one.figures[_AT[lead]] = float(one.figures[_AT[of]]) - best
    one.figures[_AT["rivals"]] = len(others)
