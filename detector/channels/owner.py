"""How the verified owner stands to a body, and to the account's own name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

from rapidfuzz import fuzz

from detector.channels.kinds import ORGANS
from detector.text import stance, words
from detector.text.fold import plain
from detector.text.reading import read
from detector.types import Account, Entity, Kind, NameSort, Relation

# Two registered names this alike (0..100, rapidfuzz ratio of folded names without company forms)
# are one: 四川封面传媒科技有限责任公司 / 四川封面传媒有限责任公司
SAME_LEGAL_NAME = 85.0
_FORMS = re.compile(
    r"有限责任公司|股份有限公司|有限公司|集团|股份|公司|杂志社|报社|社$|中华人民共和国|^中国共产党|^中共"
)


_PARTY = re.compile(r"^中国共产党|^中共")


@lru_cache(maxsize=65536)
def stem(name: str) -> str:
    """A legal name without its company form: what tells it from others."""
    folded = plain(name)
    return _FORMS.sub("", folded) or folded


class Known(Protocol):
    """What the registry knows of owners."""

    def parents(self, entity: Entity) -> tuple[Entity, ...]:
        """The bodies that an entity belongs to, nearest first."""

    def called(self, name: str) -> tuple[Entity, ...]:
        """The entities that bear exactly this name."""


def relation(account: Account, entity: Entity | None, known: Known) -> Relation:
    """The owner's relation to `entity`; None asks for the account's own name."""
    owner = account.owner
    if owner.legal_name is None and owner.code is None:
        return Relation.UNREPORTED
    if not owner.legal_name and not owner.code:
        return Relation.UNVERIFIED
    legal = owner.legal_name or ""
    bodies = known.called(legal) if legal and entity is not None else ()
    if entity is not None:
        if (entity.code and entity.code == owner.code) or _is(legal, entity):
            return Relation.IS_BODY
        above = (entity, *known.parents(entity))
        below = {parent.id for body in bodies for parent in (body, *known.parents(body))}
        if entity.id in below or any(_runs(account, body) for body in above):
            return Relation.SUB_UNIT
        if owner.kind is None and any(
            body.kind is Kind.REGION and _belongs(legal, body) for body in above
        ):
            return Relation.UNREPORTED  # 南充市委网信办: its kind alone would say whether it may
    if carries(legal, account.name):
        return Relation.SAME_NAME
    if entity is not None and entity.kind in _TRADING and shares_brand(legal, account.name):
        return Relation.SAME_BRAND
    return Relation.ANOTHER_BODY if bodies else Relation.OTHER


def _is(legal: str, entity: Entity) -> bool:
    if _only_a_company(legal, entity):
        return False
    wanted = stem(legal)
    names = [stem(a.text) for a in entity.aliases if a.sort is not NameSort.NUMBER]
    if wanted in names or any(_prefixed(wanted, name) for name in names):
        return True
    full = stem(entity.name)
    if fuzz.ratio(wanted, full) >= SAME_LEGAL_NAME and _same_numbers(wanted, entity):
        return True
    return _shortened(wanted, full)


def _only_a_company(legal: str, entity: Entity) -> bool:
    """公安部科技有限公司 is neither the organ that its name begins with nor a unit of it."""
    return entity.kind in _PUBLIC_BODIES and legal.endswith(
        ("公司", "厂", "店", "中心（有限合伙）")
    )


def _prefixed(wanted: str, name: str) -> bool:
    """北京市 + 朝阳区文化和旅游局: the same body named with its province or city."""
    head = wanted.removesuffix(name)
    return len(name) >= 3 and head != wanted and head.endswith(("省", "市", "自治区", "州", "盟"))


def _shortened(wanted: str, full: str) -> bool:
    """上海市公安局经侦总队 for 上海市公安局经济犯罪侦查总队: characters left out inside, ends kept."""
    return (
        len(wanted) >= 6
        and wanted[:3] == full[:3]
        and wanted[-1] == full[-1]
        and carries(full, wanted)
    )


def _same_numbers(wanted: str, entity: Entity) -> bool:
    """第一 and 第二 are one character apart and two bodies; so are two regions."""
    digits = re.compile(r"[一二三四五六七八九十\d]|^..")
    return digits.findall(wanted) == digits.findall(stem(entity.name))


# No company is one of these, whatever its name
_PUBLIC_BODIES = ORGANS | {Kind.PEOPLE_ORG, Kind.REGION, Kind.COUNTRY, Kind.MISSION}
# Whose owners may speak for a place: 南充市 (media), 成都市武侯区 (government)
_PUBLIC = ("government", "party", "military", "media", "institution")


def _runs(account: Account, body: Entity) -> bool:
    """The owner is the body above, or a unit of it; a company named after a place is no unit of it."""
    legal = account.owner.legal_name or ""
    if body.kind is Kind.REGION:
        return account.owner.kind in _PUBLIC and (_is(legal, body) or _belongs(legal, body))
    return _is(legal, body) or _belongs(legal, body) or _same_mission(legal, body)


def _same_mission(legal: str, body: Entity) -> bool:
    """Embassy, consulates and offices of one country: 美国驻华外交机构, 美国驻上海总领事馆."""
    country, posted, _ = plain(legal).partition("驻")
    return (
        body.kind is Kind.MISSION
        and bool(posted)
        and any(plain(alias.text).partition("驻")[0] == country for alias in body.aliases)
    )


def _belongs(legal: str, entity: Entity) -> bool:
    """The owner's name begins with the body's: 公安部新闻宣传局, 国网江苏省电力有限公司."""
    if _only_a_company(legal, entity):
        return False
    folded = _PARTY.sub("", plain(legal))  # 中共洛阳市委宣传部 is an organ of 洛阳市
    return any(
        len(key) >= 3 and folded.startswith(key)
        for alias in entity.aliases
        if not alias.needs_cue and (key := plain(alias.text)) and not key.isascii()
    )


# Whose names are trade names, which several companies of one group bear: 小米科技, 小米通讯
_TRADING = frozenset((Kind.ENTERPRISE, Kind.PLATFORM, Kind.BANK, Kind.MEDIA))


def shares_brand(legal: str, name: str) -> bool:
    """The legal name carries every distinctive word of the account's name: 小米商城, 小米通讯技术."""
    distinctive = [
        t.text
        for t in stance.tokens(read(name)[0].text)
        if t.cue not in stance.CLAIMS and t.cue not in stance.SILENT
    ]
    folded = plain(legal)
    return bool(distinctive) and all(
        word in folded and (len(word) > 2 or not words.means_place(word)) for word in distinctive
    )


def carries(legal: str, name: str) -> bool:
    """The legal name carries the account's name, its characters in order: 清华大学附属中学, 清华附中."""
    wanted, folded = plain(name), plain(legal)
    if len(wanted) < 2:
        return False
    letters = iter(folded)
    return all(char in letters for char in wanted)
