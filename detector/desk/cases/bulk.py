"""One decision for the open cases of one body or one picture: previewed, all or none, undone as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from detector.desk.cases.claim import claim, held, waiting
from detector.desk.cases.decide import Choice, decide_all
from detector.desk.cases.models import Case, Review, new_id
from detector.desk.cases.words import Action
from detector.desk.errors import DeskError, NotAllowed, WrongState
from detector.desk.people.models import User

MOST = 100  # cases of one decision: what a person can look over
# Closing an account is never done in bulk
ACTIONS = (Action.ALLOW, Action.PROOF, Action.REFUSE, Action.ESCALATE)


@dataclass(frozen=True, slots=True)
class Done:
    """The reviews that were made, and how many cases others had taken meanwhile."""

    reviews: list[Review]
    taken: int


def alike(case: Case, person: User, now: datetime) -> list[Case]:
    """Open cases of the same body or picture that the person could decide along with this one."""
    same = Q(pk__in=())
    if case.body_id:
        same |= Q(body_id=case.body_id)
    if case.avatar:
        same |= Q(avatar=case.avatar)
    found = waiting(person, now).filter(same, twin=None).exclude(pk=case.pk)
    return list(found.order_by("due_at", "id")[:MOST])


def decide_alike(
    case: Case, chosen: Sequence[str], person: User, choice: Choice, now: datetime
) -> Done:
    """Decide this case and the chosen ones alike. Cases that others took meanwhile are left to them.

    Raises ClaimLost where this case itself is not the person's, NotAllowed for cases that are not alike.
    """
    if choice.action not in ACTIONS:
        raise NotAllowed("this is decided case by case")
    if len(chosen) >= MOST:
        raise WrongState(f"at most {MOST} cases are decided at once")
    with transaction.atomic():
        offered = {one.pk for one in alike(case, person, now)}
        mine, taken = [case.pk], 0
        for case_id in sorted(set(chosen) - {case.pk}):
            other = Case.objects.filter(pk=case_id).first()
            if other is None or not _is_alike(case, other):
                raise NotAllowed("only cases of the same body or picture are decided together")
            if case_id not in offered and not held(other, person, now):
                taken += 1
                continue
            try:
                claim(case_id, person, now)
            except DeskError:
                taken += 1
            else:
                mine.append(case_id)
        reviews = decide_all(mine, person, choice, now, bulk=new_id())
    return Done(reviews, taken)


def _is_alike(case: Case, other: Case) -> bool:
    same_body = bool(case.body_id) and case.body_id == other.body_id
    return same_body or (bool(case.avatar) and case.avatar == other.avatar)
