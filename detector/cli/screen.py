"""`detector screen INPUT`: judge every account of a file."""

from __future__ import annotations

import argparse
import os
import sys
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from detector.batch import Tally, Task, run
from detector.cli.exits import BAD_ROWS, DONE, UsageError
from detector.cli.options import add_engine_options, count, settings_of
from detector.cli.progress import bar
from detector.cli.sinks import BadRows, Sink, Stream, TableOf
from detector.cli.summary import summary
from detector.cli.terminal import errors, open_screener, output, say
from detector.files import Format, Ids, Input, Repeats, open_input, written_whole
from detector.settings import Settings

TABLE_ROWS = 200


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    parser = subparsers.add_parser(
        "screen", help="judge every account of a file",
        description="Judges every account of a JSON Lines, CSV or Parquet file (gzipped or not). "
        "Writes JSON Lines to OUT or a pipe, a table to a terminal (or with --table).",
    )  # fmt: skip
    parser.add_argument("input", metavar="INPUT", help="the account file; - is standard input")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="write JSON Lines there")
    parser.add_argument("--table", action="store_true", help="print the table into a pipe too")
    parser.add_argument("--full", action="store_true", help="write all cases and findings too")
    parser.add_argument(
        "--workers", type=count, metavar="N", help="processes (default: one a core)"
    )
    parser.add_argument(
        "--format", choices=[str(f) for f in Format],
        help="of INPUT, where name and content do not tell",
    )  # fmt: skip
    parser.add_argument(
        "--limit-table", type=count, default=TABLE_ROWS, metavar="N",
        help=f"rows of the table on a terminal (default: {TABLE_ROWS})",
    )  # fmt: skip
    add_engine_options(parser)
    parser.set_defaults(run=screen)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of the whole run."""

    tally: Tally
    repeats: Repeats
    seconds: float

    @property
    def code(self) -> int:
        """The exit code: faulty rows are no failure of the run, but nobody should miss them."""
        return BAD_ROWS if self.tally.bad or self.repeats.count else DONE


def screen(args: argparse.Namespace) -> int:
    """Run the command."""
    out: Path | None = args.output
    if args.table and out is not None:
        raise UsageError("--table prints, --output writes: give one of them")
    table = args.table or (out is None and sys.stdout.isatty())
    task = Task(
        _with_pictures(settings_of(args), args.input),
        args.as_of or date.today(),
        args.full or table,
    )
    _check_output(out, args.input)
    wanted = None if args.format is None else Format(args.format)
    with closing(open_input(args.input, wanted)) as source:
        for note in source.notes:
            say(f"detector: {note}")
        with ExitStack() as stack:
            sink: Sink
            if table:
                sink = TableOf(output(), args.limit_table)
            else:
                sink = Stream(stack.enter_context(written_whole(out)) if out else sys.stdout.buffer)
            bad_rows = BadRows(stack, source.name, out)
            result = _judged(source, task, args.workers or _cores(), sink, bad_rows)
    if out is not None:
        say(f"written to {out}")
    for line in summary(result.tally, result.repeats, result.seconds):
        print(line, file=sys.stdout if table else sys.stderr)
    return result.code


def _with_pictures(settings: Settings, source: str) -> Settings:
    """Paths of pictures start from the account file's folder, of standard input from this one."""
    folder = Path.cwd() if source == "-" else Path(source).resolve().parent
    return replace(settings, pictures=folder)


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _check_output(out: Path | None, source: str) -> None:
    """Raises UsageError before any work is done where the output could not be written."""
    if out is None:
        return
    if out.is_dir() or not out.parent.is_dir():
        raise UsageError(f"{out}: not a file in an existing folder")
    if source != "-" and out.exists() and Path(source).exists() and out.samefile(source):
        raise UsageError(f"{out}: is the input; write the output elsewhere")


def _judged(source: Input, task: Task, workers: int, sink: Sink, bad_rows: BadRows) -> Result:
    """Judge all rows into the sink. Raises DetectorError where a row was lost."""
    screener = open_screener(task.settings)
    started = time.perf_counter()
    tally = Tally()
    with closing(Ids()) as ids:
        with bar(source, errors()) as shown:
            for judged in run(source.rows, task, workers, screener):
                sink.take(judged.lines, judged.tally.assessed)
                ids.add(judged.ids)
                bad_rows.take(judged.bad)
                tally.add(judged.tally)
                shown.advance(judged.tally.rows)
        tally.check()
        sink.end()
        bad_rows.end()
        return Result(tally, ids.repeats(), time.perf_counter() - started)
