"""What avatars and covers show becomes evidence; what cannot be looked at, a gap."""

import base64
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from detector.pipeline import Screener
from detector.settings import Settings
from detector.types import Account, AccountType, Assessment, Outcome, Owner, Proved
from tests.image.pictures import file

TODAY = date(2026, 11, 23)
PICTURES = Path(__file__).resolve().parents[2] / "data" / "accounts"


@cache
def screener() -> Screener:
    """The shipped screener, its pictures beside the example accounts."""
    return Screener.open(replace(Settings.from_environment(), pictures=PICTURES, ocr=False))


def screened(name: str, avatar: str, **reported: object) -> Assessment:
    """A personal account of nobody, with an avatar."""
    account = Account("1", name, AccountType.PERSONAL, avatar=avatar, owner=Owner(""))
    (found,) = screener().screen([replace(account, **reported)], TODAY)  # type: ignore[arg-type]
    return found


def inline(picture: Image.Image) -> str:
    """The picture as a data: URI."""
    return f"data:image/png;base64,{base64.b64encode(file(picture, 'PNG')).decode()}"


EXAMPLES = {
    "an ordinary picture": ("落日收藏家", "pictures/sunset.png", "allow", ""),
    "a crest, and an office in the name": (
        "新生报到咨询处", "pictures/gate.png", "refuse", "shows_the_mark_with_a_cue",
    ),
    "a bank's mark alone": ("小鹿的记账本", "pictures/coin.png", "strict", "shows_the_mark"),
    "the flag, and a shop in the name": (
        "阿红特产商城", "pictures/flag.png", "refuse", "sells_under_the_symbol_shown",
    ),
    "the flag alone": ("祖国的花朵", "pictures/flag.png", "strict", "shows_a_symbol"),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_account_is_judged_by_what_its_avatar_shows(name: str) -> None:
    account, avatar, outcome, rule = EXAMPLES[name]
    found = screened(account, avatar).decision
    assert found.outcome.word == outcome
    assert not rule or rule in {f.rule for f in found.findings}


def test_the_evidence_says_what_where_and_how() -> None:
    found = screened("小鹿的记账本", "pictures/coin.png").decision.findings[0].evidence
    assert found is not None
    assert found.shown is not None
    assert found.candidate == "鹿鸣湾银行"
    assert found.shown.what == "example.luming-bank.drawn"
    assert found.shown.proved is not Proved.ONE
    assert 0.2 < found.shown.share < 0.6


def test_the_body_itself_may_show_its_mark() -> None:
    owner = Owner("鹿鸣湾银行", None, "enterprise")
    found = screened(
        "鹿鸣湾银行", "pictures/coin.png", owner=owner, account_type=AccountType.ORGANIZATION
    )
    assert found.decision.outcome is Outcome.ALLOW


GAPS = {
    "no such file": (
        "pictures/none.png",
        "cannot be read: No such file or directory (pictures/none.png)",
    ),
    "an address": ("https://example.org/a.png", "files only"),
    "another folder": ("../../pyproject.toml", "outside the folder"),
    "no picture": ("data:image/png;base64,aGVsbG8=", "no picture of a known format"),
    "SVG": ("data:image/svg+xml,<svg/>", "SVG"),
}


@pytest.mark.parametrize("name", GAPS)
def test_what_cannot_be_looked_at_is_a_gap_that_a_person_sees(name: str) -> None:
    avatar, told = GAPS[name]
    found = screened("小鹿的记账本", avatar)
    (gap,) = found.gaps
    assert gap.field == "avatar"
    assert told in gap.reason
    assert found.decision.needs_person


def test_no_avatar_is_no_gap() -> None:
    assert screened("小鹿的记账本", "").gaps == ()


def test_a_code_is_read_and_left_to_a_person() -> None:
    code = zxingcpp.create_barcode("https://example.org/add", zxingcpp.BarcodeFormat.QRCode)
    drawn = Image.fromarray(np.pad(np.array(code.to_image(scale=5)), 24, constant_values=255))
    found = screened("江海好物", inline(drawn.convert("RGB"))).decision
    (finding,) = [f for f in found.findings if f.rule == "bears_a_code"]
    assert finding.clause == "8(6)"
    assert finding.evidence is not None
    assert finding.evidence.candidate == "https://example.org/add"
    assert found.outcome is Outcome.STRICT


def test_an_account_is_judged_the_same_alone_and_in_a_batch() -> None:
    accounts = [
        Account(str(n), name, AccountType.PERSONAL, avatar=avatar, owner=Owner(""))
        for n, (name, avatar, *_) in enumerate(EXAMPLES.values())
    ]
    together = screener().screen(accounts, TODAY)
    assert together == [screener().screen([one], TODAY)[0] for one in accounts]
