"""What the commands of `python -m training` show: tables on a terminal, plain columns in a pipe."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from training.bench.report import Share, Table
from training.dataset import COUNTS, QUARANTINE, Rows
from training.drift import Drift
from training.evaluate import Evaluation
from training.figures import BUDGET, PREVALENCE
from training.fit import Fitted
from training.gates import Gate, Judged
from training.proposal import Proposal

# Groups with the fewest violations seen are shown; all of them stand in the card
SHOWN = 12


def of_dataset(rows: Rows, folder: Path) -> Table:
    """How many examples of what, and why others were dropped."""
    told = json.loads((folder / COUNTS).read_text(encoding="utf-8"))
    table = Table(
        f"{len(rows)} examples, {int(rows.risky.sum())} to be refused", ("", "accounts"),
        (f"counts: {folder / COUNTS}; contradictions: {folder / QUARANTINE}",),
    )  # fmt: skip
    for side, count in told["sides"].items():
        table.add(side, count)
    table.add("dropped, for a reason", sum(told["dropped"].values()))
    table.add("quarantined", told["quarantined"])
    return table


def of_contest(found: Mapping[str, Fitted]) -> Table:
    """The contenders side by side."""
    table = Table(
        "rankers", ("", "chosen by", "test: AP", "AP at 1 %", "recall"),
        (f"AP: average precision; recall: within {BUDGET:.1%} of a queue with {PREVALENCE:.0%} violations",),
    )  # fmt: skip
    for name, one in found.items():
        order = one.tested
        table.add(
            name, f"{one.chosen_by.rare:.4f}", f"{order.average_precision:.4f}",
            f"{order.rare:.4f}", f"{order.recall:.4f}",
        )  # fmt: skip
    return table


def of_evaluation(name: str, found: Evaluation) -> Table:
    """The figures of a model, and the disguises that it ranks worst."""
    table = Table(f"{name}: {found.examples} accounts", ("", "figure"))
    table.add("average precision", f"{found.order.average_precision:.4f}")
    table.add("average precision at 1 %", f"{found.order.rare:.4f}")
    table.add("recall within the budget", f"{found.order.recall:.4f}")
    table.add("calibration error", f"{found.calibration_error:.4f}")
    ranked = sorted(found.by_disguise.items(), key=lambda pair: (pair[1].share, pair[0]))
    for kind, one in ranked[:SHOWN]:
        table.add(f"  recall: {kind}", Share(one.good, one.of))
    return table


def of_comparison(one: Judged, other: Judged) -> Table:
    """Two models on the same examples."""
    notes = () if one.measured else ("A has other features: its figures are those of its own card",)
    table = Table("comparison", ("", "A", "B"), notes)
    for name, a, b in zip(_COMPARED, _compared(one), _compared(other), strict=True):
        table.add(name, a, b)
    return table


_COMPARED = (
    "average precision", "average precision at 1 %", "recall within the budget",
    "calibration error", "us an account, batch", "us an account, alone",
)  # fmt: skip


def _compared(one: Judged) -> tuple[str, ...]:
    found = one.evaluation
    shares = (found.order.average_precision, found.order.rare, found.order.recall)
    return (
        *(f"{share:.4f}" for share in (*shares, found.calibration_error)),
        f"{one.batch_us:.2f}", f"{one.single_us:.0f}",
    )  # fmt: skip


def of_gates(found: Sequence[Gate]) -> Table:
    """The demands on a challenger."""
    table = Table("gates", ("", "found", "met"))
    for gate in found:
        table.add(gate.name, gate.found, "yes" if gate.met else "NO")
    return table


def of_drift(found: Sequence[Drift]) -> Table:
    """The numbers that moved most between two periods."""
    table = Table("drift", ("", "old mean", "new mean", "PSI", "verdict"))
    for one in found[:SHOWN]:
        table.add(one.name, f"{one.old:.4f}", f"{one.new:.4f}", f"{one.psi:.3f}", one.verdict)
    return table


def of_proposals(found: Sequence[Proposal]) -> Table:
    """The accounts to label next."""
    table = Table("label next", ("account", "name", "why", "score"))
    for one in found:
        table.add(one.account_id, one.name, one.why, f"{one.score:.3f}")
    return table
