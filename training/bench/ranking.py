"""`ranking`: the order of the queue on labelled accounts, its calibration, and what scoring costs."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from detector.contract import read_row
from detector.pipeline import Screener
from detector.scorer import Scorer
from detector.text.fold import plain
from detector.types import Account, Assessment
from training.bench import nickname_list
from training.bench.evaluate import SETS, LabelledSet
from training.bench.folders import AS_OF, NICKNAMES
from training.bench.report import Share, Table, say
from training.bench.score import labels
from training.bench.screening import BATCH, personal
from training.calibration import expected_error
from training.contenders import Margins
from training.dataset import Flags
from training.figures import BUDGET, PREVALENCE, average_precision

# The batch of the promise on speed
TIMED = 4096
ROUNDS = 7


def run(screener: Screener, sets: Sequence[LabelledSet] = SETS, nicknames: Path = NICKNAMES) -> int:
    """Print the figures of every set that is there; 2 where no model is installed."""
    if screener.scorer is None:
        say("ranking: no ranking model is installed: python -m training run, then promote")
        return 2
    for origin in ("bench", "shared"):
        pair = [one for one in sets if one.name in (f"{origin}/violations", f"{origin}/legitimate")]
        if pair and all(one.path.exists() for one in pair):
            _labelled(origin, pair, screener).show()
    names: tuple[str, ...] = ()
    if nicknames.exists():
        names = nickname_list.load(nicknames)
        _queue(names, sets, screener).show()
    else:
        say(f"the queue and the batch: {nicknames} is not here, left out\n")
    _cost(names, sets, screener, screener.scorer).show()
    return 0


def _labelled(origin: str, sets: Sequence[LabelledSet], screener: Screener) -> Table:
    scores, risky = _scored(sets, screener)
    table = Table(
        f"{origin}: violations and legitimate together, {len(scores)} rows", ("", "figure")
    )
    table.add("average precision", f"{average_precision(scores, risky):.4f}")
    table.add("calibration error", f"{expected_error(scores, risky):.4f}")
    return table


def _scored(sets: Sequence[LabelledSet], screener: Screener) -> tuple[Margins, Flags]:
    """(n,) scores, and which rows are to be refused."""
    found = [one for labelled in sets for one in screener.screen(accounts(labelled.path), AS_OF)]
    wanted = [one.expected == "refuse" for labelled in sets for one in labels(labelled.path)]
    return _scores(found), np.array(wanted, np.bool_)


def _scores(found: Sequence[Assessment]) -> Margins:
    return np.array([one.risk.score for one in found if one.risk is not None], np.float64)


def accounts(path: Path) -> list[Account]:
    """The accounts of a labelled set."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [read_row(n, cells).account for n, cells in enumerate(csv.DictReader(lines), 1)]


def _queue(names: Sequence[str], sets: Sequence[LabelledSet], screener: Screener) -> Table:
    """Violations as one in a hundred among nicknames: how far down people must read."""
    table = Table(
        f"queue: {PREVALENCE:.0%} violations among real nicknames",
        ("", f"violations in the first {BUDGET:.1%}", "95 % of them in the first"),
        ("all: organisations, media and their staff are among these nicknames, many of them refused",
         "rightly, and stand among the violations; ordinary: without organisation words and names of bodies"),
    )  # fmt: skip
    listed = {
        alias.text
        for number in range(len(screener.registry.index))
        for alias in screener.registry.index.entity(number).aliases
    }
    ordinary = nickname_list.ordinary(names, frozenset(map(plain, listed)))
    for origin in ("bench", "shared"):
        of_origin = [
            one for one in sets if one.name == f"{origin}/violations" and one.path.exists()
        ]
        if not of_origin:
            continue
        scores, risky = _scored(of_origin, screener)
        caught = scores[risky]
        for title, among in (("ordinary", ordinary), ("all", names)):
            wanted = round(len(caught) * (1 - PREVALENCE) / PREVALENCE)
            drawn = nickname_list.sample(among, wanted)
            others = _of_names(drawn, screener)
            table.add(f"{origin} violations, {title} nicknames ({len(others)})",
                      *_reading(caught, others))  # fmt: skip
    return table


def _of_names(names: Sequence[str], screener: Screener) -> Margins:
    found: list[Assessment] = []
    for start in range(0, len(names), BATCH):
        part = [personal(name, n) for n, name in enumerate(names[start : start + BATCH])]
        found += screener.screen(part, AS_OF)
    return _scores(found)


def _reading(violations: Margins, others: Margins) -> tuple[str, str]:
    """Violations within the budget, and how far 95 % of them reach; at a tie, the others come first."""
    # enough violations for one in a hundred are counted, however few nicknames there are
    weight = len(violations) * (1 - PREVALENCE) / PREVALENCE / max(len(others), 1)
    above = np.array([(others >= score).sum() for score in violations]) * weight
    order = np.argsort(-violations, kind="stable")
    depth = (above[order] + np.arange(1, len(violations) + 1)) / (len(violations) / PREVALENCE)
    reached = int((depth <= BUDGET).sum())
    needed = depth[int(np.ceil(0.95 * len(violations))) - 1]
    return str(Share(reached, len(violations))), f"{needed:.2%}"


def _cost(
    names: Sequence[str], sets: Sequence[LabelledSet], screener: Screener, scorer: Scorer
) -> Table:
    """What ranking adds to screening: the features of accounts with findings, and the model."""
    table = Table("cost of ranking, one core, the fastest of some rounds", ("", "us an account"))
    if names:
        drawn = nickname_list.sample(names, TIMED)
        batch = screener.screen([personal(name, n) for n, name in enumerate(drawn)], AS_OF)
        calm = [replace(one, risk=None if one.cases else scorer.calm) for one in batch]
        with_cases = sum(bool(one.cases) for one in batch)
        table.add(f"batch of {len(calm)} nicknames, {with_cases} with cases",
                  f"{_fastest(partial(scorer.ranked, calm)) / len(calm):.2f}")  # fmt: skip
    path = next(one.path for one in sets if one.path.exists())
    found = [replace(one, risk=None) for one in screener.screen(accounts(path), AS_OF)]
    worst = [one for one in found if one.cases]
    table.add(f"batch of {len(worst)} accounts, all with cases",
              f"{_fastest(partial(scorer.ranked, worst)) / len(worst):.2f}")  # fmt: skip
    singles = [_fastest(partial(scorer.ranked, [one])) for one in worst[:100]]
    table.add("one account with cases", f"{np.median(singles):.0f} (slowest {max(singles):.0f})")
    table.add(
        "one account with its reasons", f"{_fastest(partial(scorer.explained, worst[0])):.0f}"
    )
    return table


def _fastest(work: Callable[[], object]) -> float:
    """Microseconds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best * 1e6
