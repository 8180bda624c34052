"""How likely a picture shows a mark, from what was measured of their alignment: one number, 0..1.

Boosted trees over the figures of `compare` (Friedman 2001), fitted by `make embedding` on marks that are
in no registry, kept as plain arrays. 0.5 is where about one ordinary picture in 1,000 is still taken for
some mark of several hundred, 0.8 where one in 10,000 is (set on the strangers of `make bench-images`).
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detector.errors import MarkError
from detector.image.compare import FIGURES, Aligned
from detector.types import Proved

# By geometry: corners at so many places of the mark agree, and its edges run where they should
CORNERS, EDGES_OF_CORNERS = 9, 0.55
# By two comparisons of which neither knows the other: the network, and edges or the hash
NETWORK, EDGES, HASH = 0.70, 0.68, 0.55


@dataclass(frozen=True, slots=True)
class Likeness:
    """The trees as parallel arrays of nodes; `root` is where each tree begins.

    feature: -1 = a leaf that adds `value`; else go `left` where the figure is at most `threshold`.
    low, high: the scores that are called 0.5 and 0.8.
    """

    root: NDArray[np.int32]
    feature: NDArray[np.int32]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    low: float
    high: float

    @staticmethod
    def load(path: Path) -> Likeness:
        """Raises MarkError, naming the file, where it holds no trees for these figures."""
        try:
            with np.load(path, allow_pickle=False) as held:
                names = [str(name) for name in held["figures"]]
                if tuple(names) != FIGURES:
                    raise MarkError(f"{path}: was fitted to other figures; run `make embedding`")
                return Likeness(
                    held["root"], held["feature"], held["threshold"], held["left"], held["right"],
                    held["value"], float(held["low"]), float(held["high"]),
                )  # fmt: skip
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise MarkError(f"{path}: holds no trees ({error})") from error

    def scores(self, figures: NDArray[np.float64]) -> NDArray[np.float64]:
        """[n] scores without bound, of figures [n, len(FIGURES)]."""
        return np.asarray(
            _sums(
                figures, self.root, self.feature, self.threshold, self.left, self.right, self.value
            )
        )

    def similarity(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scores as 0..1: `low` is 0.5 and `high` 0.8, on a logistic curve."""
        slope = np.log(0.8 / 0.2) / max(self.high - self.low, 1e-6)
        return np.asarray(1 / (1 + np.exp(-slope * (scores - self.low))), np.float64)


@njit(cache=True, nogil=True)
def _sums(figures, root, feature, threshold, left, right, value):  # type: ignore[no-untyped-def]
    out = np.zeros(figures.shape[0])
    for row in range(figures.shape[0]):
        for first in root:
            node = first
            while feature[node] >= 0:
                low = figures[row, feature[node]] <= threshold[node]
                node = left[node] if low else right[node]
            out[row] += value[node]
    return out


def proved(one: Aligned) -> Proved:
    """By which comparisons an alignment is shown; a hash alone is never enough."""
    f = dict(zip(FIGURES, one.figures, strict=True))
    if np.expm1(f["cells"]) >= CORNERS and f["there"] >= EDGES_OF_CORNERS:
        return Proved.GEOMETRY
    if f["near"] >= NETWORK and (f["there"] >= EDGES or f["hash"] >= HASH):
        return Proved.TWO
    return Proved.ONE
