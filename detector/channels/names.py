"""Channel "name": the text reads as a registered name, plainly or in disguise.

Two explanations of the text compete in bits: ordinary Chinese (`words`) and Chinese with this body's
name in it (`Candidate`). What explains the text in fewer bits wins; a disguise must win clearly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detector.channels import edits
from detector.channels.candidate import Candidate
from detector.text import stance, words
from detector.text.alphabet import FREE
from detector.text.stance import Token
from detector.types import CueWord, Entity, Evidence, Field, Kind, NameSort, Stance

CHANNEL = "name"

# A disguise must explain the text better than ordinary Chinese by so many bits ...
CLEAR_MARGIN = 6.0
# ... and below that is only worth a person's look; its similarity is held under this.
POSSIBLE_MARGIN = 2.0
POSSIBLE_SIMILARITY = 0.6
# A plainly written name whose ends cut words (移民|政策) must win by so many bits
CUT_MARGIN = 4.0
# Homonyms (朝阳区 of two cities) kept for one place in the text
MOST_HOMONYMS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """An accepted candidate and how much better it explains the text than ordinary Chinese."""

    candidate: Candidate
    margin: float
    total: float


def resemblances(
    text: str, field: Field, candidates: Sequence[Candidate]
) -> list[tuple[Entity, Evidence]]:
    """Evidence for every body whose name the text holds; longer and cheaper explanations first."""
    found = _best([f for c in candidates if (f := _weighed(c, text)) is not None])
    return [(f.candidate.entity, _evidence(f, text, field)) for f in found]


def _weighed(candidate: Candidate, text: str) -> Found | None:
    """The candidate with its margin, or None where ordinary Chinese explains the text better."""
    reading, start, end = candidate.reading, candidate.start, candidate.end
    own = words.cut(reading.text)
    ordinary = own.bits
    if candidate.respelled:  # what is really written is a stranger text: 弓长家口, renminribao
        ordinary = max(ordinary, words.bits(edits.base_text(text)))
    total = own.before[start] + candidate.prior_bits + candidate.bits + own.after[end]
    margin = ordinary - total
    if not _bounded(candidate, text):
        return None
    if candidate.exact:
        cuts = own.breaks()
        whole = start in cuts and end in cuts
        if not whole and margin < CUT_MARGIN and candidate.length < 6:
            return None
        return Found(candidate, margin, total)
    if margin < POSSIBLE_MARGIN or _neighbour(candidate):
        return None
    return Found(candidate, margin, total)


def _bounded(candidate: Candidate, text: str) -> bool:
    """Latin names and numbers stand between breaks: no ABC in abcdef, no 110 in 11080."""
    key = candidate.reading.text[candidate.start : candidate.end]
    if not key.isascii():
        return True
    symbols = candidate.reading.symbols
    for inner, outer in ((candidate.start, candidate.start - 1), (candidate.end - 1, candidate.end)):
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


def _neighbour(candidate: Candidate) -> bool:
    """A disguise that only exchanged symbols for unrelated ones: rather another body's name."""
    swapped = edits.replaced(candidate)
    if swapped == 0:
        return False
    return "@" in candidate.entity.id or candidate.length < 5 or swapped * 6 > candidate.length


def _best(found: Iterable[Found]) -> list[Found]:
    """Non-overlapping explanations, the cheapest first; equal ones of one place stay together."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.total, -f.candidate.length, f.candidate.entity.id)):
        span = one.candidate.span
        rivals = [k for k in kept if _overlap(k.candidate.span, span)]
        if not rivals:
            kept.append(one)
        elif (
            len(rivals) < MOST_HOMONYMS
            and all(k.candidate.span == span and abs(k.total - one.total) < 0.5 for k in rivals)
            and one.candidate.entity.id not in {k.candidate.entity.id for k in rivals}
        ):
            kept.append(one)
    bodies = [k for k in kept if k.candidate.entity.kind is not Kind.REGION]
    return bodies or kept


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _evidence(found: Found, text: str, field: Field) -> Evidence:
    candidate = found.candidate
    before, after = _remainder(candidate)
    steps = edits.edits_of(candidate, text)
    similarity = max(0.0, 1.0 - candidate.bits / (FREE * max(candidate.length, 1)))
    if not candidate.exact and found.margin < CLEAR_MARGIN:
        similarity = min(similarity, POSSIBLE_SIMILARITY)
    return Evidence(
        CHANNEL, field, round(similarity, 3), text[slice(*candidate.span)], candidate.alias.text,
        candidate.span, steps, _stance(candidate, before, after), _cue_words(candidate, before, after),
        weak=candidate.alias.needs_cue or candidate.alias.sort is NameSort.INITIALS,
    )  # fmt: skip


def _remainder(candidate: Candidate) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    text = candidate.reading.text
    return (
        stance.tokens(text[: candidate.start]),
        stance.tokens(text[candidate.end :], candidate.end),
    )


def _stance(
    candidate: Candidate, before: tuple[Token, ...], after: tuple[Token, ...]
) -> Stance:
    return stance.judge(before, after)


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
