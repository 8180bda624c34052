"""`detector law [CLAUSE]`: the regulation as coded."""

from __future__ import annotations

import argparse
from datetime import date

from detector.cli.exits import DONE, UsageError
from detector.cli.options import add_day
from detector.cli.terminal import output
from detector.explain import contents_table, law_page
from detector.law.page import contents, pages


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    parser = subparsers.add_parser(
        "law", help="show the regulation as coded",
        description="Shows a clause (8(4)) or an article (8): text, our reading, rules, "
        "exceptions, worked cases. Without CLAUSE: every clause and what becomes of it.",
    )  # fmt: skip
    parser.add_argument("clause", nargs="?", metavar="CLAUSE", help='"8(4)", or "8" for all of it')
    add_day(parser)
    parser.set_defaults(run=law)


def law(args: argparse.Namespace) -> int:
    """Run the command."""
    console = output()
    if args.clause is None:
        console.print(contents_table(contents()))
        return DONE
    found = pages(args.clause, args.as_of or date.today())
    if not found:
        raise UsageError(f"{args.clause}: no such clause; `detector law` lists them all")
    for page in found:
        console.print(law_page(page))
    return DONE
