"""The API: once for a key, limited, held and never let through where it cannot judge."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast

import pytest
from django.db import DatabaseError, connections
from django.http import HttpResponse
from django.test import Client as Caller
from django.urls import reverse

from detector.desk import engine as engines
from detector.desk.api import routes
from detector.desk.api.keys import OVERLAP, add_client, client_of, close_client, rotate_key
from detector.desk.api.limits import Limiter
from detector.desk.api.models import Answer, Client
from detector.desk.cases.models import Case
from detector.desk.config import Database
from detector.desk.engine import Engine
from detector.desk.errors import DeskError
from detector.desk.ledger.models import Event
from detector.desk.ledger.verify import stored_links, verify
from detector.errors import DataError
from detector.pipeline import Screener
from detector.types import Account, Assessment
from tests.desk.people import cases

ACCOUNTS = [
    {"account_id": "1", "name": "人民曰报", "verified_name": ""},
    {"account_id": "2", "name": "爱喝奶茶的小王", "verified_name": ""},
]


@pytest.fixture
def key(db: Database, now: datetime) -> str:
    """The key of a client that may do everything."""
    routes.limiter.cache_clear()
    return add_client("platform", ("screen", "read"), "person:X", now)


def post(key: str, body: object, **headers: str) -> Any:
    """A call of /screen."""
    sent = body if isinstance(body, str) else json.dumps(body)
    return Caller().post(
        "/api/v1/screen", sent, "application/json",
        headers={"authorization": f"Bearer {key}", **headers},
    )  # fmt: skip


def get(key: str, path: str) -> Any:
    """A reading call."""
    return Caller().get(f"/api/v1/{path}", headers={"authorization": f"Bearer {key}"})


def test_accounts_are_screened_and_ledgered(key: str) -> None:
    answer = post(key, {"accounts": ACCOUNTS})
    assert answer.status_code == 200
    first, second = answer.json()["answers"]
    assert (first["outcome"], second["outcome"]) == ("refuse", "allow")
    assert first["assessment"]["findings"][0]["candidate"] == "人民日报"
    case = Case.objects.get()
    assert (first["case"], second["case"]) == (case.pk, None)
    assert Event.objects.filter(kind="assessed").count() == 1
    assert verify(stored_links(), []).broken is None


def test_a_repeated_request_gets_the_first_answer_and_no_second_case(key: str) -> None:
    header = {"Idempotency-Key": "k1"}
    first = post(key, {"accounts": ACCOUNTS}, **header)
    second = post(key, {"accounts": ACCOUNTS}, **header)
    assert first.content == second.content
    assert Case.objects.count() == 1
    other = post(key, {"accounts": ACCOUNTS[:1]}, **header)
    assert (other.status_code, other.json()["error"]) == (409, "key reused")


def test_the_same_key_at_the_same_moment_makes_one_case(key: str) -> None:
    answers: list[bytes] = []
    start = threading.Barrier(4)

    def call() -> None:
        start.wait()
        answers.append(post(key, {"accounts": ACCOUNTS}, **{"Idempotency-Key": "k"}).content)
        connections.close_all()

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert Case.objects.count() == 1
    assert Answer.objects.count() == 1


WRONG: dict[str, tuple[object, int]] = {
    "no accounts": ({"accounts": []}, 422),
    "too many accounts": ({"accounts": [{"account_id": str(n), "name": "x"} for n in range(1001)]}, 422),
    "no name": ({"accounts": [{"account_id": "1"}]}, 422),
    "no id": ({"accounts": [{"account_id": "", "name": "x"}]}, 422),
    "a blank id": ({"accounts": [{"account_id": "  ", "name": "x"}]}, 422),
    "a name that is a number": ({"accounts": [{"account_id": "1", "name": 5}]}, 422),
    "a type that is none": ({"accounts": [{"account_id": "1", "name": "x", "account_type": "y"}]}, 422),
    "a bio without end": ({"accounts": [{"account_id": "1", "name": "x", "bio": "长" * 20_001}]}, 422),
    "a picture without end": (
        {"accounts": [{"account_id": "1", "name": "x", "avatar": "data:" + "A" * 3_000_001}]}, 422,
    ),
    "no JSON": ("{", 400),
    "a list": ([], 422),
    "another field": ({"accounts": ACCOUNTS, "allow": True}, 422),
    "a deadline in the past": ({"accounts": ACCOUNTS, "deadline_ms": -1}, 422),
    "nesting without end": ('{"accounts":' + "[" * 5000 + "]" * 5000 + "}", 422),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_request_is_told_what_is_wrong(key: str, case: str) -> None:
    body, status = WRONG[case]
    answer = post(key, body)
    assert answer.status_code in (status, 400)
    assert set(answer.json()) == {"error", "detail"}
    assert not Case.objects.exists()


def test_a_body_without_end_is_refused(key: str) -> None:
    answer = post(key, " " * (17 << 20))
    assert answer.status_code in (400, 413)


def test_keys_are_told_once_rotated_and_closed(db: Database, now: datetime) -> None:
    first = add_client("a", ("screen",), "person:X", now)
    client = Client.objects.get()
    assert first not in str(Client.objects.values().get())
    second = rotate_key(client.pk, "person:X", now)
    assert client_of(first, now) == client_of(second, now) == client
    assert client_of(first, now + OVERLAP) is None
    assert client_of(second, now + OVERLAP) == client
    close_client(client.pk, "person:X", now)
    assert client_of(second, now) is None
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["client_added", "key_rotated", "client_closed"]


@pytest.mark.parametrize(
    ("name", "scopes"), [("", ("screen",)), ("x" * 65, ("screen",)), ("a", ()), ("a", ("all",))]
)
def test_a_client_needs_a_name_and_a_scope(
    one_db: Database, now: datetime, name: str, scopes: Sequence[str]
) -> None:
    with pytest.raises(DeskError):
        add_client(name, scopes, "person:X", now)


def test_without_a_key_nothing_is_answered(one_db: Database, now: datetime) -> None:
    for path in ("queue", "law", "registry", "model", "cases/x"):
        assert Caller().get(f"/api/v1/{path}").status_code == 401
        assert get("dk_wrong", path).status_code == 401
    assert post("dk_wrong", {"accounts": ACCOUNTS}).status_code == 401


def test_a_key_does_only_what_its_scopes_say(one_db: Database, now: datetime) -> None:
    screens = add_client("a", ("screen",), "person:X", now)
    reads = add_client("b", ("read",), "person:X", now)
    assert get(screens, "queue").status_code == 403
    assert post(reads, {"accounts": ACCOUNTS}).status_code == 403
    assert get(reads, "queue").status_code == 200


def test_a_client_sees_its_own_cases_only(one_db: Database, now: datetime) -> None:
    (case,) = cases(1, now)
    mine = add_client("test", ("read",), "person:X", now)
    other = add_client("other", ("read",), "person:X", now)
    found = get(mine, f"cases/{case.pk}").json()
    assert (found["account_id"], found["state"], found["decision"]) == ("a0", "open", None)
    assert get(other, f"cases/{case.pk}").status_code == 404


def test_the_rest_can_be_read(key: str, now: datetime) -> None:
    cases(2, now)
    assert get(key, "queue").json()["lanes"][0] == {
        "lane": "confirm", "open": 2, "oldest": "2026-11-23T09:00:00Z",
    }  # fmt: skip
    assert "8(4)" in {one["clause"] for one in get(key, "law").json()}
    registry = get(key, "registry").json()
    assert {"media", "central_organs"} <= {one["source"] for one in registry["sources"]}
    model = get(key, "model").json()
    assert (len(model["code"]), model["registry"]) == (64, registry["digest"])


def test_too_many_accounts_get_a_real_429(key: str) -> None:
    Client.objects.update(rate=2, burst=4)
    assert post(key, {"accounts": ACCOUNTS}).status_code == 200
    statuses = [post(key, {"accounts": ACCOUNTS}).status_code for _ in range(4)]
    assert 429 in statuses
    last = post(key, {"accounts": ACCOUNTS})
    assert last.status_code == 429
    assert int(last["Retry-After"]) >= 1


def test_the_limiter_grants_what_was_promised() -> None:
    client = Client(pk=1, rate=100, burst=50)
    limiter = Limiter()
    granted = sum(10 for n in range(1000) if limiter.wait(client, 10, n / 100) == 0)
    # ten seconds at 100 a second, and the burst
    assert 1000 <= granted <= 1050
    wait = limiter.wait(client, 50, 10.0)
    assert wait >= 1
    assert limiter.wait(client, 50, 10.0 + wait) == 0


class Slow:
    """An engine's screener that takes its time, and says when it began."""

    def __init__(self, real: Screener) -> None:
        self.real, self.settings, self.registry = real, real.settings, real.registry
        self.provenance = real.provenance
        self.go = threading.Event()

    def screen(self, accounts: Sequence[Account], as_of: date) -> list[Assessment]:
        """Wait, then screen."""
        self.go.wait(5)
        return self.real.screen(accounts, as_of)


class Broken(Slow):
    """One whose registry is damaged."""

    def screen(self, accounts: Sequence[Account], as_of: date) -> list[Assessment]:
        """Fail."""
        raise DataError("the index is damaged")


def with_engine(monkeypatch: pytest.MonkeyPatch, screener: Slow, most: int = 4000) -> None:
    """Let the API screen by this one."""
    found = Engine(cast(Screener, screener), most)
    monkeypatch.setattr(routes, "engine", lambda: found)


def held(answer: Any, reason: str) -> bool:
    """All of it was held, for this reason."""
    answers = answer.json()["answers"]
    return answer.status_code == 200 and all(
        (one["outcome"], one["reason"], one["needs_person"]) == ("hold", reason, True)
        for one in answers
    )


def test_what_is_late_is_held(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(engines.engine().screener)
    with_engine(monkeypatch, slow)
    started = time.monotonic()
    assert held(post(key, {"accounts": ACCOUNTS, "deadline_ms": 100}), "deadline")
    assert time.monotonic() - started < 3
    slow.go.set()
    assert not Case.objects.exists()


def test_what_is_too_much_is_held(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with_engine(monkeypatch, Slow(engines.engine().screener), most=1)
    assert held(post(key, {"accounts": ACCOUNTS}), "overloaded")


def test_what_is_broken_is_held(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with_engine(monkeypatch, Broken(engines.engine().screener))
    assert held(post(key, {"accounts": ACCOUNTS}), "degraded")


def test_a_hold_is_not_remembered(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    header = {"Idempotency-Key": "k1"}
    with monkeypatch.context() as patch:
        with_engine(patch, Broken(engines.engine().screener))
        assert held(post(key, {"accounts": ACCOUNTS}, **header), "degraded")
    answer = post(key, {"accounts": ACCOUNTS}, **header)
    assert [one["outcome"] for one in answer.json()["answers"]] == ["refuse", "allow"]


def test_a_database_that_is_gone_is_a_503(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(routes, "screen", gone)
    answer: HttpResponse = post(key, {"accounts": ACCOUNTS})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert b"allow" not in answer.content


def test_readiness_and_metrics_tell_no_personal_data(one_db: Database, now: datetime) -> None:
    cases(2, now, account={"bio": "电话 13800000000"})
    caller = Caller()
    assert caller.get(reverse("livez")).status_code == 200
    assert caller.get(reverse("readyz")).json() == {"ready": True, "faults": []}
    told = caller.get(reverse("metrics")).content.decode()
    assert 'desk_open_cases{lane="confirm"} 2' in told
    assert "desk_ledger_events 2" in told
    assert "人民" not in told


def test_a_stale_registry_is_not_ready(one_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detector.desk.health.STALE", timedelta(days=-9999))
    answer = Caller().get(reverse("readyz"))
    assert answer.status_code == 503
    assert "registry media is stale" in answer.json()["faults"]


def test_the_documentation_needs_no_network(one_db: Database) -> None:
    page = Caller().get("/api/v1/docs").content.decode()
    assert "swagger" in page
    assert "//cdn" not in page
    schema = Caller().get("/api/v1/openapi.json").json()
    assert set(schema["paths"]) == {
        f"/api/v1/{one}"
        for one in ("screen", "queue", "cases/{case_id}", "law", "registry", "model")
    }
