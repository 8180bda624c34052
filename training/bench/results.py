"""Per-case results: written sorted, committed, and compared with what was committed."""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ("query", "kind", "tier", "outcome", "entity", "found")


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """What became of one case. outcome: of the decision. entity: the body named first, "" if none.

    found, of a case that names a body: right | flagged (without a body) | wrong (body) | missed;
    of a case that must not be read as a body: clean | held (by a word) | accused.
    """

    kind: str
    query: str
    tier: str
    outcome: str
    entity: str
    found: str

    @property
    def key(self) -> tuple[str, str]:
        """What a case is known by from one run to the next."""
        return self.kind, self.query


# How good it is that a case ended so; a change along this scale is better or worse
WORTH = {"missed": 0, "wrong": 1, "flagged": 2, "right": 3, "accused": 0, "held": 2, "clean": 3}


@dataclass(frozen=True, slots=True)
class Change:
    """A case that ended differently: better, worse, other (same worth), new or gone."""

    what: str
    old: Result | None
    new: Result | None


def text_of(results: Iterable[Result]) -> str:
    """The results as CSV, sorted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for r in sorted(results):
        writer.writerow((r.query, r.kind, r.tier, r.outcome, r.entity, r.found))
    return out.getvalue()


def parsed(text: str) -> tuple[Result, ...]:
    """The results that `text_of` wrote."""
    return tuple(
        Result(
            row["kind"], row["query"], row["tier"], row["outcome"], row["entity"], row["found"]
        )
        for row in csv.DictReader(io.StringIO(text, newline=""))
    )  # fmt: skip


def committed(path: Path) -> tuple[Result, ...] | None:
    """The results of the last commit; None where the file is in no commit."""
    shown = subprocess.run(
        ["git", "show", f"HEAD:./{path.name}"],
        cwd=path.parent, capture_output=True, check=False,
    )  # fmt: skip
    return parsed(shown.stdout.decode()) if shown.returncode == 0 else None


def changes(old: Iterable[Result], new: Iterable[Result]) -> list[Change]:
    """The cases that ended differently, the worse ones first."""
    before, after = {r.key: r for r in old}, {r.key: r for r in new}
    found = [
        _change(before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]
    order = ("worse", "better", "other", "new", "gone")
    return sorted(found, key=lambda change: order.index(change.what))


def _change(old: Result | None, new: Result | None) -> Change:
    if old is None or new is None:
        return Change("new" if old is None else "gone", old, new)
    gain = WORTH[new.found] - WORTH[old.found]
    return Change("better" if gain > 0 else "worse" if gain < 0 else "other", old, new)


def counts(found: Iterable[Result]) -> Mapping[str, int]:
    """How many cases ended in which way."""
    tally = dict.fromkeys(WORTH, 0)
    for result in found:
        tally[result.found] += 1
    return tally
