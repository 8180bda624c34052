"""From margins to probabilities, and how far off they are.

Platt's sigmoid (J. Platt, Probabilistic Outputs for Support Vector Machines, 1999) keeps the order of the
queue, which isotonic steps would tie.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from training.contenders import Margins
from training.dataset import Flags, Floats

BINS = 10


@dataclass(frozen=True, slots=True)
class Sigmoid:
    """probability = 1 / (1 + exp(-(slope * margin + shift))); slope > 0."""

    slope: float
    shift: float

    def probabilities(self, margins: Margins) -> Margins:
        """(n,) margins -> (n,) probabilities."""
        found: Margins = 1.0 / (1.0 + np.exp(-np.clip(self.slope * margins + self.shift, -60, 60)))
        return found


def calibrated(margins: Margins, risky: Flags, weight: Floats) -> Sigmoid:
    """The sigmoid that fits examples on which the ranker was not fitted.

    Raises ValueError where the margins do not grow with the risk.
    """
    with threadpool_limits(1):
        found = LogisticRegression(C=1e6, max_iter=1000).fit(
            margins.reshape(-1, 1), risky, sample_weight=weight
        )
    slope, shift = float(found.coef_[0, 0]), float(found.intercept_[0])
    if slope <= 0:
        raise ValueError(
            f"the ranker orders the calibration side the wrong way (slope {slope:.3f})"
        )
    return Sigmoid(slope, shift)


@dataclass(frozen=True, slots=True)
class Bin:
    """Accounts of similar scores: how many, what they were promised, what came of them (0..1)."""

    count: int
    promised: float
    happened: float


def bins(scores: Margins, risky: Flags, count: int = BINS) -> tuple[Bin, ...]:
    """The reliability plot: scores in equal steps of 0..1; empty bins are left out."""
    at: NDArray[np.int64] = np.minimum((scores * count).astype(np.int64), count - 1)
    return tuple(
        Bin(int(inside.sum()), float(scores[inside].mean()), float(risky[inside].mean()))
        for n in range(count)
        if (inside := at == n).any()
    )


def expected_error(scores: Margins, risky: Flags) -> float:
    """Expected calibration error, 0..1: the mean gap of promise and outcome, weighted by bin.

    Naeini, Cooper, Hauskrecht: Obtaining Well Calibrated Probabilities Using Bayesian Binning, 2015.
    """
    return sum(b.count * abs(b.promised - b.happened) for b in bins(scores, risky)) / len(scores)
