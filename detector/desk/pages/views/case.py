"""The case page, and everything that is done on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from detector.desk.cases.bulk import ACTIONS as IN_BULK
from detector.desk.cases.bulk import alike, decide_alike
from detector.desk.cases.claim import claim, held
from detector.desk.cases.decide import Choice, decide
from detector.desk.cases.models import Case, Claim
from detector.desk.cases.undo import last_of, reopen, undo
from detector.desk.cases.words import REASONS, Action, State
from detector.desk.errors import DeskError
from detector.desk.pages.case_view import show
from detector.desk.pages.complaints import complaint
from detector.desk.pages.views.queue import go_on
from detector.desk.pages.wording import KEYS
from detector.desk.people.gate import permitted, person_of
from detector.desk.people.models import User
from detector.desk.people.roles import May

# The act that was found suggests the reason that a reviewer most likely gives
_SUGGESTED = {
    "假冒": "poses_as_body", "仿冒": "imitates_body", "捏造": "no_such_body",
    "擅自使用": "news_without_licence", "恶意关联": "ties_to_place",
}  # fmt: skip


def _case(case_id: str) -> Case:
    try:
        return Case.objects.get(pk=case_id)
    except Case.DoesNotExist as error:
        raise Http404 from error


def _visible_to(case: Case, person: User) -> bool:
    """A second opinion is blind: who decided first does not see the copy, and no trace of it."""
    return case.barred_id != person.pk


@require_GET
@permitted(May.SEE_CASES)
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """The page made for fifteen seconds."""
    person, now = person_of(request), timezone.now()
    found = _case(case_id)
    if not _visible_to(found, person):
        raise Http404
    mine = held(found, person, now)
    other = None if mine else Claim.objects.filter(case=found, until__gt=now).first()
    shown = show(found)
    context = {
        "case": found,
        "shown": shown,
        "mine": mine,
        "taken": other is not None,
        "can_claim": found.state == State.OPEN and other is None and person.may(May.DECIDE),
        "can_reopen": found.state in (State.DECIDED, State.WAITING) and person.may(May.OVERRIDE),
        "alike": alike(found, person, now) if mine and found.twin_id is None else [],
        "history": []
        if found.twin_id
        else found.reviews.select_related("reviewer").order_by("event"),
        "actions": _choices(found, IN_ALL),
        "may_undo": bool(person.may(May.DECIDE) and last_of(person, now)),
    }
    return render(request, "desk/case.html", context)


IN_ALL = (Action.ALLOW, Action.PROOF, Action.REFUSE, Action.CLOSE, Action.ESCALATE)


def _choices(found: Case, actions: tuple[Action, ...]) -> list[tuple[str, str, list[str]]]:
    """Action, key and reasons, the likeliest first."""
    record = found.assessment
    act = record["findings"][0]["act"] if record["findings"] else ""
    first = _SUGGESTED.get(act, "")
    return [
        (str(action), KEYS[action], sorted(REASONS[action], key=lambda reason: reason != first))
        for action in actions
    ]


@require_POST
@permitted(May.DECIDE)
def take(request: HttpRequest, case_id: str) -> HttpResponse:
    """Claim this very case."""
    try:
        claim(_case(case_id).pk, person_of(request), timezone.now())
    except DeskError as error:
        messages.error(request, complaint(error))
    return redirect("case", case_id)


def _choice(request: HttpRequest) -> Choice:
    """What the pressed button says: ACTION:REASON."""
    action, _, reason = request.POST.get("choice", "").partition(":")
    known = action if action in set(Action) else Action.UNDO
    return Choice(Action(known), reason, request.POST.get("note", "").strip())


@require_POST
@permitted(May.DECIDE)
def submit(request: HttpRequest, case_id: str) -> HttpResponse:
    """Decide, and go on to the next case."""
    person, now = person_of(request), timezone.now()
    found = _case(case_id)
    try:
        decide(found.pk, person, _choice(request), now)
    except DeskError as error:
        messages.error(request, complaint(error))
        return redirect("case", case_id)
    return go_on(request, now)


@require_POST
@permitted(May.DECIDE)
def take_back(request: HttpRequest) -> HttpResponse:
    """Undo one's last decision and show its case."""
    person, now = person_of(request), timezone.now()
    reviews = last_of(person, now)
    if not reviews:
        messages.info(request, _("There is nothing to undo."))
        return redirect("queue")
    try:
        cases = undo(reviews, person, now)
    except DeskError as error:
        messages.error(request, complaint(error))
        return redirect("queue")
    count = len(cases)
    messages.success(
        request,
        ngettext("%(n)d decision taken back.", "%(n)d decisions taken back.", count) % {"n": count},
    )
    return redirect("case", cases[0].pk)


@require_POST
@permitted(May.OVERRIDE)
def open_again(request: HttpRequest, case_id: str) -> HttpResponse:
    """A senior reopens a decided case."""
    note = request.POST.get("note", "").strip()[:2000]
    try:
        reopen(_case(case_id).pk, person_of(request), note, timezone.now())
    except DeskError as error:
        messages.error(request, complaint(error))
    return redirect("case", case_id)


@permitted(May.DECIDE)
def bulk(request: HttpRequest, case_id: str) -> HttpResponse:
    """The open cases of the same body or picture: looked over (GET), decided as one (POST)."""
    person, now = person_of(request), timezone.now()
    found = _case(case_id)
    if not held(found, person, now):
        messages.error(request, _("Claim the case first."))
        return redirect("case", case_id)
    if request.method != "POST":
        context = {
            "case": found, "alike": alike(found, person, now), "actions": _choices(found, IN_BULK),
        }  # fmt: skip
        return render(request, "desk/bulk.html", context)
    try:
        done = decide_alike(found, request.POST.getlist("case"), person, _choice(request), now)
    except DeskError as error:
        messages.error(request, complaint(error))
        return redirect("bulk", case_id)
    count = len(done.reviews)
    messages.success(
        request,
        ngettext(
            "%(n)d case decided; z takes it back.", "%(n)d cases decided; z takes all back.", count
        )
        % {"n": count},
    )
    if done.taken:
        messages.info(
            request,
            ngettext("%(n)d was taken by others.", "%(n)d were taken by others.", done.taken)
            % {"n": done.taken},
        )
    return go_on(request, now)
