"""From examples to a model: monotone, calibrated, the same bytes again, and honest about itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.errors import DataError, ModelError
from detector.features import FEATURES, NAMES
from detector.scorer import DESCRIPTION, MODEL, Scorer
from tests.core.shipped import registry
from tests.training.ranking import made
from training import described, export, fit
from training.calibration import bins, calibrated, expected_error
from training.contenders import CONTENDERS, SEVERITY
from training.figures import Interval, average_precision, reached, threshold, weights_at
from training.split import Side

# --- figures, by hand ---------------------------------------------------------------------------


def test_average_precision_is_that_counted_by_hand() -> None:
    scores, risky = np.array([0.9, 0.8, 0.7, 0.2]), np.array([True, False, True, False])
    assert average_precision(scores, risky) == pytest.approx((1 + 2 / 3) / 2)


def test_accounts_of_one_score_share_a_place() -> None:
    scores, risky = np.array([0.5, 0.5, 0.5, 0.5]), np.array([True, False, False, False])
    assert average_precision(scores, risky) == pytest.approx(0.25)


def test_a_stock_is_weighed_so_that_one_in_a_hundred_is_a_violation() -> None:
    risky = np.array([True, False, False, False])
    found = weights_at(risky)
    assert found.sum() == pytest.approx(1)
    assert found[risky].sum() == pytest.approx(0.01)


def test_a_budget_reaches_the_violations_that_stand_first() -> None:
    scores, risky = np.arange(200)[::-1] / 200, np.arange(200) < 2
    assert threshold(scores, risky) >= scores[2]
    assert reached(scores, risky)[:2].all()
    assert reached(scores, risky).sum() <= 4


def test_an_interval_is_that_of_wilson() -> None:
    found = Interval.of(8, 10)  # Wilson 95 %: 0.490 .. 0.943
    assert found.low == pytest.approx(0.490, abs=1e-3)
    assert found.high == pytest.approx(0.943, abs=1e-3)
    assert (Interval.of(0, 0).low, Interval.of(0, 0).high) == (0.0, 1.0)


def test_the_calibration_error_is_that_counted_by_hand() -> None:
    scores, risky = np.array([0.1, 0.1, 0.9, 0.9]), np.array([False, True, True, True])
    # two bins of two: promised 0.1 and 0.9, happened 0.5 and 1
    assert expected_error(scores, risky) == pytest.approx((2 * 0.4 + 2 * 0.1) / 4)
    assert [b.count for b in bins(scores, risky)] == [2, 2]


def test_margins_that_grow_the_wrong_way_are_not_calibrated() -> None:
    risky = np.array([True, False] * 20)
    with pytest.raises(ValueError, match="wrong way"):
        calibrated(-risky.astype(np.float64), risky, np.ones(40, np.float32))


# --- contenders ---------------------------------------------------------------------------------

VALUES = st.tuples(*(st.floats(0, feature.high, width=32) for feature in FEATURES))


@pytest.mark.parametrize("name", CONTENDERS)
@settings(deadline=None)  # the first example fits the contenders
@given(row=VALUES, at=st.integers(0, len(NAMES) - 1), more=st.floats(0, 1, width=32))
def test_no_feature_works_against_its_sense(
    name: str, row: tuple[float, ...], at: int, more: float
) -> None:
    higher = list(row)
    higher[at] = row[at] + more * (FEATURES[at].high - row[at])
    pair = np.array([row, higher], dtype=np.float32)
    before, after = made.fitted()[name].contender.margins(pair)
    assert (after - before) * FEATURES[at].sense >= -1e-9


def test_the_order_that_needs_no_training_uses_known_features() -> None:
    assert set(SEVERITY) <= set(NAMES)


def test_learning_is_worth_it() -> None:
    found = made.fitted()
    chosen = fit.best(found)
    assert chosen.contender.name != "severity"
    assert chosen.tested.rare > found["severity"].tested.rare
    assert chosen.tested.average_precision > 0.9


def test_a_simpler_ranker_stays_unless_it_is_beaten() -> None:
    one = made.fitted()["logistic"]
    assert fit.best({"first": one, "second": one}) is one


# --- the exported model -------------------------------------------------------------------------


@pytest.mark.parametrize("name", CONTENDERS)
def test_the_graph_gives_what_scikit_learn_gives(name: str, tmp_path: Path) -> None:
    found = made.fitted()[name]
    model = export.export(
        tmp_path, found, made.fitted(), made.rows(), made.RECIPE, made.folder(), registry().digest
    )
    assert model.parity <= export.PARITY
    assert model.ranker == name


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    again = fit.fitted(made.rows(), made.RECIPE.seed, quiet=True)
    chosen = fit.best(again)
    export.export(
        tmp_path, chosen, again, made.rows(), made.RECIPE, made.folder(), registry().digest
    )
    for name in (MODEL, DESCRIPTION, export.CARD):
        assert (tmp_path / name).read_bytes() == (made.model() / name).read_bytes(), name


def test_the_description_names_what_the_model_is_made_of() -> None:
    found = described.described(made.model())
    assert found.features == NAMES
    assert found.onnx == hashlib.sha256((made.model() / MODEL).read_bytes()).hexdigest()
    assert (found.data, found.registry) == (made.rows().digest(), registry().digest)
    assert found.evaluation.examples == len(made.rows().on(Side.TEST))
    with pytest.raises(ModelError):
        described.described(made.folder())


def test_the_card_says_what_people_must_know() -> None:
    card = (made.model() / export.CARD).read_text(encoding="utf-8")
    for wanted in (
        "Do not use it",
        "## Data",
        "## Calibration",
        "## Where it errs",
        "95 % interval",
    ):
        assert wanted in card
    assert all(f"| {feature.name} |" in card for feature in FEATURES)
    assert all(line == line.rstrip() for line in card.splitlines())


def test_a_model_that_differs_from_scikit_learn_is_not_written_off_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "PARITY", -1.0)
    with pytest.raises(DataError, match="differs from scikit-learn"):
        export.export(
            tmp_path, made.fitted()["logistic"], made.fitted(), made.rows(), made.RECIPE,
            made.folder(), registry().digest,
        )  # fmt: skip


def test_the_runtime_loads_it() -> None:
    scorer = Scorer(made.model())
    assert 0 < scorer.calm.score < 0.2
