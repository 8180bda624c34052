"""What the model is told: each number on named examples, its range, and its one direction."""

from __future__ import annotations

import pytest

from detector import features, law
from detector.features import FEATURES, NAMES, NOTHING, Unit, vector
from detector.types import Case, Gap, Relation
from tests.ranking.accounts import DAY, account, all_assessed, assessed, without


def numbers(name: str, owner: str = "", bio: str | None = None) -> dict[str, float]:
    """The features of an account that are not zero."""
    found = assessed(account(name, owner, bio))
    row = vector(found.cases, found.decision)
    return {name: value for name, value in zip(NAMES, row, strict=True) if value}


# name, owner and bio of an account; what some of its features are
EXAMPLES: dict[str, tuple[str, str, str | None, dict[str, float]]] = {
    "an ordinary nickname has none": ("天空中的小猫", "", None, {}),
    "a paper's name in disguise": (
        "人民曰报", "", None, {"outcome": 2, "refusals": 1, "whole": 1, "medium": 1, "as_written": 0},
    ),
    "a ministry's name as it is written": (
        "应急管理部", "", None, {"outcome": 2, "coverage": 1, "as_written": 1, "organ": 1, "nobody": 1},
    ),
    "the name of somebody who is another": (
        "应急管理部", "广州市白云区星创网络科技有限公司", None, {"stranger": 1, "nobody": 0},
    ),
    "the body itself": (
        "人民日报", "人民日报社", None, {"outcome": 0, "refusals": 0, "cleared": 1, "likeness": 0},
    ),
    "service words beside a name": (
        "招商银行在线客服", "", None, {"arm": 1, "claiming_words": 1, "company": 1},
    ),
    "a claim in the bio": (
        "小林", "", "国家税务总局官方客服", {"claimed": 1, "organ": 1},
    ),
    "a body that no register holds": ("国家反诈调查总局", "", None, {"invented": 1, "organ": 1}),
    "hidden characters": ("央视\u200b新闻", "", None, {"dressed": 1}),
    "somebody who speaks about a paper": (
        "人民日报的老读者", "", None, {"outcome": 0, "spoken_about": 2, "near_miss": 0},
    ),
    "a strict word is held for itself": (
        "我的中国心", "", None, {"outcome": 1, "holds": 1, "likeness": 0, "distinct": 0},
    ),
}  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_has_the_numbers_that_people_would_count(example: str) -> None:
    name, owner, bio, wanted = EXAMPLES[example]
    found = numbers(name, owner, bio)
    assert {key: found.get(key, 0) for key in wanted} == wanted
    assert bool(found) is bool(wanted)


def test_what_could_not_be_compared_is_counted() -> None:
    one = account("小猫")
    cases = (Case(one, None, (), Relation.UNVERIFIED, (Gap("name", "name", "cut"),)),)
    row = vector(cases, law.decide(cases, DAY))
    assert dict(zip(NAMES, row, strict=True))["gaps"] == 1


def test_the_contract_is_complete() -> None:
    assert len(set(NAMES)) == len(FEATURES) == len(NOTHING)
    for feature in FEATURES:
        assert feature.sense in (-1, 1)
        assert feature.low < feature.high
        assert "。 " in feature.meaning, "Chinese, then English"
        assert feature.high == 1 or feature.unit not in (Unit.FACT, Unit.SHARE)


def test_every_number_of_every_labelled_account_is_in_its_range() -> None:
    for one in all_assessed():
        for feature, value in zip(FEATURES, vector(one.cases, one.decision), strict=True):
            assert feature.low <= value <= feature.high, (one.account.name, feature.name)


def test_most_features_tell_labelled_accounts_apart() -> None:
    rows = [vector(one.cases, one.decision) for one in all_assessed()]
    silent = [name for at, name in enumerate(NAMES) if not any(row[at] for row in rows)]
    assert silent in ([], ["gaps"])


def test_taking_any_evidence_away_moves_every_number_in_its_sense() -> None:
    for one in all_assessed():
        before = vector(one.cases, one.decision)
        for name, evidence in features.behind(one.cases, one.decision).items():
            less = without(one, evidence)
            after = vector(less.cases, less.decision)
            moved = [
                (new - old) * FEATURES[NAMES.index(name)].sense * feature.sense
                for feature, new, old in zip(FEATURES, after, before, strict=True)
            ]
            assert max(moved) <= 0, (one.account.name, name)
            assert after[NAMES.index(name)] < before[NAMES.index(name)]
