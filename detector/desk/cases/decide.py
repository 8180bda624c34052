"""Deciding: review, ledger event, case and outgoing message in one transaction, or none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from detector.contract.json_value import Json
from detector.desk.cases.models import Case, Claim, Review
from detector.desk.cases.second import second_of, wants_second_opinion
from detector.desk.cases.words import REASONS, Action, Lane, State
from detector.desk.errors import ClaimLost, NotAllowed, WrongState
from detector.desk.ledger.append import Entry, Kind, append
from detector.desk.outbox.queue import announce
from detector.desk.people.models import User
from detector.desk.people.roles import May

LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Choice:
    """What is decided, and why; note: free text, kept beside the case, never in the ledger."""

    action: Action
    reason: str
    note: str = ""

    def check(self) -> None:
        """Raises WrongState where no person could have chosen this."""
        if self.reason not in REASONS.get(self.action, ()):
            raise WrongState(f"{self.reason!r} is no reason for {self.action}")
        if len(self.note) > LONGEST_NOTE:
            raise WrongState(f"the note is longer than {LONGEST_NOTE:,} characters")


def decide(case_id: str, person: User, choice: Choice, now: datetime) -> Review:
    """Decide a case that the person has claimed.

    Raises ClaimLost without a lease in force, NotAllowed by role or identity, WrongState.
    """
    (review,) = decide_all([case_id], person, choice, now)
    return review


def decide_all(
    case_ids: Sequence[str], person: User, choice: Choice, now: datetime, bulk: str = ""
) -> list[Review]:
    """Decide several claimed cases alike, all or none."""
    choice.check()
    if not person.may(May.DECIDE):
        raise NotAllowed("this role decides no cases")
    with transaction.atomic():
        wanted = Case.objects.filter(pk__in=case_ids).order_by("id")
        cases = list(wanted.select_for_update())
        if len(cases) != len(set(case_ids)):
            raise WrongState("no such case")
        _require_claims(cases, person, now)
        before = [standing(case) for case in cases]
        entries = [_entry(case, person, choice, bulk) for case in cases]
        for case in cases:
            _move(case, person, choice)
        seconds = [case for case in cases if wants_second_opinion(case)]
        events = append(entries, now)
        reviews = []
        for case, event, was in zip(cases, events, before, strict=True):
            case.last_event = event.seq
            case.save(update_fields=["state", "lane", "final", "closing_by", "last_event"])
            reviews.append(
                Review.objects.create(
                    case=case, reviewer=person, action=choice.action, reason=choice.reason,
                    note=choice.note, at=now, event=event.seq, bulk=bulk, before=was,
                )
            )  # fmt: skip
        Claim.objects.filter(case__in=cases).delete()
        announce([(case, review) for case, review in zip(cases, reviews, strict=True)], now)
        _ask_again(seconds, person, now)
    return reviews


def standing(case: Case) -> dict[str, Json]:
    """What an undo restores."""
    return {
        "state": case.state,
        "lane": case.lane,
        "final": case.final,
        "closing_by": case.closing_by_id,
    }


def _require_claims(cases: list[Case], person: User, now: datetime) -> None:
    live = Claim.objects.filter(case__in=cases, reviewer=person, until__gt=now)
    claimed = set(live.values_list("case_id", flat=True))
    for case in cases:
        if case.state != State.OPEN:
            raise WrongState("the case is not open any more")
        if case.pk not in claimed:
            raise ClaimLost("the lease on this case has run out, or it is another reviewer's")


def _entry(case: Case, person: User, choice: Choice, bulk: str) -> Entry:
    data: dict[str, Json] = {
        "action": str(choice.action),
        "reason": choice.reason,
        "record": case.record_digest,
        "of": case.last_event,
        "note": bool(choice.note),
    }
    if bulk:
        data["bulk"] = bulk
    kind = Kind.REVIEWED if case.twin_id is None else Kind.SECOND_OPINION
    return Entry(kind, case.pk, person.actor, data)


def _move(case: Case, person: User, choice: Choice) -> None:
    """The case after the action. Closing an account takes two, by identity."""
    proposed = case.closing_by_id
    case.closing_by = None
    if choice.action is Action.ESCALATE:
        case.lane = Lane.SENIOR
    elif choice.action is Action.CLOSE and proposed is None:
        case.lane, case.closing_by = Lane.SENIOR, person
    elif choice.action is Action.CLOSE and (proposed == person.pk or not person.may(May.CONFIRM)):
        raise NotAllowed("closing an account needs a second person, a senior")
    elif choice.action is Action.PROOF:
        case.state, case.final = State.WAITING, str(Action.PROOF)
    else:
        case.state, case.final = State.DECIDED, str(choice.action)


def _ask_again(cases: list[Case], person: User, now: datetime) -> None:
    """Put blind copies of some decided cases back into the queue, for somebody else."""
    if not cases:
        return
    copies = [second_of(case, person, now) for case in cases]
    data: dict[str, Json] = {"second": True}
    events = append(
        [
            Entry(Kind.ASSESSED, copy.pk, "system", data | {"record": copy.record_digest})
            for copy in copies
        ],
        now,
    )
    for copy, event in zip(copies, events, strict=True):
        copy.last_event = event.seq
    Case.objects.bulk_create(copies)
