"""The data set: every example with its features, side and label, as arrays; and as a Parquet file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from rich.progress import track

from detector.errors import DataError
from detector.features import NAMES, vector
from detector.pipeline import Screener
from training.bench.folders import AS_OF
from training.example import Example
from training.gather import Gathered, Recipe, gather
from training.split import HELD_OUT, Side, side

BATCH = 2000
DATASET, COUNTS, QUARANTINE = "dataset.parquet", "dataset.json", "quarantine.jsonl"

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rows:
    """n examples. features: (n, len(NAMES)) float32; risky: (n,) bool; weight: (n,) float32, 0..1.

    kind, body_kind, origin, name, sides, outcome: n strings each. held_out: (n,) bool, a disguise
    that is only tested on. outcome is what the rules decide, for comparison; it is no label.
    """

    features: Floats
    risky: Flags
    weight: Floats
    kind: tuple[str, ...]
    body_kind: tuple[str, ...]
    origin: tuple[str, ...]
    name: tuple[str, ...]
    sides: tuple[str, ...]
    outcome: tuple[str, ...]

    def __len__(self) -> int:
        """How many examples."""
        return len(self.kind)

    @property
    def held_out(self) -> Flags:
        """Which rows have a disguise that the model did not learn from."""
        return np.array([not HELD_OUT.isdisjoint(kind.split("+")) for kind in self.kind], np.bool_)

    def only(self, wanted: Flags) -> Rows:
        """The rows that are wanted, in order."""
        at = np.flatnonzero(wanted).tolist()

        def of(values: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(values[i] for i in at)

        return Rows(
            self.features[at], self.risky[at], self.weight[at], of(self.kind), of(self.body_kind),
            of(self.origin), of(self.name), of(self.sides), of(self.outcome),
        )  # fmt: skip

    def on(self, wanted: Side) -> Rows:
        """The rows of one side."""
        return self.only(np.array([one == wanted for one in self.sides], np.bool_))

    def digest(self) -> str:
        """SHA-256 (hex) over everything that a fit can see, in order."""
        found = hashlib.sha256("\n".join(NAMES).encode())
        for array in (self.features, self.risky, self.weight):
            found.update(np.ascontiguousarray(array).tobytes())
        for values in (self.kind, self.body_kind, self.origin, self.sides):
            found.update("\n".join(values).encode())
        return found.hexdigest()


def make(recipe: Recipe, screener: Screener, folder: Path, *, quiet: bool = False) -> Rows:
    """Gather, screen and write the data set of a recipe into a folder."""
    gathered = gather(recipe, screener)
    rows = featured(gathered.examples, screener, quiet=quiet)
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(_table(rows), folder / DATASET)
    (folder / COUNTS).write_text(_counts(recipe, rows, gathered), encoding="utf-8")
    aside = (json.dumps(_told(one), ensure_ascii=False) for one in gathered.quarantined)
    (folder / QUARANTINE).write_text("".join(f"{line}\n" for line in aside), encoding="utf-8")
    return rows


def featured(examples: Sequence[Example], screener: Screener, *, quiet: bool = False) -> Rows:
    """The examples with their features, screened in batches under a progress bar."""
    values: list[tuple[float, ...]] = []
    outcomes: list[str] = []
    starts = range(0, len(examples), BATCH)
    for start in track(starts, "screening", disable=quiet, transient=True):
        part = examples[start : start + BATCH]
        accounts = [one.account(start + number) for number, one in enumerate(part, 1)]
        for found in screener.screen(accounts, AS_OF):
            values.append(vector(found.cases, found.decision))
            outcomes.append(found.decision.outcome.word)
    return Rows(
        np.array(values, np.float32).reshape(len(examples), len(NAMES)),
        np.array([one.risky for one in examples], np.bool_),
        np.array([one.weight for one in examples], np.float32),
        tuple(one.kind for one in examples), tuple(one.body_kind for one in examples),
        tuple(str(one.origin) for one in examples), tuple(one.name for one in examples),
        tuple(str(side(one)) for one in examples), tuple(outcomes),
    )  # fmt: skip


def load(folder: Path) -> Rows:
    """The data set of a folder. Raises DataError where it is not there or has other features."""
    try:
        table = pq.read_table(folder / DATASET)
        columns = [table.column(name).to_numpy() for name in NAMES]
    except (OSError, KeyError, pa.ArrowInvalid) as error:
        raise DataError(f"{folder / DATASET}: {error}; run `python -m training dataset`") from error
    texts = ("kind", "body_kind", "origin", "name", "side", "decided")
    kind, body_kind, origin, name, sides, outcome = (
        tuple(table.column(text).to_pylist()) for text in texts
    )
    return Rows(
        np.stack(columns, axis=1).astype(np.float32), table.column("risky").to_numpy().astype(bool),
        table.column("weight").to_numpy(), kind, body_kind, origin, name, sides, outcome,
    )  # fmt: skip


def _table(rows: Rows) -> pa.Table:
    columns: dict[str, object] = {name: rows.features[:, at] for at, name in enumerate(NAMES)}
    columns |= {
        "risky": rows.risky, "weight": rows.weight, "kind": rows.kind, "body_kind": rows.body_kind,
        "origin": rows.origin, "name": rows.name, "side": rows.sides, "decided": rows.outcome,
    }  # fmt: skip
    return pa.table(columns)


def _counts(recipe: Recipe, rows: Rows, gathered: Gathered) -> str:
    """What is in the data set, and what was dropped for what reason, as JSON for people and the card."""
    told = {
        "recipe": {k: v for k, v in recipe.model_dump(mode="json").items() if k not in _PATHS},
        "digest": rows.digest(),
        "examples": len(rows),
        "risky": int(rows.risky.sum()),
        "sides": {one.value: len(rows.on(one)) for one in Side},
        "kinds": dict(_counted(rows.kind)),
        "dropped": gathered.dropped,
        "quarantined": len(gathered.quarantined),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


_PATHS = ("seeds", "reviews")


def _counted(values: Sequence[str]) -> Iterator[tuple[str, int]]:
    for value in sorted(set(values)):
        yield value, values.count(value)


def _told(one: Example) -> dict[str, object]:
    return {
        "cells": dict(one.cells), "risky": one.risky, "kind": one.kind, "origin": one.origin.value,
        "weight": one.weight,
    }  # fmt: skip
