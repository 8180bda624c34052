"""What pages show and do; a stranger's text is never obeyed."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import datetime

import pytest
from django.conf import settings
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from detector.desk.cases.intake import take_in
from detector.desk.cases.models import Case, Review
from detector.desk.config import Database
from detector.desk.headers import POLICY
from detector.desk.ledger.models import Event
from detector.desk.pages.pieces import pieces
from detector.desk.people.roles import Role
from tests.desk.browsing import logged_in, text
from tests.desk.people import cases, person, record

REFUSE = {"choice": "refuse:imitates_body", "note": ""}


def test_a_reviewer_decides_goes_on_and_takes_back(db: Database, now: datetime) -> None:
    cases(3, now)
    me = logged_in(person("me", Role.REVIEWER, now))
    first = me.post(reverse("next"))["Location"]
    second = me.post(f"{first}decide/", REFUSE)["Location"]
    assert first != second
    assert Review.objects.get().action == "refuse"
    third = me.post(f"{second}decide/", {"choice": "allow:speaks_about", "note": "读者"})[
        "Location"
    ]
    assert Review.objects.count() == 2
    back = me.post(reverse("undo"))["Location"]
    assert back == second
    assert third != back
    assert "Undo" in text(me.get(back).content)


def test_skipped_cases_come_last(db: Database, now: datetime) -> None:
    cases(3, now)
    me = logged_in(person("me", Role.REVIEWER, now))
    seen = [me.post(reverse("next"))["Location"]]
    for _ in range(3):
        last = seen[-1].rstrip("/").rpartition("/")[2]
        seen.append(me.post(reverse("next"), {"skip": last})["Location"])
    assert len(set(seen[:3])) == 3
    assert seen[3] in seen[:3]


def test_the_case_page_tells_what_fifteen_seconds_need(one_db: Database, now: datetime) -> None:
    (case,) = cases(1, now, account={"verified_name": "", "previous_name": "小王日常"})
    me = logged_in(person("me", Role.REVIEWER, now))
    me.post(reverse("claim", args=[case.pk]))
    page = me.get(reverse("case", args=[case.pk]))
    body = page.content.decode()
    assert '<mark class="disguised">曰</mark>' in body
    assert "look-alike" in body
    said = text(page.content)
    for wanted in ("人民日报社", "8(4)", "Nobody was verified", "小王日常", "What would clear it"):
        assert wanted in said


LANGUAGES = {
    "zh-hans": ("待办队列", "拒绝待确认", "写作", "形近", "何者可免"),
    "en": ("Queue", "Refusals to confirm", "written", "look-alike", "What would clear it"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_are_whole(one_db: Database, now: datetime, language: str) -> None:
    (case,) = cases(1, now)
    client = Client()
    client.force_login(person("me", Role.REVIEWER, now))
    client.post(reverse("language"), {"language": language, "next": "/"})
    client.post(reverse("claim", args=[case.pk]))
    page = text(client.get(reverse("case", args=[case.pk])).content)
    queue = text(client.get(reverse("queue")).content)
    for wanted in LANGUAGES[language]:
        assert wanted in page + queue


def test_chinese_is_the_default(one_db: Database) -> None:
    assert "登录" in text(Client().get("/accounts/login/").content)


def test_language_does_not_lead_elsewhere(one_db: Database) -> None:
    for target in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = Client().post(reverse("language"), {"language": "en", "next": target})
        assert answer["Location"] == "/"


# What account fields may hold, and what must not be in the page
HOSTILE: dict[str, tuple[str, str]] = {
    "a script": ("<script>alert(1)</script>", "<script>alert"),
    "an image that fails": ("<img src=x onerror=alert(1)>", "<img src=x"),
    "an attribute broken out of": ('" autofocus onfocus="alert(1)', '" autofocus onfocus='),
    "a template": ("{{ 7|add:7 }}{% load x %}", "14"),
    "an entity": ("&lt;script&gt;", "&lt;script&gt;alert"),
    "a closed element": ("</bdi></main><h1>", "</main><h1>"),
    "right to left": ("人民\u202e报日", "\u202e"),
    "an isolate left open": ("\u2066央视", "\u2066"),
    "zero width": ("央\u200b视", "\u200b"),
    "a control character": ("央\x07视", "\x07"),
    "a lone tag character": ("央\U000e0041视", "\U000e0041"),
}
FIELDS = ("name", "bio", "signature", "verification", "verified_name", "previous_name",
          "authorised_by", "licences")  # fmt: skip


@pytest.mark.parametrize("attack", HOSTILE)
def test_no_field_of_an_account_is_obeyed(one_db: Database, now: datetime, attack: str) -> None:
    hostile, forbidden = HOSTILE[attack]
    fields = dict.fromkeys(FIELDS, hostile)
    hostile_record = record(f"id {hostile}"[:99], name=hostile, account=fields)
    hostile_record["findings"][0]["reason"] = f"名称仿冒。 The name imitates. ({hostile})"
    hostile_record["findings"][0]["edits"][0]["query"] = hostile
    hostile_record["gaps"] = [{"channel": "input", "field": "bio", "reason": hostile}]
    made = take_in([hostile_record], "test", now)
    case = made[0]
    assert case is not None
    me = logged_in(person("me", Role.SENIOR, now))
    me.post(reverse("claim", args=[case.pk]))
    note = {"choice": "escalate:unsure", "note": hostile}
    bodies = [
        me.get(reverse("case", args=[case.pk])).content,
        me.get(reverse("queue")).content,
        me.get(reverse("bulk", args=[case.pk])).content,
        me.post(reverse("decide", args=[case.pk]), note, follow=True).content,
        me.get(reverse("case", args=[case.pk])).content,
        me.get(reverse("search"), {"q": hostile}).content,
    ]
    shown = [body.decode().replace(f'value="{hostile}"', "") for body in bodies[:5]]
    assert [number for number, body in enumerate(shown) if forbidden in body] == []
    if forbidden.isprintable():
        assert forbidden not in bodies[5].decode()


def test_unseen_characters_are_shown() -> None:
    assert [(one.text, one.style) for one in pieces("a\u202eb")] == [
        ("a", ""), ("U+202E", "unseen"), ("b", ""),
    ]  # fmt: skip


def test_every_answer_carries_the_policy(one_db: Database, now: datetime) -> None:
    me = logged_in(person("me", Role.REVIEWER, now))
    for path in ("/", "/law/", "/nowhere", "/accounts/login/", "/livez", "/api/v1/openapi.json"):
        answer = me.get(path)
        assert answer["Content-Security-Policy"] == POLICY, path
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Cache-Control"].startswith(("no-store", "max-age=0")), path
    assert "unsafe" not in POLICY


def test_no_page_holds_inline_script_or_style_or_a_foreign_address(
    one_db: Database, now: datetime
) -> None:
    (case,) = cases(1, now)
    for role, names in (
        (Role.SENIOR, ("queue", "search", "law", "registry", "order", "help", "own")),
        (Role.AUDITOR, ("ledger",)),
        (Role.ADMIN, ("people", "clients", "webhooks")),
        (Role.SCIENTIST, ("agreement",)),
    ):
        client = logged_in(person(str(role), role, now))
        pages = [reverse(name) for name in names]
        if role is Role.SENIOR:
            pages += [reverse("case", args=[case.pk]), reverse("clause", args=["8(4)"])]
        for page in pages:
            body = client.get(page).content.decode()
            assert re.search(r"<style|<[^>]+ style=|<[^>]+ on[a-z]+=|javascript:", body) is None, (
                page
            )
            assert re.findall(r"<script(?![^>]* src=)", body) == [], page
            assert re.findall(r'(?:src|href|action)="(?:https?:)?//', body) == [], page


def test_a_second_opinion_is_blind(
    one_db: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detector.desk.cases.second.SHARE", 1)
    (case,) = cases(1, now)
    first, other = person("first", Role.REVIEWER, now), person("other", Role.REVIEWER, now)
    one, two = logged_in(first), logged_in(other)
    one.post(reverse("claim", args=[case.pk]))
    one.post(reverse("decide", args=[case.pk]), REFUSE)
    copy = Case.objects.exclude(twin=None).get()
    assert one.get(reverse("case", args=[copy.pk])).status_code == 404
    where = two.post(reverse("next"))["Location"]
    assert copy.pk in where
    assert first.pseudonym not in two.get(where).content.decode()


def test_training_data_is_exported_without_names_and_formulas(db: Database, now: datetime) -> None:
    took = take_in([record("=1+1", name="@SUM(A1)"), record("b", name="新华舍")], "test", now)
    me = person("a real name", Role.REVIEWER, now)
    reviewer = logged_in(me)
    for case in took:
        assert case is not None
        reviewer.post(reverse("claim", args=[case.pk]))
        reviewer.post(reverse("decide", args=[case.pk]), REFUSE)
    answer = logged_in(person("ds", Role.SCIENTIST, now)).post(reverse("training"))
    assert isinstance(answer, StreamingHttpResponse)
    content = b"".join(answer.streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["name"], row["decision"], row["clause"]) for row in rows] == [
        ("'@SUM(A1)", "refuse", "8(4)"), ("新华舍", "refuse", "8(4)"),
    ]  # fmt: skip
    assert {row["reviewer"] for row in rows} == {me.pseudonym}
    assert "a real name" not in content
    assert rows[0]["account_id"] == "'=1+1"
    assert Event.objects.filter(kind="exported", subject="training").count() == 1


def test_decisions_taken_back_are_no_training_data(one_db: Database, now: datetime) -> None:
    cases(1, now)
    reviewer = logged_in(person("me", Role.REVIEWER, now))
    where = reviewer.post(reverse("next"))["Location"]
    reviewer.post(f"{where}decide/", REFUSE)
    reviewer.post(reverse("undo"))
    answer = logged_in(person("ds", Role.SCIENTIST, now)).post(reverse("training"))
    assert isinstance(answer, StreamingHttpResponse)
    content = b"".join(answer.streaming_content).decode()
    assert len(content.splitlines()) == 1


def test_an_auditor_verifies_signs_and_exports(db: Database, now: datetime) -> None:
    cases(2, now)
    auditor = logged_in(person("me", Role.AUDITOR, now))
    auditor.post(reverse("ledger_checkpoint"))
    page = text(auditor.post(reverse("ledger_verify"), follow=True).content)
    assert re.search(r"All 3 events and \d+ checkpoints? hold|Broken|do not hold", page)
    answer = auditor.post(reverse("ledger_export"))
    assert isinstance(answer, StreamingHttpResponse)
    found = b"".join(answer.streaming_content).decode().splitlines()
    assert [json.loads(line)["seq"] for line in found] == [1, 2, 3, 4]


def test_reviewers_settle_their_zone(one_db: Database, now: datetime) -> None:
    me = person("me", Role.REVIEWER, now)
    client = logged_in(me)
    me.refresh_from_db()
    (case,) = cases(1, now)
    client.post(reverse("claim", args=[case.pk]))
    client.post(reverse("decide", args=[case.pk]), REFUSE)
    Review.objects.get()
    here = client.get(reverse("case", args=[case.pk])).content.decode()
    client.post(reverse("own"), {"zone": "America/New_York"})
    client.post(reverse("own"), {"zone": "Mars/Olympus"})
    there = client.get(reverse("case", args=[case.pk])).content.decode()
    me.refresh_from_db()
    assert me.zone == "America/New_York"
    times = [re.search(r'<time datetime="[^"]+([+-]\d\d:\d\d)"', page) for page in (here, there)]
    assert [found[1] for found in times if found] == ["+08:00", "-05:00"]


def test_without_a_second_factor_nothing_opens_where_it_is_required(
    one_db: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, require_mfa=True))
    client = logged_in(person("me", Role.REVIEWER, now))
    assert client.get(reverse("queue"))["Location"] == reverse("mfa_index")
