"""中国 中华 中央 全国 国家: found as words, told from chance meetings of their characters."""

from __future__ import annotations

import pytest

from detector.channels.strictwords import strict_words
from detector.text.reading import read
from detector.types import Evidence, Field, Stance


def found(text: str) -> tuple[Evidence, ...]:
    return strict_words(read(text)[0], text, Field.NAME)


WORDS = {
    "中国好声音": "中国",
    "中华小当家": "中华",
    "中央空调": "中央",
    "全国统考": "全国",
    "国家队": "国家",
    "我的中国心": "中国",
    "中國心": "中國",
    "中 国 心": "中 国",
    "中·国": "中·国",
    "㊥国": "㊥国",
    "中\u200b国": "中\u200b国",
}


@pytest.mark.parametrize(("text", "word"), WORDS.items(), ids=WORDS)
def test_a_strict_word_is_found_as_it_is_written(text: str, word: str) -> None:
    (evidence,) = found(text)
    assert (evidence.query, evidence.stance) == (word, Stance.IS)
    assert evidence.query == text[slice(*evidence.span)]


CHANCE = ("泰国家常菜", "美国家具", "发展中国家", "其中国产", "祖国家乡", "安全国际", "健全国企")


@pytest.mark.parametrize("text", CHANCE, ids=CHANCE)
def test_characters_of_two_other_words_are_a_coincidence(text: str) -> None:
    assert found(text)
    assert {e.stance for e in found(text)} == {Stance.COINCIDENCE}


NONE = ("", "国", "小猫", "中午", "国中家", "CN", "华中", "央中")


@pytest.mark.parametrize("text", NONE, ids=NONE)
def test_other_words_are_none(text: str) -> None:
    assert found(text) == ()


def test_every_strict_word_is_evidence_of_its_own() -> None:
    assert [e.candidate for e in found("中国国家中央")] == ["中国", "国家", "中央"]
