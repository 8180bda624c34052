"""What the tests of ranking share: the shipped screener, and scorers over a model written down."""

from __future__ import annotations

import pytest

from detector.scorer import Scorer
from tests.ranking import tiny


@pytest.fixture(scope="session")
def scorer(tmp_path_factory: pytest.TempPathFactory) -> Scorer:
    """A scorer in which every feature weighs the same, in its sense."""
    return Scorer(tiny.install(tmp_path_factory.mktemp("models") / "tiny"))
