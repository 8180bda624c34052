"""How a verified owner stands to a body: the very body, its unit, a bearer of the name, somebody else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from detector.channels.owner import relation
from detector.types import (
    Account,
    Alias,
    Entity,
    Kind,
    Level,
    NameSort,
    Owner,
    Relation,
)

R = Relation
CODE = "12100000400010398T"


def body(
    id_: str, name: str, *aliases: str, kind: Kind, sponsor: str = "", code: str = ""
) -> Entity:
    names = (Alias(name, NameSort.OFFICIAL), *(Alias(a, NameSort.SHORT) for a in aliases))
    return Entity(id_, name, names, kind, Level.NONE, "", "tests", sponsor, code)


@dataclass(frozen=True)
class Few:
    """A few bodies that know their sponsors and names."""

    bodies: tuple[Entity, ...]

    def parents(self, entity: Entity) -> tuple[Entity, ...]:
        return tuple(b for b in self.bodies if b.id == entity.sponsor)

    def called(self, name: str) -> tuple[Entity, ...]:
        return tuple(b for b in self.bodies if name in {a.text for a in b.aliases})


MPS = body("mps", "中华人民共和国公安部", "公安部", kind=Kind.POLICE)
BUREAU = body("bureau", "公安部刑事侦查局", kind=Kind.POLICE, sponsor="mps")
COURT = body("court", "朝阳区人民法院", kind=Kind.COURT)
PAPER = body("paper", "人民日报社", "人民日报", kind=Kind.MEDIA, code=CODE)
SITE = body("site", "人民网", kind=Kind.MEDIA, sponsor="paper")
THU = body("thu", "清华大学", kind=Kind.UNIVERSITY)
PKU1 = body("pku1", "北京大学第一医院", kind=Kind.HOSPITAL)
XIAOMI = body("xiaomi", "小米科技有限责任公司", "小米", kind=Kind.ENTERPRISE)
COVER = body("cover", "四川封面传媒有限责任公司", "封面新闻", kind=Kind.MEDIA)
CITY = body("city", "南充市", "南充", kind=Kind.REGION)
KNOWN = Few((MPS, BUREAU, COURT, PAPER, SITE, THU, PKU1, XIAOMI, COVER, CITY))


def stands(name: str, entity: Entity | None, legal: str | None, **owner: str) -> Relation:
    code, kind = owner.get("code"), owner.get("kind")
    return relation(Account("1", name, owner=Owner(legal, code, kind)), entity, KNOWN)


OWNERS: dict[str, tuple[str, Entity | None, str | None, Relation]] = {
    "the official name": ("人民日报", PAPER, "人民日报社", R.IS_BODY),
    "a short name": ("公安部", MPS, "公安部", R.IS_BODY),
    "the full name of a short one": ("公安部", MPS, "中华人民共和国公安部", R.IS_BODY),
    "in traditional characters": ("人民日报", PAPER, "人民日報社", R.IS_BODY),
    "with its company form": ("小米", XIAOMI, "小米科技有限责任公司", R.IS_BODY),
    "named with its city": ("朝阳区人民法院", COURT, "北京市朝阳区人民法院", R.IS_BODY),
    "a place by itself": ("南充", CITY, "南充市", R.IS_BODY),
    "its department": ("公安部", MPS, "公安部新闻宣传局", R.SUB_UNIT),
    "a registered unit": ("公安部", MPS, "公安部刑事侦查局", R.SUB_UNIT),
    "the body above": ("公安部刑事侦查局", BUREAU, "公安部", R.SUB_UNIT),
    "its school's clinic": ("清华大学", THU, "清华大学医院", R.SUB_UNIT),
    "the publisher of a site": ("人民网", SITE, "人民日报社", R.SUB_UNIT),
    "a company whose name carries the words": ("江海猫舍", XIAOMI, "江海猫舍宠物店", R.SAME_NAME),
    "a company called like the account": (
        "小猫快跑",
        None,
        "江海小猫快跑科技有限公司",
        R.SAME_NAME,
    ),
    "nobody reported": ("人民日报", PAPER, None, R.UNREPORTED),
    "reported that nobody was verified": ("人民日报", PAPER, "", R.UNVERIFIED),
    "somebody else": ("人民日报", PAPER, "江海市猫咪科技有限公司", R.OTHER),
    "a person": ("公安部", MPS, "张三", R.OTHER),
    "a company that begins like an organ": ("公安部新闻", MPS, "公安部科技有限公司", R.OTHER),
    "another registered body": ("人民日报", PAPER, "清华大学", R.ANOTHER_BODY),
    "another hospital's number": ("北京大学第一医院", PKU1, "北京大学第二医院", R.OTHER),
    "a neighbouring court": ("朝阳区人民法院", COURT, "海淀区人民法院", R.OTHER),
    "the account itself, somebody else": ("江海日报", None, "张三", R.OTHER),
    "the account itself, unreported": ("江海日报", None, None, R.UNREPORTED),
}


@pytest.mark.parametrize(("name", "entity", "legal", "wanted"), OWNERS.values(), ids=OWNERS)
def test_the_owner_stands_so_to_the_body(
    name: str, entity: Entity | None, legal: str | None, wanted: Relation
) -> None:
    assert stands(name, entity, legal) is wanted


def test_almost_the_same_company_is_the_body() -> None:
    assert stands("封面新闻", COVER, "四川封面传媒科技有限责任公司") is R.IS_BODY


def test_the_credit_code_identifies_the_body() -> None:
    assert stands("人民日报", PAPER, "某某有限公司", code=CODE) is R.IS_BODY
    assert stands("人民日报", PAPER, "某某有限公司", code=CODE[:-1] + "X") is R.OTHER


def test_an_empty_code_identifies_nobody() -> None:
    assert stands("小米", XIAOMI, "张三", code="") is R.OTHER
    assert stands("小米", XIAOMI, "", code="") is R.UNVERIFIED


def test_a_place_is_run_by_its_public_bodies_alone() -> None:
    assert stands("南充", CITY, "南充市人民政府", kind="government") is R.SUB_UNIT
    assert stands("南充", CITY, "南充市猫咪餐饮店", kind="enterprise") is not R.SUB_UNIT


def test_a_place_and_an_owner_of_unknown_kind_is_not_known_to_be_anothers() -> None:
    assert stands("南充发布", CITY, "南充市委网信办") is R.UNREPORTED
    assert stands("南充发布", CITY, "南充市委网信办", kind="party") is R.SUB_UNIT
    assert stands("南充发布", CITY, "中共南充市委宣传部", kind="party") is R.SUB_UNIT
    assert stands("南充发布", CITY, "南充市委网信办", kind="") is R.OTHER
    assert stands("南充发布", CITY, "南充市某某科技有限公司") is R.OTHER


def test_a_trade_name_is_shared_by_the_companies_of_a_group() -> None:
    assert stands("小米商城", XIAOMI, "小米通讯技术有限公司") in (R.SUB_UNIT, R.SAME_BRAND)
    assert stands("小米官方旗舰店", XIAOMI, "江海猫舍有限公司") is R.OTHER
