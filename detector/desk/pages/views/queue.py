"""The queue: how much waits in each lane, and the next case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from detector.desk.cases.claim import claim_next, lanes_of, release, waiting
from detector.desk.cases.counts import lane_counts
from detector.desk.cases.models import Case, Claim, Review
from detector.desk.cases.words import Lane, State
from detector.desk.people.gate import permitted, person_of
from detector.desk.people.roles import May

_ROWS = 25
_SKIPPED = "skipped"  # in the session: cases put off, oldest first
_MOST_SKIPPED = 100


@dataclass(frozen=True, slots=True)
class LaneRow:
    """A lane: how many cases are open in it, and since when the oldest."""

    lane: str
    count: int
    oldest: datetime | None
    mine: bool
    cases: list[Case]


@require_GET
@permitted(May.SEE_QUEUE)
def queue(request: HttpRequest) -> HttpResponse:
    """Every lane, the first cases of those one may claim, and one's own last decisions."""
    person, now = person_of(request), timezone.now()
    mine = {lane for lane, _ in lanes_of(person)[1]} if person.may(May.DECIDE) else set()
    free = waiting(person, now)
    lanes = [
        LaneRow(
            str(one.lane),
            one.open,
            one.oldest,
            one.lane in mine,
            list(free.filter(lane=one.lane).order_by("due_at", "id")[:_ROWS])
            if one.lane in mine
            else [],
        )
        for one in lane_counts()
    ]
    today = now - timedelta(hours=24)
    context = {
        "lanes": lanes,
        "held": Claim.objects.filter(reviewer=person, until__gt=now).select_related("case"),
        "recent": Review.objects.filter(reviewer=person)
        .select_related("case")
        .order_by("-event")[:8],
        "done": Review.objects.filter(reviewer=person, at__gt=today).count(),
        "waiting_for_proof": Case.objects.filter(state=State.WAITING).count(),
        "may_see": person.may(May.SEE_CASES),
    }
    return render(request, "desk/queue.html", context)


@require_POST
@permitted(May.DECIDE)
def take_next(request: HttpRequest) -> HttpResponse:
    """Claim the next case and show it; `skip`: give that one back before."""
    person, now = person_of(request), timezone.now()
    skip = request.POST.get("skip", "")
    if skip:
        release(skip, person)
        skipped = [one for one in request.session.get(_SKIPPED, []) if one != skip]
        request.session[_SKIPPED] = [*skipped[1 - _MOST_SKIPPED :], skip[:32]]
    asked = request.POST.get("lane", "")
    return go_on(request, now, Lane(asked) if asked in set(Lane) else None)


def go_on(request: HttpRequest, now: datetime, lane: Lane | None = None) -> HttpResponse:
    """The next case of the person but for those skipped; those come again when no other waits."""
    person = person_of(request)
    skipped = request.session.get(_SKIPPED, [])
    case = claim_next(person, now, lane, skipped)
    if case is None and skipped:
        del request.session[_SKIPPED]
        case = claim_next(person, now, lane)
    if case is None:
        messages.info(request, _("Nothing waits for you. Well done."))
        return redirect("queue")
    return redirect("case", case.pk)
