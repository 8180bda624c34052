"""The small registry, opened once; the tables behind it are read on first use, so no deadlines."""

from __future__ import annotations

import pytest
from hypothesis import settings

from detector.pipeline import Screener
from tests.channels.bodies import open_screener

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    """A screener over the registry of `bodies`."""
    return open_screener(tmp_path_factory.mktemp("bodies"))
