"""One's own settings: language and zone."""

from __future__ import annotations

import zoneinfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from detector.desk.people.gate import permitted, person_of
from detector.desk.people.roles import May

ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Singapore", "Europe/Berlin",
         "Europe/London", "America/New_York", "America/Los_Angeles", "UTC")  # fmt: skip


@permitted(May.SEE_GUIDES)
def own(request: HttpRequest) -> HttpResponse:
    """The page, and what is changed on it."""
    person = person_of(request)
    if request.method == "POST":
        zone = request.POST.get("zone", "")
        if zone in ZONES and zone in zoneinfo.available_timezones():
            person.zone = zone
            person.save(update_fields=["zone"])
        return redirect("own")
    return render(request, "desk/own.html", {"zones": ZONES})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Chinese or English, kept in a cookie; back to where one was."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    answer = redirect(back)
    wanted = request.POST.get("language", "")
    if translation.check_for_language(wanted) and wanted in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wanted, max_age=31_536_000, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        )  # fmt: skip
    return answer
