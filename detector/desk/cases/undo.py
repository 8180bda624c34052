"""Taking back: one's own decision within minutes, or a senior's reopening; always a new event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from detector.desk.cases.decide import standing
from detector.desk.cases.models import Case, Claim, Review
from detector.desk.cases.words import Action, Lane, State
from detector.desk.errors import NotAllowed, WrongState
from detector.desk.ledger.append import Entry, Kind, append
from detector.desk.outbox.queue import announce
from detector.desk.people.models import User
from detector.desk.people.roles import May

WINDOW = timedelta(minutes=15)


def last_of(person: User, now: datetime) -> list[Review]:
    """The person's last decision that can still be taken back: one review, or those of one bulk."""
    mine = Review.objects.filter(reviewer=person, at__gt=now - WINDOW, undone_by=None)
    last = mine.exclude(action__in=(Action.UNDO, Action.REOPEN)).order_by("-event").first()
    if last is None:
        return []
    return list(mine.filter(bulk=last.bulk)) if last.bulk else [last]


def undo(reviews: Sequence[Review], person: User, now: datetime) -> list[Case]:
    """Take the decisions back; the cases are the person's again, as they were before.

    Raises NotAllowed for another's, WrongState where something happened to a case since.
    """
    with transaction.atomic():
        ids = [review.case_id for review in reviews]
        cases = list(Case.objects.filter(pk__in=ids).order_by("id").select_for_update())
        by_case = {review.case_id: review for review in reviews}
        for case in cases:
            _check(case, by_case[case.pk], person, now)
        before = [standing(case) for case in cases]
        events = append(
            [
                Entry(Kind.UNDONE, case.pk, person.actor, {"undoes": by_case[case.pk].event})
                for case in cases
            ],
            now,
        )
        taken_back = []
        until = now + timedelta(minutes=settings.CONFIG.lease_minutes)
        for case, event, was in zip(cases, events, before, strict=True):
            review = by_case[case.pk]
            _restore(case, review, event.seq)
            taken_back.append(
                Review.objects.create(
                    case=case, reviewer=person, action=Action.UNDO, reason="", at=now,
                    event=event.seq, before=was, undoes=review,
                )
            )  # fmt: skip
            Claim.objects.update_or_create(case=case, defaults={"reviewer": person, "until": until})
        announce(list(zip(cases, taken_back, strict=True)), now)
    return cases


def _check(case: Case, review: Review, person: User, now: datetime) -> None:
    if review.reviewer_id != person.pk:
        raise NotAllowed("only one's own decision can be undone; a senior can reopen the case")
    if review.at <= now - WINDOW:
        raise WrongState("the time to undo has passed; a senior can reopen the case")
    if case.last_event != review.event:
        raise WrongState("something else has happened to the case since")
    if Claim.objects.filter(case=case, until__gt=now).exists():
        raise WrongState("somebody else is looking at the case now")


def _restore(case: Case, review: Review, event: int) -> None:
    was = review.before
    case.state, case.lane, case.final = was["state"], was["lane"], was["final"]
    case.closing_by_id = was["closing_by"]
    case.last_event = event
    case.save(update_fields=["state", "lane", "final", "closing_by", "last_event"])


def reopen(case_id: str, person: User, note: str, now: datetime) -> Case:
    """A senior puts a decided case into the seniors' lane; the override names what it overrides."""
    if not person.may(May.OVERRIDE):
        raise NotAllowed("only a senior can reopen a case")
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        if case.state not in (State.DECIDED, State.WAITING):
            raise WrongState("only a decided case can be reopened")
        was = standing(case)
        entry = Entry(
            Kind.REVIEWED, case.pk, person.actor,
            {"action": str(Action.REOPEN), "overrides": case.last_event, "note": bool(note)},
        )  # fmt: skip
        (event,) = append([entry], now)
        case.state, case.lane, case.final = State.OPEN, Lane.SENIOR, ""
        case.last_event = event.seq
        case.save(update_fields=["state", "lane", "final", "last_event"])
        review = Review.objects.create(
            case=case, reviewer=person, action=Action.REOPEN, reason="", note=note, at=now,
            event=event.seq, before=was,
        )  # fmt: skip
        announce([(case, review)], now)
    return case
