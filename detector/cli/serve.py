"""`detector serve`: the desk for reviewers and the API for platforms, on this machine."""

from __future__ import annotations

import argparse
from importlib.util import find_spec

from detector.cli.exits import DONE, UsageError
from detector.cli.options import count
from detector.cli.terminal import say


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    parser = subparsers.add_parser(
        "serve", help="start the desk and the API",
        description="Starts the web desk, the API and the sender of webhooks. Settings are read from "
        "DETECTOR_DESK_*: docs/desk.md lists them. The first start makes the database and an admin.",
    )  # fmt: skip
    parser.add_argument("--demo", action="store_true", help="a desk to try out, its queue filled")
    parser.add_argument("--host", default="127.0.0.1", help="listen there (default: this machine)")
    parser.add_argument("--port", type=count, default=8000)
    parser.set_defaults(run=serve)


def serve(args: argparse.Namespace) -> int:
    """Run the command."""
    require_desk()
    from detector.desk import start

    config = start.set_up(demo=args.demo)
    start.prepare(config, args.demo, say)
    start.serve(config, start.Address(args.host, args.port), say)
    return DONE


def require_desk() -> None:
    """Raises UsageError where the desk's dependencies are not installed."""
    if find_spec("django") is None:
        raise UsageError("the desk is not installed: pip install 'detector[desk]'")
