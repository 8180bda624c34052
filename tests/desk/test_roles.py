"""Every role at every door: the table of the docs, cell by cell, over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from detector.desk import urls
from detector.desk.cases.models import Case, Review
from detector.desk.config import Database
from detector.desk.ledger.models import Event
from detector.desk.people.models import User
from detector.desk.people.roles import ROLES, May, Role
from tests.desk.browsing import logged_in
from tests.desk.people import PASSWORD, cases, person

ALL = frozenset(Role)
SEERS = frozenset({Role.REVIEWER, Role.SENIOR, Role.AUDITOR})
DECIDERS = frozenset({Role.REVIEWER, Role.SENIOR})

# address -> method, and who may. "case", "person": of an open case, of a person that is somebody else
DOORS: dict[str, tuple[str, frozenset[Role]]] = {
    "queue": ("get", ALL),
    "next": ("post", DECIDERS),
    "undo": ("post", DECIDERS),
    "search": ("get", SEERS),
    "case": ("get", SEERS),
    "claim": ("post", DECIDERS),
    "decide": ("post", DECIDERS),
    "reopen": ("post", frozenset({Role.SENIOR})),
    "bulk": ("get", DECIDERS),
    "law": ("get", ALL),
    "clause": ("get", ALL),
    "registry": ("get", ALL),
    "order": ("get", ALL),
    "help": ("get", ALL),
    "agreement": ("get", frozenset({Role.SCIENTIST})),
    "training": ("post", frozenset({Role.SCIENTIST})),
    "ledger": ("get", frozenset({Role.AUDITOR})),
    "ledger_verify": ("post", frozenset({Role.AUDITOR})),
    "ledger_checkpoint": ("post", frozenset({Role.AUDITOR})),
    "ledger_export": ("post", frozenset({Role.AUDITOR})),
    "people": ("get", frozenset({Role.ADMIN})),
    "person_add": ("post", frozenset({Role.ADMIN})),
    "person_change": ("post", frozenset({Role.ADMIN})),
    "clients": ("get", frozenset({Role.ADMIN})),
    "client_add": ("post", frozenset({Role.ADMIN})),
    "client_rotate": ("post", frozenset({Role.ADMIN})),
    "client_close": ("post", frozenset({Role.ADMIN})),
    "webhooks": ("get", frozenset({Role.ADMIN})),
    "webhook_add": ("post", frozenset({Role.ADMIN})),
    "webhook_close": ("post", frozenset({Role.ADMIN})),
    "resend": ("post", frozenset({Role.ADMIN})),
    "own": ("get", ALL),
}
# Open to strangers: they tell nothing of accounts or people
OPEN = {"language", "livez", "readyz", "metrics"}


def address(name: str, case: Case, other: User) -> str:
    """Where the door is."""
    arguments: dict[str, dict[str, object]] = {
        "case": {"case_id": case.pk}, "claim": {"case_id": case.pk}, "decide": {"case_id": case.pk},
        "reopen": {"case_id": case.pk}, "bulk": {"case_id": case.pk}, "clause": {"clause": "8(4)"},
        "person_change": {"pseudonym": other.pseudonym}, "client_rotate": {"client_id": 1},
        "client_close": {"client_id": 1}, "webhook_close": {"target_id": 1},
        "resend": {"delivery_id": 1},
    }  # fmt: skip
    return reverse(name, kwargs=arguments.get(name))


def ours() -> Iterator[str]:
    """The names of the desk's own addresses."""
    for pattern in urls.urlpatterns:
        if isinstance(pattern, URLPattern):
            assert pattern.name is not None
            yield pattern.name
        else:
            assert isinstance(pattern, URLResolver)


def test_every_door_is_in_the_table() -> None:
    assert set(ours()) == set(DOORS) | OPEN


@pytest.mark.parametrize("role", list(Role))
def test_a_role_passes_its_doors_and_no_others(one_db: Database, now: datetime, role: Role) -> None:
    (case,) = cases(1, now)
    other = person("other", Role.ADMIN, now)
    client = logged_in(person("me", role, now))
    answers = {
        name: getattr(client, method)(address(name, case, other)).status_code
        for name, (method, _) in DOORS.items()
    }
    refused = {name for name, status in answers.items() if status == 403}
    assert refused == {name for name, (_, may) in DOORS.items() if role not in may}
    assert {status for status in answers.values() if status != 403} <= {200, 302, 404}


def test_strangers_are_shown_the_login(one_db: Database, now: datetime) -> None:
    (case,) = cases(1, now)
    other = person("other", Role.ADMIN, now)
    for name, (method, _) in DOORS.items():
        answer = getattr(Client(), method)(address(name, case, other))
        assert (name, answer.status_code) == (name, 302)
        assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", sorted(DOORS))
def test_the_wrong_method_does_nothing(one_db: Database, now: datetime, name: str) -> None:
    (case,) = cases(1, now)
    other = person("other", Role.REVIEWER, now)
    method = DOORS[name][0]
    role = next(iter(sorted(DOORS[name][1])))
    client = logged_in(person("me", role, now))
    before = Event.objects.count()
    wrong = client.get if method == "post" else client.post
    status = wrong(address(name, case, other)).status_code
    assert status == 405 or name in {"own", "bulk"}
    assert Event.objects.count() == before


def test_nobody_decides_another_reviewers_case_by_its_address(
    one_db: Database, now: datetime
) -> None:
    (case,) = cases(1, now)
    one, other = (person(name, Role.REVIEWER, now) for name in ("a", "b"))
    logged_in(one).post(reverse("claim", args=[case.pk]))
    thief = logged_in(other)
    for door, data in (
        ("decide", {"choice": "allow:no_resemblance"}),
        ("claim", {}),
        ("bulk", {"choice": "allow:no_resemblance", "case": [case.pk]}),
    ):
        thief.post(reverse(door, args=[case.pk]), data)
    case.refresh_from_db()
    assert case.state == "open"
    assert not Review.objects.exists()


def test_a_role_that_was_taken_away_is_gone_at_once(one_db: Database, now: datetime) -> None:
    admin, me = person("admin", Role.ADMIN, now), person("me", Role.AUDITOR, now)
    client, boss = logged_in(me), logged_in(admin)
    assert client.get(reverse("ledger")).status_code == 200
    change = reverse("person_change", args=[me.pseudonym])
    boss.post(change, {"role": "reviewer", "active": "1"})
    assert client.get(reverse("ledger")).status_code == 403
    boss.post(change, {"role": "reviewer"})
    assert client.get(reverse("queue")).status_code == 302
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["person_changed", "person_changed"]


def test_the_last_admin_stays(one_db: Database, now: datetime) -> None:
    admin = person("admin", Role.ADMIN, now)
    client = logged_in(admin)
    client.post(reverse("person_change", args=[admin.pseudonym]), {"role": "reviewer"})
    admin.refresh_from_db()
    assert (admin.role, admin.is_active) == ("admin", True)


def test_the_login_takes_a_password_and_gives_a_new_session(
    one_db: Database, now: datetime
) -> None:
    person("me", Role.REVIEWER, now)
    client = Client()
    client.get("/accounts/login/")
    client.cookies["sessionid"] = "fixed-by-somebody"
    form = {"login": "me", "password": PASSWORD}
    assert client.post("/accounts/login/", form | {"password": "wrong"}).status_code == 200
    answer = client.post("/accounts/login/", form)
    assert answer.status_code == 302
    assert client.cookies["sessionid"].value != "fixed-by-somebody"
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_guessing_passwords_is_slowed_down(one_db: Database, now: datetime) -> None:
    person("me", Role.REVIEWER, now)
    client = Client(REMOTE_ADDR="192.0.2.7")
    answers = [
        client.post("/accounts/login/", {"login": "me", "password": f"wrong {n}"}) for n in range(8)
    ]
    right = client.post("/accounts/login/", {"login": "me", "password": PASSWORD})
    assert right.status_code != 302
    assert answers


def test_nobody_signs_up(one_db: Database) -> None:
    form = {"username": "x", "password1": PASSWORD, "password2": PASSWORD}
    Client().post("/accounts/signup/", form)
    assert not User.objects.exists()


def test_a_form_without_its_token_is_refused(one_db: Database, now: datetime) -> None:
    (case,) = cases(1, now)
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("me", Role.REVIEWER, now))
    for name in ("next", "undo", "claim", "decide", "bulk"):
        other = person(f"other {name}", Role.REVIEWER, now)
        assert client.post(address(name, case, other)).status_code == 403, name


def test_the_roles_in_the_docs_are_the_roles_in_force() -> None:
    docs = (Path(__file__).resolve().parents[2] / "docs" / "desk.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \|(.+)\|$", docs, re.M))
    heads = re.search(r"^\| role \|(.+)\|$", docs, re.M)
    assert heads is not None
    acts = [cell.strip().strip("`") for cell in heads[1].split("|")]
    assert set(acts) == {str(act) for act in May}
    for role, may in ROLES.items():
        cells = [cell.strip() for cell in rows[str(role)].split("|")]
        assert {act for act, cell in zip(acts, cells, strict=True) if cell} == {str(a) for a in may}
