"""A person at the desk."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import AbstractUser
from django.db import models

from detector.desk.people.roles import ROLES, May, Role

# No vowels and nothing that looks like another: codes are read aloud
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"


def new_pseudonym() -> str:
    """The code under which a person stands in ledger and exports: 6 of 28 signs, 4.8e8 of them."""
    return "".join(secrets.choice(_LETTERS) for _ in range(6))


class User(AbstractUser):
    """Somebody who may log in. The ledger knows the pseudonym, never the name."""

    role = models.CharField(
        max_length=16, choices=[(str(role), str(role)) for role in Role], default=Role.REVIEWER
    )
    pseudonym = models.CharField(max_length=8, unique=True, default=new_pseudonym)
    zone = models.CharField(max_length=40, default="Asia/Shanghai")

    def may(self, act: May) -> bool:
        """Whether the role permits it."""
        return self.is_active and act in ROLES[Role(self.role)]

    @property
    def acts(self) -> frozenset[str]:
        """What the role permits, for templates."""
        return frozenset(str(act) for act in ROLES[Role(self.role)])

    @property
    def actor(self) -> str:
        """Who acts, as the ledger writes it."""
        return f"person:{self.pseudonym}"
