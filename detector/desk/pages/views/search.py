"""Finding cases by name, account, body or id."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from detector.desk.cases.models import Case
from detector.desk.people.gate import permitted, person_of
from detector.desk.people.roles import May

_MOST = 100


@require_GET
@permitted(May.SEE_CASES)
def search(request: HttpRequest) -> HttpResponse:
    """The newest cases that hold the words."""
    asked = request.GET.get("q", "").strip().replace("\x00", "")[:200]
    found: list[Case] = []
    if asked:
        holds = Q(name__icontains=asked) | Q(body_name__icontains=asked)
        exact = Q(account_id=asked) | Q(pk=asked[:32])
        seen = Case.objects.exclude(barred=person_of(request)).exclude(twin__isnull=False)
        found = list(seen.filter(holds | exact).order_by("-opened_at")[:_MOST])
    return render(request, "desk/search.html", {"asked": asked, "found": found, "most": _MOST})
