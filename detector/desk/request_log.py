"""One line of JSON a request: route, status, duration; never a path, name, body or address."""

from __future__ import annotations

import json
import logging
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

_LOG = logging.getLogger("detector.desk.request")


class JsonLines(logging.Formatter):
    """A record as one line of JSON; of an error its type and place, not its message."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        fields = getattr(record, "fields", None)
        if isinstance(fields, dict):
            told |= fields
        elif record.exc_info is None:
            told["event"] = record.msg  # the template, without the values
        if record.exc_info and record.exc_info[0] is not None:
            trace = record.exc_info[2]
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            told["error"] = record.exc_info[0].__name__
            if trace is not None:
                code = trace.tb_frame.f_code
                told["where"] = f"{code.co_qualname}:{trace.tb_lineno}"
        return json.dumps(told, ensure_ascii=False)


class RequestLog:
    """Logs every request under an id that the answer carries, too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say how long it took."""
        started = time.perf_counter()
        request_id = uuid.uuid4().hex[:16]
        response = self._next(request)
        response.headers["X-Request-Id"] = request_id
        route = request.resolver_match.route if request.resolver_match else ""
        fields = {
            "event": "request",
            "id": request_id,
            "method": request.method if request.method in ("GET", "POST") else "other",
            "route": route,
            "status": response.status_code,
            "ms": round((time.perf_counter() - started) * 1000, 1),
        }
        _LOG.info("request", extra={"fields": fields})
        return response
