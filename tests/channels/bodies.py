"""A few bodies on disk for the tests of channels: a registry small enough to know by heart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from detector.channels import names
from detector.pipeline import Screener
from detector.settings import Settings
from detector.types import Account, Assessment, Entity, Evidence, Field, Owner
from tests.registry import tree

TODAY = date(2026, 11, 23)
DIVISIONS = (
    ("110000", "北京市", "北京", "province", ""),
    ("110105", "朝阳区", "", "county", "110000"),
    ("220000", "吉林省", "吉林", "province", ""),
    ("220100", "长春市", "长春", "city", "220000"),
    ("220104", "朝阳区", "", "county", "220100"),
    ("320100", "南京市", "南京", "city", ""),
    ("320600", "南通市", "南通", "city", ""),
    ("330100", "杭州市", "杭州", "city", ""),
    ("440100", "广州市", "广州", "city", ""),
    ("130700", "张家口市", "张家口", "city", ""),
    ("460000", "海南省", "海南", "province", ""),
    ("630000", "青海省", "青海", "province", ""),
    ("210100", "沈阳市", "沈阳", "city", ""),
)
BODIES = (
    ("media.rmrb", "人民日报社", "人民日报", "media", "central", ""),
    ("media.xinhua", "新华通讯社", "新华社", "media", "central", ""),
    ("media.cctv", "中央广播电视总台", "中央电视台|央视|央视新闻|CCTV", "media", "central", ""),
    ("media.syrb", "沈阳日报社", "沈阳日报", "media", "city", ""),
    ("media.dycj", "第一财经日报社", "第一财经", "media", "", ""),
    ("organ.mca", "中华人民共和国民政部", "民政部|民政", "state_organ", "central", "民政"),
    ("organ.nia", "国家移民管理局", "移民管理局", "state_organ", "central", ""),
    ("organ.spp", "最高人民检察院", "最高检", "procuratorate", "central", ""),
    ("organ.mot", "中华人民共和国交通运输部", "交通运输部", "state_organ", "central", ""),
    ("univ.nju", "南京大学", "", "university", "", ""),
    ("univ.pku", "北京大学", "北大", "university", "", ""),
    ("univ.thu", "清华大学", "", "university", "", ""),
    ("hosp.pku1", "北京大学第一医院", "北大医院", "hospital", "", ""),
    ("bank.spdb", "上海浦东发展银行股份有限公司", "浦发银行", "bank", "", ""),
    ("brand.mengniu", "蒙牛乳业股份有限公司", "蒙牛乳业", "enterprise", "", ""),
    ("brand.xiaomi", "小米科技有限责任公司", "小米", "enterprise", "", "小米"),
    ("rail.12306", "中国铁路客户服务中心", "", "enterprise", "", ""),
)
PATTERNS = (
    {"id": "organ.police.local", "kind": "police", "name": "{full}公安局",
     "applies_to": "municipality|city|district", "short_names": "{short}公安",
     "brand_accounts": "平安{short}", "example": "杭州市公安局"},
    {"id": "organ.police.province", "kind": "police", "name": "{full}公安厅",
     "applies_to": "province", "example": "青海省公安厅"},
    {"id": "organ.court.district", "kind": "court", "name": "{full}人民法院",
     "applies_to": "district", "short_names": "{city}{full}人民法院", "example": "朝阳区人民法院"},
)  # fmt: skip


def write(registries: Path) -> None:
    """Write the registry."""
    tree.source(registries, "regions", [
        {"id": f"region.{code}", "name": name, "short_names": short, "kind": "region",
         "level": level, "region": code, "sponsor": f"region.{parent}" if parent else ""}
        for code, name, short, level, parent in DIVISIONS
    ])  # fmt: skip
    tree.source(registries, "bodies", [
        {"id": id_, "name": name, "short_names": short, "kind": kind, "level": level,
         "needs_cue": cue, "numbers": "12306" if id_ == "rail.12306" else "",
         "english_names": "Xinhua News Agency" if id_ == "media.xinhua" else ""}
        for id_, name, short, kind, level, cue in BODIES
    ])  # fmt: skip
    folder = tree.source(registries, "derived_organs", [])
    (folder / "entities.csv").unlink()
    tree.table(folder / "patterns.csv", tree.PATTERN_COLUMNS, PATTERNS)
    tree.table(folder / "exceptions.csv", tree.EXCEPTION_COLUMNS, ())


def open_screener(folder: Path) -> Screener:
    """A screener over the registry, written and indexed below `folder`."""
    write(folder / "registries")
    return Screener.open(Settings(registries=folder / "registries", cache=folder / "cache"))


def resembling(screener: Screener, text: str) -> list[tuple[Entity, Evidence]]:
    """The bodies whose names a name holds, with the evidence."""
    found = screener.read([text])[0]
    return names.resemblances(text, Field.NAME, found.candidates, screener.registry.places)


def ids(found: list[tuple[Entity, Evidence]]) -> set[str]:
    """The ids of the bodies."""
    return {entity.id for entity, _ in found}


def screened(screener: Screener, account: Account) -> Assessment:
    """The assessment of one account."""
    return screener.screen([account], TODAY)[0]


def owned(
    name: str, legal: str | None, kind: str | None = None, code: str | None = None
) -> Account:
    """An account with its verified owner."""
    return Account("1", name, owner=Owner(legal, code, kind))
