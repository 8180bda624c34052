"""What the tests of the edges share: files on disk, and the real screener, opened once."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from detector.pipeline import Screener
from detector.settings import Settings

Rows = Sequence[Mapping[str, object]]


@pytest.fixture(scope="session")
def screener() -> Screener:
    """The real screener over the shipped registries."""
    return Screener.open(Settings())


@pytest.fixture
def jsonl(tmp_path: Path) -> Callable[[Rows], Path]:
    """Writes rows to a JSON Lines file."""

    def write(rows: Rows) -> Path:
        path = tmp_path / "in.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
def raw(tmp_path: Path) -> Callable[..., Path]:
    """Writes bytes to a file of a given name, gzipped where that ends in .gz."""

    def write(data: bytes, name: str = "in.jsonl") -> Path:
        path = tmp_path / name
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write
