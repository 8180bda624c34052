"""Databases for tests: fresh ones of SQLite and PostgreSQL, copied from a migrated pattern."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from detector.desk.config import Database, DeskConfig, database
from detector.desk.settings import database_settings

# Where PostgreSQL answers; its user may create databases
SERVER = os.environ.get("DETECTOR_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")


@cache
def postgresql_fault() -> str:
    """Why PostgreSQL cannot be used here; "" where it can."""
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.Error as error:
        return f"no PostgreSQL at {SERVER.rpartition('@')[2]}: {type(error).__name__}"
    return ""


def command(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)


def use(found: Database) -> None:
    """Make a database the one that Django talks to, from all threads."""
    config: DeskConfig = replace(settings.CONFIG, database=found)
    settings.CONFIG = config
    connections.close_all()
    with suppress(AttributeError):  # nobody has used it in this thread
        del connections["default"]
    connections.settings["default"] = connections.configure_settings(
        {"default": database_settings(config) | {"CONN_MAX_AGE": 0}}
    )["default"]


def _migrate(found: Database) -> None:
    use(found)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()


class Pattern:
    """A migrated, empty database of one vendor, from which tests get copies."""

    def __init__(self, vendor: str, folder: Path) -> None:
        self.vendor, self._folder = vendor, folder
        self._name = f"desk_pattern_{uuid.uuid4().hex[:12]}"
        if vendor == "sqlite":
            _migrate(Database("sqlite3", str(folder / self._name)))
        else:
            command(f"CREATE DATABASE {self._name}")
            _migrate(self._on_server(self._name))

    @staticmethod
    def _on_server(name: str) -> Database:
        return replace(database(SERVER), name=name)

    @contextmanager
    def copy(self) -> Iterator[Database]:
        """A copy that Django talks to."""
        name = f"desk_test_{uuid.uuid4().hex[:12]}"
        if self.vendor == "sqlite":
            path = self._folder / name
            shutil.copy(self._folder / self._name, path)
            found = Database("sqlite3", str(path))
        else:
            command(f"CREATE DATABASE {name} TEMPLATE {self._name}")
            found = self._on_server(name)
        use(found)
        try:
            yield found
        finally:
            connections.close_all()
            if self.vendor != "sqlite":
                command(f"DROP DATABASE {name} WITH (FORCE)")

    def remove(self) -> None:
        """Drop the pattern."""
        if self.vendor != "sqlite":
            command(f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)")


def url(found: Database) -> str:
    """The database as DETECTOR_DESK_DATABASE takes it."""
    if found.is_sqlite:
        return f"sqlite:///{found.name}"
    password = f":{found.password}" if found.password else ""
    port = f":{found.port}" if found.port else ""
    return f"postgresql://{found.user}{password}@{found.host}{port}/{found.name}"
