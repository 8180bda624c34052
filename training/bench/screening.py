"""Names as accounts of private persons, screened in batches, and what was held against them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detector.pipeline import Screener
from detector.registry.registry import Registry
from detector.text.fold import plain
from detector.types import (
    Account,
    AccountType,
    Act,
    Assessment,
    Entity,
    Finding,
    Kind,
    NameSort,
    Owner,
)
from training.bench.folders import AS_OF

BATCH = 2000
# 假冒 and 仿冒: the acts that accuse an account of passing itself off as a body that exists
PASSING_OFF = frozenset((Act.ASSUME, Act.IMITATE))
# A word of Art. 10(2) is held for what it is, not for whom it resembles
STRICT_WORDS = "10(2)"
PLACES = frozenset((Kind.REGION, Kind.COUNTRY, Kind.SEAT, Kind.LANDMARK, Kind.SYMBOL))


def personal(name: str, number: int) -> Account:
    """A personal account of which the platform reports that nobody was verified."""
    return Account(
        str(number), name, AccountType.PERSONAL, bio="", signature="", owner=Owner("", "", "")
    )


def screened(screener: Screener, names: Sequence[str]) -> Iterator[Assessment]:
    """One assessment a name, in order."""
    for start in range(0, len(names), BATCH):
        batch = [personal(n, start + i) for i, n in enumerate(names[start : start + BATCH])]
        yield from screener.screen(batch, AS_OF)


def accusations(assessment: Assessment) -> tuple[Finding, ...]:
    """The findings that hold, strict-verification words aside."""
    return tuple(f for f in assessment.decision.findings if f.clause != STRICT_WORDS)


def against_bodies(assessment: Assessment) -> tuple[Finding, ...]:
    """The findings that hold against a body of the registry, the gravest first."""
    return tuple(f for f in accusations(assessment) if f.entity is not None)


def bears(entity: Entity, name: str) -> bool:
    """Whether `name` is one of the entity's names, decoration aside."""
    key = plain(name)
    return any(plain(alias.text) == key for alias in entity.aliases) or plain(entity.name) == key


def is_target(target: str, entity: Entity, registry: Registry) -> bool:
    """Whether an entity is the body that `target` names: by a name of it or of what it belongs to.

    A target may say more than the name (清华大学招生办 is 清华大学); a place must be named exactly.
    """
    return any(
        bears(body, target) or _holds_name(target, body)
        for body in (entity, *registry.parents(entity))
    )


def _holds_name(target: str, body: Entity) -> bool:
    key = plain(target)
    return body.kind not in PLACES and any(
        len(plain(alias.text)) >= 3 and plain(alias.text) in key
        for alias in body.aliases
        if alias.sort is not NameSort.INITIALS and not alias.needs_cue
    )
