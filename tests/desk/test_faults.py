"""What happens when things break: the disk is full, the database is gone, sign-on is another's."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from detector.desk.cases.models import Case, Review
from detector.desk.config import Database
from detector.desk.ledger.models import Event
from detector.desk.ledger.verify import stored_links, verify
from detector.desk.people.roles import Role
from tests.desk.browsing import logged_in
from tests.desk.databases import Pattern, command
from tests.desk.people import cases, person

REFUSE = {"choice": "refuse:imitates_body", "note": "长" * 2000}


def test_a_full_disk_costs_no_decision_and_makes_no_half_one(
    one_db: Database, now: datetime
) -> None:
    made = cases(30, now)
    client = logged_in(person("me", Role.REVIEWER, now))
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    statuses = []
    for case in made:
        client.post(reverse("claim", args=[case.pk]))
        statuses.append(client.post(reverse("decide", args=[case.pk]), REFUSE).status_code)
    assert 503 in statuses
    assert set(statuses) <= {302, 503}
    decided = Case.objects.filter(state="decided").count()
    reviewed = Event.objects.filter(kind__in=("reviewed",)).count()
    assert decided == reviewed == Review.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
    last = made[-1]
    client.post(reverse("claim", args=[last.pk]))
    assert client.post(reverse("decide", args=[last.pk]), REFUSE).status_code == 302
    assert verify(stored_links(), []).broken is None


def test_a_database_that_is_gone_is_a_503_on_every_page(postgresql: Pattern, now: datetime) -> None:
    with postgresql.copy() as found:
        client = logged_in(person("me", Role.REVIEWER, now))
        client.raise_request_exception = False
        assert client.get("/").status_code == 200
        connections.close_all()

        command(f"DROP DATABASE {found.name} WITH (FORCE)")
        command(f"CREATE DATABASE {found.name}")
        for path in ("/", "/cases/", "/law/"):
            answer = client.get(path)
            assert (path, answer.status_code, answer["Retry-After"]) == (path, 503, "5")
        assert client.get("/readyz").status_code == 503
        assert client.get("/livez").status_code == 200


_ASK = """
import django
django.setup()
from django.test import Client
from django.core.management import call_command
call_command("migrate", verbosity=0)
print(Client(headers={"host": "localhost"}).get("/accounts/login/").content.decode())
"""


def test_the_company_sign_on_is_offered_where_it_is_set(tmp_path: Path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "detector.desk.settings",
        "DETECTOR_DESK_HOME": str(tmp_path),
        "DETECTOR_DESK_OIDC_ISSUER": "https://sso.example/",
        "DETECTOR_DESK_OIDC_CLIENT": "desk",
        "DETECTOR_DESK_OIDC_SECRET": "s",
    }
    asked = subprocess.run(
        [sys.executable, "-c", _ASK], env=environment, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0, asked.stderr
    assert 'action="/accounts/oidc/company/login/' in asked.stdout


def test_the_company_sign_on_is_not_there_where_it_is_not_set(one_db: Database) -> None:
    assert Client().get("/accounts/oidc/company/login/").status_code == 404
