"""Whose name explains a text best: the candidates weighed in bits against ordinary Chinese.

Two explanations of the text compete: ordinary Chinese (`words`) and Chinese with this body's name
in it (`Candidate`). What explains the text in fewer bits wins; a disguise must win clearly, and by
steps that make no likelier other text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from detector.channels import edits, grammar
from detector.channels.candidate import BRAND_BITS, KNOWN_BITS, Candidate
from detector.channels.kinds import ORGANS
from detector.text import tables, words
from detector.text.fold import plain
from detector.text.symbols import cuts_a_run
from detector.types import EditKind, Entity, Kind

# ... and below that is only worth a person's look; its similarity is held under this.
POSSIBLE_MARGIN = 1.0
# A plainly written name whose ends cut words (移民|政策) must win by so many bits
CUT_MARGIN, LEAST_CUT_MARGIN = 12.0, 3.0
# ... unless cutting at its ends costs hardly more than the likeliest cut (澎湃新闻|直播间)
CUT_BITS = 5.0
# Names this long are met by no chance
LONGEST_CUT = 6
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
# Nobody writes a digit among letters by chance: 0PP0, 1KEA
LEET_BITS = 6.0
# 交警郑州: nobody says so, whatever the words
ODD_ORDER_BITS = 8.0
# A Latin name may be disguised by so many bits: one look-alike letter or two
MOST_LATIN_BITS = 6.0
# 支附宝: a brand of so many symbols is disguised in one of them at most
LONGEST_BRAND = 5
# Homonyms (朝阳区 of two cities) kept for one place in the text
MOST_HOMONYMS = 6
BRANDS = frozenset((Kind.ENTERPRISE, Kind.PLATFORM, Kind.SOCIAL_ORG))


@dataclass(frozen=True, slots=True)
class Found:
    """An accepted candidate and how much better it explains the text than ordinary Chinese.

    doubtful: its ends cut likely words, so that only official words beside it make it a name.
    """

    candidate: Candidate
    margin: float
    total: float
    doubtful: bool = False


def weighed(candidate: Candidate, text: str, places: frozenset[str]) -> Found | None:
    """The candidate with its margin, or None where ordinary Chinese explains the text better."""
    reading, start, end = candidate.reading, candidate.start, candidate.end
    own = words.cut(reading.text)
    ordinary = own.bits
    if candidate.respelled:  # what is really written is a stranger text: 弓长家口, renminribao
        ordinary = max(ordinary, words.bits(edits.base_text(text)))
        ordinary += LEET_BITS * _leeted(candidate)
    if candidate.bits > 0 and _place_last(candidate, places):
        ordinary += ODD_ORDER_BITS
    total = own.before[start] + candidate.prior_bits + candidate.step_bits + own.after[end]
    margin = ordinary - total
    if not _bounded(candidate, text):
        return None
    if candidate.exact:
        apart = own.before[start] + words.bits(reading.text[start:end]) + own.after[end]
        across = apart - own.bits > CUT_BITS and candidate.length < LONGEST_CUT
        if across and margin < LEAST_CUT_MARGIN:
            return None
        return Found(candidate, margin, total, across and margin < CUT_MARGIN)
    if margin < POSSIBLE_MARGIN or _far_fetched(candidate, margin, places):
        return None
    return Found(candidate, margin, total)


def _leeted(candidate: Candidate) -> int:
    """How many digits are read as letters, where the name is the whole text."""
    symbols = candidate.reading.symbols
    if candidate.length < len(symbols) or not candidate.reading.text.isalpha():
        return 0
    leeted = sum(EditKind.LOOK_ALIKE in s.steps for s in symbols)
    return leeted if 2 * leeted <= len(symbols) else 0


def _place_last(candidate: Candidate, places: frozenset[str]) -> bool:
    """The whole text is a name that begins with its place, the place put last."""
    text = candidate.reading.text
    if candidate.length < len(text) or len(text) < 4:
        return False
    key = plain(candidate.alias.text)
    return any(
        text[-size:] in places and key == text[-size:] + text[:-size]
        for size in range(2, min(len(text) - 1, 9))
    )


def _bounded(candidate: Candidate, text: str) -> bool:
    """Latin names and numbers stand between breaks: no ABC in abcdef or a_b_c_d, no 110 in 11080."""
    key = candidate.reading.text[candidate.start : candidate.end]
    if not key.isascii():
        return candidate.exact or not cuts_a_run(text, candidate.span)
    symbols = candidate.reading.symbols
    inside = symbols[candidate.start : candidate.end]
    signs = len(inside) <= 2 or (key.isdigit() and not candidate.alias.text.isdigit())
    if signs and candidate.alias.text.casefold() not in text.casefold():
        return False  # B&O is not any "bo", 7-11 not any 711
    spaced = any(a.span[1] < b.span[0] for a, b in pairwise(inside))
    if spaced and candidate.alias.text.isalnum() and len(inside) < len(symbols):
        return False
    for inner, outer in (
        (candidate.start, candidate.start - 1),
        (candidate.end - 1, candidate.end),
    ):
        if not 0 <= outer < len(symbols):
            continue
        left, right = sorted((symbols[inner], symbols[outer]), key=lambda s: s.span)
        if left.span[1] < right.span[0] or not (left.char.isascii() and right.char.isascii()):
            continue
        same_class = left.char.isdigit() == right.char.isdigit()
        hump = text[right.span[0]].isupper() and not text[left.span[0]].isupper()
        if same_class and not hump:
            return False
    return True


def _far_fetched(candidate: Candidate, margin: float, places: frozenset[str]) -> bool:
    """Steps that make a likelier other text: a Latin word, another place's body, another name."""
    steps = edits.steps_of(candidate)
    if candidate.reading.text.isascii():
        return bool(steps.structural) or candidate.bits > MOST_LATIN_BITS
    key = plain(candidate.alias.text)
    place = max((size for size in range(2, min(len(key), 9)) if key[:size] in places), default=0)
    if place and not _reordered(candidate) and _begins_with_place(candidate, key[:place], places):
        return True
    tail = _generic_tail(key[place:])
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


def _generic_tail(name: str) -> int:
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


def best(found: Sequence[Found]) -> list[Found]:
    """Non-overlapping explanations, the cheapest first; homonyms of one place stay together.

    The longest registered name first: a plainly written name inside another one is no name.
    """
    written = [f.candidate for f in found if f.candidate.exact]
    kept: list[Found] = []
    for one in sorted(found, key=_rank):
        if any(_outranked(one.candidate, other) for other in written):
            continue
        span = one.candidate.span
        rivals = [k for k in kept if overlap(k.candidate.span, span)]
        if not rivals or (len(rivals) < MOST_HOMONYMS and all(_homonym(one, k) for k in rivals)):
            kept.append(one)
    bodies = [k for k in kept if k.candidate.entity.kind is not Kind.REGION]
    return bodies or [k for k in kept if not any(_contains(k, other) for other in kept)]


def _rank(one: Found) -> tuple[float, int, bool, bool, str]:
    """Cheapest first, then longest, listed before derived, an organ before others (国安)."""
    entity = one.candidate.entity
    return one.total, -one.candidate.length, "@" in entity.id, entity.kind not in ORGANS, entity.id


def _contains(one: Found, other: Found) -> bool:
    """The first region holds the second, and only says where it lies: 四川雅安."""
    outer, inner = one.candidate.entity.region.rstrip("0"), other.candidate.entity.region
    return outer != inner.rstrip("0") and inner.startswith(outer)


def _outranked(one: Candidate, other: Candidate) -> bool:
    """Inside a longer written name; or, a disguise, across the edge of a clear written one."""
    if _inside(one, other):
        return True
    if _inside(other, one) and _reordered(one) and _has_units(other, one):
        return True
    across = overlap(one.span, other.span) and not _inside(other, one)
    return across and not one.exact and not other.alias.needs_cue and one.span != other.span


def _has_units(body: Candidate, whole: Candidate) -> bool:
    """The whole reads as a body and a unit of it: 浙江大学 + 海洋学院, rather than 浙江海洋大学."""
    rest = whole.reading.text[body.end : whole.end]
    noun = _generic_tail("　" + rest)
    return (
        body.entity.kind is not Kind.REGION and body.start == whole.start and len(rest) > noun > 1
    )


def _reordered(candidate: Candidate) -> bool:
    return (
        candidate.bits > 0
        and not edits.steps_of(candidate).structural
        and sorted(candidate.reading.text[candidate.start : candidate.end])
        == sorted(plain(candidate.alias.text))
    )


def _inside(one: Candidate, other: Candidate) -> bool:
    (a, b), (c, d) = one.span, other.span
    return c <= a and b <= d and (b - a) < (d - c)


def _homonym(one: Found, other: Found) -> bool:
    """Another entity under the same name in the same place."""
    a, b = one.candidate, other.candidate
    return (
        a.span == b.span
        and a.entity.id != b.entity.id
        and not _listed_and_derived(a.entity, b.entity)
        and abs(a.bits - b.bits) < 0.5
        and (a.alias.text == b.alias.text or abs(one.total - other.total) < 0.5)
    )


def _listed_and_derived(one: Entity, other: Entity) -> bool:
    """One body twice: as a source lists it and as the grammar derives it."""
    return one.name == other.name and ("@" in one.id) != ("@" in other.id)


def overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
