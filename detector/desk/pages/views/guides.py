"""The pages to look things up: law, registry, order of the queue, help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from detector.desk.cases import order
from detector.desk.cases.harm import HARM, STRICT_SHARE, WITHOUT_BODY
from detector.desk.cases.words import REASONS
from detector.desk.engine import engine
from detector.desk.pages.registry_search import find
from detector.desk.pages.wording import KEYS
from detector.desk.people.gate import permitted
from detector.desk.people.roles import ROLES, May
from detector.law.page import Page, contents, pages, shown
from detector.registry.stats import Stats, stats
from detector.settings import Settings


@require_GET
@permitted(May.SEE_GUIDES)
def law(request: HttpRequest) -> HttpResponse:
    """Every clause and what becomes of it."""
    return render(request, "desk/law.html", {"clauses": contents()})


@require_GET
@permitted(May.SEE_GUIDES)
def clause(request: HttpRequest, clause: str) -> HttpResponse:
    """A clause: text, our reading, rules, exceptions, worked cases."""
    found = pages(clause, date.today())
    if not found:
        raise Http404
    parts = [ClausePart.of(page) for page in found]
    return render(request, "desk/clause.html", {"asked": clause, "parts": parts})


@dataclass(frozen=True, slots=True)
class ClausePart:
    """A clause in plain values: a template would call rules, which are functions.

    rules: outcome, act, sentence, name; excuses: sentence, name; readings: name, value, reason.
    """

    page: Page
    rules: list[tuple[str, str, str, str]]
    excuses: list[tuple[str, str]]
    readings: list[tuple[str, str, str]]

    @staticmethod
    def of(page: Page) -> ClausePart:
        """The plain values of a page."""
        return ClausePart(
            page,
            [(one.outcome.word, str(one.act), one.sentence, one.name) for one in page.rules],
            [(one.sentence, one.name) for one in page.exceptions],
            [(one.name, shown(one.value), one.parameter.reason) for one in page.readings],
        )


@lru_cache(maxsize=2)
def _stats(digest: str) -> Stats:
    return stats(Settings.from_environment().registries)


@require_GET
@permitted(May.SEE_GUIDES)
def registry(request: HttpRequest) -> HttpResponse:
    """Sources, their freshness, and a search among names."""
    asked = request.GET.get("q", "").strip()[:80]
    screener = engine().screener
    counted = _stats(screener.registry.digest)
    entities = {tally.source: tally for tally in counted.by_source}
    sources = [(one, entities.get(one.source)) for one in counted.dates]
    context = {
        "asked": asked,
        "found": find(asked) if asked else [],
        "stats": counted,
        "sources": sources,
        "digest": screener.registry.digest,
    }
    return render(request, "desk/registry.html", context)


@require_GET
@permitted(May.SEE_GUIDES)
def ordering(request: HttpRequest) -> HttpResponse:
    """How the queue is ordered, and by which model."""
    total = sum(weight for _, weight in order.REVIEWER)
    lanes = [
        (str(lane), weight, order.bound(0, weight, total), order.bound(99, weight, total))
        for lane, weight in order.REVIEWER
    ]
    harm = sorted(HARM.items(), key=lambda pair: -pair[1])
    context = {
        "model": engine().screener.provenance.model,
        "lanes": lanes,
        "harm": harm,
        "without": WITHOUT_BODY,
        "strict_share": STRICT_SHARE,
        "hours": int(order.PATIENCE.total_seconds() // 3600),
        "explore": order.EXPLORE,
    }
    return render(request, "desk/order.html", context)


@require_GET
@permitted(May.SEE_GUIDES)
def guide(request: HttpRequest) -> HttpResponse:
    """Keys, lanes, actions and reasons, roles."""
    context = {
        "keys": [(key, str(action), REASONS[action]) for action, key in KEYS.items()],
        "roles": [(str(role), sorted(str(act) for act in acts)) for role, acts in ROLES.items()],
        "acts": [str(act) for act in May],
        "lease": settings.CONFIG.lease_minutes,
    }
    return render(request, "desk/help.html", context)
