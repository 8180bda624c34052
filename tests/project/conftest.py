"""A copy of the tree for each test that follows a README."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.readme import ROOT, copy_tree


@pytest.fixture(scope="session")
def compiled() -> None:
    """The matching is compiled in the tree, so that every copy of it has that already."""
    command = [sys.executable, "-m", "detector.cli", "explain", "人民曰报"]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


@pytest.fixture
def tree(tmp_path: Path, compiled: None) -> Path:
    """A copy of the tree that a test may change."""
    return copy_tree(tmp_path)
