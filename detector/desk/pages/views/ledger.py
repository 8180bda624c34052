"""The ledger for auditors: read, verified, exported."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from detector.desk.cases.models import Case
from detector.desk.errors import LedgerError
from detector.desk.ledger.append import Entry, Kind, append
from detector.desk.ledger.checkpoint import make_checkpoint
from detector.desk.ledger.files import lines
from detector.desk.ledger.models import Checkpoint, Event
from detector.desk.ledger.signing import CHECKPOINTS, public_key, read_checkpoints
from detector.desk.ledger.verify import altered_records, stored_links, verify
from detector.desk.people.gate import permitted, person_of
from detector.desk.people.roles import May

_PAGE = 50


@require_GET
@permitted(May.SEE_LEDGER)
def ledger(request: HttpRequest) -> HttpResponse:
    """The newest events, or those before `before`, or of one subject."""
    events = Event.objects.order_by("-seq")
    before, subject = request.GET.get("before", ""), request.GET.get("subject", "")[:64]
    if before.isdecimal() and len(before) < 19:
        events = events.filter(seq__lt=int(before))
    if subject:
        events = events.filter(subject=subject)
    shown = list(events[:_PAGE])
    context = {
        "events": shown,
        "subject": subject,
        "older": shown[-1].seq if len(shown) == _PAGE else None,
        "total": Event.objects.count(),
        "checkpoints": Checkpoint.objects.order_by("-seq")[:5],
        "key": public_key(settings.CONFIG),
    }
    return render(request, "desk/ledger.html", context)


@require_POST
@permitted(May.SEE_LEDGER)
def prove(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain now."""
    path = settings.CONFIG.home / CHECKPOINTS
    try:
        signed = read_checkpoints(path, public_key(settings.CONFIG)) if path.exists() else []
    except LedgerError as error:
        messages.error(request, _("The checkpoints do not hold: %(why)s") % {"why": str(error)})
        return redirect("ledger")
    proof = verify(stored_links(), signed)
    if proof.broken is not None:
        told = {"seq": proof.broken.seq, "why": proof.broken.reason}
        messages.error(request, _("Broken at event %(seq)d: %(why)s") % told)
        return redirect("ledger")
    records = Case.objects.exclude(record="").values_list("pk", "record_digest")
    altered = altered_records(stored_links(), records.iterator())
    if altered:
        messages.error(
            request, _("The record of case %(case)s was altered.") % {"case": altered[0]}
        )
    else:
        told = {"events": proof.events, "checkpoints": proof.checkpoints}
        messages.success(
            request, _("All %(events)d events and %(checkpoints)d checkpoints hold.") % told
        )
    return redirect("ledger")


@require_POST
@permitted(May.SEE_LEDGER)
def sign_now(request: HttpRequest) -> HttpResponse:
    """A checkpoint at this moment."""
    made = make_checkpoint(timezone.now())
    if made is None:
        messages.info(request, _("Nothing has happened since the last checkpoint."))
    return redirect("ledger")


@require_POST
@permitted(May.SEE_LEDGER)
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The whole ledger as JSON Lines; that it was taken out is an event of it."""
    person, now = person_of(request), timezone.now()
    with transaction.atomic():
        append([Entry(Kind.EXPORTED, "ledger", person.actor)], now)
    answer = StreamingHttpResponse(lines(stored_links()), content_type="application/x-ndjson")
    answer["Content-Disposition"] = 'attachment; filename="ledger.jsonl"'
    return answer
