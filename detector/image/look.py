"""What one picture shows: marks, printed text and codes, found once for each content.

Millions of accounts share a default avatar: results are kept by the hash of the bytes, up to a bound.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.image import canonical, keypoints
from detector.image.compare import FIGURES, Aligned, Comparer
from detector.image.likeness import Likeness, proved
from detector.image.picture import Picture, Pixels, decode, over
from detector.image.scaled import stretches
from detector.types import Box, Proved

# Below this similarity nothing is reported
FAINT = 0.35
KEPT = 50_000  # results; some 200 bytes each where nothing is shown


@dataclass(frozen=True, slots=True)
class Sighting:
    """A mark in a picture. mark: its number. region: in pixels of the original. share: of its area."""

    mark: int
    similarity: float
    proved: Proved
    region: Box
    share: float
    view: str
    transformation: tuple[str, ...]
    frame: int


@dataclass(frozen=True, slots=True)
class Writing:
    """Text in a picture, printed or in a code. sure: 0..1, of the reading."""

    text: str
    region: Box
    share: float
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that one picture shows."""

    sha256: str
    width: int
    height: int
    sightings: tuple[Sighting, ...] = ()
    printed: tuple[Writing, ...] = ()
    codes: tuple[Writing, ...] = ()


Reader = Callable[[Pixels], Sequence[Writing]]


class Looker:
    """Looks at pictures; keeps what it saw by content."""

    def __init__(
        self, comparer: Comparer, likeness: Likeness, read_codes: Reader, read_text: Reader | None,
        kept: int = KEPT,
    ) -> None:  # fmt: skip
        self._comparer, self._likeness = comparer, likeness
        self._read_codes, self._read_text = read_codes, read_text
        self._kept: OrderedDict[bytes, Look] = OrderedDict()
        self._most = kept
        self.hits = self.misses = 0

    def look(self, data: bytes, named: str) -> Look:
        """What the picture in `data` shows. Raises PictureError, naming it, where it is none."""
        key = _digest(data)
        found = self._kept.get(key)
        if found is not None:
            self.hits += 1
            self._kept.move_to_end(key)
            return found
        self.misses += 1
        found = self.look_at(decode(data, named))
        self._kept[key] = found
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return found

    def look_at(self, picture: Picture) -> Look:
        """What a decoded picture shows, looked for anew."""
        best: dict[int, Sighting] = {}
        for number, frame in enumerate(picture.frames):
            for sighting in self._sightings(picture, frame, number):
                known = best.get(sighting.mark)
                if known is None or _rank(sighting) > _rank(known):
                    best[sighting.mark] = sighting
        first = over(picture.frames[0], 255)
        return Look(
            picture.sha256, picture.width, picture.height,
            tuple(sorted(best.values(), key=lambda s: (-s.similarity, s.mark))),
            self._writings(self._read_text, picture, first),
            self._writings(self._read_codes, picture, first),
        )  # fmt: skip

    def _sightings(self, picture: Picture, frame: Pixels, number: int) -> list[Sighting]:
        grounds = [255] if frame[..., 3].min() == 255 else [255, 0]
        found: list[Sighting] = []
        for ground in grounds:
            rgb = over(frame, ground)
            aligned = self._comparer.compare(rgb)
            if not aligned:
                continue
            scores = self._likeness.scores(np.stack([one.figures for one in aligned]))
            for one, similarity in zip(aligned, self._likeness.similarity(scores), strict=True):
                if similarity >= FAINT:
                    found.append(_sighting(one, float(similarity), picture, rgb.shape, number))
        return _without_rivals(found)

    def _writings(self, read: Reader | None, picture: Picture, rgb: Pixels) -> tuple[Writing, ...]:
        if read is None:
            return ()
        fx, fy = picture.width / rgb.shape[1], picture.height / rgb.shape[0]
        return tuple(Writing(w.text, _scaled(w.region, fx, fy), w.share, w.sure) for w in read(rgb))


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def _rank(sighting: Sighting) -> tuple[bool, float]:
    return sighting.proved is not Proved.ONE, sighting.similarity


def _without_rivals(found: list[Sighting]) -> list[Sighting]:
    """Of marks seen at one place the likeliest, and those that come close to it."""
    kept: list[Sighting] = []
    for one in sorted(found, key=lambda s: -s.similarity):
        if all(_overlap(one.region, other.region) < 0.5 or one.similarity > 0.9 * other.similarity
               for other in kept):  # fmt: skip
            kept.append(one)
    return kept


def _overlap(a: Box, b: Box) -> float:
    """Shared area over the smaller area, 0..1."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return max(0, width) * max(0, height) / max(1, smaller)


def _scaled(box: Box, fx: float, fy: float) -> Box:
    return round(box[0] * fx), round(box[1] * fy), round(box[2] * fx), round(box[3] * fy)


def _sighting(
    one: Aligned, similarity: float, picture: Picture, shape: tuple[int, ...], frame: int
) -> Sighting:
    factor = keypoints.SIDE / max(shape[:2])
    width, height = shape[1] * factor, shape[0] * factor
    corners = corners_of(one.affine)
    box = (
        max(0.0, float(corners[:, 0].min())), max(0.0, float(corners[:, 1].min())),
        min(width, float(corners[:, 0].max())), min(height, float(corners[:, 1].max())),
    )  # fmt: skip
    share = max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1]) / (width * height)
    fx, fy = picture.width / width, picture.height / height
    region = (round(box[0] * fx), round(box[1] * fy), round(box[2] * fx), round(box[3] * fy))
    return Sighting(
        one.mark, round(similarity, 4), proved(one), region, round(share, 4), one.view,
        transformation(one), frame,
    )  # fmt: skip


def corners_of(affine: NDArray[np.float64]) -> NDArray[np.float64]:
    """[4, 2]: where the corners of the mark lie in the picture, its margin left out."""
    low, high = float(canonical.MARGIN), float(canonical.SIDE - canonical.MARGIN)
    square = np.array([[low, low], [high, low], [high, high], [low, high]])
    return np.asarray(np.linalg.solve(affine[:, :2], (square - affine[:, 2]).T).T, np.float64)


def transformation(one: Aligned) -> tuple[str, ...]:
    """What was undone to lay the picture over the mark, for people."""
    told = ["mirrored"] if one.mirrored else []
    turn = -float(np.degrees(np.arctan2(one.affine[1, 0], one.affine[0, 0])))
    if abs(turn) >= 4:
        told.append(f"turned {turn:+.0f} degrees")
    long, short = stretches(one.affine)
    if long > 1.15 * short:
        told.append(f"stretched {long / short:.2f}")
    if one.figures[FIGURES.index("seen")] < 0.93:
        told.append("cut")
    return tuple(told)
