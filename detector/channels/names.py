"""Channel "name": the text reads as a registered name, plainly or in disguise (see `weighing`)."""

from __future__ import annotations

from collections.abc import Sequence

from detector.channels import edits
from detector.channels.candidate import KNOWN_BITS, Candidate
from detector.channels.farfetched import BRANDS
from detector.channels.standing import best, overlap
from detector.channels.weighing import Found, weighed
from detector.text import stance, words
from detector.text.alphabet import FREE, HOMOPHONE_BITS
from detector.text.stance import Token
from detector.types import (
    Cue,
    CueWord,
    EditKind,
    Entity,
    Evidence,
    Field,
    Kind,
    NameSort,
    Stance,
)

CHANNEL = "name"

# 国家外汇管理局㊡: a stray symbol behind a name this long is no part of a personal name
SHORTEST_WITH_STRAY = 4

# A disguise must explain the text better than ordinary Chinese by so many bits ...
CLEAR_MARGIN = 4.0
POSSIBLE_SIMILARITY = 0.6
# Two symbols so read are read in full: 蒙🐮, Hua为
DRAWN_BITS = 2.0
# A disguised everyday word is none any more (协医和院 for 协和医院) where it is this long and this clear
UNWEAK_LENGTH, UNWEAK_MARGIN = 4, 8.0
# 国家移民菅理局办证难: among other words a disguise must be this long and this clear
LONG_DISGUISE, LONG_MARGIN = 5, 12.0
_PLACES = frozenset((Kind.REGION, Kind.COUNTRY))


def resemblances(
    text: str, field: Field, candidates: Sequence[Candidate], places: frozenset[str]
) -> list[tuple[Entity, Evidence]]:
    """Evidence for every body whose name the text holds; longer and cheaper explanations first.

    places: folded names of divisions and countries, in which no symbol is exchanged by accident.
    """
    explained = [f for c in candidates if (f := weighed(c, text, places)) is not None]
    found = best(explained)
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
        return not found.doubtful or evidence.stance is Stance.ARM
    if candidate.length <= 2 and candidate.bits <= DRAWN_BITS:
        return evidence.stance in (Stance.IS, Stance.ARM)  # drawn or spelled: 蒙🐮, Hua为
    if candidate.length == len(candidate.reading.symbols) == 2 and _famous(found):
        return evidence.stance is Stance.IS
    if candidate.length <= 2:
        return evidence.stance is Stance.ARM and bool(
            stance.PLAIN_CLAIMS.intersection(c.cue for c in evidence.cues)
        )
    if evidence.stance in (Stance.IS, Stance.ARM):
        return True
    return candidate.length >= LONG_DISGUISE and found.margin >= LONG_MARGIN


def _famous(found: Found) -> bool:
    """An odd word that is one sound or look from a name that everybody knows: 萌牛."""
    known = found.candidate.prior_bits <= KNOWN_BITS and not found.candidate.respelled
    return known and found.margin >= LONG_MARGIN and found.candidate.bits <= HOMOPHONE_BITS


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
        and not overlap(f.candidate.span, one.candidate.span)
        and (_same_body(f.candidate, one.candidate) or _speaks(f.candidate))
    )


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


def _subject(found: Found, others: tuple[Candidate, ...]) -> stance.Subject:
    kind = found.candidate.entity.kind
    return stance.Subject(
        place=kind in _PLACES,
        weak=_weak(found, others),
        brand=kind in BRANDS,
        disguised=not found.candidate.exact or found.candidate.length < SHORTEST_WITH_STRAY,
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
                candidate.entity.kind not in BRANDS
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
