"""Is it alive, is it ready, how is it doing: /livez, /readyz, /metrics, without personal data."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from detector.desk.cases.counts import lane_counts
from detector.desk.cases.models import Claim
from detector.desk.engine import engine, today
from detector.desk.ledger.models import Event
from detector.desk.outbox.models import Delivery
from detector.registry.registry import sources
from detector.settings import Settings

# A registry that nobody has checked for so long is not to be relied on
STALE = timedelta(days=366)


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@lru_cache(maxsize=2)
def _checked(digest: str) -> dict[str, int]:
    """Source -> the ordinal of the day on which it was last checked."""
    loaded = sources(Settings.from_environment().registries)
    return {one.info.source: one.info.date.toordinal() for one in loaded}


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, engine and registries are fit for work: 200, else 503 with what is not."""
    faults = []
    try:
        Event.objects.order_by("-seq").only("seq").first()
    except DatabaseError:
        faults.append("database")
    checked = _checked(engine().screener.registry.digest)
    oldest = today() - STALE
    faults += [
        f"registry {name} is stale" for name, day in checked.items() if day < oldest.toordinal()
    ]
    return JsonResponse({"ready": not faults, "faults": faults}, status=503 if faults else 200)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Gauges in the text format of Prometheus, read from the database, so the same in every process."""
    now = timezone.now()
    lanes = lane_counts()
    last = Event.objects.order_by("-seq").only("seq").first()
    unsent = Delivery.objects.filter(sent_at=None)
    lines = ["# TYPE desk_open_cases gauge"]
    lines += [f'desk_open_cases{{lane="{one.lane}"}} {one.open}' for one in lanes]
    lines.append("# TYPE desk_oldest_case_seconds gauge")
    for one in lanes:
        age = (now - one.oldest).total_seconds() if one.oldest else 0
        lines.append(f'desk_oldest_case_seconds{{lane="{one.lane}"}} {age:.0f}')
    for name, value in (
        ("desk_claims", Claim.objects.filter(until__gt=now).count()),
        ("desk_ledger_events", last.seq if last else 0),
        ("desk_webhooks_pending", unsent.exclude(next_at=None).count()),
        ("desk_webhooks_dead", unsent.filter(next_at=None).count()),
        ("desk_screening_waiting", engine().waiting),
    ):
        lines += [f"# TYPE {name} gauge", f"{name} {value}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")
