"""People and cases that tests need."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from detector.contract import AssessmentRecord
from detector.desk.cases.intake import take_in
from detector.desk.cases.models import Case
from detector.desk.people.adding import add_person
from detector.desk.people.models import User
from detector.desk.people.roles import Role

PASSWORD = "correct horse battery"


def person(name: str, role: Role, now: datetime) -> User:
    """Somebody with a role; the password is PASSWORD."""
    return add_person(name, PASSWORD, role, "system", now)


def record(account_id: str, name: str = "人民曰报", **changes: Any) -> AssessmentRecord:
    """An assessment as the engine writes it: refused, a person confirms."""
    finding: dict[str, Any] = {
        "clause": "8(4)", "act": "仿冒", "outcome": changes.get("outcome", "refuse"),
        "rule": "imitates_a_medium",
        "entity": {"id": changes.pop("body", "media-1"), "name": "人民日报社",
                   "aliases": ["人民日报"], "kind": changes.pop("kind", "media")},
        "field": "name", "query": name, "candidate": "人民日报", "span": [0, len(name)],
        "stance": "is",
        "edits": [{"kind": "look_alike", "query": "曰", "candidate": "日", "span": [2, 3]}],
        "status": "met", "reason": "名称仿冒。 The name imitates.", "also": ["8(6)"],
        "lifted_by": "",
    }  # fmt: skip
    account = {"account_id": account_id, "name": name, "bio": "权威发布"}
    account |= changes.pop("account", {})
    found: dict[str, Any] = {
        "account_id": account_id, "outcome": "refuse", "needs_person": True, "risk": None,
        "findings": [finding], "gaps": [],
        "provenance": {"code": "c", "rules": "r", "registry": "g", "model": ""},
        "measure": "", "as_of": "2026-11-23", "account": account,
    }  # fmt: skip
    found |= changes
    return found  # type: ignore[return-value]


def cases(count: int, now: datetime, **changes: Any) -> list[Case]:
    """So many open cases of different accounts."""
    made = take_in([record(f"a{n}", **changes) for n in range(count)], "test", now)
    return [case for case in made if case is not None]
