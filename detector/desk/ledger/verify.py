"""Proving the ledger: the chain, the searchable columns, the signed checkpoints, the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC

from detector.desk.errors import LedgerError
from detector.desk.ledger.chain import GENESIS, Broken, BrokenChain, Link, fields_of, walk
from detector.desk.ledger.models import Event
from detector.desk.ledger.signing import Signed


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found: events that hold, checkpoints met, the end of the chain, the first break."""

    events: int
    checkpoints: int
    last_digest: str
    broken: Broken | None = None


def verify(links: Iterable[Link], checkpoints: Iterable[Signed]) -> Proof:
    """Walk the chain, and hold every checkpoint against it; signatures are checked before."""
    wanted = {one.seq: one for one in checkpoints}
    met, seq, digest = 0, 0, GENESIS
    try:
        for link in walk(links):
            seq, digest = link.seq, link.digest
            if seq in wanted:
                if wanted[seq].digest != digest:
                    reason = "is not the event that was signed: the ledger was rewritten up to here"
                    return Proof(seq - 1, met, digest, Broken(seq, reason))
                met += 1
    except BrokenChain as error:
        return Proof(seq, met, digest, error.broken)
    beyond = [at for at in wanted if at > seq]
    if beyond:
        reason = f"is missing: event {max(beyond)} was signed, the ledger ends at {seq}"
        return Proof(seq, met, digest, Broken(seq + 1, reason))
    return Proof(seq, met, digest)


def stored_links() -> Iterator[Link]:
    """The events of the database in order. Raises BrokenChain where a column belies the body."""
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        reason = _belied(event)
        if reason:
            raise BrokenChain(Broken(event.seq, reason))
        yield event.link


def _belied(event: Event) -> str:
    try:
        fields = fields_of(event.link)
    except LedgerError as error:
        return str(error)
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    columns = {"kind": event.kind, "subject": event.subject, "actor": event.actor, "at": at}
    wrong = [name for name, value in columns.items() if fields.get(name) != value]
    return f"column {wrong[0]} is not what was hashed" if wrong else ""


def altered_records(links: Iterable[Link], records: Iterable[tuple[str, str]]) -> list[str]:
    """Ids of cases whose stored record is not the one that the ledger names.

    A record that was removed when its time was up is none of them.
    """
    named = {}
    for link in links:
        fields = fields_of(link)
        data = fields.get("data")
        if isinstance(data, dict) and "record" in data:
            named[str(fields["subject"])] = data["record"]
    return [case for case, digest in records if named.get(case) != digest]
