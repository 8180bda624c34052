"""What is answered when something breaks: 503 where the database does not answer, else 500; never a decision."""

from __future__ import annotations

import sys

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

_RETRY = "5"  # seconds


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler for exceptions that nobody caught. The page needs no database."""
    gone = isinstance(sys.exc_info()[1], DatabaseError)
    answer = HttpResponse(render_to_string("500.html"), status=503 if gone else 500)
    if gone:
        answer["Retry-After"] = _RETRY
    return answer
