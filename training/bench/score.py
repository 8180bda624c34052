"""The measures of the labelled sets: decisions against labels, in total and by attack.

The same measures as ../shared/eval/score.py (a test holds the two together); nothing is imported
from there, because the sets of data/bench are scored on machines that do not have it.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from training.bench.report import Share

MEASURES = (
    "right", "caught", "refused", "item", "target", "no false refusal", "no false hold",
)  # fmt: skip

_ASIDE = re.compile(r"[（(].*?[)）]")
_TRIFLES = re.compile(r"[\W_]|有限公司|股份|集团|公司|社$")
_OTHER_ITEM = re.compile(r"按(\d)亦可")  # in a label's note: this item is right as well


class Found(NamedTuple):
    """A finding as the measures see it: its clause, and the names of its body (none = no body)."""

    clause: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as the measures see it. outcome None = no decision was made. risk: 0..1."""

    outcome: str | None
    findings: tuple[Found, ...] = ()
    risk: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """What a careful lawyer would decide of one account, and what else they would accept."""

    account_id: str
    name: str
    expected: str
    accepted: frozenset[str]
    item: str = ""
    target: str = ""
    attack: str = ""
    field: str = ""
    note: str = ""

    @staticmethod
    def of(row: Mapping[str, str]) -> Label:
        """The label of a row of a labelled set."""
        also = (row.get("also_ok") or "").split()
        rest = {k: row.get(k) or "" for k in ("item", "target", "attack", "field", "note")}
        expected = row["expected"]
        return Label(row["account_id"], row["name"], expected, frozenset((expected, *also)), **rest)

    @property
    def groups(self) -> tuple[str, ...]:
        """The lines of the table that the row counts in."""
        return ("all", *(self.attack or self.field).split("+"))


class Miss(NamedTuple):
    """A row that a measure counts as wrong."""

    measure: str
    label: Label
    decided: Decided


@dataclass(frozen=True, slots=True)
class Score:
    """group -> measure -> share; the wrong rows; average precision of the risk.

    The last is None where no row is to be refused, or no decision carries a risk.
    """

    tables: dict[str, dict[str, Share]]
    wrong: tuple[Miss, ...]
    average_precision: float | None

    @property
    def total(self) -> dict[str, Share]:
        """The measures over all rows."""
        return self.tables.get("all", {})


def labels(path: Path) -> tuple[Label, ...]:
    """The labels of a set."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(Label.of(row) for row in csv.DictReader(lines))


def score(labelled: Sequence[Label], decisions: Mapping[str, Decided]) -> Score:
    """Every measure in every group; a row without a decision counts as wrong."""
    tables: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    wrong: list[Miss] = []
    ranking: list[tuple[float, bool]] = []
    for label in labelled:
        decided = decisions.get(label.account_id, Decided(None))
        ranking.append((decided.risk, label.expected == "refuse"))
        for measure, good in marks(label, decided):
            for group in label.groups:
                tables[group][measure].append(good)
            if not good:
                wrong.append(Miss(measure, label, decided))
    return Score(
        {
            group: {m: Share.among(measures[m]) for m in MEASURES if m in measures}
            for group, measures in tables.items()
        },
        tuple(wrong),
        average_precision(ranking) if any(risk for risk, _ in ranking) else None,
    )


def marks(label: Label, decided: Decided) -> Iterable[tuple[str, bool]]:
    """The measures that apply to a row, and whether each is met."""
    outcome, findings = decided.outcome, decided.findings
    yield "right", outcome in label.accepted
    if "allow" not in label.accepted:
        yield "caught", outcome in ("refuse", "strict")
    if label.expected == "refuse":
        yield "refused", outcome in label.accepted
        if outcome == "refuse":
            if label.item:
                wanted = {label.item, *_OTHER_ITEM.findall(label.note)}
                yield "item", bool(wanted & {item_of(f.clause) for f in findings})
            if label.target and label.attack:
                yield "target", any(same_body(label.target, f.names) for f in findings)
    if "refuse" not in label.accepted:
        yield "no false refusal", outcome != "refuse"
    if label.accepted == {"allow"}:
        yield "no false hold", outcome == "allow"


def item_of(clause: str) -> str:
    """The number of the item: 8(4) -> 4."""
    return re.sub(r"\D", "", clause.split("(")[-1])


def folded(name: str) -> str:
    """A body's name without what two ways of writing it may differ in."""
    return _TRIFLES.sub("", _ASIDE.sub("", name)).casefold()


def same_body(target: str, names: Iterable[str]) -> bool:
    """Whether one of a body's names contains the target or is contained in it."""
    wanted = folded(target)
    return bool(wanted) and any(
        wanted in name or bool(name and name in wanted) for name in map(folded, names)
    )


def average_precision(ranked: Sequence[tuple[float, bool]]) -> float | None:
    """Mean precision at each positive, highest risk first; None without positives."""
    positives = sum(positive for _, positive in ranked)
    if not positives:
        return None
    hits, total = 0, 0.0
    for rank, (_, positive) in enumerate(sorted(ranked, key=lambda pair: -pair[0]), 1):
        if positive:
            hits += 1
            total += hits / rank
    return total / positives
