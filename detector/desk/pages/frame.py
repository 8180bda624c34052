"""What every page's frame needs: who is here, and which rooms are open to them."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from detector.desk.people.models import User
from detector.desk.people.roles import May


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the navigation."""

    name: str
    title: Promise
    act: May

    @property
    def url(self) -> str:
        """Where it is."""
        return reverse(self.name)


ROOMS = (
    Room("queue", _("Queue"), May.SEE_QUEUE),
    Room("search", _("Search"), May.SEE_CASES),
    Room("law", _("Law"), May.SEE_GUIDES),
    Room("registry", _("Registry"), May.SEE_GUIDES),
    Room("order", _("Order"), May.SEE_GUIDES),
    Room("agreement", _("Agreement"), May.EXPORT_TRAINING),
    Room("ledger", _("Ledger"), May.SEE_LEDGER),
    Room("people", _("People"), May.MANAGE),
    Room("clients", _("Clients"), May.MANAGE),
    Room("webhooks", _("Webhooks"), May.MANAGE),
    Room("help", _("Help"), May.SEE_GUIDES),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """The frame's variables."""
    found: dict[str, object] = {"sso": bool(settings.CONFIG.oidc[0])}
    user = getattr(request, "user", None)
    if isinstance(user, User):
        found["rooms"] = [room for room in ROOMS if user.may(room.act)]
    return found
