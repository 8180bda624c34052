"""`detector rescreen ACCOUNTS RESULTS`: a whole platform, as folders of Parquet files."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from detector.bulk import spark
from detector.bulk.difference import difference, plan_lines
from detector.bulk.folder import parts, reserved, rows_of
from detector.bulk.part import Part
from detector.bulk.renewal import CHANGES_FOLDER
from detector.bulk.report import Report
from detector.bulk.run import cores, run
from detector.bulk.work import Done, Job
from detector.bundle import Bundle, cached
from detector.cli.exits import BAD_ROWS, DONE, UsageError
from detector.cli.options import add_day, add_registries, count, settings_of
from detector.cli.progress import rows_bar
from detector.cli.summary import summary
from detector.cli.terminal import errors, opening, say
from detector.files import Repeats


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    parser = subparsers.add_parser(
        "rescreen", help="judge a folder of Parquet files on all cores, resumable",
        description="Judges every account of the Parquet files below ACCOUNTS, one part of results "
        "for each of them below RESULTS. Parts that an earlier run of the same bundle and day has "
        "judged are kept, so a run that was stopped or killed is taken up by calling it again.",
    )  # fmt: skip
    parser.add_argument("accounts", type=Path, metavar="ACCOUNTS", help="folder (or one file)")
    parser.add_argument("results", type=Path, metavar="RESULTS", help="folder, made if need be")
    parser.add_argument(
        "--bundle", type=Path, metavar="BUNDLE",
        help="who judges (default: a bundle made of the registries)",
    )  # fmt: skip
    parser.add_argument(
        "--since", type=Path, metavar="BUNDLE",
        help="RESULTS are those of this bundle: judge only what the change to --bundle can reach",
    )  # fmt: skip
    parser.add_argument(
        "--workers", type=count, metavar="N", help="processes (default: one a core)"
    )
    parser.add_argument(
        "--engine", choices=("local", "spark"), default="local",
        help="judge on this machine, or on Apache Spark (extra `spark`); the same bytes come out",
    )  # fmt: skip
    parser.add_argument(
        "--master", metavar="URL", help="of Spark (default: as configured, else this machine)"
    )
    add_day(parser)
    add_registries(parser)
    parser.set_defaults(run=rescreen)


def rescreen(args: argparse.Namespace) -> int:
    """Run the command."""
    of_run = parts(args.accounts, args.results)
    bundle = open_bundle(args)
    as_of: date = args.as_of or date.today()
    workers = args.workers or cores()
    if len(of_run) < workers and args.engine == "local":
        say(f"detector: {len(of_run)} parts for {workers} cores: cut the accounts into more")
    started = time.perf_counter()
    with (
        reserved(args.results),
        since(args.since, bundle) as difference,
        rows_bar(rows_of(of_run), errors()) as progress,
    ):
        job = Job(bundle.folder, as_of, difference)
        if args.engine == "spark":
            done = on_spark(of_run, bundle, job, args.master)
        else:
            done = list(run(of_run, job, workers, progress))
        report = Report.of(bundle.hash, as_of.isoformat(), done)
        report.write(args.results)
    tell(report, time.perf_counter() - started)
    return BAD_ROWS if report.failed or report.counts.bad else DONE


def on_spark(of_run: tuple[Part, ...], bundle: Bundle, job: Job, master: str | None) -> list[Done]:
    """The run on Spark. Raises UsageError where that is not installed."""
    try:
        session = spark.session(master)
    except ImportError as error:
        raise UsageError(f"{error}: pip install 'detector[spark]'") from error
    try:
        return spark.run(session, of_run, bundle, job)
    finally:
        session.stop()


@contextmanager
def since(old: Path | None, bundle: Bundle) -> Iterator[Path | None]:
    """The difference from an old bundle as a folder for the workers, told to who waits."""
    if old is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="detector-") as folder:
        with opening(errors()):
            plan = difference(Bundle.open(old), bundle, Path(folder))
        for line in plan_lines(plan):
            say(f"detector: {line}")
        yield Path(folder)


def open_bundle(args: argparse.Namespace) -> Bundle:
    """The bundle that is named, or one of the registries. Raises DataError where it is broken."""
    if args.bundle is not None:
        found = Bundle.open(args.bundle)
    else:
        with opening(errors()):
            found = cached(settings_of(args))
    found.check_maker()
    return found


def tell(report: Report, seconds: float) -> None:
    """The summary of a run, and what failed."""
    for name, fault in report.failed.items():
        say(f"detector: {name}: {fault}")
    ways = ", ".join(f"{number:,} {way}" for way, number in report.parts.items())
    print(f"bundle {report.bundle[:12]}: parts {ways}; {report.judged:,} rows judged")
    if report.changed:
        print(f"{report.changed:,} outcomes changed: {CHANGES_FOLDER}/{report.bundle[:16]}")
    for line in summary(report.counts.tally(), Repeats(), seconds):
        print(line)
    if report.failed:
        say(f"detector: {len(report.failed):,} parts have no results; mend them and call again")
