"""The routes of the API, version 1: thin functions over typed parts; OpenAPI at /api/v1/openapi.json."""

from __future__ import annotations

import json
import time
from functools import lru_cache
from typing import Annotated

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, P, Path
from ninja.errors import HttpError, ValidationError
from ninja.params.functions import Header
from ninja.security import HttpBearer

from detector.desk.api import schemas
from detector.desk.api.keys import client_of
from detector.desk.api.limits import Limiter
from detector.desk.api.models import Client
from detector.desk.api.screening import KeyReused, screen
from detector.desk.cases.counts import lane_counts
from detector.desk.cases.models import Case
from detector.desk.cases.words import State
from detector.desk.engine import engine
from detector.errors import RowError
from detector.law.page import contents
from detector.registry.registry import sources
from detector.settings import Settings


class Keys(HttpBearer):
    """`Authorization: Bearer KEY`; request.auth is the client then."""

    def authenticate(self, request: HttpRequest, token: str) -> Client | None:
        """Whose key it is."""
        return client_of(token, timezone.now())


api = NinjaAPI(
    title="detector",
    version="1",
    description="Tells a platform when an account passes itself off as somebody official.",
    auth=Keys(),
    docs_url="/docs",
    urls_namespace="api",
)
_ERRORS = {code: schemas.Problem for code in (400, 401, 403, 409, 413, 422, 429, 503)}


@lru_cache(maxsize=1)
def limiter() -> Limiter:
    """The limiter of this process."""
    return Limiter(settings.CONFIG.workers)


def _client(request: HttpRequest, scope: str) -> Client:
    """The caller, within its scopes. Raises HttpError 403."""
    client: Client = request.auth  # type: ignore[attr-defined]  # set by the key check
    if scope not in client.scopes.split():
        raise HttpError(403, f"this key has no scope {scope!r}")
    return client


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0] if error.errors else {}
    place = ".".join(str(part) for part in first.get("loc", ())[2:])
    problem = {"error": "invalid", "detail": f"{place}: {first.get('msg', '')}"}
    return api.create_response(request, problem, status=422)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    problem = {"error": "refused", "detail": str(error)}
    return api.create_response(request, problem, status=error.status_code)


@api.exception_handler(DatabaseError)
def _unavailable(request: HttpRequest, error: DatabaseError) -> HttpResponse:
    problem = {
        "error": "unavailable",
        "detail": "the database does not answer; hold, and ask again",
    }
    answer = api.create_response(request, problem, status=503)
    answer["Retry-After"] = "5"
    return answer


@api.post("/screen", response={200: schemas.ScreenOut, **_ERRORS}, summary="Screen accounts")
def post_screen(
    request: HttpRequest,
    asked: schemas.ScreenIn,
    idempotency_key: str | None = Header(None, max_length=128),
) -> HttpResponse:
    """Screens 1 to 1,000 accounts. `hold` means: not screened in time; let nothing through, ask again.

    With `Idempotency-Key`, a repeated request gets the first answer for a day, and no second case.
    """
    client = _client(request, "screen")
    wait = limiter().wait(client, len(asked.accounts), time.monotonic())
    if wait:
        problem = {"error": "too many accounts", "detail": f"wait {wait} s"}
        answer = api.create_response(request, problem, status=429)
        answer["Retry-After"] = str(wait)
        return answer
    try:
        body = screen(asked, client, idempotency_key or "", engine(), timezone.now())
    except RowError as error:
        problem = {"error": "invalid", "detail": str(error)}
        return api.create_response(request, problem, status=422)
    except KeyReused:
        problem = {"error": "key reused", "detail": "this Idempotency-Key was another request's"}
        return api.create_response(request, problem, status=409)
    return HttpResponse(body, content_type="application/json; charset=utf-8")


@api.get("/queue", response={200: schemas.QueueOut, **_ERRORS}, summary="How much waits")
def get_queue(request: HttpRequest) -> schemas.QueueOut:
    """Open cases by lane."""
    _client(request, "read")
    lanes = [
        schemas.LaneOut(lane=one.lane, open=one.open, oldest=one.oldest) for one in lane_counts()
    ]
    waiting = Case.objects.filter(state=State.WAITING).count()
    return schemas.QueueOut(lanes=lanes, waiting_for_proof=waiting)


@api.get("/cases/{case_id}", response={200: schemas.CaseOut, 404: schemas.Problem, **_ERRORS},
         summary="A case")  # fmt: skip
def get_case(
    request: HttpRequest, case_id: Path[Annotated[str, P(max_length=32)]]
) -> schemas.CaseOut:
    """A case of the caller's own accounts, and what people decided."""
    client = _client(request, "read")
    found = Case.objects.filter(pk=case_id, client=client.name, twin=None).first()
    if found is None:
        raise HttpError(404, "no such case of yours")
    return schemas.CaseOut(
        id=found.pk, account_id=found.account_id, state=found.state, decision=found.final or None,
        outcome=found.outcome, clause=found.clause, opened_at=found.opened_at,
        assessment=json.loads(found.record) if found.record else None,
    )  # fmt: skip


@api.get("/law", response={200: list[schemas.ClauseOut], **_ERRORS}, summary="The regulation")
def get_law(request: HttpRequest) -> list[schemas.ClauseOut]:
    """Every clause and what becomes of it."""
    _client(request, "read")
    return [
        schemas.ClauseOut(clause=one.clause, fate=one.fate, reason=one.reason, text=one.words)
        for one in contents()
    ]


@lru_cache(maxsize=2)
def _sources(digest: str) -> list[schemas.SourceOut]:
    return [
        schemas.SourceOut(
            source=one.info.source, checked=one.info.date.isoformat(), licence=one.info.licence
        )
        for one in sources(Settings.from_environment().registries)
    ]


@api.get("/registry", response={200: schemas.RegistryOut, **_ERRORS}, summary="The registry")
def get_registry(request: HttpRequest) -> schemas.RegistryOut:
    """Which registry judges, and how fresh its sources are."""
    _client(request, "read")
    digest = engine().screener.registry.digest
    return schemas.RegistryOut(digest=digest, sources=_sources(digest))


@api.get("/model", response={200: schemas.ModelOut, **_ERRORS}, summary="Who assesses")
def get_model(request: HttpRequest) -> schemas.ModelOut:
    """Hashes of everything that makes an assessment."""
    _client(request, "read")
    made_by = engine().screener.provenance
    return schemas.ModelOut(
        code=made_by.code, rules=made_by.rules, registry=made_by.registry, model=made_by.model
    )
