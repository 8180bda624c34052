"""Into service and back, drift, what to label next, and the record in MLflow."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest

from detector.errors import DataError
from detector.pipeline import Screener
from detector.scorer import Scorer
from detector.settings import Settings
from detector.types import Account, Assessment, Owner
from tests.core.shipped import registry
from tests.ranking import tiny
from tests.training.ranking import made
from training import approval, drift, gates, labels, proposal
from training.evaluate import Counted
from training.export import scores_of
from training.gates import Gate
from training.split import Side

MET, UNMET = Gate("speed", "1 us", True), Gate("recall", "split -3 points", False)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder of models in which the written-down one serves."""
    approval.promote(tiny.install(tmp_path / "first"), tmp_path / "models", [MET], "ann", "first")
    return tmp_path / "models"


def serving(models: Path) -> str:
    """The hash of the champion."""
    return Scorer(models / approval.CHAMPION).digest


def test_a_challenger_is_promoted_and_the_way_back_is_one_step(
    models: Path, tmp_path: Path
) -> None:
    first = serving(models)
    second = tiny.install(tmp_path / "second", bias=-1.0)
    made_ = approval.promote(second, models, [MET], "ben", "new disguises")
    assert serving(models) == made_.champion == Scorer(second).digest != first
    assert made_.replaced == first
    back = approval.rollback(models, "ann", "too many alarms")
    assert serving(models) == back.champion == first
    acts = [(one.act, one.who, one.why) for one in approval.history(models)]
    assert acts == [
        ("promote", "ann", "first"),
        ("promote", "ben", "new disguises"),
        ("rollback", "ann", "too many alarms"),
    ]


def test_after_a_rollback_the_same_challenger_may_come_again(models: Path, tmp_path: Path) -> None:
    second = tiny.install(tmp_path / "second", bias=-1.0)
    for _ in range(2):
        approval.promote(second, models, [MET], "ben", "again")
        approval.rollback(models, "ann", "no")
    assert len(approval.history(models)) == 5


def test_a_gate_that_is_not_met_stops_a_promotion_unless_it_is_forced(
    models: Path, tmp_path: Path
) -> None:
    first, second = serving(models), tiny.install(tmp_path / "second", bias=-1.0)
    with pytest.raises(DataError, match="recall: split -3 points"):
        approval.promote(second, models, [MET, UNMET], "ben", "hurry")
    assert serving(models) == first
    forced = approval.promote(second, models, [MET, UNMET], "ben", "hurry", force=True)
    assert forced.forced
    assert forced.gates["recall"] == "NOT MET: split -3 points"


def test_the_first_model_has_no_way_back(models: Path) -> None:
    with pytest.raises(DataError, match="no earlier model"):
        approval.rollback(models, "ann", "why not")


@pytest.mark.parametrize(("who", "why"), [("", "a reason"), ("ann", " ")], ids=["who", "why"])
def test_an_approval_names_who_and_why(who: str, why: str, models: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="who and why"):
        approval.promote(tiny.install(tmp_path / "x", bias=0.0), models, [MET], who, why)


def test_what_serves_already_is_not_promoted(models: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="serves already"):
        approval.promote(tmp_path / "first", models, [MET], "ann", "again")


# --- gates --------------------------------------------------------------------------------------


def test_a_model_that_turns_the_queue_round_fails_the_gates(tmp_path: Path) -> None:
    test = made.rows().on(Side.TEST)
    champion = gates.judged(Scorer(made.model()), test)
    weights = {name: -weight for name, weight in tiny.WEIGHTS.items()}
    turned = Scorer(tiny.install(tmp_path, weights=weights, bias=4.0))
    found = {gate.name: gate.met for gate in gates.gates(gates.judged(turned, test), champion)}
    assert not found["calibration error at most 0.03"]
    assert len(found) == 5


def counted(good: int, of: int = 200) -> Counted:
    """A share."""
    return Counted(good=good, of=of, low=0.0, high=1.0)


# recall of a disguise before and after -> whether the gate is met
LOSSES = {
    "nothing changes": ({"split": counted(180)}, {"split": counted(180)}, True),
    "half a point": ({"split": counted(180)}, {"split": counted(179)}, True),
    "two points": ({"split": counted(180)}, {"split": counted(176)}, False),
    "too few to tell": ({"split": counted(18, 20)}, {"split": counted(9, 20)}, True),
    "another gains": (
        {"split": counted(180), "emoji": counted(100)},
        {"split": counted(170), "emoji": counted(200)},
        False,
    ),
}


@pytest.mark.parametrize(("before", "after", "met"), LOSSES.values(), ids=LOSSES)
def test_no_disguise_may_lose_more_than_a_point(
    before: dict[str, Counted], after: dict[str, Counted], met: bool
) -> None:
    judged = gates.judged(Scorer(made.model()), made.rows().on(Side.TEST))
    champion, challenger = (
        replace(judged, evaluation=judged.evaluation.model_copy(update={"by_disguise": recall}))
        for recall in (before, after)
    )
    found = {gate.name: gate.met for gate in gates.gates(challenger, champion)}
    assert found["no disguise loses more than a point of recall"] is met


def test_no_harmless_sort_may_rise_by_more_than_a_point() -> None:
    judged = gates.judged(Scorer(made.model()), made.rows().on(Side.TEST))
    calm, risen = (
        replace(
            judged, evaluation=judged.evaluation.model_copy(update={"top": {"fan": counted(n)}})
        )
        for n in (2, 8)
    )
    name = "no harmless sort rises by more than a point in the first 1 %"
    assert {g.name: g.met for g in gates.gates(calm, risen)}[name]
    assert not {g.name: g.met for g in gates.gates(risen, calm)}[name]


# --- drift --------------------------------------------------------------------------------------


def test_the_index_is_that_counted_by_hand() -> None:
    edges = np.array([0.0, 0.5, 1.0])
    old, new = np.array([0.1, 0.1, 0.9, 0.9]), np.array([0.1, 0.9, 0.9, 0.9])
    wanted = (0.25 - 0.5) * np.log(0.25 / 0.5) + (0.75 - 0.5) * np.log(0.75 / 0.5)
    assert drift.psi(old, new, edges) == pytest.approx(wanted)
    assert drift.psi(old, old, edges) == 0


def accounts(path: Path, names: list[str]) -> Path:
    """An account file of personal accounts of which nobody was verified."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(("account_id", "name", "verified_name"))
        writer.writerows((number, name, "") for number, name in enumerate(names))
    return path


def screener_with(model: Path) -> Screener:
    """A screener over the shipped registry with a model."""
    shipped = Settings.from_environment()
    return Screener(registry(), Settings(shipped.registries, shipped.tables, model=model))


CALM = ["天空中的小猫", "奶茶三分糖", "老张修车", "想去看海"] * 10
ROUGH = ["人民曰报", "应急管理部值班室", "国家反诈调查总局", "奶茶三分糖"] * 10


def test_two_periods_are_told_apart_in_words(tmp_path: Path) -> None:
    screener = screener_with(made.model())
    old, new = accounts(tmp_path / "old.csv", CALM), accounts(tmp_path / "new.csv", ROUGH)
    day = date(2026, 11, 23)
    same = drift.drift(old, old, screener, day)
    assert {one.psi for one in same} == {0.0}
    assert drift.verdict(same) == "The two periods are alike."
    other = drift.drift(old, new, screener, day)
    assert other[0].psi >= drift.ACT
    assert "score" in {one.name for one in other}
    assert drift.verdict(other).startswith("Another population in")


def test_an_empty_period_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no account"):
        empty = accounts(tmp_path / "empty.csv", [])
        drift.drift(empty, empty, screener_with(made.model()), date(2026, 11, 23))


# --- what to label next -------------------------------------------------------------------------


NEXT = [*CALM[:4], *ROUGH[:3], "中国钓鱼迷", "央视小屋", "人民日报小陈", "京东小李", "华为迷"]


def scored(names: list[str]) -> list[Assessment]:
    """Assessments with the small model's scores; the place in the list is the account id."""
    asked = [Account(str(n), name, owner=Owner("")) for n, name in enumerate(names)]
    return screener_with(made.model()).screen(asked, date(2026, 11, 23))


def test_proposals_are_of_every_sort_and_none_twice_or_labelled() -> None:
    asked = scored(NEXT)
    even = labels.Reviewed("8", {"name": "央视小屋"}, "", 1, 2)
    done = labels.Reviewed("4", {"name": "人民曰报"}, "8(4)", 2, 2)
    found = proposal.choose(asked, [even, done], [asked[4]], 8, Random(1))
    ids = [one.account_id for one in found]
    assert len(ids) == len(set(ids)) == 8
    assert "4" not in ids
    assert {one.why for one in found} >= {proposal.Why.UNCERTAIN, proposal.Why.RANDOM}


def test_the_most_uncertain_account_comes_first() -> None:
    found = proposal.choose(scored(NEXT), [], [], 10, Random(1))
    distance = [abs(one.score - 0.5) for one in found]
    assert found[0].why is proposal.Why.UNCERTAIN
    assert distance[0] == min(distance)


def test_what_reviewers_are_even_on_comes_up_again() -> None:
    even = labels.Reviewed("7", {"name": CALM[7]}, "", 1, 2)
    found = proposal.choose(scored(CALM), [even], [], 10, Random(1))
    why = {one.account_id: one.why for one in found}
    assert why["7"] is proposal.Why.DISAGREED


def test_scores_are_the_same_in_training_and_at_run_time() -> None:
    test = made.rows().on(Side.TEST)
    chosen = max(made.fitted().values(), key=lambda one: one.chosen_by.rare)
    served = scores_of(Scorer(made.model()), test)
    assert np.abs(served - chosen.scores(test.features)).max() < 1e-5
