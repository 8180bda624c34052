"""The benchmark of pictures: every kind of edit a line, our line beside the rivals'."""

from __future__ import annotations

import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from detector.image import canonical
from detector.image.compare import Comparer
from detector.image.description import describe
from detector.image.embedding import opened
from detector.image.likeness import Likeness, proved
from detector.settings import Settings
from training.bench.pictures.collection import Collection, collect
from training.bench.pictures.measure import (
    RATES,
    Result,
    median_ms,
    recall,
    threshold,
    write,
)
from training.bench.pictures.queries import EACH, Query, Studio, queries
from training.bench.pictures.rivals import Rival, rivals
from training.bench.report import Share, Table, say

WORKERS = 2
OURS = "detector"
# Strangers that slow rivals are asked about, and edits of each kind
RIVAL_STRANGERS, RIVAL_EACH = 2000, 40


@dataclass(frozen=True, slots=True)
class Task:
    """Which method answers which query."""

    method: str
    query: Query


class Bench:
    """Marks learnt by every method; made once a process."""

    def __init__(self, images: Path) -> None:
        cv2.setNumThreads(1)
        settings = Settings()
        self.collection = collect(images, settings.registries)
        self.studio = Studio(self.collection)
        network = opened(settings.network)
        marks = [mark.read() for mark in self.collection.marks]
        self.comparer = Comparer([describe(mark, network) for mark in marks], network)
        self.likeness = Likeness.load(settings.network / "likeness.npz")
        self._flat = [canonical.canonical(mark) for mark in marks]
        self._rivals: dict[str, Rival] = {}

    def rival(self, name: str) -> Rival:
        """A rival that has learnt the marks."""
        if not self._rivals:
            self._rivals = {one.name: one for one in rivals(self._flat)}
        return self._rivals[name]

    def answer(self, task: Task) -> tuple[Result, float]:
        """The result of a query, and the seconds that it took (without making the picture)."""
        q, picture = task.query, self.studio.picture(task.query)
        started = time.perf_counter()
        if task.method == OURS:
            score, number, by = self._ours(picture)
        else:
            (score, number), by = self.rival(task.method).answer(picture), ""
        seconds = time.perf_counter() - started
        found = self.collection.marks[number].body if number >= 0 else ""
        return Result(q.sort, q.group, q.number, q.turn, q.body, found, score, by), seconds

    def _ours(self, picture: np.ndarray) -> tuple[float, int, str]:
        aligned = self.comparer.compare(picture)
        if not aligned:
            return -99.0, -1, ""
        scores = self.likeness.scores(np.stack([one.figures for one in aligned]))
        best = int(scores.argmax())
        return float(scores[best]), aligned[best].mark, str(proved(aligned[best]))


_bench: Bench | None = None


def _begin(images: Path) -> None:
    global _bench
    _bench = Bench(images)


def _answer(task: Task) -> tuple[Result, float]:
    if _bench is None:
        raise RuntimeError("the worker was not opened")
    return _bench.answer(task)


def run(images: Path, results: Path, *, each: int = EACH, peers: bool = True) -> int:
    """Measure, print and write the results of every case; 0 done."""
    c = collect(images, Settings().registries)
    asked = queries(c, each)
    with ProcessPoolExecutor(WORKERS, initializer=_begin, initargs=(images,)) as pool:
        ours = list(pool.map(_answer, (Task(OURS, q) for q in asked), chunksize=40))
        found = {OURS: ours}
        if peers:
            fewer = _fewer(asked)
            for name in ("phash 64", "phash 256", "dhash 256", "whash 64", "PDQ",
                         "crop-resistant", "ORB + geometry"):  # fmt: skip
                found[name] = list(pool.map(_answer, (Task(name, q) for q in fewer), chunksize=40))
    write((result for result, _ in ours), results)
    _show(c, {name: [r for r, _ in rows] for name, rows in found.items()},
          {name: median_ms([s for _, s in rows]) for name, rows in found.items()})  # fmt: skip
    return 0


def _fewer(asked: Iterable[Query]) -> list[Query]:
    """What rivals are asked: fewer edits and fewer strangers, for some take a second a picture."""
    strangers = [q for q in asked if q.sort == "stranger" and q.turn < 2]
    step = max(1, len(strangers) // RIVAL_STRANGERS)
    known = [q for q in asked if q.sort == "real" or (q.sort == "syn" and q.turn < RIVAL_EACH)]
    return [*known, *strangers[::step]]


def _show(c: Collection, found: dict[str, list[Result]], ms: dict[str, float]) -> None:
    strangers = sum(r.sort == "stranger" for r in found[OURS])
    say(
        f"{len(c.marks)} marks, {len(c.second)} pictures of a second source, {strangers:,} of strangers"
    )
    table = Table("Recall at one false match in 1,000 and in 10,000 strangers' pictures",
                  ("method", "SYN 1e-3", "SYN 1e-4", "REAL 1e-3", "REAL 1e-4", "ms"),
                  (f"rivals: {RIVAL_STRANGERS:,} strangers, {RIVAL_EACH} pictures an edit; "
                   "ms: median a picture, pictures being made meanwhile",))  # fmt: skip
    for name, results in found.items():
        bars = [threshold(results, rate) for rate in RATES]
        cells = [recall(results, sort, "", bar) for sort in ("syn", "real") for bar in bars]
        table.add(name, *cells, f"{ms[name]:.1f}")
    table.show()
    ours = found[OURS]
    bars = [threshold(ours, rate) for rate in RATES]
    lines = Table(
        "Each kind", ("kind", "1e-3", "1e-4", "right mark first", "proved, of those at 1e-3")
    )
    for sort in ("syn", "real"):
        for group in dict.fromkeys(r.group for r in ours if r.sort == sort):
            of = [r for r in ours if r.sort == sort and r.group == group]
            over = [r for r in of if r.right and r.score > bars[0]]
            proved_ = Share(sum(r.proved not in ("", "one_comparison") for r in over), len(over))
            lines.add(group, *(recall(ours, sort, group, bar) for bar in bars),
                      Share.among(r.right for r in of), proved_)  # fmt: skip
    lines.show()
