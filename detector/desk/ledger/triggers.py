"""Triggers that keep rows from being changed or removed, for both databases."""

from __future__ import annotations

from typing import Any


def append_only(table: str) -> dict[str, list[str]]:
    """Vendor -> statements that forbid UPDATE, DELETE (and TRUNCATE) on a table."""
    sqlite = [
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for act in ("UPDATE", "DELETE")
    ]
    postgresql = [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = '23001'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]
    return {"sqlite": sqlite, "postgresql": postgresql}


def guarded(table: str, moment: str, condition: str, message: str) -> dict[str, list[str]]:
    """Vendor -> statements that refuse a change where `condition` (on NEW and OLD) holds.

    moment: INSERT or UPDATE.
    """
    name = f"{table}_{moment.lower()}_guard"
    sqlite = (
        f"CREATE TRIGGER {name} BEFORE {moment} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )
    function = (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = '23001'; END IF; "
        f"RETURN NEW; END $$"
    )
    trigger = (
        f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
    return {"sqlite": [sqlite], "postgresql": [function, trigger]}


class Install:
    """A migration's step: run the statements of the database at hand."""

    def __init__(self, *statements: dict[str, list[str]]) -> None:
        self._statements = statements

    def __call__(self, apps: Any, editor: Any) -> None:
        """Run them."""
        for by_vendor in self._statements:
            for statement in by_vendor[editor.connection.vendor]:
                editor.execute(statement, params=None)
