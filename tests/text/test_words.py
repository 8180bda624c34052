"""The word model: the cheapest segmentation, its bits from both ends, and what they are good for."""

from __future__ import annotations

import math
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.text import words

chinese = st.text(
    st.sampled_from("人民日报移政策南京大学城国家公安局的小猫新闻系海a1囧龘"), max_size=12
)
pieces = st.lists(
    st.sampled_from("人民 日报 移民 政策 南京 大学 学城 国家 公安局 奶茶 a1 囧".split()), max_size=5
).map("".join)


def slow_bits(text: str) -> float:
    """The same by trying every way to cut the text."""

    @cache
    def best(start: int) -> float:
        if start == len(text):
            return 0.0
        costs = []
        for end in range(start + 1, min(len(text), start + words.LONGEST_WORD) + 1):
            piece = text[start:end]
            cost = words.word_bits(piece)
            if cost is None and len(piece) == 1:
                cost = words.LETTER_BITS if piece.isascii() else words.UNKNOWN_BITS
            if cost is not None:
                costs.append(cost + best(end))
        return min(costs)

    return best(0)


@given(chinese | pieces | st.text(max_size=15))
def test_the_words_of_a_cut_make_up_the_text(text: str) -> None:
    cut = words.cut(text)
    assert cut.text == text
    assert "".join(cut.words) == text
    assert all(cut.words)
    assert all(len(word) <= words.LONGEST_WORD for word in cut.words)
    assert {0, len(text)} <= cut.breaks()
    assert len(cut.breaks()) == len(cut.words) + 1


@given(chinese | pieces)
def test_the_cut_equals_the_search_through_all_cuts(text: str) -> None:
    assert words.bits(text) == pytest.approx(slow_bits(text))


@given(chinese | pieces | st.text(max_size=15))
def test_beginning_and_end_cost_no_less_than_the_whole_and_as_much_at_a_break(text: str) -> None:
    cut = words.cut(text)
    assert len(cut.before) == len(cut.after) == len(text) + 1
    assert cut.before[0] == cut.after[-1] == 0
    for place in range(len(text) + 1):
        both = cut.before[place] + cut.after[place]
        assert both >= cut.bits - 1e-6
        if place in cut.breaks():
            assert both == pytest.approx(cut.bits)


@given(chinese | pieces)
def test_every_beginning_and_end_costs_what_it_costs_by_itself(text: str) -> None:
    cut = words.cut(text)
    for place in range(len(text) + 1):
        assert cut.before[place] == pytest.approx(words.bits(text[:place]))
        assert cut.after[place] == pytest.approx(words.bits(text[place:]))


@given(chinese, chinese)
def test_two_texts_cost_no_more_side_by_side_than_apart(left: str, right: str) -> None:
    assert words.bits(left + right) <= words.bits(left) + words.bits(right) + 1e-6


LIKELIER = {
    "two everyday words against one symbol off a medium": ("样式新闻", "央祝新闻"),
    "a place against a look-alike of a place": ("汉阳", "渖阳"),
    "a bank that exists as words": ("银行", "银彳"),
    "a sentence against its symbols in disorder": ("我爱吃苹果", "果我苹爱吃"),
    "a word against the word with a hole": ("人民日报", "人民日"[:2] + "日囧"),
    "a short word against a longer text of unknown symbols": ("公安局", "龘囧龘"),
}


@pytest.mark.parametrize(("likely", "unlikely"), LIKELIER.values(), ids=LIKELIER)
def test_ordinary_chinese_is_cheaper(likely: str, unlikely: str) -> None:
    assert words.bits(likely) < words.bits(unlikely)


def test_an_empty_text_costs_nothing() -> None:
    assert words.cut("") == words.Cut("", (0.0,), (0.0,), ())


def test_a_word_that_no_dictionary_holds_has_no_bits() -> None:
    assert words.word_bits("龘囧龘") is None
    assert math.isfinite(words.bits("龘囧龘"))


BODIES = {"央行": True, "武大": True, "国安": True, "苹果": False, "天空": False, "小猫": False}


@pytest.mark.parametrize(("word", "wanted"), BODIES.items(), ids=BODIES)
def test_language_knows_some_words_chiefly_as_bodies(word: str, wanted: bool) -> None:
    assert words.means_organisation(word) is wanted


PLACES = {"北京": True, "长沙": True, "大学": False, "苹果": False}


@pytest.mark.parametrize(("word", "wanted"), PLACES.items(), ids=PLACES)
def test_language_knows_some_words_as_places(word: str, wanted: bool) -> None:
    assert words.means_place(word) is wanted
