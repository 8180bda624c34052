"""Disguises that are none: steps that make a Latin word, another place's body, or another name.

Asked of a candidate that explains the text better than ordinary Chinese and is not written plainly.
"""

from __future__ import annotations

from functools import lru_cache

from detector.channels import edits, grammar
from detector.channels.candidate import BRAND_BITS, KNOWN_BITS, Candidate
from detector.text import tables
from detector.text.fold import plain
from detector.types import EditKind, Kind

# An exchanged symbol must make the text so odd: 人艮日报, 光朋日报; but 信息日报 is no 信息时报
REPLACED_MARGIN = 10.0
# Symbols that tell bodies of one sort apart
COUNTERPARTS = (
    "日晚晨早午时周",
    "一二三四五六七八九十",
    "东西南北中",
    "省市县区州",
    "大小",
    "男女",
    "海陆空",
)
# A Latin name may be disguised by so many bits: one look-alike letter or two
MOST_LATIN_BITS = 6.0
# 支附宝: a brand of so many symbols is disguised in one of them at most
LONGEST_BRAND = 5
BRANDS = frozenset((Kind.ENTERPRISE, Kind.PLATFORM, Kind.SOCIAL_ORG))


def far_fetched(candidate: Candidate, margin: float, places: frozenset[str]) -> bool:
    """Steps that make a likelier other text: a Latin word, another place's body, another name."""
    steps = edits.steps_of(candidate)
    if candidate.reading.text.isascii():
        return bool(steps.structural) or candidate.bits > MOST_LATIN_BITS
    key = plain(candidate.alias.text)
    place = max((size for size in range(2, min(len(key), 9)) if key[:size] in places), default=0)
    if place and not reordered(candidate) and _begins_with_place(candidate, key[:place], places):
        return True
    tail = generic_tail(key[place:])
    own = [at for at in range(place, len(key) - tail) if not key[at].isascii()]
    if steps.missounded or 2 * len(steps.kept.intersection(own)) < len(own):
        return True
    replaced = {s.at for s in steps.structural if s.kind is EditKind.REPLACED}
    if any(_place_ends(candidate, places, at) for at in replaced):
        return True  # 三明晚报 is no 三峡晚报
    if len(own) <= 2 and replaced.intersection(own) and candidate.prior_bits > KNOWN_BITS:
        return True  # 华师头条 is no 华人头条; everybody sees 人民日报 in 人艮日报
    if candidate.entity.kind in BRANDS and len(key) <= LONGEST_BRAND:
        obscure = len(key) == 3 and candidate.prior_bits >= BRAND_BITS
        lost = any(s.kind is not EditKind.INSERTED for s in steps.structural)
        if obscure or lost or len(key) - len(steps.kept) > 1:
            return True  # 虞是乎, 秋萧伊人: names as good as any
    return bool(steps.structural) and _neighbour(candidate, margin, steps.structural, place)


def _begins_with_place(candidate: Candidate, place: str, places: frozenset[str]) -> bool:
    """The text has a real place where the name has another: 漳州日报 is no 常州日报."""
    written = candidate.reading.text[candidate.start : candidate.end]
    return any(
        written[:size] in places and not place.startswith(written[:size])
        for size in range(2, min(len(written), 9))
    ) and not written.startswith(place)


def _place_ends(candidate: Candidate, places: frozenset[str], at: int) -> bool:
    """A real place is written where the text begins, and the symbol in question is its part."""
    written = candidate.reading.text[candidate.start : candidate.end]
    return any(written[:size] in places for size in range(max(2, at + 1), min(len(written), 9)))


def generic_tail(name: str) -> int:
    """How many symbols at the end of a name many bodies share: 职业技术学院, 日报, 头条."""
    return max((size for size in range(2, len(name)) if _is_generic(name[-size:])), default=0)


@lru_cache
def _news_words() -> frozenset[str]:
    return frozenset(word for word, *_ in tables.rows("news_words", 2))


def _is_generic(word: str) -> bool:
    return grammar.is_noun(word) or word in _news_words()


def _neighbour(
    candidate: Candidate, margin: float, structural: tuple[edits.Structural, ...], place: int
) -> bool:
    """Rather another body's name: 海省公安厅 is no 青海省公安厅, 乌海市 no 上海市, 晚报 no 日报.

    That is so where a symbol was exchanged for an unrelated one, or left out, in the region or
    country of the name, or for its counterpart; elsewhere the odd text must speak for itself.
    """
    if any(s.at < place for s in structural if s.kind is not EditKind.INSERTED or s.at > 0):
        only = structural[0]
        dropped_suffix = len(structural) == 1 and only.kind is EditKind.DROPPED
        return not (dropped_suffix and only.at == place - 1 and only.name in "省市县区")
    replaced = [s for s in structural if s.kind is EditKind.REPLACED]
    if not replaced:
        return False
    if any(s.query in group and s.name in group for s in replaced for group in COUNTERPARTS):
        return True
    if "@" in candidate.entity.id or margin < REPLACED_MARGIN:
        return True
    if place and len(plain(candidate.alias.text)) - place <= 3:
        return True  # 南充播报 is no 南充日报, 吕梁电视大 no 吕梁电视台
    return candidate.length < 4 or len(replaced) * 4 > candidate.length


def reordered(candidate: Candidate) -> bool:
    """The text holds the name's very symbols in another order."""
    return (
        candidate.bits > 0
        and not edits.steps_of(candidate).structural
        and sorted(candidate.reading.text[candidate.start : candidate.end])
        == sorted(plain(candidate.alias.text))
    )
