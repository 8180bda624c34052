"""Adding people and changing what they may do, each an event of the ledger."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from detector.contract.json_value import Json
from detector.desk.errors import DeskError
from detector.desk.ledger.append import Entry, Kind, append
from detector.desk.people.models import User
from detector.desk.people.roles import Role

SYSTEM = "system"


def add_person(name: str, password: str, role: Role, actor: str, now: datetime) -> User:
    """A new person. Raises DeskError where the name is taken."""
    with transaction.atomic():
        if User.objects.filter(username__iexact=name).exists():
            raise DeskError(f"{name}: there is somebody of this name")
        person = User(username=name, role=role)
        person.set_password(password)
        person.save()
        append([Entry(Kind.PERSON_ADDED, person.pseudonym, actor, {"role": str(role)})], now)
    return person


def change_person(person: User, role: Role, active: bool, actor: str, now: datetime) -> None:
    """Another role, or an end to it. Raises DeskError where no active admin would be left."""
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person.pk)
        others = User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=person.pk)
        if (role is not Role.ADMIN or not active) and not others.exists():
            raise DeskError("the last admin cannot be taken away")
        was = person.role
        person.role, person.is_active = str(role), active
        person.save(update_fields=["role", "is_active"])
        data: dict[str, Json] = {"role": str(role), "active": active, "was_role": was}
        append([Entry(Kind.PERSON_CHANGED, person.pseudonym, actor, data)], now)
