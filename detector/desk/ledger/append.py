"""Adding events to the ledger: in the transaction of what they record, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from django.conf import settings
from django.db import connection

from detector.contract.json_value import Json
from detector.desk.errors import LedgerError
from detector.desk.ledger.chain import GENESIS, body_of, digest_of
from detector.desk.ledger.models import Event

# Any number that nothing else locks: writers of the ledger queue behind it (PostgreSQL)
_LOCK = 0x1ED6E2


class Kind(StrEnum):
    """What can happen at the desk."""

    ASSESSED = "assessed"
    REASSESSED = "reassessed"
    REVIEWED = "reviewed"
    UNDONE = "undone"
    SECOND_OPINION = "second_opinion"
    EXPORTED = "exported"
    PERSON_ADDED = "person_added"
    PERSON_CHANGED = "person_changed"
    CLIENT_ADDED = "client_added"
    KEY_ROTATED = "key_rotated"
    CLIENT_CLOSED = "client_closed"
    TARGET_ADDED = "target_added"
    TARGET_CLOSED = "target_closed"
    RESENT = "resent"


@dataclass(frozen=True, slots=True)
class Entry:
    """An event to be: what happened, to what, by whom; data holds no personal data."""

    kind: Kind
    subject: str
    actor: str
    data: Mapping[str, Json] = field(default_factory=dict)


def append(entries: Sequence[Entry], now: datetime) -> list[Event]:
    """The events, written in order. Raises LedgerError outside a transaction.

    From here to the end of the transaction nobody else appends, so callers lock their own rows before.
    """
    if not connection.in_atomic_block:
        raise LedgerError("an event belongs in the transaction of what it records")
    if not entries:
        return []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = Event.objects.order_by("-seq").only("seq", "digest").first()
    seq, prev = (last.seq, last.digest) if last else (0, GENESIS)
    events: list[Event] = []
    for entry in entries:
        seq += 1
        events.append(_event(entry, seq, prev, now))
        prev = events[-1].digest
    return Event.objects.bulk_create(events)


def _event(entry: Entry, seq: int, prev: str, now: datetime) -> Event:
    algorithm = settings.CONFIG.digest
    body = body_of(
        {
            "seq": seq,
            "at": now.astimezone(UTC).isoformat(timespec="microseconds"),
            "kind": str(entry.kind),
            "subject": entry.subject,
            "actor": entry.actor,
            "data": dict(entry.data),
            "algorithm": algorithm,
        }
    )
    return Event(
        seq=seq,
        prev=prev,
        digest=digest_of(algorithm, prev, body),
        body=body,
        kind=str(entry.kind),
        subject=entry.subject,
        actor=entry.actor,
        at=now,
    )
