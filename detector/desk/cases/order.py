"""The order of the queue, pure: who is next, and why nobody waits forever.

A case gets its place when it is opened: `due` = opening + patience, the less patience, the greater risk
x harm. Earliest due first is ageing by itself: nothing opened later than `PATIENCE` after a case can
come before it in its lane. Lanes take turns by weight, and every `EXPLORE`th turn takes a case at random.

Bound: a case of a lane of weight w with a cases before it is reached within `bound(a, w, W)` turns,
W = the sum of the weights: W * EXPLORE turns hold w * EXPLORE of its lane, w of which explore.
"""

from __future__ import annotations

import hashlib
import math
from datetime import datetime, timedelta

from detector.desk.cases.words import Lane

PATIENCE = timedelta(hours=48)
# Prime to every sum of weights, so that each lane is explored by its weight
EXPLORE = 19
UNKNOWN_RISK = 0.5  # where no model is installed, harm alone orders

Weights = tuple[tuple[Lane, int], ...]
# Per ten turns: refusals hold up registrations, rescreens may wait but never starve
REVIEWER: Weights = ((Lane.CONFIRM, 6), (Lane.STRICT, 3), (Lane.RESCREEN, 1))
SENIOR: Weights = ((Lane.SENIOR, 10), *REVIEWER)


def due(opened: datetime, risk: float | None, harm: float) -> datetime:
    """When a case should be decided at the latest.

    risk, harm: 0..1; risk None = no model ranked it.
    """
    urgency = (UNKNOWN_RISK if risk is None else risk) * harm
    return opened + PATIENCE * (1 - urgency)


def pattern(weights: Weights) -> tuple[Lane, ...]:
    """The lanes of one round of turns, each as often as it weighs, evenly spread.

    >>> [str(lane) for lane in pattern(REVIEWER)][:4]
    ['confirm', 'strict', 'confirm', 'confirm']
    """
    total = sum(weight for _, weight in weights)
    credit = dict.fromkeys((lane for lane, _ in weights), 0)
    found = []
    for _ in range(total):
        for lane, weight in weights:
            credit[lane] += weight
        best = max(credit, key=lambda lane: credit[lane])
        credit[best] -= total
        found.append(best)
    return tuple(found)


def turn(number: int, weights: Weights) -> tuple[tuple[Lane, ...], bool]:
    """Whose turn it is: the lanes in the order in which they are asked, and whether to explore.

    An empty lane gives its turn to the next one in the round.
    """
    lanes = pattern(weights)
    start = number % len(lanes)
    asked = dict.fromkeys(lanes[start:] + lanes[:start])
    return tuple(asked), number % EXPLORE == EXPLORE - 1


def bound(ahead: int, weight: int, total: int) -> int:
    """Within how many turns a case is reached that has so many cases before it in its lane."""
    period = total * EXPLORE
    return period * (math.ceil((ahead + 1) / (weight * (EXPLORE - 1))) + 1)


def shuffle_key(text: str) -> int:
    """A place at random, always the same for the same text: 0 .. 2**31 - 1."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1
