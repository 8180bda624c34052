"""For data scientists: decisions as training data, and how well reviewers agree."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from detector.desk.cases.models import Case
from detector.desk.cases.second import SHARE
from detector.desk.cases.second import agreement as agreement_of
from detector.desk.cases.training import rows
from detector.desk.cases.words import State
from detector.desk.ledger.append import Entry, Kind, append
from detector.desk.people.gate import permitted, person_of
from detector.desk.people.roles import May


@require_GET
@permitted(May.EXPORT_TRAINING)
def agreement(request: HttpRequest) -> HttpResponse:
    """Blind second opinions held against the first, by clause."""
    both = Case.objects.filter(state=State.DECIDED, twin__state=State.DECIDED)
    pairs = both.values_list("clause", "twin__final", "final")
    context = {"rows": agreement_of(pairs.iterator()), "share": SHARE}
    return render(request, "desk/agreement.html", context)


@require_POST
@permitted(May.EXPORT_TRAINING)
def training(request: HttpRequest) -> StreamingHttpResponse:
    """The file of decisions; that it was taken out is an event of the ledger."""
    with transaction.atomic():
        append([Entry(Kind.EXPORTED, "training", person_of(request).actor)], timezone.now())
    answer = StreamingHttpResponse(rows(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="decisions.csv"'
    return answer
