"""The organs of every region, by the grammar of official names: 广州市 x {full}公安局.

Patterns stand in data/registries/derived_organs/patterns.csv, organs whose name departs from the
grammar in exceptions.csv beside it. A derived organ's id is `<pattern id>@<division code>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from detector.registry.source import Names, Row, SourceInfo, load_info, table, validated
from detector.types import Alias, Entity, Kind, Level, NameSort

_SLOT = re.compile(r"\{(\w+)\}")


class RegionClass(StrEnum):
    """Regions that share the naming of their organs."""

    PROVINCE = "province"
    AUTONOMOUS_REGION = "autonomous_region"
    MUNICIPALITY = "municipality"
    SAR = "sar"
    CITY = "city"
    PREFECTURE = "prefecture"
    DISTRICT = "district"
    COUNTY = "county"
    COUNTY_CITY = "county_city"
    ZONE = "zone"
    TOWN = "town"


_LEVELS = {
    RegionClass.PROVINCE: Level.PROVINCE,
    RegionClass.AUTONOMOUS_REGION: Level.PROVINCE,
    RegionClass.MUNICIPALITY: Level.PROVINCE,
    RegionClass.SAR: Level.PROVINCE,
    RegionClass.CITY: Level.CITY,
    RegionClass.PREFECTURE: Level.CITY,
    RegionClass.TOWN: Level.TOWN,
}

# 国务院公布的简称
_ABBREVIATIONS = dict(
    pair.split(":")
    for pair in (
        "11:京 12:津 13:冀 14:晋 15:蒙 21:辽 22:吉 23:黑 31:沪 32:苏 33:浙 34:皖 35:闽 36:赣 37:鲁 41:豫 "
        "42:鄂 43:湘 44:粤 45:桂 46:琼 50:渝 51:川 52:贵 53:云 54:藏 61:陕 62:甘 63:青 64:宁 65:新"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Region:
    """A division or new area as the patterns see it.

    id: the region's row; code: the division code, for a new area its own id; location: where it is.
    """

    id: str
    code: str
    location: str
    region_class: RegionClass
    full: str
    shorts: tuple[str, ...]
    city: str
    city_short: str


class Pattern(BaseModel):
    """One row of patterns.csv."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=r"^organ\.[a-z0-9._-]+$")]
    applies_to: Annotated[
        tuple[RegionClass, ...], BeforeValidator(lambda cell: tuple(cell.split("|")))
    ]
    kind: Kind
    name: str
    short_names: Names = ()
    brand_accounts: Names = ()
    needs_cue: Names = ()
    example: str
    cite: str

    def named(self) -> Iterator[tuple[str, NameSort, bool]]:
        """(pattern, sort, needs a cue) of every name."""
        for sort, names in (
            (NameSort.OFFICIAL, (self.name,)),
            (NameSort.SHORT, self.short_names),
            (NameSort.BRAND, self.brand_accounts),
        ):
            for name in names:
                yield name, sort, name in self.needs_cue


class Departure(BaseModel):
    """One row of exceptions.csv: what the organ of `pattern_id` in `region` is really called."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    region: str
    pattern_id: str
    name: str
    short_names: Names = ()
    brand_accounts: Names = ()
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns and their exceptions."""

    info: SourceInfo | None
    patterns: tuple[Pattern, ...]
    departures: dict[tuple[str, str], Departure]


def load_grammar(folder: Path) -> Grammar:
    """patterns.csv and exceptions.csv of the derived_organs source."""
    patterns, departures = folder / "patterns.csv", folder / "exceptions.csv"
    odd = [
        validated(Departure, cells, f"{departures}:{line}")
        for line, cells in (table(departures) if departures.exists() else ())
    ]
    return Grammar(
        load_info(folder),
        tuple(validated(Pattern, cells, f"{patterns}:{line}") for line, cells in table(patterns)),
        {(row.pattern_id, row.region): row for row in odd},
    )


def region_class(name: str, level: Level, region_id: str) -> RegionClass:
    """The class of a region by its level and the last characters of its name."""
    if region_id.startswith("zone."):
        return RegionClass.ZONE
    if level is Level.PROVINCE:
        for tail, found in (
            ("自治区", RegionClass.AUTONOMOUS_REGION),
            ("特别行政区", RegionClass.SAR),
            ("市", RegionClass.MUNICIPALITY),
        ):
            if name.endswith(tail):
                return found
        return RegionClass.PROVINCE
    if level is Level.CITY:
        return RegionClass.CITY if name.endswith("市") else RegionClass.PREFECTURE
    if level is Level.TOWN:
        return RegionClass.TOWN
    if name.endswith("市"):
        return RegionClass.COUNTY_CITY
    return (
        RegionClass.DISTRICT if name.endswith("区") and "林区" not in name else RegionClass.COUNTY
    )


def regions(rows: Iterable[Row]) -> Iterator[Region]:
    """The regions of kind `region` that have organs: divisions and new areas, not towns."""
    divisions = {row.id: row for row in rows if row.kind is Kind.REGION}
    for row in divisions.values():
        if row.level is Level.TOWN or row.level is Level.NONE:
            continue
        parent = divisions.get(row.sponsor)
        yield Region(
            row.id,
            row.id if row.id.startswith("zone.") else row.region,
            row.region,
            region_class(row.name, row.level, row.id),
            row.name,
            _slot_forms(row),
            parent.name if parent else "",
            next(iter(parent.short_names), parent.name) if parent else "",
        )


def _slot_forms(row: Row) -> tuple[str, ...]:
    """What {short} stands for: the first short name, and 延边州 or 青龙县; never a nickname."""
    first = row.short_names[:1] or (row.name,)
    return (*first, *(s for s in row.short_names[1:] if s.endswith(("州", "县", "旗"))))


def _fill(pattern: str, region: Region) -> str | None:
    """The pattern with its slots filled, or None where the region has nothing to fill them with."""
    values = {
        "full": region.full,
        "short": region.shorts[0],
        "abbr": _ABBREVIATIONS.get(region.code[:2], "") if region.code.endswith("0000") else "",
        "city": region.city,
        "city_short": region.city_short,
    }
    filled = [values.get(slot, "") for slot in _SLOT.findall(pattern)]
    if not all(filled):
        return None
    return _SLOT.sub(lambda found: values[found[1]], pattern)


def organs(grammar: Grammar, region: Region) -> Iterator[Entity]:
    """Every organ of one region."""
    for pattern in grammar.patterns:
        if region.region_class not in pattern.applies_to:
            continue
        organ = organ_of(grammar, pattern, region)
        if organ is not None:
            yield organ


def organ_of(grammar: Grammar, pattern: Pattern, region: Region) -> Entity | None:
    """The organ that one pattern gives a region; its real name comes first where it departs."""
    aliases: dict[str, Alias] = {}
    odd = grammar.departures.get((pattern.id, region.code))
    if odd is not None:
        aliases[odd.name] = Alias(odd.name, NameSort.OFFICIAL)
        for sort, names in (
            (NameSort.SHORT, odd.short_names),
            (NameSort.BRAND, odd.brand_accounts),
        ):
            aliases.update((name, Alias(name, sort)) for name in names)
    for template, sort, needs_cue in pattern.named():
        name = _fill(template, region)
        if name is not None and (len(name) > 2 or "{abbr}" in template):
            later = sort if sort is not NameSort.OFFICIAL or odd is None else NameSort.SHORT
            aliases.setdefault(name, Alias(name, later, needs_cue))
    if not aliases:
        return None
    return Entity(
        f"{pattern.id}@{region.code}",
        next(iter(aliases)),
        tuple(aliases.values()),
        pattern.kind,
        _LEVELS.get(region.region_class, Level.COUNTY),
        region.location,
        grammar.info.source if grammar.info else "",
        sponsor=region.id,
        sponsor_name=region.full,
    )
