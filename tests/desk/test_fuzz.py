"""The API against everything that its own description allows, and much that it does not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings

from detector.desk.api import routes
from detector.desk.api.keys import add_client
from detector.desk.api.models import Client as ApiClient
from detector.desk.config import Database
from detector.desk.ledger.verify import stored_links, verify
from detector.desk.wsgi import application

OPERATIONS = (
    ("POST", "/api/v1/screen"),
    ("GET", "/api/v1/queue"),
    ("GET", "/api/v1/cases/{case_id}"),
    ("GET", "/api/v1/law"),
    ("GET", "/api/v1/registry"),
    ("GET", "/api/v1/model"),
)
KINDS = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.value))
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_call_brings_the_api_down(
    one_db: Database, now: datetime, method: str, path: str, kind: schemathesis.GenerationMode
) -> None:
    routes.limiter.cache_clear()
    key = add_client("fuzz", ("screen", "read"), "person:X", now)
    ApiClient.objects.update(rate=10**6, burst=10**6)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operation = schema[path][method]

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=kind))
    def call(case: Any) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code < 500
        if kind is schemathesis.GenerationMode.POSITIVE and method == "POST":
            assert answer.status_code in (200, 409, 422)

    call()
    assert verify(stored_links(), []).broken is None


def test_the_operations_are_all_there_are(one_db: Database) -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    assert {(method.upper(), path) for path in paths for method in paths[path]} == set(OPERATIONS)
