"""A copy of the tree for each test that follows a README."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.readme import copy_tree
from tests.project.terminal import compile_tree


@pytest.fixture(scope="session")
def compiled() -> None:
    """The matching is compiled in the tree, so that every copy of it has that already."""
    compile_tree()


@pytest.fixture
def tree(tmp_path: Path, compiled: None) -> Path:
    """A copy of the tree that a test may change."""
    return copy_tree(tmp_path)
