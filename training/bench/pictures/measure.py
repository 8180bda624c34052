"""Recall at a rate of false matches: how many marks are found where so few strangers are taken for one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.bench.report import Share

RATES = (1e-3, 1e-4)
COLUMNS = ("sort", "group", "number", "turn", "body", "found", "score", "right", "proved")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one query. score: of the best mark; found: its body ("" = none)."""

    sort: str
    group: str
    number: int
    turn: int
    body: str
    found: str
    score: float
    proved: str = ""

    @property
    def right(self) -> bool:
        """The right body came first."""
        return self.body != "" and self.found == self.body


def threshold(results: Iterable[Result], rate: float) -> float:
    """The score that at most this share of strangers exceeds; with too few of them, the highest."""
    scores = sorted((r.score for r in results if r.sort == "stranger"), reverse=True)
    return scores[int(len(scores) * rate)] if scores else float("inf")


def recall(results: Sequence[Result], sort: str, group: str, bar: float) -> Share:
    """Share of a group's queries (all groups: "") whose right mark scores above the bar."""
    chosen = [r for r in results if r.sort == sort and group in ("", r.group)]
    return Share.among(r.right and r.score > bar for r in chosen)


def write(results: Iterable[Result], path: Path) -> None:
    """Results as CSV, in order; scores to two digits, so that noise is no diff."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for r in results:
        writer.writerow(
            (
                r.sort,
                r.group,
                r.number,
                r.turn,
                r.body,
                r.found,
                f"{r.score:.2f}",
                int(r.right),
                r.proved,
            )
        )
    path.write_text(out.getvalue(), encoding="utf-8")


def read(path: Path) -> list[Result]:
    """The results that `write` wrote."""
    with path.open(encoding="utf-8", newline="") as rows:
        return [
            Result(
                row["sort"], row["group"], int(row["number"]), int(row["turn"]), row["body"],
                row["found"], float(row["score"]), row["proved"],
            )
            for row in csv.DictReader(rows)
        ]  # fmt: skip


def median_ms(seconds: Sequence[float]) -> float:
    """The median in milliseconds."""
    return float(np.median(seconds)) * 1e3 if len(seconds) else 0.0
