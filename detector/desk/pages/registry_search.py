"""Whom a text names: the registry asked as the engine asks it, disguises and all."""

from __future__ import annotations

from dataclasses import dataclass

from detector.desk.engine import engine
from detector.types import Entity

_MOST = 40


@dataclass(frozen=True, slots=True)
class Match:
    """A body, and the name of it that the text holds."""

    entity: Entity
    alias: str


def find(text: str) -> list[Match]:
    """The bodies whose names stand in the text, each once."""
    (read,) = engine().screener.read([text])
    found: dict[str, Match] = {}
    for candidate in read.candidates:
        found.setdefault(candidate.entity.id, Match(candidate.entity, candidate.alias.text))
    return list(found.values())[:_MOST]
