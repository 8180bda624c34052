"""Whether accounts of two periods differ: features and scores by the population stability index.

PSI = sum over bins of (new - old) * ln(new / old), with shares of accounts in each bin; 0 = no change.
The usual reading (B. Yurdakul, Statistical Properties of the Population Stability Index, 2018): below 0.1
nothing to speak of, from 0.25 on another population.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detector.contract import Reported, read_row
from detector.errors import DataError, RowError
from detector.features import FEATURES, vector
from detector.files import BadRow, open_input, parsed
from detector.pipeline import Screener

WATCH, ACT = 0.1, 0.25
# Bins of equal width over a feature's range; of counts, one a value
BINS = 10
# A share no bin falls below, so that an empty one is far and not infinitely far
LEAST_SHARE = 1e-4
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Drift:
    """One number of two periods: its mean in each, and the index of its distributions, >= 0."""

    name: str
    old: float
    new: float
    psi: float

    @property
    def verdict(self) -> str:
        """What the index says, in words."""
        if self.psi >= ACT:
            return "another population: find out why, label some of the new and train again"
        return "watch it" if self.psi >= WATCH else "as before"


def psi(old: NDArray[np.float64], new: NDArray[np.float64], edges: NDArray[np.float64]) -> float:
    """The index of two samples over bins; edges: of the bins, rising, and all values within them."""
    shares = [np.histogram(values, edges)[0] / max(len(values), 1) for values in (old, new)]
    before, after = (np.maximum(share, LEAST_SHARE) for share in shares)
    return float(((after - before) * np.log(after / before)).sum())


def drift(old: Path, new: Path, screener: Screener, as_of: date) -> list[Drift]:
    """Every feature and the score of two account files, those that moved most first.

    Raises DataError where a file holds no account.
    """
    (before, scores_before), (after, scores_after) = (
        _read(path, screener, as_of) for path in (old, new)
    )
    found = [
        _of(feature.name, before[:, at], after[:, at], feature.high)
        for at, feature in enumerate(FEATURES)
    ]
    if len(scores_before) and len(scores_after):
        found.append(_of("score", scores_before, scores_after, 1.0))
    return sorted(found, key=lambda one: (-one.psi, one.name))


def verdict(found: Sequence[Drift]) -> str:
    """One sentence on all of it."""
    worst = [one for one in found if one.psi >= ACT]
    watched = [one.name for one in found if WATCH <= one.psi < ACT]
    if worst:
        return f"Another population in {', '.join(one.name for one in worst)}: {worst[0].verdict}."
    if watched:
        return f"Nothing to act on; watch {', '.join(watched)}."
    return "The two periods are alike."


def _of(
    name: str, old: NDArray[np.float64], new: NDArray[np.float64], high: float
) -> Drift:  # fmt: skip
    bins = int(high) + 1 if high > 1 else BINS
    edges = np.linspace(0.0, high + (1.0 if high > 1 else 1e-9), bins + 1)
    return Drift(name, float(old.mean()), float(new.mean()), psi(old, new, edges))


def _read(
    path: Path, screener: Screener, as_of: date
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(n, features) and (n,) scores, or none where no model is installed."""
    reported = list(_accounts(path))
    if not reported:
        raise DataError(f"{path}: no account in it")
    features: list[tuple[float, ...]] = []
    scores: list[float] = []
    for start in range(0, len(reported), BATCH):
        accounts = [one.account for one in reported[start : start + BATCH]]
        for found in screener.screen(accounts, as_of):
            features.append(vector(found.cases, found.decision))
            if found.risk is not None:
                scores.append(found.risk.score)
    return np.array(features, np.float64), np.array(scores, np.float64)


def _accounts(path: Path) -> Iterator[Reported]:
    """The rows that can be read; bad ones are the business of `detector screen`."""
    opened = open_input(str(path))
    try:
        for row in map(parsed, opened.rows):
            if isinstance(row, BadRow):
                continue
            try:
                found = read_row(row.row, row.cells)
            except RowError:
                continue
            yield found
    finally:
        opened.close()
