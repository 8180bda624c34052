"""Dates in the zone of whoever is logged in."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class Zone:
    """Sets the zone for the time of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the person's zone."""
        name = getattr(request.user, "zone", "") if "sessionid" in request.COOKIES else ""
        if name in zoneinfo.available_timezones():
            with timezone.override(zoneinfo.ZoneInfo(name)):
                return self._next(request)
        return self._next(request)
