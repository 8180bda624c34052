"""The engine is tested over the shipped registry, on one worker: it is opened once."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/engine" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("shipped"))
