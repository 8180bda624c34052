"""`names`: our own hand-written pairs of disguised names and bodies, case by case."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from detector.pipeline import Screener
from detector.registry.registry import Registry
from detector.types import Act, Assessment, Entity, Outcome
from training.bench import gate, results
from training.bench.report import Share, Table, say
from training.bench.results import Result
from training.bench.screening import accusations, against_bodies, bears, is_target, screened

NEGATIVE = "negative"  # kinds that begin so must not be accused of passing themselves off
NEIGHBOUR = "negative_neighbour"  # another body's own name: 南阳日报 is no disguise of 沈阳日报
TIERS = ("easy", "medium", "hard")
_NOT = "不是:"  # in a neighbour's note, before the body that it is not


@dataclass(frozen=True, slots=True)
class Case:
    """One row of names.csv; target "" = must not be read as any body.

    not_body: the body that a neighbour's name must not be read as; the neighbour's own is right.
    """

    query: str
    target: str
    kind: str
    tier: str
    not_body: str = ""

    @property
    def negative(self) -> bool:
        """Whether reading it as a body (other than the right one) is a fault."""
        return not self.target or self.kind.startswith(NEGATIVE)

    @property
    def own(self) -> str:
        """The body that it may be read as, "" if none: a neighbour is a body's own plain name."""
        return self.target or (self.query if self.kind == NEIGHBOUR else "")

    def is_right(self, entity: Entity, registry: Registry) -> bool:
        """Whether an entity is the body that the name is of."""
        if self.not_body and bears(entity, self.not_body):
            return False
        return bool(self.own) and is_target(self.own, entity, registry)


def load(path: Path) -> tuple[Case, ...]:
    """The cases of a names.csv."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(
            Case(
                row["query"],
                row["target"],
                row["kind"],
                row["tier"],
                (row.get("note") or "").partition(_NOT)[2],
            )
            for row in csv.DictReader(lines)
        )


def judged(case: Case, assessment: Assessment, registry: Registry) -> Result:
    """What became of a case."""
    named = against_bodies(assessment)
    right = [f for f in named if f.entity and case.is_right(f.entity, registry)]
    body = next((f.entity.name for f in (*right, *named) if f.entity is not None), "")
    outcome = assessment.decision.outcome
    if case.negative:
        invented = any(f.act is Act.INVENT for f in accusations(assessment))
        wrong = invented or len(right) < len(named)
        found = "accused" if wrong else "right" if right else "held" if outcome else "clean"
    elif right:
        found = "right"
    else:
        found = "wrong" if named else "flagged" if outcome > Outcome.ALLOW else "missed"
    return Result(case.kind, case.query, case.tier, outcome.word, body, found)


def measured(cases: Sequence[Case], screener: Screener) -> list[Result]:
    """The result of every case, in order."""
    assessments = screened(screener, [case.query for case in cases])
    return [
        judged(case, assessment, screener.registry)
        for case, assessment in zip(cases, assessments, strict=True)
    ]


def run(path: Path, kept: Path, screener: Screener, *, diff: bool, floors: bool) -> int:
    """Measure, print the tables, write the per-case results; the exit code."""
    cases = load(path)
    found = measured(cases, screener)
    positive = [r for c, r in zip(cases, found, strict=True) if not c.negative]
    negative = [r for c, r in zip(cases, found, strict=True) if c.negative]
    for table in (*_positive_tables(positive), *_negative_tables(negative)):
        table.show()
    missed = [
        case for case, r in zip(cases, found, strict=True)
        if not case.negative and r.found != "right"
    ]  # fmt: skip
    _unlisted(missed, screener.registry)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(results.text_of(found), encoding="utf-8")
    if diff:
        _show_changes(kept, found)
    if not floors:
        return 0
    return gate.report(gate.below("names", figures(positive, negative), gate.floors()))


def figures(positive: Iterable[Result], negative: Iterable[Result]) -> dict[str, Share]:
    """The totals that have floors."""
    positive, negative = list(positive), list(negative)
    return {
        "right body": Share.among(r.found == "right" for r in positive),
        "flagged": Share.among(r.outcome != "allow" for r in positive),
        "no wrong body": Share.among(r.found != "wrong" for r in positive),
        "not accused": Share.among(r.found != "accused" for r in negative),
        "not held": Share.among(r.outcome == "allow" for r in negative),
    }


def _positive_tables(found: Sequence[Result]) -> Iterable[Table]:
    tiers = sorted({r.tier for r in found}, key=_tier_order)
    columns = ("right body", "flagged at all", "wrong body", "missed")
    table = Table(
        "names: disguises, by kind",
        ("kind", *columns, *(f"right, {tier or 'no tier'}" for tier in tiers)),
    )
    for kind, of_kind in _grouped(found, lambda r: r.kind):
        by_tier = [
            Share.among(r.found == "right" for r in of_kind if r.tier == tier) for tier in tiers
        ]
        table.add(kind, *_positive_cells(of_kind), *by_tier)
    yield table
    by_tier_table = Table("names: disguises, by tier", ("tier", *columns))
    for tier, of_tier in _grouped(found, lambda r: r.tier):
        by_tier_table.add(tier, *_positive_cells(of_tier))
    yield by_tier_table


def _tier_order(tier: str) -> tuple[int, str]:
    return TIERS.index(tier) if tier in TIERS else len(TIERS), tier


def _positive_cells(found: Sequence[Result]) -> tuple[object, ...]:
    count = results.counts(found)
    return (
        Share(count["right"], len(found)),
        Share.among(r.outcome != "allow" for r in found),
        count["wrong"],
        count["missed"],
    )


def _negative_tables(found: Sequence[Result]) -> Iterable[Table]:
    columns = ("falsely accused", "held by a word", "own body", "clean")
    for word, key in (("kind", lambda r: r.kind), ("tier", lambda r: r.tier)):
        table = Table(f"names: to be read as no (other) body, by {word}", (word, *columns))
        for group, members in _grouped(found, key):
            count = results.counts(members)
            table.add(
                group, Share(count["accused"], len(members)), count["held"], count["right"],
                Share(count["clean"], len(members)),
            )  # fmt: skip
        yield table


def _grouped(
    found: Sequence[Result], key: Callable[[Result], str]
) -> list[tuple[str, list[Result]]]:
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in found:
        groups[key(result)].append(result)
    ordered = sorted(groups.items(), key=lambda group: _tier_order(group[0]))
    return [*ordered, ("all", list(found))]


def _unlisted(missed: Sequence[Case], registry: Registry) -> None:
    """Bodies that were not found because no registry holds their name."""
    targets = sorted({case.target for case in missed})
    unknown = [target for target in targets if not registry.called(target)]
    if unknown:
        say(f"targets of missed cases that the registry does not hold: {len(unknown)}")
        say("  " + " ".join(unknown) + "\n")


def _show_changes(kept: Path, found: Sequence[Result]) -> None:
    old = results.committed(kept)
    if old is None:
        say(f"{kept.name} is in no commit yet: nothing to compare with")
        return
    table = Table(
        f"changed against the committed {kept.name}",
        ("", "query", "kind", "tier", "was", "is", "body was", "body is"),
    )
    for change in results.changes(old, found):
        one = change.new or change.old
        assert one is not None
        was, now = change.old, change.new
        table.add(
            change.what, one.query, one.kind, one.tier,
            was and f"{was.found} ({was.outcome})", now and f"{now.found} ({now.outcome})",
            was and was.entity, now and now.entity,
        )  # fmt: skip
    table.show()
    say(f"{len(table.rows)} of {len(found)} cases changed")
