"""Putting decisions into the outbox, in the transaction that makes them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from detector.desk.cases.models import Case, Review
from detector.desk.outbox.models import Delivery, Target


def announce(decided: Sequence[tuple[Case, Review]], now: datetime) -> None:
    """A message for every target that hears of the case's client; second opinions tell nobody."""
    targets = list(Target.objects.filter(active=True))
    if not targets:
        return
    Delivery.objects.bulk_create(
        Delivery(
            target=target,
            event=review.event,
            message_id=f"msg_{review.event}_{target.pk}",
            body=message(case, review),
            created=now,
            next_at=now,
        )
        for case, review in decided
        if case.twin_id is None
        for target in targets
        if target.client in ("", case.client)
    )


def message(case: Case, review: Review) -> str:
    """What the platform is told: which account, what was done, under which clause, which event."""
    told = {
        "type": "case.reviewed",
        "event": review.event,
        "at": review.at.astimezone(UTC).isoformat(),
        "case": case.pk,
        "client": case.client,
        "account_id": case.account_id,
        "action": str(review.action),
        "reason": review.reason,
        "state": str(case.state),
        "decision": str(case.final) or None,
        "clause": case.clause,
        "undoes": review.undoes.event if review.undoes else None,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True)
