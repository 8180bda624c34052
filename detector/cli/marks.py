"""`detector registry marks`: enrol a body's marks, check them, count them."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from detector.cli.exits import BROKEN_DATA, DONE, UsageError
from detector.cli.options import add_registries, settings_of
from detector.cli.terminal import say
from detector.errors import MarkError
from detector.explain import visible
from detector.image.embedding import opened
from detector.image.marks import all_marks, descriptions
from detector.registry.enrol import Known, check_marks, enrol, preview
from detector.registry.problem import Severity
from detector.registry.registry import Registry


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    parser = commands.add_parser("marks", help="the marks (logos) that pictures are compared with")
    below = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    adding = below.add_parser(
        "add", help="enrol pictures as marks of a body",
        description="Copies pictures into SOURCE/marks as marks of ENTITY. Refused where a picture "
        "is too poor to be recognised, or cannot be told from another body's mark.",
    )  # fmt: skip
    adding.add_argument("entity", metavar="ENTITY", help="id of the body, as in entities.csv")
    adding.add_argument("files", type=Path, nargs="+", metavar="FILE")
    adding.add_argument("--source", required=True, help="the registry source that keeps them")
    adding.add_argument("--licence", default="platform", help="under which they may be kept")
    adding.add_argument("--cite", default="enrolled by the platform", help="where they are from")
    adding.add_argument(
        "--preview", type=Path, metavar="OUT.png", help="draw the first one's views"
    )
    add_registries(adding)
    adding.set_defaults(run=run_add)
    checking = below.add_parser("check", help="are all marks in order?")
    add_registries(checking)
    checking.set_defaults(run=run_check)
    counting = below.add_parser("stats", help="how many marks, by source and form")
    add_registries(counting)
    counting.set_defaults(run=run_stats)


def run_add(args: argparse.Namespace) -> int:
    """Enrol, and say what was noticed."""
    settings = settings_of(args)
    folder = settings.registries / args.source
    if not (folder / "source.yaml").exists():
        raise UsageError(f"{folder}: no such source; it needs a source.yaml first")
    registry = Registry.open(settings)
    if args.entity not in registry.index.numbers:
        raise UsageError(f"{args.entity}: no such body in the registry")
    placed = all_marks(settings.registries)
    described = descriptions(placed, settings.network, settings.cache)
    known = [Known(one, d) for one, d in zip(placed, described, strict=True)]
    try:
        found = enrol(
            folder / "marks", args.entity, args.files, known, opened(settings.network),
            licence=args.licence, cite=args.cite,
        )  # fmt: skip
    except MarkError as error:
        raise UsageError(str(error)) from error
    for one in found:
        print(visible(f"{one.mark.id}: {one.mark.file}"))
        for note in one.notes:
            say(note)
    if args.preview is not None:
        preview(args.files[0]).save(args.preview, "PNG")
    return DONE


def run_check(args: argparse.Namespace) -> int:
    """Every fault of every mark."""
    settings = settings_of(args)
    numbers = Registry.open(settings).index.numbers
    problems = check_marks(settings.registries, frozenset(numbers))
    for problem in problems:
        print(visible(str(problem)))
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    print(f"{len(all_marks(settings.registries)):,} marks: {errors:,} errors, "
          f"{len(problems) - errors:,} warnings")  # fmt: skip
    return BROKEN_DATA if errors else DONE


def run_stats(args: argparse.Namespace) -> int:
    """Counts by source."""
    placed = all_marks(settings_of(args).registries)
    sources = Counter(one.folder.parent.name for one in placed)
    for source, count in sorted(sources.items()):
        own = [one for one in placed if one.folder.parent.name == source]
        pictures = sum(one.is_picture for one in own)
        bodies = len({one.mark.entity for one in own})
        print(f"{source}: {count:,} marks of {bodies:,} bodies, {pictures:,} pictures, "
              f"{count - pictures:,} described only")  # fmt: skip
    print(f"{len(placed):,} marks")
    return DONE
