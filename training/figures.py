"""Figures of a ranker: how well it orders, what a review budget catches, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from training.bench.report import Share
from training.contenders import Margins
from training.dataset import Flags, Rows

# A stock of accounts in which one in a hundred is to be refused, of which people look at this share
PREVALENCE, BUDGET = 0.01, 0.015
# 95 % intervals
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its Wilson interval (E. B. Wilson, 1927), 0..1; low = 0, high = 1 of no cases."""

    share: Share
    low: float
    high: float

    @staticmethod
    def of(good: int, of: int) -> Interval:
        """The 95 % interval of so many of so many."""
        if not of:
            return Interval(Share(0, 0), 0.0, 1.0)
        p, z2 = good / of, _Z * _Z
        middle, spread = p + z2 / (2 * of), _Z * sqrt(p * (1 - p) / of + z2 / (4 * of * of))
        scale = 1 + z2 / of
        return Interval(
            Share(good, of),
            max(0.0, (middle - spread) / scale),
            min(1.0, (middle + spread) / scale),
        )


def weights_at(risky: Flags, prevalence: float = PREVALENCE) -> Margins:
    """What each account counts, so that violations are the given share of the whole; sums to 1."""
    positives, negatives = max(int(risky.sum()), 1), max(int((~risky).sum()), 1)
    return np.where(risky, prevalence / positives, (1 - prevalence) / negatives)


def average_precision(scores: Margins, risky: Flags, weight: Margins | None = None) -> float:
    """Mean precision over the violations, highest score first; accounts of one score share a place."""
    counted = np.ones(len(scores)) if weight is None else weight
    order = np.argsort(-scores, kind="stable")
    scores, hit, counted = scores[order], risky[order], counted[order]
    last_of_tie = np.append(scores[1:] != scores[:-1], True)
    caught, seen = (counted * hit).cumsum()[last_of_tie], counted.cumsum()[last_of_tie]
    if not len(caught) or not caught[-1]:
        return 0.0
    gained = np.diff(caught, prepend=0.0)
    return float((gained * caught / seen).sum() / caught[-1])


def threshold(scores: Margins, risky: Flags, budget: float = BUDGET) -> float:
    """The least score that a budget reaches in a stock of the usual prevalence."""
    order = np.argsort(-scores, kind="stable")
    spent = weights_at(risky)[order].cumsum()
    within = int(np.searchsorted(spent, budget, side="right"))
    return float(scores[order[max(0, min(within, len(order)) - 1)]])


def reached(scores: Margins, risky: Flags, budget: float = BUDGET) -> Flags:
    """Which accounts people get to see within the budget; ties at its end are seen together."""
    return scores >= threshold(scores, risky, budget)


def recall_by(rows: Rows, seen: Flags, groups: tuple[str, ...]) -> dict[str, Interval]:
    """Group -> share of its violations that are seen."""
    return _by(groups, rows.risky, seen)


def alarms_by(rows: Rows, seen: Flags) -> dict[str, Interval]:
    """Sort of harmless account -> share of it that takes up people's time."""
    return _by(rows.kind, ~rows.risky, seen)


def _by(groups: tuple[str, ...], wanted: Flags, seen: Flags) -> dict[str, Interval]:
    found: dict[str, list[bool]] = {}
    for group, of_interest, one in zip(groups, wanted.tolist(), seen.tolist(), strict=True):
        if of_interest:
            found.setdefault(group or "none", []).append(one)
    return {group: Interval.of(sum(ones), len(ones)) for group, ones in sorted(found.items())}
