"""`speed`: names and accounts a second on one core, single calls, a million names, and other searchers."""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa

from detector.channels.candidate import LISTED_BITS
from detector.columns import Columns, screen_columns, to_judge
from detector.engine.gate import Gate
from detector.engine.names import Names
from detector.pipeline import Screener
from detector.text.compiled import column
from detector.types import Entity, NameSort
from training.bench import generated
from training.bench.folders import AS_OF, BENCH
from training.bench.names import load as load_cases
from training.bench.report import Share, Table, say
from training.bench.screening import BATCH, is_target, personal
from training.bench.searchers import SEARCHERS, names_a_second

ROUNDS = 5
SINGLE = 1500  # names that are asked one at a time

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds that `accounts` names take: the gate, whole columns, row by row; looked_at: by a person's
    path, out of all."""

    accounts: int
    gate: float
    columns: float
    rows: float
    looked_at: int


def measure(screener: Screener, names: Sequence[str], rounds: int = ROUNDS) -> Speed:
    """The fastest of some rounds over the same names; every cache of texts is small beside them."""
    listed = [personal(name, number) for number, name in enumerate(names)]
    texts, types = pa.array(list(names)), pa.array(["personal"] * len(names))
    columns = Columns(texts, types)

    def in_columns() -> int:
        return sum(1 for _ in screen_columns(screener, columns, lambda row: listed[row], AS_OF))

    def by_rows() -> None:
        for start in range(0, len(listed), BATCH):
            screener.screen(listed[start : start + BATCH], AS_OF)

    in_columns()
    return Speed(
        len(names),
        _fastest(lambda: _gated(screener, columns), rounds),
        _fastest(in_columns, rounds),
        _fastest(by_rows, rounds),
        len(to_judge(screener, columns, AS_OF)),
    )


def _gated(screener: Screener, columns: Columns) -> None:
    if screener.gate is not None:
        screener.gate.alive(column.of_arrow(columns.names))


def _fastest(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    return min(_timed(work)[0] for _ in range(rounds))


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def singles(screener: Screener, names: Sequence[str]) -> tuple[float, float]:
    """p50 and p99 in microseconds of one call an account."""
    accounts = [personal(name, number) for number, name in enumerate(names)]
    for account in accounts[:50]:
        screener.screen([account], AS_OF)
    taken = [_timed(partial(screener.screen, [account], AS_OF))[0] for account in accounts]
    p50, p99 = np.percentile(np.array(taken) * 1e6, (50, 99))
    return float(p50), float(p99)


def attacks() -> tuple[str, ...]:
    """The names of violations that are worked by hand, each once."""
    with (BENCH / "violations.csv").open(encoding="utf-8-sig", newline="") as lines:
        return tuple(dict.fromkeys(row["name"] for row in csv.DictReader(lines) if row["name"]))


def run(screener: Screener, names: Sequence[str]) -> int:
    """Print the tables; the exit code."""
    hostile = attacks()
    ordinary, attacked = measure(screener, names), measure(screener, hostile, 3)
    table = Table(
        "speed: one core, one thread, the shipped registry",
        ("", "ordinary nicknames", "names of violations"),
        ("the fastest of some rounds in this run; a busy machine is slower, ratios hold",),
    )
    table.add("names", f"{len(names):,}", f"{len(hostile):,}")
    for title, one, other in (
        ("gate, names/s", ordinary.gate, attacked.gate),
        ("columns to findings, accounts/s", ordinary.columns, attacked.columns),
        ("row by row, accounts/s", ordinary.rows, attacked.rows),
    ):
        table.add(title, f"{len(names) / one:,.0f}", f"{len(hostile) / other:,.0f}")
    table.add(
        "  looked at one by one",
        *(str(Share(s.looked_at, s.accounts)) for s in (ordinary, attacked)),
    )
    once, hard = singles(screener, names[:SINGLE]), singles(screener, hostile)
    for number, title in enumerate(("single call p50, us", "single call p99, us")):
        table.add(title, f"{once[number]:,.0f}", f"{hard[number]:,.0f}")
    table.show()
    _beside(screener, names, ordinary)
    if screener.gate is not None:
        _at_a_million(screener.gate, names)
    return 0


def _beside(screener: Screener, names: Sequence[str], ours: Speed) -> None:
    """Our gate beside other searchers over the same listed names; found: of our disguised names."""
    listed = _listed(screener)
    bearers = [entity for _, entity in listed]
    cases = [c for c in load_cases(BENCH / "names.csv") if not c.negative and c.kind != "exact"]
    queries = [case.query for case in cases]
    table = Table(
        f"beside other searchers: {len(listed):,} listed names, one core",
        ("", "names/s", "ours is faster", "finds the body of a disguised name"),
        ("derived names, of which we know some million, are none of theirs",),
    )
    ours_found = [
        any(is_target(case.target, c.entity, screener.registry) for c in read.candidates)
        for case, read in zip(cases, screener.read(queries), strict=True)
    ]
    speed = ours.accounts / ours.gate
    table.add("the gate: read, find, weigh", f"{speed:,.0f}", "", Share.among(ours_found))
    for searcher in SEARCHERS:
        if not searcher.installed:
            table.add(searcher.title, "not installed")
            continue
        search = searcher.open([text for text, _ in listed])
        rate = names_a_second(search, names[: searcher.sample])
        hits = search(queries)
        found = [
            any(is_target(case.target, e, screener.registry) for e in _some(bearers, numbers))
            for case, numbers in zip(cases, hits, strict=True)
        ]
        table.add(searcher.title, f"{rate:,.0f}", f"{speed / rate:,.0f}x", Share.among(found))
    table.show()


def _some(bearers: Sequence[Entity], numbers: Iterable[int]) -> list[Entity]:
    return list({bearers[n].id: bearers[n] for n in numbers}.values())


def _listed(screener: Screener) -> list[tuple[str, Entity]]:
    """Every listed name, once, with an entity that bears it."""
    index = screener.registry.index
    found: dict[str, Entity] = {}
    for number in range(len(index)):
        entity = index.entity(number)
        for alias in entity.aliases:
            if alias.sort is not NameSort.INITIALS:
                found.setdefault(alias.text, entity)
    return list(found.items())


def _unweighed(count: int) -> Names:
    """Names that are all met equally often, and are nothing in particular."""
    columns = (
        np.full(count, LISTED_BITS), np.zeros(count, np.uint8), np.zeros(count, np.uint16)
    )  # fmt: skip
    for array in columns:
        array.setflags(write=False)  # as the mapped arrays are, for which the kernels are compiled
    return Names(*columns)


def _at_a_million(gate: Gate, names: Sequence[str]) -> None:
    """Size, building, opening and searching of a generated registry."""
    with tempfile.TemporaryDirectory() as folder:
        made = generated.built(list(generated.names()), Path(folder) / "index")
        lookup = made.lookup
        large = replace(gate, names=lookup, known=_unweighed(lookup.split))
        whole = column.of_texts(names)
        large.alive(whole)
        taken = _fastest(lambda: large.alive(whole))
        alive = int(large.alive(whole).sum())
    table = Table(f"a registry of {lookup.split:,} generated names", ("", "figure"))
    table.add("build, s", f"{made.build:.1f}")
    table.add("open, s", f"{made.open:.3f}")
    table.add("on disk, MB", f"{made.size / 1e6:.0f}")
    table.add("gate, names/s", f"{len(names) / taken:,.0f}")
    table.add("  not kept back", Share(alive, len(names)))
    table.show()
    say()
