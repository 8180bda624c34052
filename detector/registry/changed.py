"""Which names a changed registry can answer differently about, and what they cannot tell.

A judgement asks the registry five things about a text or body: which names the text holds (`find`),
who is called so (`called`), whom a body belongs to (`parents`), which names are places, and what
absence proves (`is_complete`). All but the last turn on names that stand in the texts asked, so a
text that meets none of the names gathered here gets the same answers from both registries:

- of every body that is added, removed or changed in any field, its names in both;
- the same of bodies that belong to one of these, for `parents`;
- of divisions whose derived organs change, their names, since an organ is found beside its division;
- of patterns that change, the pieces of which their organs are composed;
- where the names of places change, of all that begin with such a place (`weighing` reads them so).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from detector.registry.catalogue import Catalogue
from detector.registry.compose import Composer, templates
from detector.registry.derive import Grammar, Pattern, Region
from detector.registry.registry import entities, sources
from detector.text.fold import plain
from detector.types import Entity, Kind, Level

# Parents that are looked at, nearest first (`Registry.parents`)
MOST_PARENTS = 4
# Beyond this part of all bodies, looking for changed names spares nothing
LARGEST_PART = 0.2


@dataclass(frozen=True, slots=True)
class Changes:
    """bodies: as they were and as they are; pieces: of changed patterns.

    complete: kinds (at a level) for which absence newly proves something, or no longer does.
    everyone: why every account must be judged again, () where the names tell.
    """

    bodies: tuple[Entity, ...]
    pieces: tuple[str, ...]
    complete: frozenset[tuple[Kind, Level | None]]
    everyone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.bodies or self.pieces or self.complete or self.everyone)


@dataclass(frozen=True, slots=True)
class _State:
    """A registry as its answers depend on it; bodies: id -> all of that id; regions: by row's id."""

    catalogue: Catalogue
    bodies: Mapping[str, tuple[Entity, ...]]
    regions: Mapping[str, Region]

    @staticmethod
    def of(registries: Path) -> _State:
        loaded = sources(registries)
        catalogue = Catalogue.of(loaded, registries)
        composer = Composer(catalogue.grammar, catalogue.regions)
        bodies: dict[str, tuple[Entity, ...]] = {}
        for body in entities(registries, loaded, composer):
            bodies[body.id] = (*bodies.get(body.id, ()), body)
        return _State(catalogue, bodies, {region.id: region for region in catalogue.regions})


def changes(old: Path, new: Path) -> Changes:
    """What can be answered differently. Raises RegistryError where a source does not load."""
    before, after = _State.of(old), _State.of(new)
    patterns = _changed_patterns(before.catalogue.grammar, after.catalogue.grammar)
    regions = {
        id_
        for id_ in before.regions.keys() | after.regions.keys()
        if before.regions.get(id_) != after.regions.get(id_)
    }
    moved = before.catalogue.places ^ after.catalogue.places
    ids = {
        id_
        for id_ in before.bodies.keys() | after.bodies.keys()
        if before.bodies.get(id_) != after.bodies.get(id_)
    }
    ids |= regions
    for state in (before, after):
        ids |= {id_ for id_ in state.bodies if id_.partition("@")[0] in patterns}
        ids |= _beginning_with(moved, state)
    ids = _with_members(ids, before, after)
    bodies = tuple(
        dict.fromkeys(
            b for id_ in sorted(ids) for s in (before, after) for b in s.bodies.get(id_, ())
        )
    )
    pieces = {
        piece
        for state in (before, after)
        for piece in _pieces(state.catalogue.grammar, patterns, moved)
    }
    return Changes(
        bodies,
        tuple(sorted(pieces)),
        before.catalogue.complete ^ after.catalogue.complete,
        tuple(_everyone(before, after, len(ids))),
    )


def _changed_patterns(old: Grammar, new: Grammar) -> frozenset[str]:
    """Ids of patterns that were added, removed or changed, or of which an exception was."""
    ours, theirs = _by_id(old.patterns), _by_id(new.patterns)
    found = {id_ for id_ in ours.keys() | theirs.keys() if ours.get(id_) != theirs.get(id_)}
    keys = old.departures.keys() | new.departures.keys()
    found |= {key[0] for key in keys if old.departures.get(key) != new.departures.get(key)}
    return frozenset(found)


def _by_id(patterns: Iterable[Pattern]) -> dict[str, Pattern]:
    """The patterns without what only explains them."""
    return {p.id: p.model_copy(update={"example": "", "cite": ""}) for p in patterns}


def _pieces(grammar: Grammar, patterns: frozenset[str], moved: frozenset[str]) -> Iterator[str]:
    """Pieces of changed patterns, and those that begin like a place whose name came or went."""
    for template in templates(grammar):
        for _, piece in template.parts:
            if piece and (template.pattern.id in patterns or _alike(piece, moved)):
                yield piece


def _alike(text: str, places: frozenset[str]) -> bool:
    """The text begins with one of the places, or begins one: both may begin a composed name."""
    return any(text.startswith(place) or place.startswith(text) for place in places)


def _beginning_with(moved: frozenset[str], state: _State) -> set[str]:
    """Bodies with a name that begins with such a place; divisions whose organs' names may."""
    if not moved:
        return set()
    divisions = {
        region.id
        for region in state.regions.values()
        if any(_alike(plain(name), moved) for name in (region.full, *region.shorts))
    }
    return divisions | {
        id_
        for id_, bodies in state.bodies.items()
        if any(plain(a.text).startswith(tuple(moved)) for b in bodies for a in b.aliases)
    }


def _with_members(ids: set[str], *states: _State) -> set[str]:
    """The ids, and those of all bodies that have one of them among their parents."""
    members: dict[str, set[str]] = defaultdict(set)
    for state in states:
        for id_, bodies in state.bodies.items():
            for body in bodies:
                if body.sponsor:
                    members[body.sponsor].add(id_)
    found, edge = set(ids), set(ids)
    for _ in range(MOST_PARENTS):
        edge = {member for id_ in edge for member in members.get(id_, ())} - found
        found |= edge
    return found


def _everyone(before: _State, after: _State, changed: int) -> Iterator[str]:
    """Why the names alone do not tell who must be judged again."""
    total = max(len(before.bodies), len(after.bodies))
    if changed > LARGEST_PART * total and changed > 100:
        yield f"{changed:,} of {total:,} bodies can be answered about differently"
    for what, ours, theirs in (
        ("rows", before.bodies, after.bodies),
        ("divisions", before.regions, after.regions),
    ):
        if _order(ours, theirs) != _order(theirs, ours):
            yield f"{what} stand in another order"


def _order(one: Mapping[str, object], other: Mapping[str, object]) -> Sequence[str]:
    return [key for key in one if key in other]
