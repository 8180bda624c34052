"""What came of so many rows: counts that add up, kept in every part file and summed over all."""

from __future__ import annotations

import json
from collections import Counter
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict

from detector.batch import Tally
from detector.contract import kind_of


class Counts(BaseModel):
    """A part's counts as they stand in its file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    rows: int
    bad: int
    needs_person: int
    outcomes: dict[str, int]
    clauses: dict[str, int]
    gaps: dict[str, int]

    def plus(self, more: Counts) -> Counts:
        """The counts of both."""
        return Counts(
            rows=self.rows + more.rows,
            bad=self.bad + more.bad,
            needs_person=self.needs_person + more.needs_person,
            outcomes=_sum(self.outcomes, more.outcomes),
            clauses=_sum(self.clauses, more.clauses),
            gaps=_sum(self.gaps, more.gaps),
        )

    def tally(self) -> Tally:
        """The counts as they are summed and told."""
        return Tally(
            self.rows, self.bad, self.rows - self.bad, self.needs_person,
            Counter(self.outcomes), Counter(self.clauses), Counter(self.gaps),
        )  # fmt: skip


NOTHING = Counts(rows=0, bad=0, needs_person=0, outcomes={}, clauses={}, gaps={})


def _sum(one: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    return dict(sorted((Counter(one) + Counter(more)).items()))


def counted(results: pa.Table) -> Counts:
    """The counts of results (`columns.RESULTS`)."""
    return Counts(
        rows=results.num_rows,
        bad=results.num_rows - results["fault"].null_count,
        needs_person=pc.sum(results["needs_person"]).as_py() or 0,
        outcomes=_values(results["outcome"]),
        clauses=_values(pc.list_flatten(results["clauses"])),
        gaps=_gaps(results["gaps"]),
    )


def _values(column: pa.ChunkedArray) -> dict[str, int]:
    found = ((one["values"].as_py(), one["counts"].as_py()) for one in pc.value_counts(column))
    return {value: count for value, count in sorted(found, key=str) if value is not None}


def _gaps(column: pa.ChunkedArray) -> dict[str, int]:
    """How often each gap; nearly every row has none."""
    some = column.filter(pc.not_equal(column, "[]"))
    found: Counter[str] = Counter()
    for text in cast("list[str]", some.to_pylist()):
        found.update(map(kind_of, json.loads(text)))
    return dict(sorted(found.items()))
