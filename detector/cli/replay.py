"""`detector replay FILE`: judge the lines of an output file again, and compare byte for byte."""

from __future__ import annotations

import argparse
from collections import Counter
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from detector.cli.exits import BAD_ROWS, DONE
from detector.cli.options import add_registries, settings_of
from detector.cli.terminal import open_screener, say
from detector.files import lines, open_source
from detector.pipeline import Screener
from detector.replay import Fate, replay

# Lines told one by one
TOLD = 20


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    parser = subparsers.add_parser(
        "replay", help="verify an output file byte for byte",
        description="Judges every line of an output of `detector screen` again, from the account "
        "it carries and as of its day, and says which lines do not come out byte for byte.",
    )  # fmt: skip
    parser.add_argument("file", metavar="FILE", help="an output file; - is standard input")
    parser.add_argument(
        "--pictures", type=Path, metavar="DIR",
        help="the folder that paths of pictures start from (default: that of FILE)",
    )  # fmt: skip
    add_registries(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    folder = Path.cwd() if args.file == "-" else Path(args.file).resolve().parent
    settings = replace(settings_of(args), pictures=args.pictures or folder)

    @lru_cache
    def screener(assume_unverified: bool) -> Screener:
        if not assume_unverified:
            return open_screener(settings)
        return Screener(screener(False).registry, replace(settings, assume_unverified=True))

    fates: Counter[Fate] = Counter()
    with closing(open_source(args.file)) as source:
        for one in replay(lines(source.stream), screener):
            fates[one.fate] += 1
            if one.fate is not Fate.SAME and fates.total() - fates[Fate.SAME] <= TOLD:
                say(f"{source.name}: line {one.line:,}: {one.account_id}: {one.fate}: {one.told}")
    print(f"{fates.total():,} lines: " + ", ".join(f"{fates[f]:,} {f}" for f in Fate))
    return DONE if fates[Fate.SAME] == fates.total() else BAD_ROWS
