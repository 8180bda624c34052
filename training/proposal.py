"""Which accounts reviewers should label next: uncertain, disagreed on, novel, and some at random."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random

from detector.contract import read_row
from detector.features import NOTHING, vector
from detector.pipeline import Screener
from detector.types import Account, Assessment
from training import labels
from training.bench.folders import AS_OF

SEED = 20261123
# Of ten proposals so many are uncertain, disagreed on, novel and random; what lacks goes to the next
SHARES = (4, 2, 2, 2)


class Why(StrEnum):
    """Why a label would teach something."""

    UNCERTAIN = "uncertain"  # the score is near one half
    DISAGREED = "disagreed"  # reviewers, or rules and score, say different things
    NOVEL = "novel"  # a combination of features that no reviewed account has
    RANDOM = "random"  # so that what nobody suspects is looked at too


@dataclass(frozen=True, slots=True)
class Proposal:
    """An account to label. score: its risk, 0..1."""

    account_id: str
    name: str
    why: Why
    score: float


def proposed(
    accounts: Path, reviews: Path | None, screener: Screener, count: int, seed: int = SEED
) -> list[Proposal]:
    """`count` accounts of a CSV in the input contract, the surest gain first, none twice.

    Raises ValueError where no model is installed, because nothing is uncertain then.
    """
    if screener.scorer is None:
        raise ValueError("no ranking model is installed: python -m training run, then promote")
    with accounts.open(encoding="utf-8-sig", newline="") as lines:
        asked = [
            read_row(number, cells).account for number, cells in enumerate(csv.DictReader(lines), 1)
        ]
    reviewed = labels.reviewed(reviews) if reviews is not None else []
    known = screener.screen(
        [read_row(n, {"account_id": one.account_id, **one.cells}).account
         for n, one in enumerate(reviewed, 1)], AS_OF,
    )  # fmt: skip
    return choose(screener.screen(asked, AS_OF), reviewed, known, count, Random(seed))


def choose(
    asked: Sequence[Assessment], reviewed: Sequence[labels.Reviewed], known: Sequence[Assessment],
    count: int, rng: Random,
) -> list[Proposal]:  # fmt: skip
    """The proposals among scored assessments."""
    even = {one.account_id for one in reviewed if 0 < one.refused < one.reviewers}
    done = {one.account_id for one in reviewed} - even
    open_ = [one for one in asked if one.account.account_id not in done]
    seen = {_shape(one) for one in known}
    shuffled = rng.sample(open_, len(open_))
    lists = (
        (Why.UNCERTAIN, sorted(open_, key=lambda a: (abs(_score(a) - 0.5), a.account.account_id))),
        (Why.DISAGREED, sorted(
            (a for a in open_ if a.account.account_id in even or _at_odds(a)),
            key=lambda a: (a.account.account_id not in even, a.account.account_id),
        )),
        (Why.NOVEL, [a for a in shuffled if _shape(a) not in seen and any(_shape(a))]),
        (Why.RANDOM, shuffled),
    )  # fmt: skip
    found: dict[str, Proposal] = {}
    wanted = 0.0
    for (why, ranked), share in zip(lists, SHARES, strict=True):
        wanted += count * share / sum(SHARES)
        _take(found, ranked, why, round(wanted))
    return list(found.values())


def _take(found: dict[str, Proposal], ranked: Iterable[Assessment], why: Why, upto: int) -> None:
    for one in ranked:
        if len(found) >= upto:
            return
        account: Account = one.account
        if account.account_id not in found:
            found[account.account_id] = Proposal(account.account_id, account.name, why, _score(one))


def _score(one: Assessment) -> float:
    if one.risk is None:
        raise ValueError("the assessments carry no risk")
    return one.risk.score


def _at_odds(one: Assessment) -> bool:
    """The rules let it pass and the score does not, or the reverse."""
    return (one.decision.outcome.word == "refuse") != (_score(one) > 0.5)


def _shape(one: Assessment) -> tuple[bool, ...]:
    """Which features an account has at all."""
    row = vector(one.cases, one.decision) if one.cases else NOTHING
    return tuple(value > 0 for value in row)
