"""The sieve lets everything through that blocking finds, and of other texts hardly any."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.text import blocking, sieve
from detector.text.alphabet import alphabet

NAMES = (
    "人民日报",
    "新华社",
    "央视",
    "清华大学",
    "杭州市公安局",
    "cctv",
    "12306",
    "国家移民管理局",
    "人人车",
)
SYMBOLS = "人民日报曰入新华社央视祝清大学杭州市公安局工cctv12306国家移管理车的了小吃"


# As the index has it: short Latin names and numbers only as written
EXACT = np.array([name.isascii() for name in NAMES])


def joined(texts: Sequence[str]) -> sieve.Symbols:
    letters = alphabet()
    offsets = np.concatenate([[0], np.cumsum([len(t) for t in texts])]).astype(np.int64)
    codes = letters.encode("".join(texts))
    return sieve.Symbols(codes, letters.sound_class[codes], letters.shape_class[codes], offsets)


def passed(texts: list[str]) -> list[bool]:
    found = sieve.passes(joined(texts), sieve.build(joined(NAMES), EXACT))
    return [bool(one) for one in found]


def blocked(texts: list[str]) -> set[int]:
    none = np.zeros(len(NAMES), bool)
    table = blocking.build(*joined(NAMES), ~EXACT, none, 7)
    hits, _ = blocking.find(*joined(texts), table)
    return set(hits[:, 0].tolist())


@given(st.lists(st.text(SYMBOLS, max_size=12), min_size=1, max_size=30))
def test_what_blocking_finds_is_let_through(texts: list[str]) -> None:
    found = passed(texts)
    assert all(found[at] for at in blocked(texts))


DISGUISES = (
    "人民曰报",
    "入民日报",
    "清化大学",
    "杭州公安局",
    "报日民人",
    "我爱新华社",
    "国家移民管理総局",
)


@pytest.mark.parametrize("text", DISGUISES)
def test_a_disguise_is_let_through(text: str) -> None:
    assert passed([text]) == [True]


def test_ordinary_texts_are_not() -> None:
    texts = ["奶茶不加冰", "阳光灿烂的日子", "小王爱吃面", "hello", "ct23", "", "雨后彩虹"]
    assert not any(passed(texts))
