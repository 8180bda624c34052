"""Adding and closing webhook targets, each an event of the ledger."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from detector.desk.ledger.append import Entry, Kind, append
from detector.desk.outbox.guard import place_of
from detector.desk.outbox.models import Target


def add_target(url: str, client: str, actor: str, now: datetime) -> Target:
    """A new target. Raises BadTarget where its address may not be called."""
    place = place_of(url, settings.CONFIG.private_targets)
    with transaction.atomic():
        target = Target.objects.create(url=url, client=client, added=now)
        data = {"host": place.host, "client": client}
        append([Entry(Kind.TARGET_ADDED, str(target.pk), actor, data)], now)
    return target


def close_target(target_id: int, actor: str, now: datetime) -> None:
    """No more messages to a target."""
    with transaction.atomic():
        target = Target.objects.select_for_update().get(pk=target_id)
        if target.active:
            target.active = False
            target.save(update_fields=["active"])
            append([Entry(Kind.TARGET_CLOSED, str(target.pk), actor)], now)
