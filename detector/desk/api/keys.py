"""Keys of API clients: made, rotated, closed; only their hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from detector.desk.api.models import Client
from detector.desk.errors import DeskError
from detector.desk.ledger.append import Entry, Kind, append

# screen: post accounts; read: see the queue, assessments, law, registry, model
SCOPES = ("screen", "read")
# How long the key before the last rotation still works
OVERLAP = timedelta(hours=24)


def digest(key: str) -> str:
    """What is kept of a key. It is 256 random bits, so that a plain hash cannot be searched."""
    return hashlib.sha256(key.encode()).hexdigest()


def _new() -> str:
    return "dk_" + secrets.token_urlsafe(32)


def add_client(name: str, scopes: Sequence[str], actor: str, now: datetime) -> str:
    """A new client; its key, told once. Raises DeskError for a name that is taken, long or empty."""
    if not name or len(name) > 64 or not scopes or set(scopes) - set(SCOPES):
        raise DeskError("a client needs a name of up to 64 characters and a scope")
    key = _new()
    with transaction.atomic():
        if Client.objects.filter(name=name).exists():
            raise DeskError(f"{name}: there is a client of this name")
        Client.objects.create(name=name, key=digest(key), scopes=" ".join(scopes), added=now)
        append([Entry(Kind.CLIENT_ADDED, name, actor, {"scopes": list(scopes)})], now)
    return key


def rotate_key(client_id: int, actor: str, now: datetime) -> str:
    """A new key; the one before is good for a day."""
    key = _new()
    with transaction.atomic():
        client = Client.objects.select_for_update().get(pk=client_id)
        client.old_key, client.old_until = client.key, now + OVERLAP
        client.key = digest(key)
        client.save(update_fields=["key", "old_key", "old_until"])
        append([Entry(Kind.KEY_ROTATED, client.name, actor)], now)
    return key


def close_client(client_id: int, actor: str, now: datetime) -> None:
    """No access any more."""
    with transaction.atomic():
        client = Client.objects.select_for_update().get(pk=client_id)
        if client.active:
            client.active = False
            client.save(update_fields=["active"])
            append([Entry(Kind.CLIENT_CLOSED, client.name, actor)], now)


def client_of(key: str, now: datetime) -> Client | None:
    """Whose key it is; None where nobody's, or of a client that was closed."""
    hashed = digest(key)
    found = Client.objects.filter(key=hashed, active=True).first()
    if found is not None:
        return found
    return Client.objects.filter(old_key=hashed, old_until__gt=now, active=True).first()
