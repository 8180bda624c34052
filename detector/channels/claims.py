"""Channel "claim": a bio, signature or verification line says that the account is or acts for a body.

A string is not a claim: 曾供职于人民日报 and 与公安局无关 hold names and claim nothing. A clause claims a body when
the words beside its name keep up the claim (官方, 客服, 下设, 授权 ...) and nothing in the clause denies it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from detector.text import tables
from detector.types import Cue, Entity, Evidence, Field, Kind, Stance

CHANNEL = "claim"

# What parts clauses, for `re` and for RE2 alike
BREAKS = r"[，。；！？、,;!?\n\r\t|｜]"
_CLAUSE = re.compile(BREAKS.replace("[", "[^") + "+")
_CLAIMING = frozenset((Cue.OFFICIAL, Cue.SERVICE, Cue.OFFICE, Cue.RECRUIT, Cue.SPOKESMAN))
# Longer texts are cut off; a bio on Chinese platforms has at most some 500 characters
LONGEST_TEXT = 2000
# A clause longer than a name is read in pieces that share so many characters, the longest names
LONGEST_CLAUSE, OVERLAP = 120, 32


def clauses(text: str) -> Iterator[tuple[int, str]]:
    """The clauses of a text with their places; a very long one comes in overlapping pieces."""
    for found in _CLAUSE.finditer(text[:LONGEST_TEXT]):
        clause = found[0]
        for at in range(0, max(1, len(clause) - OVERLAP), LONGEST_CLAUSE - OVERLAP):
            yield found.start() + at, clause[at : at + LONGEST_CLAUSE]


@lru_cache
def _denials() -> tuple[str, ...]:
    return tuple(word for word, *_ in tables.rows("denials", 1))


def denied(clause: str) -> bool:
    """Whether the clause takes back what it names."""
    return any(word in clause for word in _denials())


def claimed(
    resemblances: list[tuple[Entity, Evidence]], field: Field, clause: str, offset: int
) -> list[tuple[Entity, Evidence]]:
    """Of the bodies that a clause names, those that it claims; spans moved to the whole text."""
    return [
        (entity, _moved(replace(evidence, channel=CHANNEL), offset))
        for entity, evidence in resemblances
        if _claims(evidence, field) and not _is_contact(entity, evidence, clause)
    ]


# 加微信abc123, 抖音同名: a platform named as the place to find the writer
_BEFORE_CONTACT, _AFTER_CONTACT = "加+＋扫搜用在上", "号:：同搜见也 "


def _is_contact(entity: Entity, evidence: Evidence, clause: str) -> bool:
    """A platform's name that only says where the writer can be reached."""
    start, end = evidence.span
    before, after = clause[max(0, start - 1) : start], clause[end : end + 1]
    named = entity.kind is Kind.PLATFORM
    return named and (
        (before != "" and before in _BEFORE_CONTACT) or (after != "" and after in _AFTER_CONTACT)
    )


def _claims(evidence: Evidence, field: Field) -> bool:
    cues = {c.cue for c in evidence.cues}
    if evidence.stance is Stance.ARM:
        return bool(cues & _CLAIMING) and (not evidence.weak or Cue.OFFICIAL in cues)
    return evidence.stance is Stance.IS and field is Field.VERIFICATION and not evidence.weak


def _moved(evidence: Evidence, offset: int) -> Evidence:
    def shift(span: tuple[int, int]) -> tuple[int, int]:
        return span[0] + offset, span[1] + offset

    return replace(
        evidence,
        span=shift(evidence.span),
        edits=tuple(replace(e, span=shift(e.span)) for e in evidence.edits),
        cues=tuple(replace(c, span=shift(c.span)) for c in evidence.cues),
    )
