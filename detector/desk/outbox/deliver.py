"""Delivering what is due: at least once, again with growing pauses for a day, then set aside as dead."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from detector.desk.errors import BadTarget
from detector.desk.ledger.append import Entry, Kind, append
from detector.desk.outbox.models import Delivery
from detector.desk.outbox.send import send

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
# 5 s doubled up to an hour: 34 attempts span a little more than a day
MOST_ATTEMPTS = 34
# While a sender works on a message, no other one takes it
_LEASE = timedelta(minutes=2)


def pause(attempts: int, rng: random.Random) -> timedelta:
    """How long to wait after so many failures: doubled each time, with a fifth of chance in it."""
    bare = min(FIRST_PAUSE * (1 << min(attempts - 1, 20)), LONGEST_PAUSE)
    return bare * rng.uniform(0.8, 1.2)


def deliver_next(now: datetime, rng: random.Random) -> bool:
    """Try the message that has been due longest; False where none is."""
    delivery = _take(now)
    if delivery is None:
        return False
    target = delivery.target
    private = settings.CONFIG.private_targets
    try:
        error = send(
            target.url,
            target.secret,
            delivery.message_id,
            delivery.body,
            int(now.timestamp()),
            private,
        )
    except BadTarget as refused:
        error = str(refused)
    delivery.attempts += 1
    delivery.error = error[:200]
    if not error:
        delivery.sent_at, delivery.next_at = now, None
    elif delivery.attempts >= MOST_ATTEMPTS or not target.active:
        delivery.next_at = None
    else:
        delivery.next_at = now + pause(delivery.attempts, rng)
    delivery.save(update_fields=["attempts", "error", "sent_at", "next_at"])
    return True


def _take(now: datetime) -> Delivery | None:
    """The oldest due message of a target, leased to us."""
    with transaction.atomic():
        due = Delivery.objects.filter(next_at__lte=now).order_by("next_at", "id")
        if connection.vendor == "postgresql":
            due = due.select_for_update(skip_locked=True, of=("self",))
        found = due.select_related("target").first()
        if found is not None:
            Delivery.objects.filter(pk=found.pk).update(next_at=now + _LEASE)
    return found


def resend(delivery_id: int, actor: str, now: datetime) -> None:
    """Give a dead message another day."""
    with transaction.atomic():
        found = Delivery.objects.select_for_update().get(pk=delivery_id)
        if found.dead:
            append([Entry(Kind.RESENT, str(found.pk), actor, {"event": found.event})], now)
            found.attempts, found.next_at = 0, now
            found.save(update_fields=["attempts", "next_at"])
