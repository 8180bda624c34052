"""Bodies of the registry to make examples of: the listed ones and organs derived by grammar, kind by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from detector.registry.derive import load_grammar, organ_of, regions
from detector.registry.registry import DERIVED, Registry, sources
from detector.settings import Settings
from detector.text.fold import plain
from detector.types import Entity, Kind, NameSort

# What an impostor bears the name of; places are borrowed in other words (`positives.places`)
PLACES = frozenset((Kind.REGION, Kind.SEAT, Kind.LANDMARK, Kind.COUNTRY))
LEFT_OUT = PLACES | {Kind.SYMBOL, Kind.CLOSED}
SORTS = (NameSort.OFFICIAL, NameSort.SHORT, NameSort.BRAND, NameSort.ENGLISH)
# Shorter names are mostly something else too
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Body:
    """An entity and one of its names, to be borne."""

    entity: Entity
    name: str


def sampled(
    registry: Registry, settings: Settings, per_kind: int, rng: Random
) -> tuple[list[Body], list[Entity]]:
    """Up to `per_kind` bodies of every kind and as many derived organs; and as many divisions."""
    by_kind: dict[Kind, list[Entity]] = defaultdict(list)
    for number in range(len(registry.index)):
        entity = registry.index.entity(number)
        by_kind[entity.kind].append(entity)
    found: list[Body] = []
    for kind in sorted(set(by_kind) - LEFT_OUT):
        listed = sorted(by_kind[kind], key=lambda entity: entity.id)
        for entity in rng.sample(listed, min(per_kind, len(listed))):
            found += _named(entity, rng)
    for entity in _derived(settings, per_kind, rng):
        found += _named(entity, rng)
    divisions = sorted(by_kind[Kind.REGION], key=lambda entity: entity.id)
    return found, rng.sample(divisions, min(per_kind, len(divisions)))


def _named(entity: Entity, rng: Random) -> list[Body]:
    names = [
        alias.text
        for alias in entity.aliases
        if alias.sort in SORTS and not alias.needs_cue and len(alias.text) >= SHORTEST
    ]
    return [Body(entity, rng.choice(names))] if names else []


def _derived(settings: Settings, count: int, rng: Random) -> Iterator[Entity]:
    grammar = load_grammar(settings.registries / DERIVED)
    loaded = sources(settings.registries)
    divisions = tuple(regions(row for source in loaded for row in source.rows))
    for _ in range(count * 4 if divisions and grammar.patterns else 0):
        region, pattern = rng.choice(divisions), rng.choice(grammar.patterns)
        fits = region.region_class in pattern.applies_to
        organ = organ_of(grammar, pattern, region) if fits else None
        if organ is not None:
            yield organ


def bearers(registry: Registry, names: Sequence[str]) -> list[frozenset[str]]:
    """For each name the folded full names of the bodies that bear exactly it, found in one batch."""
    keys = [plain(name) for name in names]
    found: list[set[str]] = [set() for _ in keys]
    for match in registry.find(keys)[0]:
        if match.bits == 0 and match.length == len(keys[match.text]):
            found[match.text].add(plain(match.entity.name))
    return [frozenset(names) for names in found]
