"""Names built like an authority's: head, field and organ noun read off, jokes and everyday words left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.channels import grammar
from detector.channels.view import View
from detector.text.reading import read
from detector.types import Evidence, Field, Kind, Level, Span, Stance

REGIONS = ("杭州市", "江海市", "张家口市", "杭州", "江海")


def region_at_start(text: str) -> str:
    return next((region for region in REGIONS if text.startswith(region)), "")


def central_organs_are_complete(kind: Kind, level: Level) -> bool:
    return kind is Kind.STATE_ORGAN and level is Level.CENTRAL


def found(text: str, named: tuple[Span, ...] = (), own: bool = False) -> Evidence | None:
    view = View(
        text, Field.NAME, read(text), "", region_at_start, named, own, central_organs_are_complete
    )
    return next(iter(grammar.find(view)), None)


# text -> head, its sort, field, noun
SHAPES: dict[str, tuple[str, str, str, str]] = {
    "国家反诈调查总局": ("国家", "strict", "反诈调查", "总局"),
    "国家公安局": ("国家", "strict", "", "公安局"),
    "中国气象协会": ("中国", "strict", "气象", "协会"),
    "全国打假委员会": ("全国", "strict", "打假", "委员会"),
    "中华人民共和国数字经济部": ("中华人民共和国", "national", "数字经济", "部"),
    "国际儿童基金会": ("国际", "international", "儿童", "基金会"),
    "联合国粮食署": ("联合国", "international", "粮食", "署"),
    "环球时事通讯社": ("环球", "international", "时事", "通讯社"),
    "世界新闻社": ("世界", "international", "", "新闻社"),
    "杭州市公安局": ("杭州市", "region", "", "公安局"),
    "杭州市应急管理局": ("杭州市", "region", "", "应急管理局"),
    "江海市反诈中心": ("江海市", "region", "", "反诈中心"),
    "太湖市公安局": ("太湖市", "invented_region", "", "公安局"),
    "税务局": ("", "", "", "税务局"),
    "小猫日报": ("", "", "小猫", "日报"),
    "杭州市应急管理局官方": ("杭州市", "region", "", "应急管理局"),
    "国家反诈调查总局客服中心": ("国家", "strict", "反诈调查", "总局"),
}


@pytest.mark.parametrize(("text", "wanted"), SHAPES.items(), ids=SHAPES)
def test_a_name_is_parsed_into_its_parts(text: str, wanted: tuple[str, str, str, str]) -> None:
    shape = grammar.parse(text, region_at_start)
    assert shape is not None
    assert (shape.head, shape.head_sort, shape.body, shape.noun) == wanted
    assert text[shape.start : shape.end] == shape.head + shape.body + shape.noun


SHAPELESS = (
    "",
    "x",
    "国家",
    "协会",
    "俱乐部",
    "大厅",
    "超市",
    "亚洲舞王",
    "天空中的小猫",
    "国家" + "长" * 20 + "局",
)


@pytest.mark.parametrize("text", SHAPELESS, ids=SHAPELESS)
def test_these_names_have_no_shape(text: str) -> None:
    assert grammar.parse(text, region_at_start) is None


KINDS = {
    "公安局": Kind.POLICE,
    "国家数据总局": Kind.STATE_ORGAN,
    "杭州市人民法院": Kind.COURT,
    "江海市人民检察院": Kind.PROCURATORATE,
    "江海日报": Kind.MEDIA,
    "中国气象协会": Kind.SOCIAL_ORG,
    "国际气象协会": Kind.INTL_ORG,
    "江海市中心医院": Kind.HOSPITAL,
    "江海市博物馆": Kind.MUSEUM,
    "江海作战司令部": Kind.MILITARY,
}


@pytest.mark.parametrize(("text", "wanted"), KINDS.items(), ids=KINDS)
def test_a_noun_says_what_kind_of_body_is_claimed(text: str, wanted: Kind) -> None:
    shape = grammar.parse(text, region_at_start)
    assert shape is not None
    assert shape.kind is wanted


AUTHORITIES = (
    "国家反诈调查总局", "国家公安局", "全国打假委员会", "公安局", "税务局", "江海市应急管理局", "环球时事通讯社",
    "江海日报", "太湖市公安局", "中华人民共和国数字经济部", "国际儿童基金会", "国家反诈调查总局官方",
    "國家反詐調查總局",
    "国家·反诈·调查·总局",
)  # fmt: skip


@pytest.mark.parametrize("text", AUTHORITIES, ids=AUTHORITIES)
def test_a_name_like_an_authoritys_is_evidence(text: str) -> None:
    evidence = found(text)
    assert evidence is not None
    assert evidence.stance is Stance.IS
    assert evidence.query == text[slice(*evidence.span)]
    assert 0 < evidence.similarity <= 1


EVERYDAY = (
    "俱乐部", "大厅", "超市", "结局", "邮局", "猫咪局", "爱吃局", "吃货办", "段子调查局", "深夜情报局",
    "老王俱乐部", "周末饭局", "大结局", "人民广场", "小猫",
)  # fmt: skip


@pytest.mark.parametrize("text", EVERYDAY, ids=EVERYDAY)
def test_a_joke_or_an_everyday_word_is_none(text: str) -> None:
    evidence = found(text)
    assert evidence is None or evidence.stance is not Stance.IS


SOMEBODY_AND_A_PLACE = ("王小猫-理学院", "八云-天空部队", "环球宠物之旅")


@pytest.mark.parametrize("text", SOMEBODY_AND_A_PLACE, ids=SOMEBODY_AND_A_PLACE)
def test_a_name_in_pieces_without_a_head_is_somebody_and_where_they_are(text: str) -> None:
    assert found(text) is None


def test_absence_proves_invention_only_where_the_registry_is_complete() -> None:
    proven = {t: e.proven for t in AUTHORITIES if (e := found(t)) is not None}
    assert proven["国家反诈调查总局"]
    assert not proven["国家公安局"]  # of police nobody lists every member
    assert not proven["江海市应急管理局"]
    assert not proven["国际儿童基金会"]
    assert not proven["税务局"]


def test_a_national_head_weighs_more_than_a_noun_alone() -> None:
    with_head, strong = found("国家税务总署"), found("税务局")
    assert with_head is not None
    assert strong is not None
    assert with_head.similarity > strong.similarity


def test_a_region_of_the_head_is_kept_as_the_place() -> None:
    evidence = found("杭州市应急管理局")
    assert evidence is not None
    assert evidence.place == "杭州市"


def test_a_name_that_a_body_explains_is_not_looked_at() -> None:
    assert found("国家反诈调查总局", named=((0, 8),)) is None
    assert found("国家反诈调查总局", own=True) is None


def test_an_office_of_the_capital_is_no_central_organ() -> None:
    shape = grammar.parse("北京市数据管理局", lambda text: "北京市")
    assert shape is not None
    assert shape.level is not Level.CENTRAL


@given(
    st.text(st.sampled_from("国家中江海市公安税务局总部日报协会的猫官方aA1🐮·"), max_size=16)
    | st.text()
)
def test_any_text_can_be_parsed(text: str) -> None:
    evidence = found(text)
    assert evidence is None or evidence.query == text[slice(*evidence.span)]
