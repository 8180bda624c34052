"""Screening is a pure function of account, day and provenance, in order, one by one or in a batch, in bounded time."""

from __future__ import annotations

import random
import time
from datetime import date

import pytest

from detector.channels import names
from detector.pipeline import LONGEST_NAME, Screener
from detector.settings import Settings
from detector.types import Account, Field, Outcome, Owner, Relation
from tests.core.shipped import screener

TODAY = date(2026, 11, 23)
NAMES = (
    "人民日报", "人民曰报", "天空中的小猫", "renmin日报", "杭州市公安局", "国家反诈调查总局", "江海早报", "我的中国心",
    "移民政策", "清华大学的小学妹", "🐮🐮", "", "\ud800", "  ", "朝阳区人民法院", "蒙🐮乳业", "新·华·社", "弓长家口",
    "ʇɐɥɔǝʍ", "12306客服", "小米粥", "南京大学城奶茶", "x" * 200, "公安局" * 60, "人人民民日日报报",
)  # fmt: skip
ACCOUNTS = tuple(
    Account(str(number), name, bio="新华社官方账号" if number % 3 == 0 else None,
            owner=Owner("") if number % 2 else Owner())
    for number, name in enumerate(NAMES)
)  # fmt: skip


def test_one_assessment_an_account_in_order() -> None:
    found = screener().screen(ACCOUNTS, TODAY)
    assert [a.account for a in found] == list(ACCOUNTS)


def test_screening_twice_gives_the_same() -> None:
    assert screener().screen(ACCOUNTS, TODAY) == screener().screen(ACCOUNTS, TODAY)


def test_another_screener_gives_the_same() -> None:
    other = Screener.open(Settings.from_environment())
    assert other.screen(ACCOUNTS, TODAY) == screener().screen(ACCOUNTS, TODAY)


def test_an_account_is_judged_the_same_alone_and_in_any_batch() -> None:
    together = screener().screen(ACCOUNTS, TODAY)
    alone = [screener().screen([account], TODAY)[0] for account in ACCOUNTS]
    assert together == alone
    shuffled = random.Random(1).sample(ACCOUNTS, len(ACCOUNTS))
    by_id = {a.account.account_id: a for a in screener().screen(shuffled, TODAY)}
    assert [by_id[account.account_id] for account in ACCOUNTS] == together
    half = len(ACCOUNTS) // 2
    parts = screener().screen(ACCOUNTS[:half], TODAY) + screener().screen(ACCOUNTS[half:], TODAY)
    assert parts == together


def test_no_accounts_give_no_assessments() -> None:
    assert screener().screen([], TODAY) == []


def test_every_assessment_says_what_made_it() -> None:
    (found,) = screener().screen(ACCOUNTS[:1], TODAY)
    assert found.provenance == screener().provenance
    assert found.provenance.registry == screener().registry.digest
    assert all((found.provenance.code, found.provenance.rules, found.provenance.registry))


ORDINARY = (
    "天空中的小猫", "爱吃的阿花", "mnqt88", "一只小橘猫", "慢慢走", "晚风与海", "老张修车", "深夜食堂",
    "阿珍爱上了阿强", "奶茶三分糖", "追风的少年", "lucky星", "想去看海", "🐮气冲天", "来报到", "海报",
)  # fmt: skip


@pytest.mark.parametrize("name", ORDINARY, ids=ORDINARY)
def test_an_ordinary_name_leaves_without_cases(name: str) -> None:
    (found,) = screener().screen([Account("1", name)], TODAY)
    assert found.cases == ()
    assert found.gaps == ()
    assert found.decision.outcome is Outcome.ALLOW


def test_an_unreported_owner_is_unknown_unless_the_platform_says_otherwise() -> None:
    account = Account("1", "人民日报")
    (found,) = screener().screen([account], TODAY)
    assert {case.relation for case in found.cases} == {Relation.UNREPORTED}
    default = Settings.from_environment()
    sure = Screener(
        screener().registry, Settings(default.registries, default.tables, default.cache, True)
    )
    (found,) = sure.screen([account], TODAY)
    assert {case.relation for case in found.cases} == {Relation.UNVERIFIED}


def test_a_name_that_is_cut_off_leaves_a_gap_that_a_person_sees() -> None:
    longest, longer = "猫" * LONGEST_NAME, "猫" * (LONGEST_NAME + 1)
    exact, cut = screener().screen([Account("1", longest), Account("2", longer)], TODAY)
    assert exact.gaps == ()
    assert [(gap.channel, gap.field) for gap in cut.gaps] == [(names.CHANNEL, Field.NAME)]


def test_a_body_late_in_a_long_name_is_found_or_leaves_a_gap() -> None:
    (found,) = screener().screen([Account("1", "天空中的小猫" * 12 + "人民日报")], TODAY)
    assert found.cases or found.gaps


FLOODS = {
    "official tails repeated": "公安局人民法院日报" * 10,
    "one tail repeated": "局" * 120,
    "names of bodies side by side": "人民日报新华社公安部清华大学" * 8,
    "regions side by side": "北京上海广州深圳杭州南京武汉成都" * 8,
    "disguises side by side": "人民曰报新苹社公安郚清花大学" * 8,
    "pinyin": "renminribao" * 11,
    "emoji": "🐮🐱" * 60,
    "numerals": "一二三四五六七八九零" * 12,
    "ten thousand characters": "人民法院" * 2500,
    "ten thousand tails": "中级人民法院公安局" * 1100,
    "a hundred thousand characters": "小猫" * 50_000,
    "hidden characters": "人\u200b" * 50_000,
}


@pytest.mark.parametrize("name", FLOODS.values(), ids=FLOODS)
def test_a_flood_is_screened_in_bounded_time(name: str) -> None:
    screener().screen(ACCOUNTS[:2], TODAY)  # kernels are compiled and tables read
    started = time.perf_counter()
    (found,) = screener().screen([Account("1", name)], TODAY)
    assert time.perf_counter() - started < 3
    assert bool(found.gaps) >= (len(name) > LONGEST_NAME)
    assert len(found.cases) < 200


def test_a_flood_whose_candidates_are_cut_off_is_reported() -> None:
    flood, calm = Account("1", "市人民医院" * 25), Account("2", "人民医院")
    found = screener().screen([flood, calm], TODAY)
    assert ["too many" in gap.reason for gap in found[0].gaps] == [True]
    assert found[0].decision.needs_person
    assert found[1].gaps == ()


def test_a_long_name_upside_down_is_screened_in_bounded_time() -> None:
    screener().screen(ACCOUNTS[:2], TODAY)
    started = time.perf_counter()
    screener().screen([Account("1", "ʇɐɥɔǝʍ" * 400)], TODAY)
    assert time.perf_counter() - started < 1
