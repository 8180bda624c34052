"""A screener over a changed registry: who comes is found, who goes is not, with the gate and without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detector.errors import RegistryError
from detector.pipeline import Screener
from detector.types import (
    Account,
    AccountType,
    Alias,
    Entity,
    Kind,
    Level,
    NameSort,
    Outcome,
    Owner,
)
from tests.core.shipped import screener
from tests.engine.test_gate import TODAY, accounts
from tests.engine.texts import of_the_sets

NEW = Entity(
    "test.xinghe", "星河晨报社", (Alias("星河晨报", NameSort.OFFICIAL),), Kind.MEDIA, Level.CITY,
    "", "tests",
)  # fmt: skip
GONE = "人民日报"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    base = screener()
    index = base.registry.index
    bearers = base.registry.called(GONE)
    assert bearers
    assert index.entity(index.numbers[bearers[0].id]) == bearers[0]
    cache = Path(tmp_path_factory.mktemp("cache"))
    settings = replace(base.settings, cache=cache)
    over = Screener(base.registry, settings, base.gate)
    return over.changed([NEW], [bearer.id for bearer in bearers])


def named(name: str) -> Account:
    return Account("1", name, AccountType.PERSONAL, bio="", signature="", owner=Owner("", "", ""))


def bodies(found: Screener, name: str) -> set[str]:
    (assessment,) = found.screen([named(name)], TODAY)
    return {case.entity.name for case in assessment.cases if case.entity is not None}


@pytest.mark.parametrize("name", ["星河晨报", "星河曟报", "星河晨报官方"])
def test_a_body_that_comes_is_found_in_every_dress(changed: Screener, name: str) -> None:
    assert NEW.name not in bodies(screener(), name)
    assert NEW.name in bodies(changed, name)
    (assessment,) = changed.screen([named(name)], TODAY)
    assert assessment.decision.outcome is Outcome.REFUSE


@pytest.mark.parametrize("name", ["人民日报", "人民曰报", "人民日报客服"])
def test_a_body_that_goes_is_found_no_more(changed: Screener, name: str) -> None:
    (bearer,) = {bearer.name for bearer in screener().registry.called(GONE)}
    assert bearer in bodies(screener(), name)
    assert bearer not in bodies(changed, name)


def test_the_gate_keeps_back_nothing_of_a_changed_registry(changed: Screener) -> None:
    plain = Screener(changed.registry, changed.settings)
    listed = accounts([name for name in of_the_sets() if name.isprintable()][::3])
    assert changed.screen(listed, TODAY) == plain.screen(listed, TODAY)


def test_a_changed_registry_is_not_changed_again(changed: Screener) -> None:
    with pytest.raises(RegistryError, match="no built index"):
        changed.changed([], [])
    assert changed.provenance.registry != screener().provenance.registry
