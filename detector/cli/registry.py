"""`detector registry`: is it in order, what changed, how much it holds; the platform's list."""

from __future__ import annotations

import argparse
from pathlib import Path

from detector.cli import impact, marks
from detector.cli.exits import BAD_ROWS, BROKEN_DATA, DONE, UsageError
from detector.cli.options import add_registries, settings_of
from detector.cli.terminal import output, say
from detector.explain import diff_page, stats_page, visible
from detector.registry.check import Severity, check
from detector.registry.closed import import_closed
from detector.registry.diff import diff
from detector.registry.stats import stats


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    parser = subparsers.add_parser("registry", help="check, compare and count the registries")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    checking = commands.add_parser("check", help="are all sources in order?")
    checking.add_argument("-q", "--errors", action="store_true", help="leave out warnings")
    add_registries(checking)
    checking.set_defaults(run=run_check)
    comparing = commands.add_parser("diff", help="what changed between two folders of registries")
    comparing.add_argument("old", type=Path, metavar="OLD")
    comparing.add_argument("new", type=Path, metavar="NEW")
    comparing.set_defaults(run=run_diff)
    counting = commands.add_parser("stats", help="how many bodies and names, by kind and source")
    add_registries(counting)
    counting.set_defaults(run=run_stats)
    impact.add(commands)
    importing = commands.add_parser(
        "import-closed",
        help="add the platform's own closed accounts (Art. 10(3))",
        description="Adds closed account names to the registries: a CSV or TXT file of name, "
        "closing date and reason. Names near to them are then verified strictly.",
    )
    importing.add_argument("file", type=Path, metavar="FILE")
    add_registries(importing)
    importing.set_defaults(run=run_import)
    marks.add(commands)


def run_check(args: argparse.Namespace) -> int:
    """Every fault of every source; errors make the registry unfit for use."""
    folder = settings_of(args).registries
    problems = check(folder)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    for problem in problems:
        if problem.severity is Severity.ERROR or not args.errors:
            print(visible(str(problem)))
    print(f"{folder}: {errors:,} errors, {len(problems) - errors:,} warnings")
    return BROKEN_DATA if errors else DONE


def run_diff(args: argparse.Namespace) -> int:
    """What changed; names that newly hold many accounts first."""
    for folder in (args.old, args.new):
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such folder of registries")
    output().print(diff_page(diff(args.old, args.new)))
    return DONE


def run_stats(args: argparse.Namespace) -> int:
    """Counts by kind and by source."""
    output().print(stats_page(stats(settings_of(args).registries)))
    return DONE


def run_import(args: argparse.Namespace) -> int:
    """The platform's closed accounts, added to its registries."""
    found = import_closed(args.file, settings_of(args).registries)
    for problem in found.problems:
        say(str(problem))
    print(f"{found.folder}: {found.added:,} names added, {found.repeated:,} known already")
    if found.problems:
        say(f"{len(found.problems):,} rows were left out")
    return BAD_ROWS if found.problems else DONE
