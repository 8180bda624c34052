"""`peers`: our line beside rapidfuzz's on the peers' set, in the same run."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from detector.pipeline import Screener
from detector.registry.registry import Registry
from detector.text.fold import plain
from detector.types import Act, Assessment, Entity, Outcome
from training.bench.folders import PEERS
from training.bench.report import Share, Table
from training.bench.rivals import Rival, threshold
from training.bench.screening import (
    PASSING_OFF,
    PLACES,
    accusations,
    against_bodies,
    bears,
    is_target,
    screened,
)

RATE = 0.001  # of the negatives may be flagged
FABRICATED = "fabricated"
_Sets = TypeAdapter(dict[str, list[str] | list[tuple[str, str | None, str]]])


class Attack(NamedTuple):
    """A disguised name, the body meant ("" = invented), and the type of disguise."""

    text: str
    target: str
    type: str


@dataclass(frozen=True, slots=True)
class PeerSet:
    """The peers' set. negatives: generated and real nicknames. hard: ordinary names that hold
    organisation words. legitimate: real bodies that the core registry does not hold."""

    attacks: tuple[Attack, ...]
    negatives: tuple[str, ...]
    hard: tuple[str, ...]
    legitimate: tuple[str, ...]
    core: tuple[str, ...]


class Seen(NamedTuple):
    """What a system says of a name: whether it is flagged; whether the body is right (an attack) or
    somebody else's (a legitimate body)."""

    flagged: bool
    right: bool
    accused: bool


@dataclass(slots=True)
class Line:
    """The figures of one system. extra: figures that only ours has."""

    title: str
    names: int
    speed: float
    attacks: list[tuple[Attack, Seen]]
    negatives: Share
    hard: Share
    legitimate: Share
    extra: dict[str, Share] = field(default_factory=dict)

    @property
    def recall(self) -> Share:
        """Attacks on existing bodies that were flagged as the right one."""
        return Share.among(s.flagged and s.right for a, s in self.attacks if a.target)

    @property
    def invented(self) -> Share:
        """Invented bodies that were flagged."""
        return Share.among(s.flagged for a, s in self.attacks if not a.target)

    def by_type(self) -> Mapping[str, Share]:
        """Recall of every type of attack."""
        groups: dict[str, list[bool]] = defaultdict(list)
        for attack, seen in self.attacks:
            groups[attack.type].append(seen.flagged and (seen.right or not attack.target))
        return {kind: Share.among(values) for kind, values in groups.items()}

    def figures(self) -> dict[str, Share]:
        """The totals that have floors, each the better the higher."""
        return {
            "recall": self.recall,
            "invented": self.invented,
            "negatives passed": _rest(self.negatives),
            "legitimate not accused": _rest(self.legitimate),
        }


def _rest(share: Share) -> Share:
    return Share(share.of - share.good, share.of)


def load(folder: Path = PEERS) -> PeerSet:
    """The set, its negatives without the real nicknames."""
    sets = json.loads((folder / "attackset.json").read_text(encoding="utf-8"))
    _Sets.validate_python(sets)
    return PeerSet(
        tuple(Attack(text, target or "", kind) for text, target, kind in sets["attacks"]),
        tuple(sets["neg"]), tuple(sets["hard"]),
        _lines(folder / "legit_unregistered_2100.txt"), _lines(folder / "registry_core_1125.txt"),
    )  # fmt: skip


def _lines(path: Path) -> tuple[str, ...]:
    return tuple(line for line in path.read_text(encoding="utf-8").splitlines() if line)


def ours(title: str, screener: Screener, data: PeerSet) -> tuple[Line, dict[str, list[Assessment]]]:
    """Our figures with a registry, and the assessments behind them.

    Flagged: a finding holds (a strict-verification word of Art. 10(2) alone is none). The right
    body: the first finding against a body is against that one. Accused: see `accused`.
    """
    attacked = [a.text for a in data.attacks]
    found = {
        "attack": list(screened(screener, attacked)),
        "hard": list(screened(screener, data.hard)),
        "legitimate": list(screened(screener, data.legitimate)),
    }
    start = time.perf_counter()
    found["negative"] = list(screened(screener, data.negatives))
    speed = len(data.negatives) / (time.perf_counter() - start)
    registry = screener.registry
    attacks = [
        (a, Seen(bool(accusations(s)), _first_is(a.target, s, registry), False))
        for a, s in zip(data.attacks, found["attack"], strict=True)
    ]
    line = Line(
        title, len(registry.index), speed, attacks,
        Share.among(bool(accusations(s)) for s in found["negative"]),
        Share.among(bool(accusations(s)) for s in found["hard"]),
        Share.among(accused(s) for s in found["legitimate"]),
    )  # fmt: skip
    line.extra = _extra(data, found, registry)
    return line, found


def _extra(
    data: PeerSet, found: Mapping[str, list[Assessment]], registry: Registry
) -> dict[str, Share]:
    pairs = list(zip(data.attacks, found["attack"], strict=True))
    return {
        "recall, under any finding": Share.among(
            any(is_target(a.target, f.entity, registry) for f in against_bodies(s) if f.entity)
            for a, s in pairs
            if a.target
        ),
        "invented bodies as 捏造": Share.among(
            any(f.act is Act.INVENT for f in s.decision.findings) for a, s in pairs if not a.target
        ),
        "negatives accused of a body": Share.among(accused(s) for s in found["negative"]),
        "negatives not allowed": _stopped(found["negative"]),
        "hard names not allowed": _stopped(found["hard"]),
        "legitimate accused, places aside": Share.among(
            _accused_of_body(s) for s in found["legitimate"]
        ),
        "legitimate accused of a disguise": Share.among(
            _accused_of_disguise(s) for s in found["legitimate"]
        ),
        "legitimate not allowed (unverified)": _stopped(found["legitimate"]),
        "legitimate said to be invented": Share.among(
            any(f.act is Act.INVENT for f in s.decision.findings) for s in found["legitimate"]
        ),
    }


def _stopped(found: Sequence[Assessment]) -> Share:
    return Share.among(s.decision.outcome > Outcome.ALLOW for s in found)


def _first_is(target: str, assessment: Assessment, registry: Registry) -> bool:
    first = next((f.entity for f in against_bodies(assessment)), None)
    return bool(target) and first is not None and is_target(target, first, registry)


def accused(assessment: Assessment) -> bool:
    """A 假冒 or 仿冒 finding holds against a body of which the account's name is no name."""
    return any(not bears(body, assessment.account.name) for body in _passed_off(assessment))


def _accused_of_body(assessment: Assessment) -> bool:
    """As `accused`, of a body: a place in one's own name (沈阳 in 沈阳师范大学) aside."""
    return any(
        body.kind not in PLACES and not bears(body, assessment.account.name)
        for body in _passed_off(assessment)
    )


def _accused_of_disguise(assessment: Assessment) -> bool:
    """As `accused`, where the own name does not hold the other's: an arm (X大学商学院) aside."""
    own = plain(assessment.account.name)
    return any(
        not any(plain(alias.text) in own for alias in body.aliases)
        for body in _passed_off(assessment)
    )


def _passed_off(assessment: Assessment) -> list[Entity]:
    findings = assessment.decision.findings
    return [f.entity for f in findings if f.act in PASSING_OFF and f.entity is not None]


def rival(one: Rival, data: PeerSet, owners: Mapping[str, Sequence[str]] | None = None) -> Line:
    """A string measure's figures at its threshold.

    owners: of a name, the other names of its body (None: a body has one name, as in the core).
    """
    negatives = one.best(data.negatives)
    limit = threshold([best.similarity for best in negatives], RATE)

    def flagged(queries: Sequence[str]) -> Share:
        return Share.among(best.similarity >= limit for best in one.best(queries))

    def same(query: str, name: str) -> bool:
        names = (name, *(owners or {}).get(name, ()))
        return any(plain(query) == plain(other) for other in names)

    attacks = [
        (a, Seen(best.similarity >= limit, same(a.target, one.names[best.name]), False))
        for a, best in zip(data.attacks, one.best([a.text for a in data.attacks]), strict=True)
    ]
    legitimate = Share.among(
        best.similarity >= limit and not same(query, one.names[best.name])
        for query, best in zip(data.legitimate, one.best(data.legitimate), strict=True)
    )
    return Line(
        f"{one.title} >{limit:.3f}", len(one.names), one.speed(data.negatives), attacks,
        Share.among(best.similarity >= limit for best in negatives), flagged(data.hard), legitimate,
    )  # fmt: skip


_LEGEND = (
    "shipped: the registry of data/registries; core: the peers' 1,125 names, one a body, no alias,",
    "with the divisions; core+derived: and with the grammar of the divisions' organs;",
    "core+aliases: and with every name that the shipped registry has for those bodies.",
    "flagged: a finding holds, other than a strict word of Art. 10(2); right body: the first one.",
    "not allowed: strict words too. OSA: rapidfuzz's, normalised, above the value in its title,",
    f"the lowest that flags at most {RATE:.1%} of the negatives. norm: NFKC, no signs, simplified.",
)


def table(lines: Sequence[Line], data: PeerSet) -> Table:
    """One row a figure, one column a system."""
    made = Table(
        f"peers: {len(data.attacks)} attacks, {len(data.negatives)} negatives, "
        f"{len(data.hard)} hard names, {len(data.legitimate)} legitimate bodies",
        ("", *(line.title for line in lines)),
        _LEGEND,
    )
    made.add("bodies / names", *(line.names for line in lines))
    made.add("recall, right body", *(line.recall for line in lines))
    kinds = sorted({a.type for a in data.attacks} - {FABRICATED})
    by_type = [line.by_type() for line in lines]
    for kind in kinds:
        made.add(f"  {kind}", *(of_line[kind] for of_line in by_type))
    made.add("invented bodies flagged", *(line.invented for line in lines))
    made.add("negatives flagged", *(line.negatives for line in lines))
    made.add("hard names flagged", *(line.hard for line in lines))
    made.add("legitimate bodies accused", *(line.legitimate for line in lines))
    made.add("names/s, one core", *(f"{line.speed:,.0f}" for line in lines))
    for title in lines[0].extra:
        made.add(title, *(line.extra.get(title, "") for line in lines))
    return made
