"""Claims: a case is one reviewer's until the lease runs out; a unique constraint sees to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

from detector.desk.cases.models import Case, Claim, Turn
from detector.desk.cases.order import REVIEWER, SENIOR, Weights, shuffle_key, turn
from detector.desk.cases.words import Lane, State
from detector.desk.errors import ClaimLost, NotAllowed, WrongState
from detector.desk.people.models import User
from detector.desk.people.roles import May

_TRIED = 8  # candidates looked at in one turn: some are snatched away


def lanes_of(person: User) -> tuple[str, Weights]:
    """The pattern of lanes that a person works on, and its name."""
    return ("senior", SENIOR) if person.may(May.CONFIRM) else ("reviewer", REVIEWER)


def waiting(person: User, now: datetime) -> QuerySet[Case]:
    """The open cases that this person could claim now."""
    lanes = [lane for lane, _ in lanes_of(person)[1]]
    free = Case.objects.filter(state=State.OPEN, lane__in=lanes).exclude(claim__until__gt=now)
    mine = Q(barred=person) | Q(closing_by=person)
    return free.exclude(mine)


def claim_next(
    person: User, now: datetime, lane: Lane | None = None, skip: Collection[str] = ()
) -> Case | None:
    """The person's own open claim, or else the next case of the queue; None where none waits.

    lane: only of this one; skip: none of these.
    """
    if not person.may(May.DECIDE):
        raise NotAllowed("this role decides no cases")
    with transaction.atomic():
        held = Claim.objects.filter(reviewer=person, until__gt=now, case__state=State.OPEN)
        if lane is not None:
            held = held.filter(case__lane=lane)
        own = held.select_related("case").order_by("until").first()
        if own is not None:
            _renew(own, now)
            return own.case
        name, weights = lanes_of(person)
        Turn.objects.get_or_create(pattern=name)
        mark = Turn.objects.select_for_update().get(pattern=name)
        lanes, explore = turn(mark.number, weights)
        mark.number += 1
        mark.save(update_fields=["number"])
        asked: Iterable[Lane] = lanes if lane is None else (lane,)
        for one in asked:
            free = waiting(person, now).filter(lane=one).exclude(pk__in=skip)
            for case in _candidates(free, explore, mark.number):
                if _take(case, person, now):
                    return case
    return None


def claim(case_id: str, person: User, now: datetime) -> Case:
    """This very case. Raises ClaimLost where somebody else has it, WrongState where it is not open."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        if case.state != State.OPEN:
            raise WrongState("the case is not open")
        own = Claim.objects.filter(case=case, reviewer=person, until__gt=now).first()
        if own is not None:
            _renew(own, now)
            return case
        if not waiting(person, now).filter(pk=case_id).exists():
            raise ClaimLost("another reviewer has this case, or it is not yours to decide")
        if not _take(case, person, now):
            raise ClaimLost("another reviewer has just taken this case")
    return case


def release(case_id: str, person: User) -> None:
    """Give a claimed case back to the queue."""
    Claim.objects.filter(case_id=case_id, reviewer=person).delete()


def held(case: Case, person: User, now: datetime) -> bool:
    """Whether the person's lease on the case is in force."""
    return Claim.objects.filter(case=case, reviewer=person, until__gt=now).exists()


def _candidates(found: QuerySet[Case], explore: bool, number: int) -> Iterable[Case]:
    if connection.vendor == "postgresql":
        found = found.select_for_update(skip_locked=True, of=("self",))
    if explore:
        at = shuffle_key(f"turn {number}")
        yield from found.filter(explore__gte=at).order_by("explore")[:1]
    yield from found.order_by("due_at", "id")[:_TRIED]


def _take(case: Case, person: User, now: datetime) -> bool:
    """Write the claim; False where another reviewer was first."""
    until = now + timedelta(minutes=settings.CONFIG.lease_minutes)
    expired = Claim.objects.filter(case=case, until__lte=now)
    if expired.update(reviewer=person, until=until):
        return True
    try:
        with transaction.atomic():
            Claim.objects.create(case=case, reviewer=person, until=until)
    except IntegrityError:
        return False
    return True


def _renew(own: Claim, now: datetime) -> None:
    own.until = now + timedelta(minutes=settings.CONFIG.lease_minutes)
    own.save(update_fields=["until"])
