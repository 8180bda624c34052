"""`detector registry impact OLD NEW ACCOUNTS`: what a registry would change, before it goes live."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa

from detector.bulk.folder import parts, rows_of
from detector.bulk.impact import FLOOD_SHARE, Impact, Move, Name, Question, impact
from detector.bulk.part import Writer
from detector.bulk.run import cores
from detector.bundle import Bundle, build
from detector.cli.exits import DONE, UsageError
from detector.cli.options import add_day, count
from detector.cli.progress import rows_bar
from detector.cli.terminal import errors, opening, output, say
from detector.contract import COLUMNS, read_row
from detector.errors import RowError
from detector.explain import visible
from detector.files import BadRow, open_input, parsed
from detector.registry import quarantine
from detector.registry.registry import listed
from detector.settings import Settings

# Rows of one part when a file of another format is cut into parts for all cores
PART_ROWS = 20_000
TOLD = 30


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    parser = commands.add_parser(
        "impact", help="how many accounts a changed registry would hold, refuse and release",
        description="Judges the accounts by the registries of OLD, then by those of NEW, and counts "
        "whose outcome moves, by source and name. A name that alone would newly hold or refuse more "
        "than the share --flood of all accounts is named; --quarantine writes it to "
        "NEW/quarantine.csv, and it is not looked for until its row is taken out.",
    )  # fmt: skip
    parser.add_argument("old", type=Path, metavar="OLD", help="folder of registries")
    parser.add_argument("new", type=Path, metavar="NEW", help="folder of registries")
    parser.add_argument("accounts", metavar="ACCOUNTS", help="account file, or folder of Parquet")
    parser.add_argument(
        "--flood", type=_share, default=FLOOD_SHARE, metavar="SHARE",
        help=f"part of the accounts, 0..1 (default: {FLOOD_SHARE})",
    )  # fmt: skip
    parser.add_argument("--quarantine", action="store_true", help="write flooding names there")
    parser.add_argument(
        "--workers", type=count, metavar="N", help="processes (default: one a core)"
    )
    add_day(parser)
    parser.set_defaults(run=run_impact)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no share from 0 to 1")
    return share


def run_impact(args: argparse.Namespace) -> int:
    """Judge, count, print; quarantine what would flood where that is asked for."""
    for folder in (args.old, args.new):
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such folder of registries")
    day: date = args.as_of or date.today()
    with tempfile.TemporaryDirectory(prefix="detector-") as name:
        scratch = Path(name)
        with opening(errors()):
            old, new = (
                _bundle(folder, scratch / which)
                for folder, which in ((args.old, "old"), (args.new, "new"))
            )
        accounts = _as_parts(args.accounts, scratch)
        of_run = parts(accounts, scratch / "results")
        sources = {b.id: b.source for folder in (args.old, args.new) for b in listed(folder)}
        (scratch / "difference").mkdir()
        question = Question(old, new, day, args.workers or cores(), scratch / "difference")
        with rows_bar(rows_of(of_run), errors()) as progress:
            found = impact(of_run, question, sources, progress)
    for line in impact_lines(found, args.flood):
        output().print(visible(line), soft_wrap=True)
    flooding = found.flooding(args.flood)
    if flooding and args.quarantine:
        quarantine.add(args.new, found.quarantined(flooding, day))
        print(f"{len(flooding):,} names are in {args.new / quarantine.FILE}")
    elif flooding:
        print("--quarantine would write them to NEW/quarantine.csv")
    return DONE


def _bundle(registries: Path, target: Path) -> Bundle:
    return build(target, replace(Settings.from_environment(), registries=registries))


def _as_parts(accounts: str, scratch: Path) -> Path:
    """A folder of Parquet parts; a file of any other format is cut into such."""
    path = Path(accounts)
    if path.is_dir():
        return path
    folder = scratch / "accounts"
    source = open_input(accounts)
    schema = pa.schema([(column, pa.string()) for column in COLUMNS])
    rows: list[dict[str, str]] = []
    number = bad = 0
    for row in source.rows:
        one = parsed(row)
        if isinstance(one, BadRow):
            bad += one.rows
            continue
        try:
            rows.append(read_row(one.row, one.cells).facts)
        except RowError:
            bad += 1
        if len(rows) == PART_ROWS:
            _write(folder / f"{number:06}.parquet", rows, schema)
            number, rows = number + 1, []
    source.close()
    _write(folder / f"{number:06}.parquet", rows, schema)
    if bad:
        say(f"detector: {bad:,} rows could not be read and are left out")
    return folder


def _write(path: Path, rows: list[dict[str, str]], schema: pa.Schema) -> None:
    with Writer(path, schema) as writer:
        writer.write(pa.Table.from_pylist(rows, schema))


_MOVES = {
    Move.HELD: "新增待核 newly held",
    Move.REFUSED: "新增拒绝 newly refused",
    Move.RELEASED: "解除 released",
}


def impact_lines(found: Impact, share: float) -> Iterator[str]:
    """The impact for people: totals, then names by how many accounts they move."""
    yield f"{found.accounts:,} accounts"
    for move, words in _MOVES.items():
        moved = found.total.get(move)
        samples = f"   e.g. {', '.join(moved.samples)}" if moved else ""
        yield f"{words}: {moved.count if moved else 0:,}{samples}"
    if found.other:
        yield f"同一结果，依据变化 same outcome, other findings: {found.other:,}"
    ordered = sorted(found.by_name, key=lambda n: (-_moved(found, n), n))
    for source in dict.fromkeys(name.source for name in ordered):
        names = [name for name in ordered if name.source == source]
        yield f"来源 source {source}: {sum(_moved(found, n) for n in names):,}"
        for name in names[:TOLD]:
            yield f"  {name.text} ({name.body}): {_told(found, name)}"
        if len(names) > TOLD:
            yield f"  … {len(names) - TOLD:,} more names"
    for name in found.flooding(share):
        part = found.held(name) / found.accounts
        yield f"淹没队列 would flood the queue: {name.text} ({name.body}): {part:.2%} of all accounts"


def _moved(found: Impact, name: Name) -> int:
    return sum(moved.count for moved in found.by_name[name].values())


def _told(found: Impact, name: Name) -> str:
    return "; ".join(
        f"{_MOVES[move]} {moved.count:,}, e.g. {', '.join(moved.samples)}"
        for move, moved in sorted(found.by_name[name].items())
    )
