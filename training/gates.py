"""What a challenger must keep before it may take the champion's place."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from detector.features import NAMES, NOTHING
from detector.scorer import DESCRIPTION, Scorer
from training.dataset import Rows
from training.described import described
from training.evaluate import Counted, Evaluation, evaluated
from training.export import scores_of

# Points that a disguise may lose in recall, or a harmless sort gain in the first 1 % of the queue
WORST_LOSS = 0.01
WORST_CALIBRATION = 0.03
# Microseconds that scoring may take: an account in a batch of BATCH, and one alone
BATCH, BATCH_US, SINGLE_US = 4096, 3.0, 150.0
# Of fewer cases, one more or less is chance; such groups are named, not judged
LEAST_CASES = 100
ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Gate:
    """One demand: what is asked, what was found, whether it is met."""

    name: str
    found: str
    met: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A model's figures, and the microseconds it takes for an account in a batch and alone.

    measured: on the examples that were given; else the figures are those of its own description.
    """

    evaluation: Evaluation
    batch_us: float
    single_us: float
    measured: bool = True


def judged(scorer: Scorer, rows: Rows) -> Judged:
    """The figures and the speed of a model as the runtime runs it."""
    return Judged(evaluated(scores_of(scorer, rows), rows), *speed(scorer, rows))


def champion(folder: Path, rows: Rows) -> Judged | None:
    """The model in a folder, None where there is none.

    One that was trained on other features cannot be run on these examples: it stands by the figures
    that were written down when it was made, on the test side of the same bodies.
    """
    if not (folder / DESCRIPTION).exists():
        return None
    recorded = described(folder)
    if recorded.features == NAMES:
        return judged(Scorer(folder), rows)
    return Judged(recorded.evaluation, 0.0, 0.0, measured=False)


def speed(scorer: Scorer, rows: Rows) -> tuple[float, float]:
    """Microseconds an account: in a batch drawn like a stock of accounts, and alone.

    A stock is mostly accounts in which nothing was found; those cost nothing but to be passed over,
    so the batch is of the harmless rows, which hold far more with findings than a stock does.
    """
    vectors = [tuple(row) for row in rows.only(~rows.risky).features[:BATCH].tolist()]
    found = [vector for vector in vectors if vector != NOTHING] or [NOTHING]
    share = len(found) / max(len(vectors), 1)
    batch = _fastest(partial(scorer.scores, found)) * share / len(found)
    return round(batch, 3), round(_fastest(partial(scorer.scores, found[:1])), 1)


def _fastest(work: Callable[[], object]) -> float:
    """Microseconds of the fastest of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best * 1e6


def gates(challenger: Judged, before: Judged | None) -> list[Gate]:
    """All demands, in a fixed order; those of a comparison only where there is a champion."""
    error = challenger.evaluation.calibration_error
    found = [
        Gate(
            f"calibration error at most {WORST_CALIBRATION}", f"{error:.4f}",
            error <= WORST_CALIBRATION,
        ),
        Gate(
            f"at most {BATCH_US:g} us an account in a batch", f"{challenger.batch_us:.2f} us",
            challenger.batch_us <= BATCH_US,
        ),
        Gate(
            f"at most {SINGLE_US:g} us for one account", f"{challenger.single_us:.0f} us",
            challenger.single_us <= SINGLE_US,
        ),
    ]  # fmt: skip
    if before is None:
        return found
    lost = _worst(before.evaluation.by_disguise, challenger.evaluation.by_disguise)
    gained = _worst(challenger.evaluation.top, before.evaluation.top)
    return [
        *found,
        _kept("no disguise loses more than a point of recall", *lost),
        _kept("no harmless sort rises by more than a point in the first 1 %", *gained),
    ]


def _worst(before: Mapping[str, Counted], after: Mapping[str, Counted]) -> tuple[str, float]:
    """The group whose share falls most, of those with cases enough."""
    falls = [
        (one.share - after[group].share, group)
        for group, one in before.items()
        if group in after and min(one.of, after[group].of) >= LEAST_CASES
    ]
    fall, group = max(falls, default=(0.0, "none has cases enough"))
    return group, fall


def _kept(name: str, group: str, fall: float) -> Gate:
    return Gate(name, f"{group} {100 * fall:+.2f} points", fall <= WORST_LOSS)
