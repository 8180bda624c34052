"""The desk as people use it, in a browser: all roles, both languages, both databases.

DETECTOR_PICTURES=1 writes the pictures of docs/desk as it goes.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from django.db import connections
from django.db.models import Count
from playwright.sync_api import Browser, Page, expect, sync_playwright

from detector.desk.cases.models import Case, Review
from detector.desk.ledger.verify import stored_links, verify
from tests.desk.databases import Pattern
from tests.desk.served import Served, serving

T = TypeVar("T")
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "desk"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not CHROMIUM, reason="no chromium here: apt-get install chromium"),
    # playwright's own event loop leaves its sockets to the collector
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@dataclass(frozen=True)
class Desk:
    """A filled desk, a browser, and the password of everybody."""

    served: Served
    browser: Browser
    password: str

    def page(self, who: str, language: str = "zh-hans", dark: bool = False) -> Page:
        """Somebody, logged in, in a window of 1280 x 860."""
        window = self.browser.new_context(
            viewport={"width": 1280, "height": 860},
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
        )
        window.set_default_timeout(15_000)
        page = window.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        page.on("console", _no_complaint)
        page.goto(f"{self.served.url}/accounts/login/")
        if language == "en":
            page.get_by_role("button", name="English").click()
            page.wait_for_selector("html[lang=en]")
        picture(page, "login", language)
        page.fill("[name=login]", who)
        page.fill("[name=password]", self.password)
        page.click("main button.primary")
        page.wait_for_url(f"{self.served.url}/")
        return page


def _no_complaint(message: object) -> None:
    if getattr(message, "type", "") == "error":
        pytest.fail(f"the browser complains: {getattr(message, 'text', '')}")


def picture(page: Page, name: str, language: str) -> None:
    """Keep a picture for the docs, where they are asked for."""
    if os.environ.get("DETECTOR_PICTURES"):
        page.screenshot(path=PICTURES / f"{name}.{language}.png")


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A demo desk on a fresh database."""
    pattern: Pattern = request.getfixturevalue(request.param)
    with pattern.copy() as found, serving(found, tmp_path, "--demo") as served:
        told = (tmp_path / "serve.log").read_text(encoding="utf-8")
        password = re.search(r"password of all: (\S+)", told)
        assert password is not None
        with (
            sync_playwright() as playwright,
            closing(
                playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            ) as browser,
        ):
            yield Desk(served, browser, password[1])


def case_of(page: Page) -> str:
    """The id of the case that is shown."""
    found = re.search(r"/cases/([0-9a-f]{32})/", page.url)
    assert found is not None
    return found[1]


def decide(page: Page, *keys: str) -> None:
    """Press the keys of a decision, and wait for what comes next."""
    before = page.url
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_function("before => location.href !== before", arg=before)
    page.wait_for_load_state()


def stored(query: str) -> int:
    """How many reviews there are of an action (read here, outside the browser's event loop)."""
    return _in_thread(lambda: Review.objects.filter(action=query).count())


def _in_thread(ask: Callable[[], T]) -> T:
    """Ask the database from a thread of its own: playwright keeps an event loop in this one."""

    def work() -> T:
        try:
            return ask()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_desk_is_worked_at(desk: Desk, language: str) -> None:
    """Ten cases by keyboard, a bulk decision, an undo; a senior confirms; an auditor verifies."""
    reviewer = desk.page("reviewer1", language, dark=language == "en")
    picture(reviewer, "queue", language)
    reviewer.goto(f"{desk.served.url}/cases/?q=濟南")
    picture(reviewer, "search", language)
    reviewer.click("tbody a")
    reviewer.wait_for_url(re.compile("[0-9a-f]{32}"))
    reviewer.keyboard.press("Enter")
    reviewer.wait_for_selector("#decide")
    expect(reviewer.locator(".col.edited .written").first).to_contain_text("濟")
    picture(reviewer, "case", language)
    decide(reviewer, "r", "Enter")
    seen = {case_of(reviewer)}
    for _ in range(9):
        decide(reviewer, "a", "2")
        seen.add(case_of(reviewer))
    assert len(seen) == 10
    assert (stored("refuse"), stored("allow")) == (1, 9)
    last = case_of(reviewer)
    reviewer.keyboard.press("z")
    reviewer.wait_for_function("last => !location.href.includes(last)", arg=last)
    assert stored("undo") == 1

    reviewer.keyboard.press("n")
    reviewer.keyboard.type("r is a letter here, not a key")
    reviewer.keyboard.press("Escape")
    decide(reviewer, "x", "1")
    proposed = stored("close")
    assert proposed == 1
    decide(reviewer, "e", "Enter")

    bulk_decision(desk, reviewer, language)

    senior = desk.page("senior1", language)
    senior.click(".lane.senior button")
    senior.wait_for_selector("#decide")
    decide(senior, "x", "Enter")
    audit(desk, language)


def bulk_decision(desk: Desk, page: Page, language: str) -> None:
    """Find a case with others of its body, decide them together, and take it back."""
    body = _body_with_several()
    page.goto(f"{desk.served.url}/cases/?q={body}")
    for link in page.locator("tbody tr").all():
        if re.search("待处理|open", link.inner_text()):
            link.locator("a").click()
            break
    page.wait_for_url(re.compile("[0-9a-f]{32}"))
    if not page.locator("#decide").count():
        page.keyboard.press("Enter")
        page.wait_for_selector("#decide")
    page.keyboard.press("b")
    page.wait_for_url(re.compile("/alike/"))
    page.keyboard.press("*")
    picture(page, "bulk", language)
    before = stored("proof")
    decide(page, "s", "2")
    assert stored("proof") >= before + 2
    page.keyboard.press("z")
    page.wait_for_selector(".messages .success")


def _body_with_several() -> str:
    """The name of a body with several open cases."""

    def ask() -> str:
        rows = Case.objects.filter(state="open", twin=None).exclude(body_id="").values("body_name")
        first = rows.annotate(n=Count("pk")).filter(n__gte=3).order_by("-n").first()
        assert first is not None
        return str(first["body_name"])

    return _in_thread(ask)


def audit(desk: Desk, language: str) -> None:
    """The auditor signs, verifies and exports."""
    auditor = desk.page("auditor", language)
    auditor.goto(f"{desk.served.url}/ledger/")
    picture(auditor, "ledger", language)
    auditor.locator("form[action='/ledger/checkpoint/'] button").click()
    auditor.wait_for_load_state("networkidle")
    auditor.locator("form[action='/ledger/verify/'] button").click()
    auditor.wait_for_selector(".messages .success")
    with auditor.expect_download() as download:
        auditor.locator("form[action='/ledger/export/'] button").click()
    path = download.value.path()
    assert path.read_text(encoding="utf-8").count("\n") > 280


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_shown(desk: Desk, language: str) -> None:
    """Nothing complains on any page, in either language; an admin adds a person, who logs in."""
    pages = {
        "reviewer2": {"clause": "law/8(4)", "registry": "registry/?q=人民曰报", "order": "order",
                      "help": "help", "own": "me"},
        "scientist": {"agreement": "agreement"},
        "admin": {"people": "people", "clients": "clients", "webhooks": "webhooks"},
    }  # fmt: skip
    for who, shown in pages.items():
        page = desk.page(who, language)
        for name, path in shown.items():
            page.goto(f"{desk.served.url}/{path}{'' if '?' in path else '/'}")
            assert page.locator("h1").first.inner_text()
            picture(page, name, language)
    page.goto(f"{desk.served.url}/people/")
    page.fill("[name=name]", "newcomer")
    page.locator("form[action='/people/add/'] button").click()
    told = page.locator(".messages .success").inner_text()
    newcomer = Desk(desk.served, desk.browser, told.split()[-1].rpartition("：")[2])
    assert newcomer.page("newcomer", language).url == f"{desk.served.url}/"


def test_the_ledger_holds_after_a_day_at_the_desk(desk: Desk) -> None:
    """On a tablet, with the mouse: a case is decided by clicks alone."""
    window = desk.page("reviewer1")
    window.set_viewport_size({"width": 820, "height": 1180})
    window.click("#next")
    window.wait_for_selector("#decide")
    window.click(".act.allow summary")
    window.locator(".act.allow .reasons button").first.click()
    window.wait_for_load_state("networkidle")
    assert stored("allow") == 1
    assert _in_thread(lambda: verify(stored_links(), []).events) > 280
