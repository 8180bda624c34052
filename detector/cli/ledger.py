"""`detector ledger`: prove it, take it out, sign it."""

from __future__ import annotations

import argparse
from pathlib import Path

from detector.cli.exits import BROKEN_DATA, DONE, UsageError
from detector.cli.serve import require_desk
from detector.cli.terminal import say


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    parser = subparsers.add_parser("ledger", help="verify, export and sign the desk's ledger")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    verifying = commands.add_parser(
        "verify", help="prove the ledger, or name the first broken link",
        description="Walks the chain of a FILE that `export` wrote, or of the desk's own database, and "
        "holds every signed checkpoint against it. Exit code 4 where it is broken.",
    )  # fmt: skip
    verifying.add_argument("file", type=Path, nargs="?", metavar="FILE")
    verifying.add_argument("--checkpoints", type=Path, metavar="FILE", help="signed checkpoints")
    verifying.add_argument("--key", metavar="BASE64", help="the public key they are signed with")
    verifying.set_defaults(run=verify)
    exporting = commands.add_parser("export", help="write the ledger as JSON Lines")
    exporting.add_argument("-o", "--output", type=Path, required=True, metavar="OUT")
    exporting.set_defaults(run=export)
    signing = commands.add_parser("checkpoint", help="sign the ledger's end now")
    signing.set_defaults(run=checkpoint)


def verify(args: argparse.Namespace) -> int:
    """Run `verify`."""
    require_desk()
    from detector.desk import ledger_commands

    if (args.checkpoints is None) != (args.key is None):
        raise UsageError("--checkpoints and --key belong together")
    for path in (args.file, args.checkpoints):
        if path is not None and not path.is_file():
            raise UsageError(f"{path}: no such file")
    told, holds = ledger_commands.verify(args.file, args.checkpoints, args.key)
    print(told)
    return DONE if holds else BROKEN_DATA


def export(args: argparse.Namespace) -> int:
    """Run `export`."""
    require_desk()
    from detector.desk import ledger_commands

    say(f"{ledger_commands.export(args.output):,} events written to {args.output}")
    return DONE


def checkpoint(args: argparse.Namespace) -> int:
    """Run `checkpoint`."""
    require_desk()
    from detector.desk import ledger_commands

    print(ledger_commands.checkpoint())
    return DONE
