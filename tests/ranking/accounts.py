"""Accounts on which ranking is tested: examples with a name, and every labelled account of the tree."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from functools import cache

from detector import law
from detector.contract import read_row
from detector.types import Account, AccountType, Assessment, Case, Evidence, Owner
from tests.core.shipped import screener
from training.bench.folders import BENCH, EVAL, ROOT

DAY = date(2026, 11, 23)
LABELLED = (
    BENCH / "violations.csv", BENCH / "legitimate.csv", ROOT / "data" / "accounts" / "seeds.csv",
    EVAL / "violations.csv", EVAL / "legitimate.csv", EVAL / "real_cases.csv",
)  # fmt: skip


def account(name: str, owner: str = "", bio: str | None = None) -> Account:
    """A personal account; owner: the legal name that was verified, "" = nobody."""
    return Account("1", name, AccountType.PERSONAL, bio=bio, owner=Owner(owner, "", None))


def assessed(one: Account) -> Assessment:
    """The shipped screener's assessment, not ranked yet."""
    return replace(screener().screen([one], DAY)[0], risk=None)


@cache
def labelled() -> tuple[Account, ...]:
    """Every labelled account that is on this machine."""
    found: list[Account] = []
    for path in LABELLED:
        if path.exists():
            with path.open(encoding="utf-8-sig", newline="") as lines:
                rows = enumerate(csv.DictReader(lines), 1)
                found += [read_row(number, cells).account for number, cells in rows]
    return tuple(found)


@cache
def all_assessed() -> tuple[Assessment, ...]:
    """The assessments of all labelled accounts, not ranked yet."""
    return tuple(replace(one, risk=None) for one in screener().screen(labelled(), DAY))


def without(assessment: Assessment, evidence: tuple[Evidence, ...]) -> Assessment:
    """What is left of an assessment when pieces of evidence are taken away: judged again by the law."""
    taken = {id(one) for one in evidence}
    cases = tuple(_less(case, taken) for case in assessment.cases)
    left = tuple(case for case in cases if case.evidence or case.gaps)
    return replace(assessment, cases=left, decision=law.decide(left, DAY))


def _less(case: Case, taken: set[int]) -> Case:
    return replace(case, evidence=tuple(v for v in case.evidence if id(v) not in taken))
