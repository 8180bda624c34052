"""The registry side: a protected body, place or symbol, and its names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of body, place or symbol an entity is; decides the item of Art. 8 it falls under."""

    PARTY_ORGAN = "party_organ"
    STATE_ORGAN = "state_organ"
    COURT = "court"
    PROCURATORATE = "procuratorate"
    POLICE = "police"
    MILITARY = "military"
    POLITICAL_PARTY = "political_party"
    PEOPLE_ORG = "people_org"
    SOCIAL_ORG = "social_org"
    CHARITY = "charity"
    INSTITUTION = "institution"
    UNIVERSITY = "university"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    MUSEUM = "museum"
    ENTERPRISE = "enterprise"
    BANK = "bank"
    PLATFORM = "platform"
    COUNTRY = "country"
    MISSION = "mission"
    INTL_ORG = "intl_org"
    MEDIA = "media"
    REGION = "region"
    SEAT = "seat"
    LANDMARK = "landmark"
    SYMBOL = "symbol"
    CLOSED = "closed"


class Level(StrEnum):
    """The tier of government a body belongs to; NONE for companies, brands and foreign bodies."""

    CENTRAL, PROVINCE, CITY = "central", "province", "city"
    COUNTY, TOWN, NONE = "county", "town", ""


class NameSort(StrEnum):
    """Which of a body's names an alias is."""

    OFFICIAL = "official"
    SHORT = "short"
    ENGLISH = "english"
    BRAND = "brand"
    NUMBER = "number"
    FORMER = "former"
    INITIALS = "initials"  # made, not listed: qhdx for 清华大学


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of an entity. `needs_cue`: the name is an everyday word too and says nothing alone."""

    text: str
    sort: NameSort
    needs_cue: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """One protected body, place or symbol.

    sponsor: id of the body that it belongs to or that runs it; sponsor_name: that body's name.
    """

    id: str
    name: str
    aliases: tuple[Alias, ...]
    kind: Kind
    level: Level
    region: str
    source: str
    sponsor: str = ""
    code: str = ""
    sponsor_name: str = ""
