"""`detector registry`: is it in order, what changed, how much of what."""

from __future__ import annotations

import argparse
from pathlib import Path

from detector.cli.exits import BROKEN_DATA, DONE
from detector.cli.options import add_registries, settings_of
from detector.registry.check import Severity, check


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    parser = subparsers.add_parser("registry", help="check, compare and count the registries")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    checking = commands.add_parser("check", help="are all sources in order?")
    add_registries(checking)
    checking.set_defaults(run=run_check)


def run_check(args: argparse.Namespace) -> int:
    """Every fault of every source; errors make the registry unfit for use."""
    folder: Path = settings_of(args).registries
    problems = check(folder)
    for problem in problems:
        print(problem)
    count = sum(problem.severity is Severity.ERROR for problem in problems)
    print(f"{folder}: {count:,} errors, {len(problems) - count:,} warnings")
    return BROKEN_DATA if count else DONE
