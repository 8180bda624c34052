"""From assessment to case: everything that is no plain allow is ledgered, and queued where people decide."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from detector.contract import AssessmentRecord, to_line
from detector.contract.json_value import Json
from detector.desk.cases.harm import harm_of
from detector.desk.cases.models import Case, Claim, new_id
from detector.desk.cases.order import due, shuffle_key
from detector.desk.cases.words import Lane, State
from detector.desk.ledger.append import Entry, Kind, append

# A cell of the queue shows no more; the record keeps all
_SHOWN = 500


def take_in(records: Sequence[AssessmentRecord], client: str, now: datetime) -> list[Case | None]:
    """A case for every record that is no plain allow, in order; None for the others.

    An open case of the same account is superseded by its new assessment, in the same transaction.
    Of several records of one account in one call, the last stands.
    """
    cases = [None if _plain(one) else _case(one, client, now) for one in records]
    made = [case for case in cases if case is not None]
    if not made:
        return cases
    with transaction.atomic():
        old = _standing(client, [case.account_id for case in made])
        last = {case.account_id: case for case in made}
        repeated = [case for case in made if last[case.account_id] is not case]
        for case in repeated:
            case.state = State.SUPERSEDED
        entries = [_entry(case, f"client:{client}") for case in made]
        entries += [
            Entry(Kind.REASSESSED, case.id, f"client:{client}", {"by": last[case.account_id].id})
            for case in old
        ]
        events = append(entries, now)
        for case, event in zip((*made, *old), events, strict=True):
            case.last_event = event.seq
        Case.objects.bulk_create(made)
        for case in old:
            case.state = State.SUPERSEDED
            case.save(update_fields=["state", "last_event"])
        Claim.objects.filter(case__in=old).delete()
    return cases


def _plain(record: AssessmentRecord) -> bool:
    return record["outcome"] == "allow" and not record["needs_person"]


def _standing(client: str, accounts: list[str]) -> list[Case]:
    found = Case.objects.filter(
        client=client, account_id__in=accounts, state__in=(State.OPEN, State.WAITING), twin=None
    )
    return list(found.order_by("id").select_for_update())


def lane_of(record: AssessmentRecord) -> Lane:
    """Where the case waits: accounts that exist apart from those at the door."""
    if record["account"].get("event", "").strip().lower() == "stock":
        return Lane.RESCREEN
    return Lane.CONFIRM if record["outcome"] == "refuse" else Lane.STRICT


def _case(record: AssessmentRecord, client: str, now: datetime) -> Case:
    line = to_line(record).decode().rstrip("\n")
    first = record["findings"][0] if record["findings"] else None
    entity = first["entity"] if first else None
    risk, harm, case_id = record["risk"], harm_of(record), new_id()
    return Case(
        id=case_id,
        client=client,
        account_id=record["account_id"][:512],
        name=record["account"].get("name", "")[:_SHOWN],
        outcome=record["outcome"],
        clause=first["clause"] if first else "",
        body_id=entity["id"][:120] if entity else "",
        body_name=entity["name"] if entity else "",
        avatar=record["account"].get("avatar", "")[:80],
        lane=lane_of(record),
        state=State.OPEN if record["needs_person"] else State.DECIDED,
        final="" if record["needs_person"] else record["outcome"],
        risk=risk,
        harm=harm,
        opened_at=now,
        due_at=due(now, risk, harm),
        explore=shuffle_key(case_id),
        record=line,
        record_digest=hashlib.sha256(line.encode()).hexdigest(),
        last_event=0,
    )


def _entry(case: Case, actor: str) -> Entry:
    made_by = case.assessment["provenance"]
    provenance: dict[str, Json] = {
        "code": made_by["code"],
        "rules": made_by["rules"],
        "registry": made_by["registry"],
        "model": made_by["model"],
    }
    data: dict[str, Json] = {
        "record": case.record_digest,
        "outcome": case.outcome,
        "clause": case.clause,
        "body": case.body_id,
        "state": case.state,
        "provenance": provenance,
    }
    return Entry(Kind.ASSESSED, case.id, actor, data)
