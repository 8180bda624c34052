"""`detector bundle`: everything that decides, in one folder with one hash."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from detector.bulk.difference import difference, plan_lines
from detector.bundle import Bundle, build, installed
from detector.cli.exits import DONE, UsageError
from detector.cli.options import add_registries, settings_of
from detector.cli.terminal import errors, opening, output


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    parser = subparsers.add_parser(
        "bundle", help="registries, index, model and settings as one folder with one hash"
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    building = commands.add_parser("build", help="write a bundle to a folder")
    building.add_argument("bundle", type=Path, metavar="BUNDLE")
    building.add_argument("--model", type=Path, metavar="DIR", help="folder of a ranking model")
    building.add_argument(
        "--assume-unverified", action="store_true",
        help="judge a missing verified_name as 'nobody was verified'",
    )  # fmt: skip
    add_registries(building)
    building.set_defaults(run=run_build)
    for name, run, told in (
        ("verify", run_verify, "does every file fit the hash, and this program the bundle?"),
        ("show", run_show, "what a bundle is made of"),
    ):
        command = commands.add_parser(name, help=told)
        command.add_argument("bundle", type=Path, metavar="BUNDLE")
        command.set_defaults(run=run)
    comparing = commands.add_parser(
        "diff", help="whom a change of bundle reaches: who is judged again by `rescreen --since`"
    )
    comparing.add_argument("old", type=Path, metavar="OLD")
    comparing.add_argument("new", type=Path, metavar="NEW")
    comparing.set_defaults(run=run_diff)


def run_build(args: argparse.Namespace) -> int:
    """Write a bundle and print its hash."""
    model: Path | None = args.model
    if model is not None and not model.is_dir():
        raise UsageError(f"{model}: no such folder of a model")
    with opening(errors()):
        made = build(args.bundle, settings_of(args), model)
    print(f"{made.folder}: {made.hash}")
    return DONE


def run_verify(args: argparse.Namespace) -> int:
    """Open the bundle as a run would."""
    found = Bundle.open(args.bundle)
    found.check_maker()
    print(f"{found.folder}: {len(found.manifest.files):,} files fit {found.hash}")
    return DONE


def run_show(args: argparse.Namespace) -> int:
    """Print the parts of a bundle and whether this program is the one that it is for."""
    found = Bundle.open(args.bundle)
    told = found.manifest
    sources = sorted({p.split("/")[1] for p in told.files if p.startswith("registries/")})
    others = told.maker.differences(installed())
    for name, value in (
        ("hash", found.hash),
        ("registry", told.registry),
        ("sources", ", ".join(s for s in sources if "." not in s)),
        ("rules", told.maker.rules),
        ("model", told.model or "-"),
        ("libraries", ", ".join(f"{n} {v}" for n, v in told.maker.libraries.items())),
        ("assume unverified", "yes" if told.assume_unverified else "no"),
        ("this program", f"another: {', '.join(others)}" if others else "fits"),
    ):
        output().print(f"{name:18} {value}", soft_wrap=True)
    return DONE


def run_diff(args: argparse.Namespace) -> int:
    """Print whom a rescreen by difference would judge again, and why."""
    old, new = Bundle.open(args.old), Bundle.open(args.new)
    with tempfile.TemporaryDirectory(prefix="detector-") as folder:
        plan = difference(old, new, Path(folder))
    for line in plan_lines(plan):
        output().print(line, soft_wrap=True)
    return DONE
