"""Options that several commands share."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from detector.cli.exits import UsageError
from detector.settings import Settings


def add_engine_options(parser: argparse.ArgumentParser) -> None:
    """Which registries judge, as of which day, and how a missing owner is read."""
    add_day(parser)
    parser.add_argument(
        "--assume-unverified", action="store_true",
        help="read a missing verified_name as 'nobody was verified' instead of 'not reported'",
    )  # fmt: skip
    add_registries(parser)


def add_day(parser: argparse.ArgumentParser) -> None:
    """Which day's law."""
    parser.add_argument(
        "--as-of", type=_day, default=None, metavar="DATE",
        help="the law in force on this day, YYYY-MM-DD (default: today)",
    )  # fmt: skip


def add_registries(parser: argparse.ArgumentParser) -> None:
    """Where the registries lie."""
    parser.add_argument(
        "--registries", type=Path, default=None, metavar="DIR",
        help="folder of registry sources (default: the shipped ones, or $DETECTOR_REGISTRIES)",
    )  # fmt: skip


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write YYYY-MM-DD") from None


def count(text: str) -> int:
    """An argument that is a number from 1 on."""
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings of a run. Raises UsageError where a folder does not exist."""
    found = Settings.from_environment()
    registries: Path | None = args.registries
    if registries is not None:
        found = replace(found, registries=registries)
    if not found.registries.is_dir():
        raise UsageError(f"{found.registries}: no such folder of registries")
    return replace(found, assume_unverified=bool(getattr(args, "assume_unverified", False)))
