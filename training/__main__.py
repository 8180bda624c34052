"""The ranking model, from accounts to service: python -m training run, or step by step.

run       dataset, fit, evaluate, export and log to MLflow, in one go
dataset   make the examples (out/ranking/dataset.parquet, dataset.json, quarantine.jsonl)
fit       fit and compare the rankers on that data set
evaluate  the figures of a model on that data set
export    fit, and write model.onnx, model.json and CARD.md (out/ranking/candidate)
compare   two models side by side, and whether B may take the place of A
promote   put the candidate into service if the gates let it, with an approval record
rollback  put the model back that the champion replaced
drift     whether the accounts of two periods differ
label     which accounts reviewers should label next
"""

from __future__ import annotations

import argparse
import getpass
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from detector.errors import DataError, DetectorError
from detector.pipeline import Screener
from detector.scorer import Scorer
from detector.settings import Settings
from training import approval, dataset, drift, fit, gates, proposal, reports, track
from training.bench.folders import AS_OF, OUT, ROOT
from training.bench.report import say
from training.described import Described
from training.export import export
from training.gather import Recipe
from training.split import Side

DATA = OUT / "ranking"
CANDIDATE = DATA / "candidate"
MODELS = ROOT / "models"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 a gate is not met, 4 something of ours is broken."""
    options = _options(arguments)
    try:
        code: int = options.run(options)
    except DetectorError as error:
        print(f"{options.command}: {error}", file=sys.stderr)
        return 4
    return code


def _run(options: argparse.Namespace) -> int:
    started = time.perf_counter()
    rows = _dataset(options)
    model = _export(options, rows)
    seconds = round(time.perf_counter() - started, 1)
    if not options.no_track:
        run = track.log(ROOT, options.candidate, model, _recipe(options), seconds)
        say(f"MLflow run {run} in {track.where(ROOT)}")
    say(f"{seconds:.0f} s; candidate: {options.candidate}")
    return 0


def _make(options: argparse.Namespace) -> int:
    _dataset(options)
    return 0


def _dataset(options: argparse.Namespace) -> dataset.Rows:
    made = dataset.make(_recipe(options), _screener(), options.data, quiet=_quiet())
    reports.of_dataset(made, options.data).show()
    return made


def _fit(options: argparse.Namespace) -> int:
    rows = dataset.load(options.data)
    found = fit.fitted(rows, options.seed, quiet=_quiet())
    fit.write(found, options.data / "contest.json")
    reports.of_contest(found).show()
    return 0


def _write(options: argparse.Namespace) -> int:
    _export(options, dataset.load(options.data))
    return 0


def _export(options: argparse.Namespace, rows: dataset.Rows) -> Described:
    found = fit.fitted(rows, options.seed, quiet=_quiet())
    chosen = fit.best(found)
    reports.of_contest(found).show()
    model = export(
        options.candidate, chosen, found, rows, _recipe(options), options.data,
        _screener().registry.digest,
    )  # fmt: skip
    reports.of_evaluation(model.ranker, model.evaluation).show()
    return model


def _evaluate(options: argparse.Namespace) -> int:
    test = dataset.load(options.data).on(Side.TEST)
    found = gates.judged(Scorer(options.model), test)
    reports.of_evaluation(str(options.model), found.evaluation).show()
    return 0


def _compare(options: argparse.Namespace) -> int:
    test = dataset.load(options.data).on(Side.TEST)
    one, other = gates.champion(options.a, test), gates.judged(Scorer(options.b), test)
    if one is None:
        raise DataError(f"{options.a}: no model in it")
    reports.of_comparison(one, other).show()
    found = gates.gates(other, one)
    reports.of_gates(found).show()
    return 0 if all(gate.met for gate in found) else 1


def _promote(options: argparse.Namespace) -> int:
    test = dataset.load(options.data).on(Side.TEST)
    champion = gates.champion(options.models / approval.CHAMPION, test)
    found = gates.gates(gates.judged(Scorer(options.candidate), test), champion)
    reports.of_gates(found).show()
    if not options.force and not all(gate.met for gate in found):
        return 1
    made = approval.promote(
        options.candidate, options.models, found, options.who, options.why, force=options.force
    )
    say(f"{made.champion[:12]} serves; it replaced {made.replaced[:12] or 'none'}")
    return 0


def _rollback(options: argparse.Namespace) -> int:
    made = approval.rollback(options.models, options.who, options.why)
    say(f"{made.champion[:12]} serves again; it replaced {made.replaced[:12]}")
    return 0


def _drift(options: argparse.Namespace) -> int:
    found = drift.drift(options.old, options.new, _screener(ranked=True), AS_OF)
    reports.of_drift(found).show()
    say(drift.verdict(found))
    return 0


def _label(options: argparse.Namespace) -> int:
    found = proposal.proposed(
        options.accounts, options.reviews, _screener(ranked=True), options.count
    )
    reports.of_proposals(found).show()
    return 0


def _screener(*, ranked: bool = False) -> Screener:
    """The screener; without the model in service, which may have other features than the code."""
    settings = Settings.from_environment()
    return Screener.open(settings if ranked else replace(settings, model=None))


def _quiet() -> bool:
    return not sys.stderr.isatty()


def _recipe(options: argparse.Namespace) -> Recipe:
    """The recipe of the options; --size scales all generated counts."""
    whole = Recipe()
    scaled = {
        name: max(4, round(getattr(whole, name) * options.size))
        for name in ("per_kind", "ordinary", "invented", "strict")
    }
    return Recipe(seed=options.seed, reviews=options.reviews, **scaled)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    commands = parser.add_subparsers(dest="command", required=True)
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--data", type=Path, default=DATA, help="folder of the data set")
    recipe = argparse.ArgumentParser(add_help=False, parents=[data])
    recipe.add_argument("--seed", type=int, default=Recipe().seed)
    recipe.add_argument("--size", type=float, default=1.0, help="scale of the generated data")
    recipe.add_argument("--reviews", type=Path, help="a desk's export of decisions (CSV)")
    candidate = argparse.ArgumentParser(add_help=False)
    candidate.add_argument("--candidate", type=Path, default=CANDIDATE)
    models = argparse.ArgumentParser(add_help=False)
    models.add_argument("--models", type=Path, default=MODELS)
    models.add_argument("--who", default=getpass.getuser(), help="who approves")
    models.add_argument("--why", required=True, help="the reason, for the record")

    def add(name: str, run: object, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=list(parents))
        made.set_defaults(run=run)
        return made

    whole = add("run", _run, recipe, candidate)
    whole.add_argument("--no-track", action="store_true", help="do not log to MLflow")
    add("dataset", _make, recipe)
    add("fit", _fit, recipe)
    add("export", _write, recipe, candidate)
    add("evaluate", _evaluate, data).add_argument("--model", type=Path, default=CANDIDATE)
    compare = add("compare", _compare, data)
    compare.add_argument("a", type=Path, help="folder of the champion")
    compare.add_argument("b", type=Path, help="folder of the challenger")
    promote = add("promote", _promote, data, candidate, models)
    promote.add_argument("--force", action="store_true", help="even where a gate is not met")
    add("rollback", _rollback, models)
    periods = add("drift", _drift)
    periods.add_argument("old", type=Path)
    periods.add_argument("new", type=Path)
    label = add("label", _label)
    label.add_argument("accounts", type=Path, help="accounts to choose from")
    label.add_argument("--reviews", type=Path, help="a desk's export of decisions (CSV)")
    label.add_argument("--count", type=int, default=40)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
