"""The model that ships: it loads, keeps its promises on labelled accounts, and can be taken away."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import numpy as np
import pytest

from detector.features import NAMES, vector
from detector.pipeline import Screener
from detector.scorer import Scorer
from detector.settings import Settings
from tests.core.shipped import registry, screener
from tests.ranking import tiny
from tests.ranking.accounts import DAY, account, all_assessed, assessed, labelled, without
from training.bench import ranking
from training.bench.evaluate import SETS, LabelledSet
from training.bench.folders import BENCH, EVAL, ROOT
from training.calibration import expected_error
from training.described import described
from training.figures import average_precision

SHIPPED = ROOT / "models" / "risk"


@pytest.fixture(scope="module")
def shipped() -> Scorer:
    """The scorer of the shipped model."""
    return Scorer(SHIPPED)


def test_assessments_carry_the_risk_and_the_hash_of_the_model(shipped: Scorer) -> None:
    (found,) = screener().screen([account("人民曰报")], DAY)
    assert found.risk is not None
    assert found.risk.score > 0.9
    assert found.provenance.model == shipped.digest == found.risk.model


def test_the_shipped_model_never_moves_against_the_stated_way(shipped: Scorer) -> None:
    moved = total = 0
    for one in all_assessed():
        risk = shipped.explained(one)
        for reason in risk.contributions:
            if reason.evidence:
                after = shipped.explained(without(one, reason.evidence)).score
                assert (after - risk.score) * reason.change <= 0, (one.account.name, reason.feature)
                moved, total = moved + (after != risk.score), total + 1
    assert total > 1000
    assert moved > 0.97 * total


def test_the_shipped_model_scores_the_same_alone_and_in_any_batch(shipped: Scorer) -> None:
    rows = [vector(one.cases, one.decision) for one in all_assessed()]
    assert shipped.scores(rows) == [shipped.scores([row])[0] for row in rows]


def test_no_outcome_hangs_on_the_shipped_model(tmp_path: Path) -> None:
    weights = dict(
        zip(NAMES, random.Random(1).sample(list(tiny.WEIGHTS.values()), len(NAMES)), strict=True)
    )
    folders = {
        "shipped": SHIPPED,
        "deleted": tmp_path / "none",
        "swapped": tiny.install(tmp_path / "tiny", weights=weights),
    }
    shipped = Settings.from_environment()
    found = {
        name: Screener(
            registry(), Settings(shipped.registries, shipped.tables, model=folder)
        ).screen(labelled(), DAY)
        for name, folder in folders.items()
    }
    for one, deleted, swapped in zip(*(found[name] for name in folders), strict=True):
        assert one.decision == swapped.decision == deleted.decision
        assert one.cases == swapped.cases == deleted.cases
    order = {
        name: np.argsort(
            [-(one.risk.score if one.risk else 0.0) for one in assessments], kind="stable"
        )
        for name, assessments in found.items()
    }
    assert (order["shipped"] != order["swapped"]).any()
    assert (order["shipped"] != order["deleted"]).any()


# set, least average precision, largest calibration error
FLOORS = [
    pytest.param("bench", BENCH, 0.975, 0.03, id="ours"),
    pytest.param(
        "shared", EVAL, 0.985, 0.03, id="given",
        marks=pytest.mark.skipif(not EVAL.exists(), reason="the shared sets are not here"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "folder", "precision", "error"), FLOORS)
def test_the_queue_is_in_order_and_its_scores_can_be_believed(
    name: str, folder: Path, precision: float, error: float
) -> None:
    scores, risky = [], []
    for part in ("violations", "legitimate"):
        path = folder / f"{part}.csv"
        for one in screener().screen(ranking.accounts(path), DAY):
            assert one.risk is not None
            scores.append(one.risk.score)
        with path.open(encoding="utf-8-sig", newline="") as lines:
            risky += [row["expected"] == "refuse" for row in csv.DictReader(lines)]
    assert average_precision(np.array(scores), np.array(risky)) >= precision
    assert expected_error(np.array(scores), np.array(risky)) <= error


def test_the_card_and_the_description_stand_beside_the_model(shipped: Scorer) -> None:
    found = described(SHIPPED)
    card = (SHIPPED / "CARD.md").read_text(encoding="utf-8")
    assert found.onnx[:16] in card
    assert found.parity <= 1e-5
    assert found.contest[found.ranker].tested.rare > found.contest["severity"].tested.rare


def test_reasons_of_a_real_case_are_told_with_their_evidence(shipped: Scorer) -> None:
    found = shipped.explained(assessed(account("应急管理部值班室")))
    assert len(found.contributions) == 5
    assert all(one.evidence for one in found.contributions)
    assert found.contributions[0].change > 0


def test_the_benchmark_runs_on_what_is_there(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    small = tuple(
        LabelledSet(f"bench/{part}", _head(BENCH / f"{part}.csv", tmp_path / f"{part}.csv"))
        for part in ("violations", "legitimate")
    )
    assert {one.name for one in small} <= {one.name for one in SETS}
    assert ranking.run(screener(), small, tmp_path / "no nicknames.txt.gz") == 0
    printed = capsys.readouterr().out
    assert "average precision" in printed
    assert "one account with its reasons" in printed


def _head(path: Path, made: Path) -> Path:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    made.write_text("".join(lines[:60]), encoding="utf-8")
    return made
