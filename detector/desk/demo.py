"""A desk to try out: one person of every role, and a queue of a few hundred cases from our own examples."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from detector.contract import read_row
from detector.desk.api.keys import add_client
from detector.desk.api.models import Client
from detector.desk.cases.intake import take_in
from detector.desk.cases.models import Case
from detector.desk.engine import engine
from detector.desk.people.adding import SYSTEM, add_person
from detector.desk.people.models import User
from detector.desk.people.roles import Role
from detector.settings import Settings

CLIENT = "demo-platform"
_ACCOUNTS = Settings().registries.parent / "accounts" / "demo.jsonl"
# Cases as if they had come in over the last day and a half, so that their ages differ
_OVER = timedelta(hours=36)
_PORTIONS = 12


def fill(now: datetime, accounts: Path = _ACCOUNTS) -> int:
    """Screen the demo accounts into an empty queue; how many cases came of it."""
    if Case.objects.exists():
        return 0
    rows = [
        read_row(number, json.loads(line))
        for number, line in enumerate(accounts.read_text(encoding="utf-8").splitlines(), 1)
    ]
    if not Client.objects.filter(name=CLIENT).exists():
        add_client(CLIENT, ("screen", "read"), SYSTEM, now - _OVER)
    made = 0
    for portion in range(_PORTIONS):
        records = engine().screen(rows[portion::_PORTIONS], 600)
        at = now - _OVER * (1 - (portion + 0.5) / _PORTIONS)
        made += sum(case is not None for case in take_in(records, CLIENT, at))
    return made


def people(now: datetime) -> tuple[str, list[str]]:
    """One person of every role, two where two are needed; their new common password and their names."""
    password = secrets.token_urlsafe(9)
    names = []
    for role, count in ((Role.REVIEWER, 2), (Role.SENIOR, 2), (Role.SCIENTIST, 1),
                        (Role.AUDITOR, 1), (Role.ADMIN, 1)):  # fmt: skip
        for number in range(1, count + 1):
            name = f"{role}{number}" if count > 1 else str(role)
            names.append(name)
            found = User.objects.filter(username=name).first()
            if found is None:
                add_person(name, password, role, SYSTEM, now)
            else:
                found.set_password(password)
                found.save(update_fields=["password"])
    return password, names
