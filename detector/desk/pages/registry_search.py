"""Whom a text names: the registry asked as the engine asks it, disguises and all."""

from __future__ import annotations

from dataclasses import dataclass

from detector.desk.engine import engine, today
from detector.desk.pages.wording import edit_word
from detector.types import Account, Edit, Entity, Owner

_MOST = 40


@dataclass(frozen=True, slots=True)
class Match:
    """A body, the name of it that the text was compared with, how near (0..1), and the disguise."""

    entity: Entity
    alias: str
    similarity: float
    steps: str


def find(text: str) -> list[Match]:
    """The bodies whose names can be read in the text, the nearest first, each once."""
    asked = Account("-", text, owner=Owner(""))
    (assessment,) = engine().screener.screen([asked], today())
    found = [
        Match(case.entity, one.candidate, one.similarity, _steps(one.edits))
        for case in assessment.cases
        if case.entity is not None
        for one in case.evidence
    ]
    found.sort(key=lambda match: -match.similarity)
    return list({match.entity.id: match for match in reversed(found)}.values())[::-1][:_MOST]


def _steps(edits: tuple[Edit, ...]) -> str:
    return "，".join(f"{one.query}→{one.candidate} {edit_word(one.kind)}" for one in edits)
