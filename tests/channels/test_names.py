"""Which registered names a text holds: the longest first, at word boundaries, in whatever disguise."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.pipeline import Screener
from detector.settings import Settings
from detector.types import EditKind, Kind, Relation, Stance
from tests.channels.bodies import ids, owned, resembling, screened
from tests.registry import tree

K = EditKind

# text, what is read there, the edits as "kind:written>name" with the place of what is written
EDITS: dict[str, tuple[str, str, list[tuple[EditKind, str, str, tuple[int, int]]]]] = {
    "no edit in a plain name": ("人民日报", "人民日报", []),
    "no edit for a capital": ("cctv", "CCTV", []),
    "traditional": ("人民日報", "人民日报", [(K.TRADITIONAL, "報", "报", (3, 4))]),
    "variant": ("渖阳日报", "沈阳日报", [(K.VARIANT, "渖", "沈", (0, 1))]),
    "kana": ("新华ネ土", "新华社", [(K.SPLIT, "ネ土", "社", (2, 4))]),
    "enclosed": ("人民㊐报", "人民日报", [(K.ENCLOSED, "㊐", "日", (2, 3))]),
    "compatibility": ("ＣＣＴＶ", "CCTV", [
        (K.COMPATIBILITY, c, n, (i, i + 1)) for i, (c, n) in enumerate(zip("ＣＣＴＶ", "cctv", strict=True))
    ]),
    "confusable": ("ССTV", "CCTV", [(K.CONFUSABLE, "С", "c", (0, 1)), (K.CONFUSABLE, "С", "c", (1, 2))]),
    "numeral": ("第壹财经", "第一财经", [(K.NUMERAL, "壹", "一", (1, 2))]),
    "a digit for a numeral": ("第1财经", "第一财经", [(K.NUMERAL, "1", "一", (1, 2))]),
    "numerals for digits": ("一二三零六", "12306", [
        (K.NUMERAL, c, n, (i, i + 1)) for i, (c, n) in enumerate(zip("一二三零六", "12306", strict=True))
    ]),
    "flipped": ("ʌʇɔɔ", "CCTV", [
        (K.FLIPPED, c, n, (i, i + 1)) for i, (c, n) in enumerate(zip("ʌʇɔɔ", "vtcc", strict=True))
    ]),
    "hidden": ("新\u200b华社", "新华社", [(K.HIDDEN, "\u200b", "", (1, 2))]),
    "separators": ("新·华·社", "新华社", [(K.SEPARATOR, "·", "", (1, 2)), (K.SEPARATOR, "·", "", (3, 4))]),
    "emoji in between": ("人民🐮日报", "人民日报", [(K.EMOJI, "🐮", "", (2, 3))]),
    "emoji for a word": ("蒙🐮乳业", "蒙牛乳业", [(K.EMOJI, "🐮", "牛", (1, 2))]),
    "a dash for one": ("第—财经", "第一财经", [(K.EMOJI, "—", "一", (1, 2))]),
    "split": ("弓长家口市公安局", "张家口市公安局", [(K.SPLIT, "弓长", "张", (0, 2))]),
    "spelled": ("renmin日报", "人民日报", [(K.SPELLED, "ren", "人", (0, 3)), (K.SPELLED, "min", "民", (3, 6))]),
    "initial": ("新H社", "新华社", [(K.INITIAL, "H", "华", (1, 2))]),
    "homophone": ("人民日抱", "人民日报", [(K.HOMOPHONE, "抱", "报", (3, 4))]),
    "near sound": ("蓝京大学", "南京大学", [(K.NEAR_SOUND, "蓝", "南", (0, 1))]),
    "look-alike": ("人民曰报", "人民日报", [(K.LOOK_ALIKE, "曰", "日", (2, 3))]),
    "translated": (
        "浦发Bank",
        "浦发银行",
        [(K.TRANSLATED, "Bank", "银", (2, 6)), (K.TRANSLATED, "Bank", "行", (2, 6))],
    ),
    "inserted": ("国家移民囧管理局", "国家移民管理局", [(K.INSERTED, "囧", "", (4, 5))]),
    "doubled": ("交通运输输部", "交通运输部", [(K.DOUBLED, "输", "", (4, 5))]),
    "dropped": ("最高人检察院", "最高人民检察院", [(K.DROPPED, "", "民", (3, 3))]),
    "swapped": ("清大华学", "清华大学", [(K.SWAPPED, "大华", "华大", (1, 3))]),
    "reordered": ("日报人民", "人民日报", [(K.REORDERED, "日报人民", "人民日报", (0, 4))]),
    "replaced": ("中华人民共和囧民政部", "中华人民共和国民政部", [(K.REPLACED, "囧", "国", (6, 7))]),
    "two of one name": ("☆新🐮華社", "新华社", [(K.EMOJI, "🐮", "", (2, 3)), (K.TRADITIONAL, "華", "华", (3, 4))]),
    "two sorts mixed": (
        "ren民曰报",
        "人民日报",
        [(K.SPELLED, "ren", "人", (0, 3)), (K.LOOK_ALIKE, "曰", "日", (4, 5))],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "name", "edits"), EDITS.values(), ids=EDITS)
def test_every_step_of_a_disguise_is_named_and_points_at_its_characters(
    screener: Screener,
    text: str,
    name: str,
    edits: list[tuple[EditKind, str, str, tuple[int, int]]],
) -> None:
    found = {e.candidate: e for _, e in resembling(screener, text)}
    assert name in found
    steps = [(e.kind, e.query, e.candidate, e.span) for e in found[name].edits]
    assert steps == edits
    assert all(text[slice(*span)] == query for _, query, _, span in steps if query)


def test_a_word_for_its_like_is_one_step(screener: Screener) -> None:
    ((_, evidence),) = resembling(screener, "国家移民事务局")
    assert {(e.kind, e.query, e.span) for e in evidence.edits} == {(K.SYNONYM, "事务", (4, 6))}


def test_a_disguise_is_less_alike_than_the_name_itself(screener: Screener) -> None:
    likeness = {
        text: resembling(screener, text)[0][1].similarity
        for text in ("人民日报", "人民曰报", "人民日抱", "日报人民")
    }
    assert list(likeness.values()) == sorted(likeness.values(), reverse=True)
    assert likeness["人民日报"] == 1.0
    assert all(0 < s < 1 for text, s in likeness.items() if text != "人民日报")


# text -> the bodies that it holds, and nothing else
HELD: dict[str, tuple[str, set[str]]] = {
    "the longest name, not the one inside it": ("北京大学第一医院", {"hosp.pku1"}),
    "the shorter where the longer is not written": ("北京大学医院", {"univ.pku"}),
    "two bodies side by side": ("清华大学北京大学", {"univ.thu", "univ.pku"}),
    "no body in words that hold it by chance": ("移民政策", set()),
    "nor among more words": ("移民政策研究", set()),
    "no university in its town's name": ("南京大雨", set()),
    "no medium in ordinary words": ("人民的日子报告", set()),
    "nothing in an everyday name": ("天空中的小猫", set()),
    "nothing in a name in letters": ("abcctvx", set()),
    "no number in a longer one": ("8123067", set()),
    "no syllable out of a longer run of letters": ("新华sheshe", set()),
    "a digit among letters": ("CC7V", {"media.cctv"}),
    "no name made of digits": ("3378", set()),
    "two symbols that everybody knows, one of the same sound": ("央适", {"media.cctv"}),
    "two symbols with others about them": ("小央适猫", set()),
    "the number between words": ("12306客服", {"rail.12306"}),
    "an English name": ("Xinhua News Agency", {"media.xinhua"}),
    "an English name in small letters": ("xinhua news agency", {"media.xinhua"}),
    "a derived organ": ("杭州市公安局", {"organ.police.local@330100"}),
    "a derived short name": ("平安杭州", {"organ.police.local@330100"}),
    "a derived organ in disguise": ("杭州市公鞍局", {"organ.police.local@330100"}),
    "a derived short name with its place in disguise": ("杭洲公安", {"organ.police.local@330100"}),
    "a derived short name with its word in disguise": ("杭州公桉", {"organ.police.local@330100"}),
    "and among official words": ("杭洲公安官方", {"organ.police.local@330100"}),
    "no place in disguise among other words": ("小杭洲公安", set()),
    "a derived organ with its place put last": ("公安局杭州市", {"organ.police.local@330100"}),
    "no place put last among other words": ("公安局杭州市的猫", set()),
    "the one that its city tells": ("长春市朝阳区人民法院", {"organ.court.district@220104"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), HELD.values(), ids=HELD)
def test_a_text_holds_these_bodies(screener: Screener, text: str, wanted: set[str]) -> None:
    bodies = {e.id for e, _ in resembling(screener, text) if e.kind is not Kind.REGION}
    assert bodies == wanted


def test_a_university_town_is_about_the_university_at_most(screener: Screener) -> None:
    for text in ("南京大学城奶茶", "南京大学城的猫"):
        assert all(e.stance in (Stance.ABOUT, Stance.UNCLEAR, Stance.COINCIDENCE)
                   for _, e in resembling(screener, text))  # fmt: skip


# Real or likely names one symbol away from a registered one
NEIGHBOURS = {
    "another city's police": "广州市公安局",
    "a city that the registry does not know": "常州市公安局",
    "one symbol of the city differs": "杭川市公安局",
    "another paper": "汉阳日报",
    "another university": "南宁大学",
    "another university by one symbol": "东京大学",
    "another ministry": "财政部",
    "a province less a symbol": "海省公安厅",
    "a city that sounds different": "南宁市公安局",
    "another agency": "新蒙社",
}


@pytest.mark.parametrize("text", NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_a_neighbour_is_no_disguise(screener: Screener, text: str) -> None:
    for entity, evidence in resembling(screener, text):
        assert entity.kind is Kind.REGION or evidence.candidate == text


def test_no_city_is_read_as_another(screener: Screener) -> None:
    cities = ("南京", "南通", "杭州", "广州", "张家口", "沈阳", "长春")
    for city in cities:
        for form in (f"{city}市公安局", f"{city}公安", f"平安{city}", f"{city}市公安局官方"):
            entities = [e for e, _ in resembling(screener, form)]
            assert entities, form
            assert {e.name for e in entities} == {f"{city}市公安局"}


def test_a_homonym_means_the_body_that_the_owner_is_itself(screener: Screener) -> None:
    account = owned("朝阳区人民法院", "长春市朝阳区人民法院", "government")
    cases = screened(screener, account).cases
    assert Relation.IS_BODY in {case.relation for case in cases if case.entity is not None}
    assert Relation.OTHER not in {case.relation for case in cases if case.entity is not None}


def test_a_name_of_two_bodies_means_either(screener: Screener) -> None:
    courts = {"organ.court.district@110105", "organ.court.district@220104"}
    assert ids(resembling(screener, "朝阳区人民法院")) == courts


def test_the_second_of_two_bodies_of_one_name_may_use_it(tmp_path: Path) -> None:
    codes = ("12100000400010398T", "12310000425006117P")
    rows = [tree.body(f"hosp.{i}", "江海仁爱医院", kind="hospital", code=c)
            for i, c in enumerate(codes)]  # fmt: skip
    tree.source(tmp_path / "registries", "hospitals", rows)
    small = Screener.open(Settings(registries=tmp_path / "registries", cache=tmp_path / "cache"))
    for code in codes:
        cases = screened(small, owned("江海仁爱医院", None, code=code)).cases
        assert {c.relation for c in cases if c.entity is not None} == {Relation.IS_BODY}


def test_an_owner_who_is_neither_homonym_is_compared_with_both(screener: Screener) -> None:
    cases = screened(screener, owned("朝阳区人民法院", "张三", "")).cases
    bodies = {case.entity.id: case.relation for case in cases if case.entity is not None}
    assert set(bodies) == {"organ.court.district@110105", "organ.court.district@220104"}
    assert set(bodies.values()) == {Relation.OTHER}


@pytest.mark.xfail(
    strict=True,
    raises=AssertionError,
    reason="㊗ is read as 祝 only, never as the decoration it also is",
)
def test_a_circled_wish_between_is_decoration(screener: Screener) -> None:
    assert ids(resembling(screener, "新㊗华㊗社")) == {"media.xinhua"}


pieces = st.lists(
    st.sampled_from("人民 曰报 新·华 社 ｃｃtv 弓长 杭州市 公安局 renmin 🐮 \u200b 的 客服 清大".split(" ")), max_size=6
).map("".join)  # fmt: skip


@given(pieces | st.text(max_size=20))
def test_evidence_always_quotes_the_text(screener: Screener, text: str) -> None:
    for entity, evidence in resembling(screener, text):
        assert evidence.query == text[slice(*evidence.span)]
        assert evidence.candidate in {a.text for a in entity.aliases}
        assert 0 <= evidence.similarity <= 1
        for edit in evidence.edits:
            assert edit.query == text[slice(*edit.span)]
            assert evidence.span[0] <= edit.span[0] <= edit.span[1] <= evidence.span[1]
        for cue in evidence.cues:
            assert 0 <= cue.span[0] < cue.span[1] <= len(text)
