"""What a ranker is worth: its figures on examples that it never met, by disguise and by kind of body."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from pydantic import BaseModel, ConfigDict

from training.calibration import bins, expected_error
from training.contenders import Margins
from training.dataset import Flags, Rows
from training.example import Origin
from training.figures import (
    Interval,
    alarms_by,
    average_precision,
    reached,
    recall_by,
    weights_at,
)

# Names of these sorts are drawn from a dictionary: whoever bears one by chance is not named in the card
_UNNAMED = frozenset(("words", "namesake"))
EXAMPLES = 12
# The first of the queue, which people see first
TOP = 0.01


class _Figures(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Counted(_Figures):
    """A share of so many, with its 95 % interval."""

    good: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """0..1; 0 of no cases."""
        return self.good / self.of if self.of else 0.0

    @staticmethod
    def all_of(found: Mapping[str, Interval]) -> dict[str, Counted]:
        """The intervals of several groups."""
        return {
            group: Counted(
                good=one.share.good, of=one.share.of, low=round(one.low, 4), high=round(one.high, 4)
            )
            for group, one in found.items()
        }


class Measured(_Figures):
    """A ranker's order. All 0..1.

    average_precision: over the examples as they are; rare: where one account in a hundred is a
    violation. recall: share of violations within the review budget. alarms: share of the others in it.
    """

    average_precision: float
    rare: float
    recall: float
    alarms: float


class Reliability(_Figures):
    """One bin of the reliability plot: accounts, mean score, share that was to be refused."""

    count: int
    promised: float
    happened: float


class Evaluation(_Figures):
    """All figures of one ranker on one set of examples.

    by_disguise, by_body, unseen: recall of violations; unseen, of disguises that it did not learn
    from. alarms: share of each harmless sort within the budget; top: in the first 1 % of the queue.
    missed, pushed: (name, sort, score).
    """

    examples: int
    risky: int
    order: Measured
    calibration_error: float
    brier: float
    by_disguise: dict[str, Counted]
    by_body: dict[str, Counted]
    unseen: dict[str, Counted]
    alarms: dict[str, Counted]
    top: dict[str, Counted]
    reliability: tuple[Reliability, ...]
    missed: tuple[tuple[str, str, float], ...]
    pushed: tuple[tuple[str, str, float], ...]


def measured(scores: Margins, risky: Flags) -> Measured:
    """How well scores or margins order the queue."""
    seen = reached(scores, risky)
    return Measured(
        average_precision=_short(average_precision(scores, risky)),
        rare=_short(average_precision(scores, risky, weights_at(risky))),
        recall=_short(float(seen[risky].mean()) if risky.any() else 0.0),
        alarms=_short(float(seen[~risky].mean()) if (~risky).any() else 0.0),
    )


def evaluated(scores: Margins, rows: Rows) -> Evaluation:
    """The figures of probabilities (n,) on n rows."""
    seen = reached(scores, rows.risky)
    disguises = recall_by(rows, seen, rows.kind)
    held_out = {kind for kind, one in zip(rows.kind, rows.held_out, strict=True) if one}
    return Evaluation(
        examples=len(rows),
        risky=int(rows.risky.sum()),
        order=measured(scores, rows.risky),
        calibration_error=_short(expected_error(scores, rows.risky)),
        brier=_short(float(((scores - rows.risky) ** 2).mean())),
        by_disguise=Counted.all_of(disguises),
        by_body=Counted.all_of(recall_by(rows, seen, rows.body_kind)),
        unseen=Counted.all_of({k: v for k, v in disguises.items() if k in held_out}),
        alarms=Counted.all_of(alarms_by(rows, seen)),
        top=Counted.all_of(alarms_by(rows, reached(scores, rows.risky, TOP))),
        reliability=tuple(
            Reliability(count=b.count, promised=_short(b.promised), happened=_short(b.happened))
            for b in bins(scores, rows.risky)
        ),
        missed=_worst(scores, rows, rows.risky, 1),
        pushed=_worst(scores, rows, ~rows.risky, -1),
    )


def _worst(
    scores: Margins, rows: Rows, wanted: Flags, sign: int
) -> tuple[tuple[str, str, float], ...]:
    """The worst-placed of the wanted rows, at most two of a sort; made-up names only."""
    found: list[tuple[str, str, float]] = []
    for at in np.argsort(sign * scores, kind="stable").tolist():
        kind = rows.kind[at]
        if not wanted[at] or kind in _UNNAMED or rows.origin[at] == Origin.REVIEW:
            continue
        if sum(kind == other for _, other, _ in found) < 2:
            found.append((rows.name[at], kind, _short(float(scores[at]))))
        if len(found) == EXAMPLES:
            break
    return tuple(found)


def _short(value: float) -> float:
    return round(value, 4)
