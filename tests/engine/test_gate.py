"""What the gate keeps back holds nothing: the same assessments with it and without, by rows and by columns."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.columns import Columns, passes, screen_columns, to_judge
from detector.pipeline import Screener
from detector.types import Account, AccountType, Assessment, Field, Owner
from tests.core.shipped import screener
from tests.engine import texts
from training.bench import nickname_list
from training.bench.folders import NICKNAMES

TODAY = date(2026, 11, 23)
NOBODY = Owner("", "", "")
# Names that the gate must let through, whatever it thinks of them
LOUD = {
    "as registered": "人民日报",
    "in disguise": "人民曰报",
    "spelled": "renmin日报",
    "an emoji": "蒙🐮",
    "upside down": "ɐqɐqılɐ",
    "an English word": "浦发Bank",
    "a word exchanged": "国家移民事务局",
    "a derived organ": "银川市公安局",
    "a derived organ in disguise": "银川市公按局",
    "a news word": "江南新闻",
    "a strict word": "中国美食",
    "an invented body": "国家反诈调查总局",
    "backwards": "院察检市汉武",
    "long": "人民日报" * 40,
}
QUIET = (
    "张小明",
    "爱吃鱼的猫",
    "tony_1987",
    "小仙女~",
    "",
    "qwzx",
    "🌸🌸",
    "我是一个好人",
    "Lily—Chen",
)


@cache
def plain() -> Screener:
    """The screener without a gate."""
    return Screener(screener().registry, screener().settings)


def accounts(names: Sequence[str]) -> list[Account]:
    """An account a name, of every type, some with bios and verification lines of other names."""
    types = (AccountType.PERSONAL, AccountType.ORGANIZATION, None)
    made = []
    for number, name in enumerate(names):
        other = names[(number * 7919 + 1) % len(names)]
        account = Account(str(number), name, types[number % 3], bio="", signature="", owner=NOBODY)
        if number % 4 == 0:
            account = replace(account, bio=f"{name}的粉丝，{other}官方", signature=other)
        if number % 9 == 0:
            account = replace(account, verification=other, owner=Owner())
        made.append(account)
    return made


def columns_of(listed: Sequence[Account]) -> Columns:
    def texts_of(field: str) -> pa.Array:
        return pa.array([getattr(account, field) for account in listed], pa.string())

    spoken = {field: texts_of(field) for field in (Field.BIO, Field.SIGNATURE, Field.VERIFICATION)}
    return Columns(texts_of("name"), texts_of("account_type"), spoken)


def held_in_columns(listed: Sequence[Account]) -> dict[int, Assessment]:
    found = screen_columns(screener(), columns_of(listed), lambda row: listed[row], TODAY)
    return dict(found)


def assert_the_same(names: Sequence[str]) -> None:
    listed = accounts(names)
    wanted = plain().screen(listed, TODAY)
    assert screener().screen(listed, TODAY) == wanted
    assert held_in_columns(listed) == {n: a for n, a in enumerate(wanted) if not passes(a)}


def test_the_sets_are_judged_the_same() -> None:
    assert_the_same([text for text in texts.of_the_sets() if text.isprintable()])


@settings(max_examples=150, deadline=None)
@given(st.lists(texts.names().filter(lambda name: name.isprintable()), min_size=1, max_size=12))
def test_random_names_are_judged_the_same(names: list[str]) -> None:
    assert_the_same(names)


@pytest.mark.slow
@pytest.mark.skipif(not NICKNAMES.exists(), reason="the nicknames are not on this machine")
def test_real_nicknames_are_judged_the_same() -> None:
    assert_the_same(nickname_list.load())


@pytest.mark.parametrize("name", LOUD.values(), ids=LOUD)
def test_a_name_that_holds_something_is_looked_at(name: str) -> None:
    columns = Columns(pa.array([name]), pa.array(["personal"]))
    assert to_judge(screener(), columns, TODAY).tolist() == [0]


def test_names_of_people_are_not_looked_at() -> None:
    columns = Columns(pa.array(QUIET), pa.array(["personal"] * len(QUIET)))
    assert to_judge(screener(), columns, TODAY).tolist() == []


def test_without_a_gate_every_row_is_judged() -> None:
    assert to_judge(plain(), Columns(pa.array(QUIET)), TODAY).tolist() == list(range(len(QUIET)))


def test_a_row_is_made_an_account_only_where_it_must_be_judged() -> None:
    made: list[int] = []

    def account(row: int) -> Account:
        made.append(row)
        return Account(str(row), "人民日报", AccountType.PERSONAL, bio="", owner=NOBODY)

    columns = Columns(pa.array([*QUIET, "人民日报"]), pa.array(["personal"] * (len(QUIET) + 1)))
    found = list(screen_columns(screener(), columns, account, TODAY))
    assert made == [len(QUIET)] == [row for row, _ in found]


LONG_BIO = Account("1", "张小明", AccountType.PERSONAL, bio="好" * 3000, owner=NOBODY)


def test_a_bio_too_long_to_be_read_is_a_gap_in_columns_too() -> None:
    (found,) = held_in_columns([LONG_BIO]).values()
    assert [gap.field for gap in found.gaps] == [Field.BIO]


# What a stranger may type to make it slow: repeated tails, one symbol, decoration, letters
FLOODS = {
    "tails": "市人民医院" * 25,
    "other tails": "市中心医院市人民医院市中医院市妇幼保健院" * 6,
    "places": "北京上海广州深圳" * 16,
    "papers": "日报晚报晨报" * 20,
    "syllables": "renminribao" * 12,
    "one symbol": "国" * 10_000,
    "one letter": "a" * 10_000,
    "hidden": "\u200b" * 10_000 + "人民日报",
    "emoji": "🐮" * 10_000,
    "dashes": "-人" * 5_000,
    "marks": "人\u0301" * 5_000,
}
MOST_SECONDS = 0.5  # ten times what the worst took on a busy machine


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_a_flood_takes_no_longer_than_is_allowed(flood: str) -> None:
    account = Account("1", flood, AccountType.PERSONAL, bio=flood, owner=NOBODY)
    screener().screen([account], TODAY)
    started = time.perf_counter()
    (found,) = screener().screen([account], TODAY)
    assert time.perf_counter() - started < MOST_SECONDS
    assert (len(flood) > 128) <= bool(found.gaps)
    assert repr(found) == repr(plain().screen([account], TODAY)[0])
