"""Channel "grammar": a name built like an authority's that no registry holds.

Official names are built [national, international or regional head][field][organ noun]: 国家 | 反诈调查 | 总局.
The parser reads the organ noun off the end (official words and decoration aside), the head off
the beginning, and asks whether what is left can be a field.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from detector.channels.kinds import ORGANS
from detector.channels.view import View
from detector.text import stance, tables, words
from detector.text.symbols import Reading
from detector.types import Cue, Evidence, Kind, Level, Stance

CHANNEL = "grammar"

# 国家反诈调查总局: 4 symbols of field; nothing official has a field longer than this
LONGEST_FIELD = 14
# What a name of this shape is worth as evidence of posing as a body (0..1)
WITH_HEAD = 1.0
STRONG_NOUN = 0.75
PLAIN_NOUN = 0.5


@dataclass(frozen=True, slots=True)
class Shape:
    """A parsed name: head ("" if none) and its sort, field, noun, the kind and level it claims."""

    head: str
    head_sort: str
    body: str
    noun: str
    kind: Kind
    strength: str
    start: int
    end: int

    @property
    def level(self) -> Level:
        """The level that the head claims."""
        return Level.CENTRAL if self.head_sort in ("national", "strict") else Level.NONE


@lru_cache
def _nouns() -> dict[str, tuple[Kind, str]]:
    return {n: (Kind(k), s) for n, k, s, *_ in tables.rows("organ_nouns", 3)}


def is_noun(word: str) -> bool:
    """Whether a word is an organ noun."""
    return word in _nouns()


@lru_cache
def _heads() -> dict[str, str]:
    return {word: sort for word, sort, *_ in tables.rows("heads", 2)}


_INVENTED_REGION = ("省", "市", "自治区", "特区")


def parse(text: str, region_at_start: Callable[[str], str]) -> Shape | None:
    """The shape of a read text, or None. `region_at_start` gives the region a text begins with."""
    end = _claim_end(text)
    noun = next(
        (text[at:end] for at in range(max(0, end - 10), end) if text[at:end] in _nouns()), None
    )
    if noun is None:
        return None
    start = _decor_start(text)
    kind, strength = _nouns()[noun]
    head, sort = _head(text[start : end - len(noun)], region_at_start)
    body = text[start + len(head) : end - len(noun)]
    if not sort and kind in (Kind.SOCIAL_ORG, Kind.CHARITY):
        head, sort = _head_inside(body)  # 智慧中国联合会
        body = body[len(head) :]
    invented = "" if sort else _invented_region(body, noun)
    if invented:
        head, sort, body = invented, "invented_region", body[len(invented) :]
    if len(body) > LONGEST_FIELD or (not head and not body and not _generic(noun)):
        return None
    return Shape(head, sort, body, noun, _kind(kind, sort, noun), strength, start, end)


def _head_inside(body: str) -> tuple[str, str]:
    """A word for strict verification within the name; the head is then all up to its end."""
    breaks = words.cut(body).breaks()
    for at in sorted(breaks):
        if _heads().get(body[at : at + 2]) == "strict":
            return body[: at + 2], "strict"
    return "", ""


def _generic(noun: str) -> bool:
    """税务局 alone stands for the authority; 协会 alone is a word."""
    kind, strength = _nouns()[noun]
    return strength == "strong" and len(noun) >= 3 and kind in ORGANS


def _invented_region(body: str, noun: str) -> str:
    """What a name begins with like a division that is none: 北京省, 太湖市; not 城市 or 超市."""
    kind, strength = _nouns()[noun]
    if strength != "strong" or kind not in ORGANS:
        return ""
    for size in range(3, min(len(body), 6) + 1):
        start = body[:size]
        if start.endswith(_INVENTED_REGION) and words.cut(start).words[-1] in _INVENTED_REGION:
            return start
    return ""


def _kind(kind: Kind, sort: str, noun: str) -> Kind:
    if sort == "international" and kind in (
        Kind.STATE_ORGAN, Kind.SOCIAL_ORG, Kind.POLICE, Kind.INTL_ORG, Kind.PARTY_ORGAN,
    ):  # fmt: skip
        return Kind.INTL_ORG
    return kind


def _head(text: str, region_at_start: Callable[[str], str]) -> tuple[str, str]:
    for size in range(min(len(text), 8), 1, -1):
        sort = _heads().get(text[:size])
        if sort is not None:
            return text[:size], sort
    region = region_at_start(text)
    return region, "region" if region else ""


def _claim_end(text: str) -> int:
    """Where the name ends when official words and decoration after it are left aside."""
    end = len(text)
    for token in reversed(stance.tokens(text)):
        if token.cue not in (Cue.OFFICIAL, Cue.DECOR, Cue.SPOKESMAN, Cue.SERVICE):
            break
        if token.text in _nouns():
            break
        end = token.start
    return end


def _decor_start(text: str) -> int:
    start = 0
    for token in stance.tokens(text):
        if token.cue is not Cue.DECOR or token.text in _heads():
            break
        start = token.start + len(token.text)
    return start


_JOKE = frozenset(
    (Cue.FAN, Cue.COMPLAINT, Cue.FOOD, Cue.PERSON, Cue.LEISURE, Cue.STUDY, Cue.TRADE, Cue.WORK)
)


@lru_cache
def _fields() -> frozenset[str]:
    return frozenset(word for word, *_ in tables.rows("fields", 1))


_CONJUNCTIONS = frozenset("与和及")


def _official_field(body: str) -> bool:
    """Whether the body of the name is made of fields of public affairs."""
    return bool(body) and all(
        t.text in _fields() or t.cue is Cue.OFFICE for t in stance.tokens(body)
    )


def _after_first(body: tuple[stance.Token, ...]) -> tuple[stance.Token, ...]:
    """The words of a body without 中 at its beginning, where it is part of a name: 中民, 中信."""
    return body[1:] if body[0].text == "中" else body


def _loose_club(shape: Shape) -> bool:
    """潮南峡山联盟, 浏阳校友会: people of a place come together under such names every day."""
    return shape.kind is Kind.SOCIAL_ORG and shape.strength != "strong"


def _stance(shape: Shape) -> Stance:
    """Whether the name as a whole reads as that body, as a joke, or as something else."""
    if not shape.body:
        return Stance.IS
    body = stance.tokens(shape.body)
    joke = bool({t.cue for t in body} & _JOKE)
    official = _official_field(shape.body)
    local = shape.head_sort in ("region", "international") and not official
    if local and len(shape.noun) == 1 and shape.noun != "署" and not _official_field(body[-1].text):
        return Stance.ABOUT  # 宿州孙严军, 环球宠物之旅; but 世界数字货币监管署
    if any(t.cue is Cue.PARTICLE and t.text not in _CONJUNCTIONS for t in _after_first(body)):
        return Stance.UNCLEAR if shape.head else Stance.ABOUT
    if local and _loose_club(shape):
        return Stance.UNCLEAR
    if shape.head:
        loose = shape.strength != "strong" and shape.head_sort != "strict"
        return Stance.UNCLEAR if joke and loose else Stance.IS
    if official and shape.kind in ORGANS and shape.strength != "loose":
        return Stance.IS
    if shape.strength != "strong":
        return Stance.ABOUT
    return Stance.IS if shape.kind in (Kind.MEDIA, Kind.INTL_ORG) and not joke else Stance.UNCLEAR


def find(view: View) -> tuple[Evidence, ...]:
    """Evidence that the text names an official-looking body, where no registered name explains it."""
    if view.named or view.own:
        return ()
    for reading in view.readings:
        evidence = _invented(reading, view)
        if evidence is not None:
            return (evidence,)
    return ()


def _invented(reading: Reading, view: View) -> Evidence | None:
    shape = parse(reading.text, view.region_at_start)
    if shape is None or not reading.symbols:
        return None
    found = _stance(shape)
    if found is Stance.ABOUT or not _natural(shape):
        return None
    symbols = reading.symbols[shape.start : shape.end]
    span = (min(s.span[0] for s in symbols), max(s.span[1] for s in symbols))
    if shape.body and not shape.head and _in_pieces(view.text[slice(*span)]):
        return None  # 王小明-理学院: somebody, and where they are
    strength = (
        WITH_HEAD if shape.head else STRONG_NOUN if shape.strength == "strong" else PLAIN_NOUN
    )
    return Evidence(
        CHANNEL,
        view.field,
        strength,
        view.text[slice(*span)],
        shape.noun,
        span,
        stance=found,
        kind=shape.kind,
        place=shape.head if shape.head_sort == "region" else "",
        proven=bool(shape.head) and view.is_complete(shape.kind, shape.level),
    )


def _in_pieces(written: str) -> bool:
    """Something stands between the characters that is none: a hyphen, a space."""
    return any(c in "-—_ |/·" for c in written)


# A word so common ends in the noun's character by itself: 俱乐部, 大厅, 结局
COMMON_WORD_BITS = 17.0


def _natural(shape: Shape) -> bool:
    """The organ noun is a noun here: not the end of an everyday word such as 俱乐部."""
    if len(shape.noun) > 1:
        return True
    last = words.cut(shape.head + shape.body + shape.noun).words[-1]
    bits = words.word_bits(last)
    return (
        last == shape.noun
        or last in _nouns()
        or stance.cue_of(last) is Cue.OFFICE
        or bits is None
        or bits > COMMON_WORD_BITS
    )
