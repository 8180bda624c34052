"""Screening for a client: once for an idempotency key, held where it cannot be done in time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from django.db import IntegrityError, transaction

from detector.contract import AssessmentRecord, Reported, read_row
from detector.contract.json_value import Json
from detector.desk.api.models import Answer, Client
from detector.desk.api.schemas import AccountIn, Answered, ScreenIn, ScreenOut
from detector.desk.cases.intake import take_in
from detector.desk.cases.models import Case
from detector.desk.engine import Engine, Late, Overloaded
from detector.errors import DetectorError, RowError

# How long an answer is repeated to the same key
KEPT = timedelta(hours=24)
# Of the deadline, what is left for writing ledger and answer
_WRITING = 0.15


class KeyReused(Exception):
    """The idempotency key was used for another request."""


def fingerprint(asked: ScreenIn) -> str:
    """What makes two requests the same."""
    return hashlib.sha256(asked.model_dump_json().encode()).hexdigest()


def repeated(client: Client, key: str, request: str, now: datetime) -> str | None:
    """The answer given before to this key. Raises KeyReused where the request was another."""
    found = Answer.objects.filter(client=client, key=key, at__gt=now - KEPT).first()
    if found is None:
        return None
    if found.request != request:
        raise KeyReused
    return found.body


def screen(asked: ScreenIn, client: Client, key: str, engine: Engine, now: datetime) -> str:
    """The answer as JSON. What is no plain allow is in the ledger when this returns.

    Raises RowError naming an account that cannot be read, KeyReused.
    """
    request = fingerprint(asked) if key else ""
    before = repeated(client, key, request, now) if key else None
    if before is not None:
        return before
    rows = [_reported(number, account) for number, account in enumerate(asked.accounts, 1)]
    try:
        records = engine.screen(rows, asked.deadline_ms / 1000 * (1 - _WRITING))
    except Overloaded:
        return _held(rows, "overloaded")
    except Late:
        return _held(rows, "deadline")
    except RowError:
        raise
    except DetectorError:
        return _held(rows, "degraded")
    try:
        with transaction.atomic():
            cases = take_in(records, client.name, now)
            body = _body(records, cases)
            if key:
                Answer.objects.filter(client=client, key=key, at__lte=now - KEPT).delete()
                Answer.objects.create(client=client, key=key, request=request, body=body, at=now)
    except IntegrityError:  # the same key at the same moment: the other one's answer stands
        before = repeated(client, key, request, now) if key else None
        if before is None:
            raise
        return before
    return body


def _reported(number: int, account: AccountIn) -> Reported:
    return read_row(number, account.model_dump(exclude_none=True))


def _held(rows: Sequence[Reported], reason: str) -> str:
    answers = [
        Answered(
            account_id=row.account.account_id, outcome="hold", needs_person=True, reason=reason
        )
        for row in rows
    ]
    return ScreenOut(answers=answers).model_dump_json()


def _body(records: Sequence[AssessmentRecord], cases: Sequence[Case | None]) -> str:
    answers: list[dict[str, Json]] = [
        {
            "account_id": record["account_id"],
            "outcome": record["outcome"],
            "needs_person": record["needs_person"],
            "case": case.pk if case else None,
            "reason": "",
            "assessment": cast(Json, record),
        }
        for record, case in zip(records, cases, strict=True)
    ]
    return json.dumps({"answers": answers}, ensure_ascii=False, separators=(",", ":"))
