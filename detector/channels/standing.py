"""Which explanations of a text stand: the cheapest and longest, none across another."""

from __future__ import annotations

from collections.abc import Sequence

from detector.channels.candidate import Candidate
from detector.channels.farfetched import generic_tail, reordered
from detector.channels.kinds import ORGANS
from detector.channels.weighing import Found
from detector.types import Entity, Kind

# Homonyms (朝阳区 of two cities) kept for one place in the text
MOST_HOMONYMS = 6


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
    if _inside(other, one) and reordered(one) and _has_units(other, one):
        return True
    across = overlap(one.span, other.span) and not _inside(other, one)
    return across and not one.exact and not other.alias.needs_cue and one.span != other.span


def _has_units(body: Candidate, whole: Candidate) -> bool:
    """The whole reads as a body and a unit of it: 浙江大学 + 海洋学院, rather than 浙江海洋大学."""
    rest = whole.reading.text[body.end : whole.end]
    noun = generic_tail("　" + rest)
    return (
        body.entity.kind is not Kind.REGION and body.start == whole.start and len(rest) > noun > 1
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
    """Whether two stretches of a text share a character."""
    return a[0] < b[1] and b[0] < a[1]
