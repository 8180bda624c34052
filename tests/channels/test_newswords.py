"""Words with the attribute of news: as the name of a medium, spoken about, or not there at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.channels.newswords import news_words
from detector.text.reading import read
from detector.types import Cue, Evidence, Field, Stance


def found(text: str, place: str = "") -> tuple[Evidence, ...]:
    return news_words(read(text)[0], text, Field.NAME, place)


MEDIA = {
    "江海早报": "早报",
    "江海快讯": "快讯",
    "新闻": "新闻",
    "新聞": "新聞",
    "新·闻": "新·闻",
    "新闻热线": "新闻",
    "海外卫视": "卫视",
    "电视台": "电视台",
    "江海电视台官方": "电视台",
    "猫咪日报": "日报",
    "江海新闻网": "新闻网",
    "老王头条": "头条",
    "江海融媒": "融媒",
    "记者站": "记者站",
}


@pytest.mark.parametrize(("text", "word"), MEDIA.items(), ids=MEDIA)
def test_a_news_word_names_a_medium(text: str, word: str) -> None:
    (evidence,) = found(text)
    assert (evidence.query, evidence.stance) == (word, Stance.IS)
    assert evidence.query == text[slice(*evidence.span)]
    assert evidence.cues[0].cue is Cue.NEWS


OTHER_WORDS = (
    "海报", "来报到", "报到处", "早早报到", "预报", "天气预报", "每周报告", "新闻系", "日报表", "快报名", "晚报名",
    "汇报工作", "举报", "报复", "小猫", "情报员", "报销",
)  # fmt: skip


@pytest.mark.parametrize("text", OTHER_WORDS, ids=OTHER_WORDS)
def test_the_characters_of_a_news_word_in_another_word_are_none(text: str) -> None:
    assert found(text) == ()
    assert found(text, "武汉") == ()


SPOKEN_OF = (
    "看新闻", "爱看新闻", "不看新闻", "没有新闻", "晨报读者", "日报的老读者", "读者日报的猫", "新闻联播粉丝",
    "前新闻记者", "追新闻",
)  # fmt: skip


@pytest.mark.parametrize("text", SPOKEN_OF, ids=SPOKEN_OF)
def test_a_news_word_in_its_ordinary_sense_is_spoken_about(text: str) -> None:
    (evidence,) = found(text)
    assert evidence.stance is Stance.ABOUT


WITH_A_PLACE = ("武汉热点", "武汉同城网", "武汉在线", "武汉大小事", "武汉观察")


@pytest.mark.parametrize("text", WITH_A_PLACE, ids=WITH_A_PLACE)
def test_some_words_count_only_beside_a_place(text: str) -> None:
    assert found(text) == ()
    (evidence,) = found(text, "武汉")
    assert (evidence.place, evidence.stance) == ("武汉", Stance.IS)
    assert evidence.cues[0].cue is Cue.SOFT_NEWS


SOFT = ("吃瓜资讯", "娱乐资讯", "时事", "周刊")


@pytest.mark.parametrize("text", SOFT, ids=SOFT)
def test_a_soft_word_is_told_from_a_core_word(text: str) -> None:
    (evidence,) = found(text)
    assert evidence.cues[0].cue is Cue.SOFT_NEWS


def test_a_news_word_is_not_spelled_by_half_a_word() -> None:
    assert all(
        not news_words(reading, "maobao_she", Field.NAME, "") for reading in read("maobao_she")
    )


def test_two_news_words_are_two_pieces_of_evidence() -> None:
    assert [e.query for e in found("新闻江海日报")] == ["新闻", "日报"]


def test_the_longer_word_is_taken() -> None:
    assert [e.query for e in found("新闻联播")] == ["新闻联播"]


@given(
    st.text(st.sampled_from("新闻日早晚报到海名系头条快讯的🐮·江武汉热点"), max_size=16),
    st.sampled_from(["", "武汉"]),
)
def test_news_words_are_quoted_from_the_text_and_do_not_overlap(text: str, place: str) -> None:
    spans = [e.span for e in found(text, place)]
    assert all(e.query == text[slice(*e.span)] for e in found(text, place))
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
