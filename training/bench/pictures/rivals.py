"""What others offer for the same task, each as it is used: a score for every mark, the best one wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import imagehash
import numpy as np
import pdqhash
from numpy.typing import NDArray
from PIL import Image

from training.edits.canvas import Pixels

Answer: TypeAlias = tuple[float, int]  # higher is likelier; number of the mark
Bits: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rival:
    """A name, and what it makes of a picture once it knows the marks."""

    name: str
    answer: Callable[[Pixels], Answer]


def rivals(marks: Sequence[Pixels]) -> list[Rival]:
    """All of them, with the marks learnt."""
    hashes: dict[str, Callable[[Pixels], Bits]] = {
        "phash 64": lambda rgb: _flat(imagehash.phash(Image.fromarray(rgb))),
        "phash 256": lambda rgb: _flat(imagehash.phash(Image.fromarray(rgb), hash_size=16)),
        "dhash 256": lambda rgb: _flat(imagehash.dhash(Image.fromarray(rgb), hash_size=16)),
        "whash 64": lambda rgb: _flat(imagehash.whash(Image.fromarray(rgb))),
        "PDQ": _pdq,
    }
    found = [_by_hash(name, of, marks) for name, of in hashes.items()]
    return [*found, _crop_resistant(marks), _orb(marks)]


def _flat(hashed: imagehash.ImageHash) -> Bits:
    return np.asarray(hashed.hash, np.bool_).ravel()


def _pdq(rgb: Pixels) -> Bits:
    vector, _ = pdqhash.compute(rgb)
    return np.asarray(vector, np.bool_)


def _by_hash(name: str, of: Callable[[Pixels], Bits], marks: Sequence[Pixels]) -> Rival:
    known = np.stack([of(mark) for mark in marks])

    def answer(rgb: Pixels) -> Answer:
        apart = (known != of(rgb)).mean(axis=1)
        best = int(apart.argmin())
        return -float(apart[best]), best

    return Rival(name, answer)


def _crop_resistant(marks: Sequence[Pixels]) -> Rival:
    known = [imagehash.crop_resistant_hash(Image.fromarray(mark)) for mark in marks]

    def answer(rgb: Pixels) -> Answer:
        asked = imagehash.crop_resistant_hash(Image.fromarray(rgb))
        scores = [_segments(asked, one) for one in known]
        best = int(np.argmax(scores))
        return scores[best], best

    return Rival("crop-resistant", answer)


def _segments(a: imagehash.ImageMultiHash, b: imagehash.ImageMultiHash) -> float:
    count, apart = a.hash_diff(b)
    return float(count) - float(apart) / 1000


def _orb(marks: Sequence[Pixels]) -> Rival:
    """ORB as the manual has it, with ratio test and RANSAC; the count of inliers is the score."""
    orb = cv2.ORB_create(500, fastThreshold=5)  # type: ignore[attr-defined]
    known = [orb.detectAndCompute(mark, None) for mark in marks]
    matcher = cv2.BFMatcher(cv2.NORM_HAMMING)

    def answer(rgb: Pixels) -> Answer:
        points, bits = orb.detectAndCompute(rgb, None)
        best = (0.0, 0)
        for number, (mark_points, mark_bits) in enumerate(known):
            if bits is None or mark_bits is None or len(mark_bits) < 2:
                continue
            pairs = matcher.knnMatch(bits, mark_bits, k=2)
            good = [p[0] for p in pairs if len(p) == 2 and p[0].distance < 0.8 * p[1].distance]
            if len(good) < 4 or len(good) <= best[0]:
                continue
            source = np.array([points[m.queryIdx].pt for m in good], np.float32)
            goal = np.array([mark_points[m.trainIdx].pt for m in good], np.float32)
            _, inside = cv2.estimateAffinePartial2D(source, goal, ransacReprojThreshold=5)
            count = 0.0 if inside is None else float(inside.sum())
            best = max(best, (count, number))
        return best

    return Rival("ORB + geometry", answer)
