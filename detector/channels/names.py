"""Channel "name": the text reads as a registered name, plainly or in disguise.

Two explanations of the text compete in bits: ordinary Chinese (`words`) and Chinese with this body's
name in it (`Candidate`). What explains the text in fewer bits wins; a disguise must win clearly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detector.channels import edits
from detector.channels.candidate import Candidate
from detector.text import stance, words
from detector.text.alphabet import FREE
from detector.text.fold import plain
from detector.text.stance import Token
from detector.types import Cue, CueWord, EditKind, Entity, Evidence, Field, Kind, NameSort, Stance

CHANNEL = "name"

# A disguise must explain the text better than ordinary Chinese by so many bits ...
CLEAR_MARGIN = 4.0
# ... and below that is only worth a person's look; its similarity is held under this.
POSSIBLE_MARGIN = 1.0
POSSIBLE_SIMILARITY = 0.6
# A plainly written name whose ends cut words (移民|政策) must win by so many bits
CUT_MARGIN = 12.0
# Two symbols so read are read in full: 蒙🐮, Hua为
DRAWN_BITS = 2.0
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
# Homonyms (朝阳区 of two cities) kept for one place in the text
MOST_HOMONYMS = 6
# A disguised everyday word is none any more (协医和院 for 协和医院) where it is this long and this clear
UNWEAK_LENGTH, UNWEAK_MARGIN = 4, 8.0
# 国家移民菅理局办证难: among other words a disguise must be this long and this clear
LONG_DISGUISE, LONG_MARGIN = 5, 12.0


@dataclass(frozen=True, slots=True)
class Found:
    """An accepted candidate and how much better it explains the text than ordinary Chinese."""

    candidate: Candidate
    margin: float
    total: float


def resemblances(
    text: str, field: Field, candidates: Sequence[Candidate], places: frozenset[str]
) -> list[tuple[Entity, Evidence]]:
    """Evidence for every body whose name the text holds; longer and cheaper explanations first.

    places: folded names of divisions and countries, in which no symbol is exchanged by accident.
    """
    weighed = [f for c in candidates if (f := _weighed(c, text, places)) is not None]
    found = _best(weighed)
    return [
        (f.candidate.entity, evidence)
        for f in found
        if not _own_country(f, text)
        and _plausible(f, evidence := _evidence(f, text, field, _others(f, found)))
    ]


def _same_body(one: Candidate, other: Candidate) -> bool:
    """Another name of the same body, not one of its catchwords (疯狂星期四)."""
    return one.entity.id == other.entity.id and one.alias.sort is not NameSort.BRAND


def _speaks(candidate: Candidate) -> bool:
    """An organ's or a medium's name beside another says who speaks; a brand or a place does not."""
    quiet = (
        Kind.REGION,
        Kind.COUNTRY,
        Kind.ENTERPRISE,
        Kind.PLATFORM,
        Kind.LANDMARK,
        Kind.UNIVERSITY,
    )
    return not candidate.alias.needs_cue and candidate.entity.kind not in quiet


def _plausible(found: Found, evidence: Evidence) -> bool:
    """A disguised name is no chance: it stands alone, with official words, or is long and clear.

    Two symbols in disguise (白度客服) are a body's name only where official words say so.
    """
    candidate = found.candidate
    if candidate.exact:
        return True
    if candidate.length <= 2 and candidate.bits <= DRAWN_BITS:
        return evidence.stance in (Stance.IS, Stance.ARM)  # drawn or spelled: 蒙🐮, Hua为
    if candidate.length <= 2:
        return evidence.stance is Stance.ARM and bool(
            stance.PLAIN_CLAIMS.intersection(c.cue for c in evidence.cues)
        )
    if evidence.stance in (Stance.IS, Stance.ARM):
        return True
    return candidate.length >= LONG_DISGUISE and found.margin >= LONG_MARGIN


def _own_country(found: Found, text: str) -> bool:
    """中国 in a longer name is a word for strict verification, not the state's own name."""
    candidate = found.candidate
    return (
        candidate.entity.kind is Kind.COUNTRY
        and candidate.entity.region == "CN"
        and candidate.length < len(candidate.reading.symbols)
    )


def _others(one: Found, found: Sequence[Found]) -> tuple[Candidate, ...]:
    """Other names of bodies in the text: of the same body (12306铁路) or of another (人民日报市场报)."""
    return tuple(
        f.candidate
        for f in found
        if f.candidate.reading is one.candidate.reading
        and not _overlap(f.candidate.span, one.candidate.span)
        and (_same_body(f.candidate, one.candidate) or _speaks(f.candidate))
    )


def _weighed(candidate: Candidate, text: str, places: frozenset[str]) -> Found | None:
    """The candidate with its margin, or None where ordinary Chinese explains the text better."""
    reading, start, end = candidate.reading, candidate.start, candidate.end
    own = words.cut(reading.text)
    ordinary = own.bits
    if candidate.respelled:  # what is really written is a stranger text: 弓长家口, renminribao
        ordinary = max(ordinary, words.bits(edits.base_text(text)))
    total = own.before[start] + candidate.prior_bits + candidate.step_bits + own.after[end]
    margin = ordinary - total
    if not _bounded(candidate, text):
        return None
    if candidate.exact:
        cuts = own.breaks()
        whole = start in cuts and end in cuts
        if not whole and margin < CUT_MARGIN and candidate.length < 6:
            return None
        return Found(candidate, margin, total)
    if margin < POSSIBLE_MARGIN or _far_fetched(candidate, margin, places):
        return None
    return Found(candidate, margin, total)


def _bounded(candidate: Candidate, text: str) -> bool:
    """Latin names and numbers stand between breaks: no ABC in abcdef or a_b_c_d, no 110 in 11080."""
    key = candidate.reading.text[candidate.start : candidate.end]
    if not key.isascii():
        return True
    symbols = candidate.reading.symbols
    inside = symbols[candidate.start : candidate.end]
    if len(inside) <= 2 and candidate.alias.text.casefold() not in text.casefold():
        return False  # B&O is not any "bo"
    spaced = any(a.span[1] < b.span[0] for a, b in zip(inside, inside[1:], strict=False))
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
    own = [at for at in range(len(key)) if at >= place and not key[at].isascii()]
    if steps.missounded or 2 * len(steps.kept.intersection(own)) < len(own):
        return True
    brand = candidate.entity.kind in _BRANDS
    if brand and len(key) <= LONGEST_BRAND and len(key) - len(steps.kept) > 1:
        return True
    return bool(steps.structural) and _neighbour(candidate, margin, steps.structural, place)


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
    if place and len(plain(candidate.alias.text)) - place <= 2:
        return True  # 南充播报 is no 南充日报
    return candidate.length < 4 or len(replaced) * 4 > candidate.length


def _best(found: Sequence[Found]) -> list[Found]:
    """Non-overlapping explanations, the cheapest first; homonyms of one place stay together.

    The longest registered name first: a plainly written name inside another one is no name.
    """
    written = [f.candidate for f in found if f.candidate.exact]
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.total, -f.candidate.length, f.candidate.entity.id)):
        if any(_outranked(one.candidate, other) for other in written):
            continue
        span = one.candidate.span
        rivals = [k for k in kept if _overlap(k.candidate.span, span)]
        if not rivals or (len(rivals) < MOST_HOMONYMS and all(_homonym(one, k) for k in rivals)):
            kept.append(one)
    bodies = [k for k in kept if k.candidate.entity.kind is not Kind.REGION]
    return bodies or [k for k in kept if not any(_contains(k, other) for other in kept)]


def _contains(one: Found, other: Found) -> bool:
    """The first region holds the second, and only says where it lies: 四川雅安."""
    outer, inner = one.candidate.entity.region.rstrip("0"), other.candidate.entity.region
    return outer != inner.rstrip("0") and inner.startswith(outer)


def _outranked(one: Candidate, other: Candidate) -> bool:
    """Inside a longer written name; or, a disguise, across the edge of a clear written one."""
    if _inside(one, other):
        return True
    across = _overlap(one.span, other.span) and not _inside(other, one)
    return across and not one.exact and not other.alias.needs_cue and one.span != other.span


def _inside(one: Candidate, other: Candidate) -> bool:
    (a, b), (c, d) = one.span, other.span
    return c <= a and b <= d and (b - a) < (d - c)


def _homonym(one: Found, other: Found) -> bool:
    """Another entity under the same name in the same place."""
    a, b = one.candidate, other.candidate
    return (
        a.span == b.span
        and a.entity.id != b.entity.id
        and abs(a.bits - b.bits) < 0.5
        and (a.alias.text == b.alias.text or abs(one.total - other.total) < 0.5)
    )


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _evidence(found: Found, text: str, field: Field, others: tuple[Candidate, ...]) -> Evidence:
    candidate = found.candidate
    before, after = _remainder(candidate, others)
    steps = edits.edits_of(candidate, text)
    similarity = max(0.0, 1.0 - candidate.step_bits / (FREE * max(candidate.length, 1)))
    if not candidate.exact and found.margin < CLEAR_MARGIN:
        similarity = min(similarity, POSSIBLE_SIMILARITY)
    return Evidence(
        CHANNEL, field, round(similarity, 3), text[slice(*candidate.span)], candidate.alias.text,
        candidate.span, steps, stance.judge(before, after, _subject(found, others)),
        _cue_words(candidate, before, after), weak=_weak(found, others),
    )  # fmt: skip


_PLACES = frozenset((Kind.REGION, Kind.COUNTRY))
_BRANDS = frozenset((Kind.ENTERPRISE, Kind.PLATFORM, Kind.SOCIAL_ORG))


def _subject(found: Found, others: tuple[Candidate, ...]) -> stance.Subject:
    kind = found.candidate.entity.kind
    return stance.Subject(
        place=kind in _PLACES,
        weak=_weak(found, others),
        brand=kind in _BRANDS,
        disguised=not found.candidate.exact,
    )


def _weak(found: Found, others: tuple[Candidate, ...] = ()) -> bool:
    """The name is an everyday word too, and nothing beside it or about it says it is the body's."""
    candidate = found.candidate
    if not candidate.alias.needs_cue and candidate.alias.sort is not NameSort.INITIALS:
        return False
    if any(other.entity.id == candidate.entity.id for other in others):
        return False  # named twice: WHO世卫
    if candidate.exact:
        return not (_known_abbreviation(candidate) or _dressed_up(candidate))
    return (
        candidate.length < UNWEAK_LENGTH
        or found.margin < UNWEAK_MARGIN
        or candidate.reading.text.isascii()
    )


def _known_abbreviation(candidate: Candidate) -> bool:
    """The whole text is a word that language knows as a body's: 央行, 武大."""
    return (
        candidate.length == len(candidate.reading.symbols)
        and candidate.entity.kind not in (Kind.REGION, Kind.LANDMARK, Kind.SYMBOL)
        and not candidate.reading.text.isascii()
        and (
            words.means_organisation(candidate.reading.text)
            or (
                candidate.entity.kind not in _BRANDS
                and words.word_bits(candidate.reading.text) is None
            )
        )
    )


# Steps by which nobody writes an everyday word by chance
_DRESS = frozenset(
    (EditKind.COMPATIBILITY, EditKind.ENCLOSED, EditKind.CONFUSABLE, EditKind.VARIANT,
     EditKind.KANA, EditKind.RADICAL, EditKind.HIDDEN)
)  # fmt: skip


def _dressed_up(candidate: Candidate) -> bool:
    """The whole text is the name in foreign or fancy characters: 鬪鱼, 𝐇𝐨𝐧𝐨𝐫, ＳＭＧ."""
    steps = {step for symbol in candidate.reading.symbols for step in symbol.steps}
    return candidate.length == len(candidate.reading.symbols) >= 2 and bool(steps & _DRESS)


def _remainder(
    candidate: Candidate, others: tuple[Candidate, ...]
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """The words before and after the name; another body's name among them is one official word."""
    text, start, end = candidate.reading.text, candidate.start, candidate.end
    if start == 1 and text[0] == text[1]:  # 国国资委: the first symbol doubled
        start = 0
    if end == len(text) - 1 and text[end] == text[end - 1]:
        end += 1
    return _words(candidate, 0, start, others), _words(candidate, end, len(text), others)


def _words(
    candidate: Candidate, start: int, end: int, others: tuple[Candidate, ...]
) -> tuple[Token, ...]:
    text = candidate.reading.text
    for other in others:
        if start <= other.start and other.end <= end:
            named = Token(text[other.start : other.end], Cue.OFFICE, other.start)
            return (
                *_words(candidate, start, other.start, others),
                named,
                *_words(candidate, other.end, end, others),
            )
    return stance.tokens(text[start:end], start)


def _cue_words(
    candidate: Candidate, before: tuple[Token, ...], after: tuple[Token, ...]
) -> tuple[CueWord, ...]:
    symbols = candidate.reading.symbols
    return tuple(
        CueWord(
            token.cue,
            token.text,
            (symbols[token.start].span[0], symbols[token.start + len(token.text) - 1].span[1]),
        )
        for token in (*before, *after)
        if token.cue is not None and token.cue not in stance.SILENT
    )
