"""Every test of the desk runs on a fresh database: SQLite and PostgreSQL, one suite."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test.utils import setup_test_environment, teardown_test_environment

from detector.desk.config import Database
from tests.desk.databases import Pattern, postgresql_fault

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def environment() -> Iterator[None]:
    """Django's own preparations: messages are kept, templates tell what they were given."""
    setup_test_environment()
    yield
    teardown_test_environment()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Pattern:
    """The migrated SQLite file."""
    return Pattern("sqlite", tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pattern]:
    """The migrated PostgreSQL database; skips where no server answers."""
    fault = postgresql_fault()
    if fault:
        pytest.skip(fault)
    pattern = Pattern("postgresql", tmp_path_factory.mktemp("postgresql"))
    yield pattern
    pattern.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A fresh database, once each."""
    pattern: Pattern = request.getfixturevalue(request.param)
    with pattern.copy() as found:
        yield found


@pytest.fixture
def one_db(sqlite: Pattern) -> Iterator[Database]:
    """A fresh SQLite database, for what does not depend on the database."""
    with sqlite.copy() as found:
        yield found


@pytest.fixture
def now() -> datetime:
    """A fixed moment."""
    return NOW


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder that a desk may call its home."""
    return tmp_path
