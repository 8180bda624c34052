"""`speed`: accounts a second on one core, where the time goes, and the ratio to rapidfuzz."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from detector.pipeline import Screener
from detector.types import NameSort
from training.bench.folders import AS_OF
from training.bench.report import Table
from training.bench.rivals import Rival, raw
from training.bench.screening import BATCH, personal

SAMPLE = 200  # names that rapidfuzz is timed on
ROUNDS = 5

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds that a batch takes: in all, to read the names, to find candidates."""

    accounts: int
    total: float
    read: float
    find: float

    @property
    def judge(self) -> float:
        """Seconds of weighing, evidence and law: what is not reading or finding."""
        return max(0.0, self.total - self.read - self.find)


def measure(screener: Screener, names: Sequence[str], rounds: int = ROUNDS) -> Speed:
    """The fastest of some rounds, each over a fresh batch, so that no cache answers twice."""
    batches = [names[start : start + BATCH] for start in range(0, len(names), BATCH)]
    warm, *timed = batches if len(batches) > 1 else (*batches, *batches)
    screener.screen([personal(n, i) for i, n in enumerate(warm)], AS_OF)
    speeds = [_of_batch(screener, batch) for batch in timed[:rounds] if batch]
    return min(speeds, key=lambda speed: speed.total / speed.accounts)


def _of_batch(screener: Screener, names: Sequence[str]) -> Speed:
    accounts = [personal(name, number) for number, name in enumerate(names)]
    total, _ = _timed(lambda: screener.screen(accounts, AS_OF))
    both, reads = _timed(lambda: screener.read(names))
    texts = [reading.text for found in reads for reading in found.readings]
    find, _ = _timed(lambda: screener.registry.find(texts))
    return Speed(len(names), total, max(0.0, both - find), find)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def run(screener: Screener, names: Sequence[str]) -> int:
    """Print the table; the exit code."""
    speed = measure(screener, names)
    registry = screener.registry
    listed = {
        alias.text
        for number in range(len(registry.index))
        for alias in registry.index.entity(number).aliases
        if alias.sort is not NameSort.INITIALS
    }
    rival = Rival("OSA", tuple(sorted(listed)), raw).speed(names[:SAMPLE])
    ours = speed.accounts / speed.total
    table = Table(
        f"speed: a batch of {speed.accounts} ordinary nicknames, one core, one thread",
        ("", "figure"),
        ("the fastest of some batches of fresh names, after one to warm up",),
    )
    table.add("accounts/s", f"{ours:,.0f}")
    for title, seconds in (
        ("reading", speed.read), ("finding candidates", speed.find), ("judging", speed.judge)
    ):  # fmt: skip
        each = 1e6 * seconds / speed.accounts
        table.add(f"  {title}", f"{seconds / speed.total:.0%} {each:.0f} us")
    table.add("bodies listed", f"{len(registry.index):,}")
    table.add("names listed", f"{len(listed):,}")
    sampled = min(SAMPLE, len(names))
    table.add(f"rapidfuzz cdist OSA over them, names/s ({sampled})", f"{rival:,.1f}")
    table.add("ratio", f"{ours / rival:,.0f}x")
    table.show()
    return 0
