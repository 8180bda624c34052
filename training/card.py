"""CARD.md: what people should know of a model before they trust it; written by code from its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from detector.features import Feature
from training.described import Described
from training.evaluate import Counted
from training.figures import BUDGET, PREVALENCE

_BAR = 40


def written(model: Described, counts: Mapping[str, object], features: Sequence[Feature]) -> str:
    """The card. counts: dataset.json of the data that the model was made of."""
    parts = (
        _head(model), _data(model, counts), _contest(model), _order(model), _reliability(model),
        _failures(model), _features(features), _limits(),
    )  # fmt: skip
    return "\n\n".join("\n".join(line.rstrip() for line in part) for part in parts) + "\n"


def _head(model: Described) -> Iterator[str]:
    yield "# The ranking model"
    yield ""
    yield "Written by `python -m training run`; do not edit. It orders the queue of accounts that people look at."
    yield "It decides nothing: outcomes come from the rules alone, and are the same without it."
    yield ""
    yield "**Use it** to choose which account a reviewer sees next, and to see which facts brought it there."
    yield ""
    yield "**Do not use it** to refuse, close or hold an account; as a probability in a legal sentence; on people"
    yield "rather than accounts; or as a probability in a stock with another share of violations than the "
    yield f"{model.prevalence:.0%} of its calibration data (the order holds, the number does not)."
    yield ""
    yield f"Ranker: {model.ranker}, calibrated by a sigmoid. Seed {model.seed}. Largest difference between"
    yield f"scikit-learn and ONNX on the test side: {model.parity:.0e} (bound 1e-05)."
    yield ""
    yield "| made of | SHA-256 |"
    yield "|---|---|"
    for name in ("data", "registry", "rules", "code", "onnx"):
        yield f"| {name} | `{getattr(model, name)[:16]}` |"
    yield ""
    yield (
        "Packages: "
        + ", ".join(f"{name} {number}" for name, number in model.packages.items())
        + "."
    )


def _data(model: Described, counts: Mapping[str, object]) -> Iterator[str]:
    sides = cast("dict[str, int]", counts["sides"])
    dropped = cast("dict[str, int]", counts["dropped"])
    yield "## Data"
    yield ""
    yield f"{counts['examples']} accounts, {counts['risky']} of them to be refused: made from the registry by "
    yield "the disguises of `training/treatments.py`, claims and inventions; talk about bodies, their own"
    yield "and authorised accounts; nicknames by a described process and from a word model; and by hand, the"
    yield "rows of `data/accounts/seeds.csv`."
    yield "No real person's name is in it. All accounts of one body stand on one side: "
    yield ", ".join(f"{side} {count}" for side, count in sides.items()) + "."
    yield f"Disguises kept for testing only: {', '.join(model.held_out)}."
    yield ""
    yield f"Not used: {sum(dropped.values())} accounts, "
    yield "; ".join(f"{reason} {count}" for reason, count in sorted(_summed(dropped).items())) + "."


def _summed(dropped: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for reason, count in dropped.items():
        found[reason.split(":")[0]] = found.get(reason.split(":")[0], 0) + count
    return found


def _contest(model: Described) -> Iterator[str]:
    yield "## Which ranker, and by how much"
    yield ""
    yield f"Chosen on the calibration side by average precision where {PREVALENCE:.0%} are violations; all 0..1."
    yield ""
    yield "| ranker | chosen by | test: average precision | at 1 % violations | recall within the budget |"
    yield "|---|---|---|---|---|"
    for name, one in model.contest.items():
        order = one.tested
        yield (
            f"| {name} | {one.chosen_by.rare:.4f} | {order.average_precision:.4f} | {order.rare:.4f} "
            f"| {order.recall:.4f} |"
        )
    simplest, chosen = next(iter(model.contest.values())), model.contest[model.ranker]
    yield ""
    yield (
        f"{model.ranker} beats the simplest by {chosen.tested.rare - simplest.tested.rare:+.4f} of average precision "
        f"at 1 %, and by {chosen.tested.recall - simplest.tested.recall:+.4f} of recall."
    )


def _order(model: Described) -> Iterator[str]:
    found = model.evaluation
    yield "## Order"
    yield ""
    yield f"On {found.examples} accounts of bodies that it never met. Recall: share of violations that people see who"
    yield f"look at {BUDGET:.1%} of a stock with {PREVALENCE:.0%} violations; in brackets the 95 % interval (Wilson)."
    yield ""
    yield from _shares("violation, by disguise or claim", found.by_disguise)
    yield ""
    yield from _shares("disguises that it did not learn from", found.unseen)
    yield ""
    yield from _shares("violation, by kind of body", found.by_body)
    yield ""
    yield from _shares("harmless accounts that take up people's time", found.alarms)


def _shares(title: str, found: Mapping[str, Counted]) -> Iterator[str]:
    yield f"| {title} | within the budget | |"
    yield "|---|---|---|"
    for group, one in sorted(found.items(), key=lambda pair: (-pair[1].share, pair[0])):
        yield f"| {group} | {one.share:.1%} ({one.good}/{one.of}) | {one.low:.1%} to {one.high:.1%} |"


def _reliability(model: Described) -> Iterator[str]:
    found = model.evaluation
    yield "## Calibration"
    yield ""
    yield f"Expected calibration error {found.calibration_error:.4f}, Brier score {found.brier:.4f}, on the test side."
    yield ""
    yield "```text"
    yield "score  promised  happened  accounts   # = happened, | = promised"
    for one in found.reliability:
        bar = list(("#" * round(one.happened * _BAR)).ljust(_BAR + 1, "."))
        bar[round(one.promised * _BAR)] = "|"
        row = f"{one.promised:5.2f}  {one.promised:8.3f}  {one.happened:8.3f}  {one.count:8d}"
        yield f"{row}   {''.join(bar)}"
    yield "```"


def _failures(model: Described) -> Iterator[str]:
    yield "## Where it errs"
    yield ""
    yield "The worst places on the test side, at most two of a sort; all accounts are made up."
    for title, found in (
        ("violation that stands too low", model.evaluation.missed),
        ("harmless account that stands too high", model.evaluation.pushed),
    ):
        yield ""
        yield f"| {title} | sort | score |"
        yield "|---|---|---|"
        for name, kind, score in found:
            yield f"| {_visible(name)} | {kind} | {score:.3f} |"


def _visible(name: str) -> str:
    """A name that a table can hold: hidden characters by their number."""
    return "".join(c if c.isprintable() and c != "|" else f"⟨U+{ord(c):04X}⟩" for c in name)


def _features(features: Sequence[Feature]) -> Iterator[str]:
    yield "## Features"
    yield ""
    yield "Read off evidence and decision, never off the text alone; more of one moves the score one way only."
    yield ""
    yield "| feature | unit | range | sense | meaning |"
    yield "|---|---|---|---|---|"
    for one in features:
        sense = "raises" if one.sense > 0 else "lowers"
        yield f"| {one.name} | {one.unit.value} | {one.low:g}..{one.high:g} | {sense} | {one.meaning} |"


def _limits() -> Iterator[str]:
    yield "## Limits"
    yield ""
    yield "- Most violations were made with the very tables that undo disguises; real impostors find others. The"
    yield "  hand-written rows and the sets of `make bench-ranking` are the check on that."
    yield "- Harm is not in the score: a forged police station and a forged snack brand can stand side by side."
    yield "- What the detector cannot see, pictures among it, the model cannot rank."
    yield "- Names of bodies that are common words are rarer here than in a real stock."
