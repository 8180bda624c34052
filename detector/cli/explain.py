"""`detector explain NAME`: one account, for people."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from detector.cli.exits import DONE, UsageError
from detector.cli.options import add_engine_options, settings_of
from detector.cli.terminal import has_colour, open_screener, output
from detector.contract import AssessmentRecord, Cells, read_row, to_line, to_record
from detector.contract.columns import VERIFIED_KINDS
from detector.errors import PictureError, RowError
from detector.explain import account_page
from detector.explain.side_by_side import draw
from detector.image.marks import all_marks
from detector.law import law_text
from detector.types import AccountType, Event, Risk

# Options that are columns of the input: option, column, what it says
_COLUMNS = (
    ("--bio", "bio", "the bio (简介)"),
    ("--signature", "signature", "the signature (签名)"),
    ("--verification", "verification", "the verification line (认证信息)"),
    ("--owner", "verified_name", "who was verified behind the account; '' = nobody"),
    ("--code", "verified_code", "the owner's 统一社会信用代码"),
    ("--licences", "licences", "licences held, e.g. news"),
    ("--authorised-by", "authorised_by", "the body that authorised the account"),
    ("--avatar", "avatar", "the avatar (头像): a file below this folder, or a data: URI"),
    ("--cover", "cover", "the cover (封面), likewise"),
)


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    parser = subparsers.add_parser(
        "explain", help="judge one account and explain it",
        description="Judges one account and explains it: what is written and what it is read as, "
        "the clause, why, what would excuse it, what is done. What is not given counts as not "
        "reported, except the owner: without --owner nobody was verified.",
    )  # fmt: skip
    parser.add_argument("name", metavar="NAME", help="the account's name")
    for option, column, told in _COLUMNS:
        parser.add_argument(option, dest=column, metavar="TEXT", help=told)
    parser.add_argument("--type", dest="account_type", choices=[str(t) for t in AccountType])
    parser.add_argument("--owner-kind", dest="verified_kind", choices=VERIFIED_KINDS)
    parser.add_argument("--event", choices=[str(e) for e in Event])
    parser.add_argument(
        "--picture", type=Path, metavar="OUT.png",
        help="draw the account's picture beside the mark that it shows, the region framed",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print the record, as `screen --full`")
    add_engine_options(parser)
    parser.set_defaults(run=explain)


def explain(args: argparse.Namespace) -> int:
    """Run the command."""
    columns = [column for _, column, _ in _COLUMNS]
    columns += ["name", "account_type", "verified_kind", "event"]
    cells: dict[str, object] = {column: getattr(args, column) for column in columns}
    cells["account_id"] = "-"
    if cells["verified_name"] is None and cells["verified_code"] is None:
        cells["verified_name"] = ""
    record, risk = assess(args, cells)
    if args.picture is not None:
        _draw(args, record)
    console = output()
    if args.json:
        print(to_line(record).decode(), end="")
    else:
        console.print(account_page(record, has_colour(console), law_text.clause_text, risk))
    return DONE


def _draw(args: argparse.Namespace, record: AssessmentRecord) -> None:
    """Write --picture. Raises UsageError where there is nothing to draw."""
    try:
        drawn = draw(record, all_marks(settings_of(args).registries), Path.cwd())
        drawn.save(args.picture, "PNG")
    except (PictureError, OSError) as error:
        raise UsageError(str(error)) from error


def assess(args: argparse.Namespace, cells: Cells) -> tuple[AssessmentRecord, Risk | None]:
    """The full record of one row, and its explained risk. Raises UsageError where it cannot be read."""
    try:
        reported = read_row(1, cells)
    except RowError as error:
        raise UsageError(error.reason) from error
    settings = replace(settings_of(args), pictures=Path.cwd())
    screener = open_screener(settings)
    (found,) = screener.screen([reported.account], args.as_of or date.today())
    record = to_record(found, reported, full=True, assume_unverified=settings.assume_unverified)
    return record, screener.scorer.explained(found) if screener.scorer else None
