"""What people decided: hand-written seeds and the desk's reviews as examples, weighed by agreement.

The desk exports one review a row, as CSV: the columns of the input contract (`account_id, name, ...`: what
was known when the review was made), then `decision` (allow | strict | refuse), `clause` ("" or "8(4)"),
`reviewer` (a pseudonym) and `at` (ISO 8601). Several rows of one account are several reviewers.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from detector.contract import COLUMNS
from detector.errors import FileFormatError
from detector.types import Outcome
from training.example import Example, Origin

REVIEW_COLUMNS = ("account_id", "name", "decision", "clause", "reviewer", "at")
SEED_COLUMNS = ("account_id", "name", "expected", "attack", "target")
_FACTS = frozenset(COLUMNS) - {"account_id"}
_WORDS = frozenset(outcome.word for outcome in Outcome)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An account with what its reviewers made of it. refused, reviewers: counts, reviewers >= 1."""

    account_id: str
    cells: Mapping[str, str]
    clause: str
    refused: int
    reviewers: int

    @property
    def likely(self) -> float:
        """How likely it is to be refused, 0..1: (refused + 1) / (reviewers + 2), Laplace's rule."""
        return (self.refused + 1) / (self.reviewers + 2)

    @property
    def weight(self) -> float:
        """How sure the label is, 0..1: one reviewer a third, two that agree a half, a tie nothing."""
        return abs(2 * self.likely - 1)


def seeds(path: Path) -> Iterator[Example]:
    """The hand-written accounts. Raises FileFormatError where columns are missing or a label is none."""
    for number, row in _rows(path, SEED_COLUMNS):
        _decided(path, number, row["expected"])
        risky = row["expected"] == Outcome.REFUSE.word
        yield Example(_cells(row), risky, row["attack"], row["target"], "", Origin.SEED)


def reviewed(path: Path) -> list[Reviewed]:
    """The accounts of a desk's export, by account id; the latest review of each reviewer counts.

    Raises FileFormatError where columns are missing, or a decision is none.
    """
    by_account: dict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    for number, row in sorted(_rows(path, REVIEW_COLUMNS), key=lambda pair: pair[1]["at"]):
        _decided(path, number, row["decision"])
        by_account[row["account_id"]][row["reviewer"]] = row
    return [_joined(account_id, rows) for account_id, rows in sorted(by_account.items())]


def _joined(account_id: str, rows: Mapping[str, Mapping[str, str]]) -> Reviewed:
    """The reviews of one account; what was known of it last is what counts."""
    latest = max(rows.values(), key=lambda row: row["at"])
    refused = sum(row["decision"] == Outcome.REFUSE.word for row in rows.values())
    return Reviewed(account_id, _cells(latest), latest["clause"], refused, len(rows))


def examples(reviews: Iterable[Reviewed]) -> Iterator[Example]:
    """Reviewed accounts as examples; those on which reviewers are even weigh nothing."""
    for one in reviews:
        found = Example(one.cells, one.likely > 0.5, f"review {one.clause}".strip())
        yield replace(found, origin=Origin.REVIEW, weight=one.weight)


def _cells(row: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in row.items() if k in _FACTS and v is not None}


def _rows(path: Path, wanted: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = set(wanted) - set(reader.fieldnames or ())
        if missing:
            raise FileFormatError(f"{path}: no column {', '.join(sorted(missing))}")
        yield from enumerate(reader, 1)


def _decided(path: Path, number: int, word: str) -> None:
    if word not in _WORDS:
        raise FileFormatError(f"{path}: row {number}: {word!r} is no decision")
