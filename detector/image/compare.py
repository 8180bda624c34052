"""A picture against all marks: hypotheses from views and keypoints, each proved on the aligned picture.

Views (whole, content, middles, quarters) are looked up by the network; keypoints vote. Either way
yields hypotheses "this mark lies here", an affine map each. The picture is then warped onto the mark
and compared with it edge by edge, by hash, by network and by colour; `figures` are what was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.image import canonical, description, embedding, hashes, keypoints, layout, views
from detector.image.description import Description
from detector.image.picture import Pixels
from detector.image.pose import Pose, poses
from detector.image.votes import BitIndex

LIGHT, EDGE = 420, 300  # keypoints of a picture
FROM_KEYPOINTS, FROM_VIEWS, PROVED = 8, 8, 5
# A hypothesis of a view is moved about a little before it is judged
_NUDGES = ((0, 0, -0.08), (0, 0, 0.08), (0.05, 0, 0), (-0.05, 0, 0), (0, 0.05, 0), (0, -0.05, 0))
NUDGED = 3


@dataclass(frozen=True, slots=True)
class Aligned:
    """A mark laid over a picture, and how well it fits.

    mark: its number. mirrored: the picture shows its mirror image. affine: [2, 3], picture (longer
    side 256) -> mark (256). view: the part it was found in, "" = by keypoints. figures: by FIGURES.
    """

    mark: int
    mirrored: bool
    affine: NDArray[np.float64]
    view: str
    figures: NDArray[np.float64]


FIGURES = (
    "there", "elsewhere", "worst", "hash", "near", "near_view", "colour", "inliers", "cells",
    "weight", "seen", "zoom", "detail", "squeeze",
)  # fmt: skip


class Comparer:
    """All marks, ready to be compared with pictures; holds no state between them."""

    def __init__(self, marks: Sequence[Description], network: embedding.Embedding) -> None:
        self.marks, self.network = marks, network
        sets = [k for mark in marks for k in mark.keypoints]
        self._stored = keypoints.joined(tuple(sets)) if sets else keypoints.EMPTY
        self._owner = np.repeat(np.arange(len(sets), dtype=np.int32), [len(s) for s in sets])
        self._index = BitIndex(self._stored.bits, self._owner)
        self._vectors = (
            np.concatenate([mark.vectors for mark in marks])
            if marks else np.empty((0, embedding.DIMENSIONS), np.float32)
        )  # fmt: skip
        self._finder = keypoints.Finder(LIGHT, EDGE)
        self._detail = [float((m.maps[0][..., 0] > 24).mean()) for m in marks]

    def compare(self, rgb: Pixels) -> list[Aligned]:
        """The best alignment of each of the likeliest marks with a picture, RGB [h, w, 3]."""
        if not self.marks:
            return []
        picture, _ = views.normal(rgb, keypoints.SIDE)
        if canonical.detail(picture) < 0.004:
            return []
        scaled = Scaled(picture)
        measured = [self._measured(scaled, *one) for one in self._from_keypoints(picture)]
        of_views = [self._measured(scaled, *one) for one in self._from_views(picture)]
        of_views.sort(key=lambda one: (-_promise(one), one.mark))
        measured += [self._nudged(scaled, one) for one in of_views[:NUDGED]] + of_views[NUDGED:]
        best: dict[tuple[int, bool], Aligned] = {}
        for one in measured:
            key = (one.mark, one.mirrored)
            if key not in best or _promise(one) > _promise(best[key]):
                best[key] = one
        chosen = sorted(best.values(), key=lambda one: (-_promise(one), one.mark))[:PROVED]
        return self._with_network(scaled, chosen)

    def _nudged(self, scaled: Scaled, one: Aligned) -> Aligned:
        """The same hypothesis moved about a little, where that fits better."""
        owner, near = one.mark * 2 + one.mirrored, float(one.figures[5])
        for step in (1.0, 0.5):
            tries = [
                self._measured(scaled, owner, _nudged(one.affine, dx * step, dy * step, 1 + z * step),
                               one.view, None, near)
                for dx, dy, z in _NUDGES
            ]  # fmt: skip
            best = max(tries, key=_promise)
            one = best if _promise(best) > _promise(one) else one
        return one

    def _from_keypoints(
        self, picture: Pixels
    ) -> list[tuple[int, NDArray[np.float64], str, Pose | None, float]]:
        found = self._finder.find(picture)
        matches = self._index.find(found.bits)
        agreed = poses(found, self._stored, self._owner, matches, FROM_KEYPOINTS)
        return [(pose.owner, pose.affine, "", pose, 0.0) for pose in agreed]

    def _from_views(
        self, picture: Pixels
    ) -> list[tuple[int, NDArray[np.float64], str, Pose | None, float]]:
        parts = views.views(picture)
        seen = np.stack([views.cut(picture, part.box, embedding.SIDE) for part in parts])
        likeness = self.network.vectors(seen) @ self._vectors.T
        order = np.argsort(-likeness, axis=None, kind="stable")[: FROM_VIEWS * 3]
        found: dict[int, tuple[int, NDArray[np.float64], str, Pose | None, float]] = {}
        for at in order:
            part, owner = divmod(int(at), likeness.shape[1])
            if owner not in found and len(found) < FROM_VIEWS:
                affine = _onto(parts[part].box)
                found[owner] = (owner, affine, parts[part].name, None, float(likeness[part, owner]))
        return list(found.values())

    def _measured(
        self, scaled: Scaled, owner: int, affine: NDArray[np.float64], view: str,
        pose: Pose | None, near: float,
    ) -> Aligned:  # fmt: skip
        number, mirrored = divmod(owner, 2)
        mark = self.marks[number]
        laid, seen = scaled.laid(affine)
        fit = layout.agreement(mark.maps[mirrored], layout.layout(laid), seen)
        light = np.asarray(cv2.cvtColor(laid, cv2.COLOR_RGB2GRAY), np.uint8)[None]
        apart = int(hashes.distance(hashes.dct(light)[0], mark.hashes[mirrored]))
        apart = min(apart, hashes.BITS - apart)  # the negative has the opposite bits
        across = np.linalg.svd(affine[:, :2], compute_uv=False)
        figures = np.array([
            *fit, 1 - apart / 128, 0.0, near, 0.0,
            np.log1p(pose.inliers) if pose else 0.0, np.log1p(pose.cells) if pose else 0.0,
            np.log1p(pose.weight) if pose else 0.0, float(seen.mean()),
            float(np.log(np.sqrt(across[0] * across[1]))), self._detail[number],
            float(across[0] / across[1] - 1),
        ])  # fmt: skip
        return Aligned(number, bool(mirrored), affine, view, figures)

    def _with_network(self, scaled: Scaled, chosen: list[Aligned]) -> list[Aligned]:
        """The same with the network's word on the aligned picture, and its colours."""
        if not chosen:
            return []
        laid = np.stack([scaled.laid(one.affine)[0] for one in chosen])
        for one, vector, picture in zip(chosen, self.network.vectors(laid), laid, strict=True):
            mark = self.marks[one.mark]
            one.figures[4] = float(vector @ mark.vectors[int(one.mirrored)])
            upright = np.ascontiguousarray(picture[:, ::-1]) if one.mirrored else picture
            tint = float(np.abs(description.colours(upright) - mark.colours).mean())
            one.figures[6] = np.exp(-tint / 30)
        return chosen


def _promise(one: Aligned) -> float:
    """How much a hypothesis promises before the network is asked."""
    there, elsewhere, worst, near_hash = one.figures[:4]
    return float(there + 0.5 * elsewhere + 0.3 * worst + 0.5 * near_hash + 0.15 * one.figures[9]
                 + 0.5 * one.figures[5])  # fmt: skip


def _onto(box: views.Box) -> NDArray[np.float64]:
    """The map that takes a box of the picture to the square of a mark."""
    scale = keypoints.SIDE / (box[2] - box[0])
    return np.array([[scale, 0, -box[0] * scale], [0, scale, -box[1] * scale]])


def _nudged(affine: NDArray[np.float64], dx: float, dy: float, zoom: float) -> NDArray[np.float64]:
    """The map moved by shares of the side and zoomed about the middle of the mark."""
    half = keypoints.SIDE / 2
    moved = affine.copy() * zoom
    moved[:, 2] += half * (1 - zoom) + np.array([dx, dy]) * keypoints.SIDE
    return moved


class Scaled:
    """A picture at two sizes, to be warped onto marks without reading it finer than needed."""

    def __init__(self, picture: Pixels) -> None:
        """picture: longer side 256."""
        height, width = picture.shape[:2]
        half = (max(4, width // 2), max(4, height // 2))
        self._whole = picture
        self._half = np.asarray(cv2.resize(picture, half, interpolation=cv2.INTER_AREA), np.uint8)
        self._ratio = np.array([width / half[0], height / half[1]])
        self._inside = np.ones((max(1, height // 8), max(1, width // 8)), np.float32)
        self._coarse = np.array([width / self._inside.shape[1], height / self._inside.shape[0]])

    def laid(self, affine: NDArray[np.float64]) -> tuple[Pixels, NDArray[np.float32]]:
        """The picture warped onto the mark, [64, 64, 3], and which cells it fills, [16, 16]."""
        zoom = float(np.sqrt(abs(np.linalg.det(affine[:, :2]))))
        source, ratio = (self._half, self._ratio) if zoom < 1.7 else (self._whole, np.ones(2))
        small = affine * (layout.SIDE / keypoints.SIDE)
        small[:, :2] *= ratio
        side = (layout.SIDE, layout.SIDE)
        laid = cv2.warpAffine(source, small, side, flags=cv2.INTER_LINEAR,
                              borderMode=cv2.BORDER_REPLICATE)  # fmt: skip
        cells = affine * (layout.CELLS / keypoints.SIDE)
        cells[:, :2] *= self._coarse
        seen = cv2.warpAffine(self._inside, cells, (layout.CELLS,) * 2, flags=cv2.INTER_NEAREST)
        return np.asarray(laid, np.uint8), np.asarray(seen, np.float32)
