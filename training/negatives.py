"""Accounts that hold a body's name and are not to be refused: talk about it, and the body itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from detector.types import Entity, Kind
from training.bodies import Body
from training.example import Example, personal, verified
from training.positives import ARMS_OF, CLAIMS, firm

# Stance "about": 人民日报的老读者. Sort -> patterns
ABOUT: dict[str, tuple[str, ...]] = {
    "fan": ("{body}的粉丝", "{body}老用户", "爱看{body}的小陈", "等一个{body}"),
    "reader": ("{body}的老读者", "常看{body}的大爷"),
    "complainer": ("吐槽{body}", "被{body}坑过的我", "{body}还我钱"),
    "neighbour": ("家住{body}对面", "{body}旁边卖早餐的"),
    "work": ("{body}打工人", "{body}家属小窝"),
}
ABOUT_KIND: dict[Kind, dict[str, tuple[str, ...]]] = {
    Kind.UNIVERSITY: {"student": ("备考{body}", "{body}在读小透明", "{body}食堂测评")},
    Kind.HOSPITAL: {"student": ("{body}实习小护士", "在{body}排队挂号")},
}
OF_PLACES: dict[str, tuple[str, ...]] = {
    "hometown": ("{place}人在广州", "{place}老乡", "{place}姑娘在外地", "我的家乡{place}"),
    "cuisine": ("{place}小面馆", "爱吃{place}菜", "{place}烧烤摊阿杰"),
    "trade": ("{place}二手车小赵", "{place}搬家老马", "{place}鲜花速递"),
    "person": ("{place}小王", "{place}阿强爱骑行"),
}
MENTIONS = ("曾就读于{body}", "非官方，与{body}无关", "退休前在{body}工作", "{body}的忠实用户")
STRICT = ("中国{thing}迷", "中华{thing}小馆", "全国{thing}爱好者", "国家级{thing}选手")
THINGS = "钓鱼 象棋 茶艺 古玩 徒步 书法 美食 园艺 摄影 武术".split()
_OWNER_KINDS: dict[Kind, str] = {
    Kind.PARTY_ORGAN: "party", Kind.POLITICAL_PARTY: "party", Kind.MILITARY: "military",
    Kind.STATE_ORGAN: "government", Kind.COURT: "government", Kind.PROCURATORATE: "government",
    Kind.POLICE: "government", Kind.MEDIA: "media", Kind.ENTERPRISE: "enterprise",
    Kind.BANK: "enterprise", Kind.PLATFORM: "enterprise", Kind.SOCIAL_ORG: "social_org",
    Kind.CHARITY: "social_org", Kind.PEOPLE_ORG: "social_org", Kind.MISSION: "foreign",
    Kind.INTL_ORG: "foreign",
}  # fmt: skip


def harmless(body: Body, rng: Random) -> Iterator[Example]:
    """Talk about one body, and its own accounts."""
    sort, patterns = rng.choice(sorted((ABOUT | ABOUT_KIND.get(body.entity.kind, {})).items()))
    yield _of(body, personal(rng.choice(patterns).format(body=body.name)), sort)
    mention = rng.choice(MENTIONS).format(body=body.name)
    yield _of(body, personal("小周跑步日记", mention), "bio_mention")
    yield _of(body, _own(body, body.name), "verified_owner")
    arm = body.name + rng.choice(ARMS_OF.get(body.entity.kind, CLAIMS))
    yield _of(body, _own(body, arm), "verified_sub_unit")
    letter = {"authorised_by": body.entity.name}
    service = body.name + rng.choice(("会员活动", "校园服务", "合作门店", "客服"))
    yield _of(body, verified(service, firm(rng), "enterprise", **letter), "authorised")


def _own(body: Body, name: str) -> dict[str, str]:
    kind = _OWNER_KINDS.get(body.entity.kind, "institution")
    licence = {"licences": "news"} if kind == "media" else {}
    return verified(name, body.entity.name, kind, **licence)


def _of(body: Body, cells: dict[str, str], sort: str) -> Example:
    return Example(cells, False, sort, body.entity.name, body.entity.kind)


def local(divisions: Iterable[Entity], rng: Random) -> Iterator[Example]:
    """Home towns, cuisines, trades and people of a place."""
    for division in divisions:
        short = min((alias.text for alias in division.aliases), key=len)
        sort, patterns = rng.choice(sorted(OF_PLACES.items()))
        name = rng.choice(patterns).format(place=short)
        yield Example(personal(name), False, sort, division.name, division.kind)


def strict_words(count: int, rng: Random) -> Iterator[Example]:
    """Words of Art. 10(2) in harmless names: a person verifies, nobody refuses."""
    for _ in range(count):
        name = rng.choice(STRICT).format(thing=rng.choice(THINGS)) + rng.choice("小老阿") + "陈"
        yield Example(personal(name), False, "strict_word")
