"""The scorer: scores in range and order, reasons that hold, models that are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from detector import features
from detector.errors import ModelError
from detector.pipeline import Screener
from detector.scorer import DESCRIPTION, MODEL, MOST_CONTRIBUTIONS, Scorer
from detector.settings import Settings
from tests.core.shipped import registry
from tests.ranking import tiny
from tests.ranking.accounts import DAY, account, all_assessed, assessed, labelled, without

# the riskier account first
PAIRS = {
    "a disguised paper before a nickname": ("人民曰报", "天空中的小猫"),
    "an organ's service before its reader": ("应急管理部值班室", "人民日报的老读者"),
    "a plain name before a strict word": ("应急管理部", "我的中国心"),
}


@pytest.mark.parametrize(("riskier", "safer"), PAIRS.values(), ids=PAIRS)
def test_the_riskier_account_stands_first(riskier: str, safer: str, scorer: Scorer) -> None:
    first, second = scorer.ranked([assessed(account(riskier)), assessed(account(safer))])
    assert first.risk is not None and second.risk is not None
    assert first.risk.score > second.risk.score


def test_an_account_has_the_same_score_alone_and_in_any_batch(scorer: Scorer) -> None:
    rows = [features.vector(one.cases, one.decision) for one in all_assessed()]
    assert scorer.scores(rows) == [scorer.scores([row])[0] for row in rows]
    assert all(0 <= score <= 1 for score in scorer.scores(rows))


def test_ranking_keeps_order_and_everything_else(scorer: Scorer) -> None:
    ranked = scorer.ranked(all_assessed())
    assert [one.account for one in ranked] == [one.account for one in all_assessed()]
    assert [one.decision for one in ranked] == [one.decision for one in all_assessed()]
    assert all(one.risk is not None and one.risk.model == scorer.digest for one in ranked)


def test_an_account_with_nothing_found_has_the_calm_risk(scorer: Scorer) -> None:
    (found,) = scorer.ranked([assessed(account("天空中的小猫"))])
    assert found.risk is not None
    assert found.risk.score == scorer.calm.score


# --- reasons -----------------------------------------------------------------------------------


def test_reasons_are_told_the_strongest_first_in_both_languages(scorer: Scorer) -> None:
    found = scorer.explained(assessed(account("央视\u200b新闻官方")))
    assert 3 <= len(found.contributions) <= MOST_CONTRIBUTIONS
    changes = [abs(one.change) for one in found.contributions]
    assert changes == sorted(changes, reverse=True)
    assert all("。 " in one.meaning for one in found.contributions)
    assert {"央视\u200b新闻"} == {v.query for one in found.contributions for v in one.evidence}


def test_a_weight_written_down_is_the_contribution(scorer: Scorer) -> None:
    (one,) = scorer.explained(assessed(account("人民日报的老读者"))).contributions
    assert (one.feature, one.value, one.change) == ("spoken_about", 2.0, -1.0)


def test_taking_the_evidence_of_a_reason_away_moves_the_score_the_stated_way(
    scorer: Scorer,
) -> None:
    for one in all_assessed():
        risk = scorer.explained(one)
        for reason in risk.contributions:
            if not reason.evidence:
                continue
            left = without(one, reason.evidence)
            after = scorer.explained(left).score
            assert (after - risk.score) * reason.change < 0, (one.account.name, reason.feature)


def test_an_account_with_nothing_found_has_no_reasons(scorer: Scorer) -> None:
    assert scorer.explained(assessed(account("天空中的小猫"))).contributions == ()


# --- models that are refused --------------------------------------------------------------------


def test_a_folder_without_a_model_gives_no_scorer(tmp_path: Path) -> None:
    assert Scorer.open(tmp_path) is None
    assert Scorer.open(tmp_path / "nowhere") is None


OTHERS = {
    "one is missing": (features.NAMES[1:], "lacks outcome"),
    "one is unknown": ((*features.NAMES, "mood"), "has unknown mood"),
    "one has another name": ((*features.NAMES[:-1], "mood"), "lacks spoken_about and has unknown"),
    "they stand in another order": (features.NAMES[::-1], "in another order"),
}


@pytest.mark.parametrize(("names", "told"), OTHERS.values(), ids=OTHERS)
def test_a_model_with_other_features_is_refused(
    names: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match=told):
        Scorer.open(tiny.install(tmp_path, names=names))


def test_a_graph_that_is_not_the_described_one_is_refused(tmp_path: Path) -> None:
    graph = tiny.install(tmp_path) / MODEL
    graph.write_bytes(graph.read_bytes() + b" ")
    with pytest.raises(ModelError, match="is not the graph"):
        Scorer.open(tmp_path)


def test_half_a_model_is_an_error_and_not_a_missing_one(tmp_path: Path) -> None:
    (tiny.install(tmp_path) / DESCRIPTION).unlink()
    with pytest.raises(ModelError, match="no sound ranking model"):
        Scorer.open(tmp_path)


def test_bytes_that_are_no_graph_are_refused(tmp_path: Path) -> None:
    (tiny.install(tmp_path) / MODEL).write_bytes(b"a cat")
    tiny.describe(tmp_path, features.NAMES)
    with pytest.raises(ModelError, match="not a graph"):
        Scorer.open(tmp_path)


def test_a_graph_with_other_outputs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="gives"):
        Scorer.open(tiny.install(tmp_path, output="mood"))


# --- the model never decides --------------------------------------------------------------------


def screener_with(folder: Path) -> Screener:
    """A screener over the shipped registry with the model of a folder."""
    shipped = Settings.from_environment()
    return Screener(registry(), Settings(shipped.registries, shipped.tables, model=folder))


def test_no_outcome_hangs_on_the_model(tmp_path: Path) -> None:
    turned = {name: -weight for name, weight in tiny.WEIGHTS.items()}
    shuffled = dict(zip(features.NAMES, reversed(tiny.WEIGHTS.values()), strict=True))
    folders = {
        "deleted": tmp_path / "none",
        "written down": tiny.install(tmp_path / "tiny"),
        "turned round": tiny.install(tmp_path / "turned", weights=turned, bias=4.0),
        "shuffled": tiny.install(tmp_path / "shuffled", weights=shuffled),
    }
    found = {
        name: screener_with(folder).screen(labelled(), DAY) for name, folder in folders.items()
    }
    assert all(one.risk is None for one in found["deleted"])
    assert {one.provenance.model for one in found["deleted"]} == {""}
    scores = {
        name: [one.risk.score for one in assessments if one.risk is not None]
        for name, assessments in found.items()
    }
    assert scores["written down"] != scores["turned round"] != scores["shuffled"]
    for assessments in found.values():
        for one, plain in zip(assessments, found["deleted"], strict=True):
            assert (one.decision, one.cases, one.gaps) == (plain.decision, plain.cases, plain.gaps)
