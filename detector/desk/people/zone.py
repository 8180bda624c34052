"""Dates in the zone of whoever is logged in."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class Zone:
    """Sets the zone for the time of a request to a page that asks who one is; others ask no database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the zone of one request never reaches the next."""
        with timezone.override(None):
            return self._next(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object
    ) -> None:
        """Known is now which page it is."""
        if hasattr(view, "act"):
            name = getattr(request.user, "zone", "")
            if name in zoneinfo.available_timezones():
                timezone.activate(zoneinfo.ZoneInfo(name))
