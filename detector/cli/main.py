"""Arguments in, exit code out; every error one clear line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import metadata

from detector.cli import (
    bundle,
    explain,
    law,
    ledger,
    registry,
    replay,
    rescreen,
    screen,
    serve,
)
from detector.cli.exits import BROKEN_DATA, DONE, FAILED, INTERRUPTED, USAGE, UsageError
from detector.cli.terminal import say
from detector.errors import DataError, DetectorError, FileFormatError

# Every command: a module with `add(subparsers)`; its parser's default `run` takes the arguments
COMMANDS = (screen, explain, law, registry, bundle, rescreen, replay, serve, ledger)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    found = argparse.ArgumentParser(
        prog="detector",
        description="Tells a platform when an account passes itself off as somebody official, "
        "by Articles 8 and 10 of 《互联网用户账号信息管理规定》.",
        epilog="Exit codes: 0 done, 2 usage, 3 faulty input rows were reported, "
        "4 broken registry, model or rules.",
    )
    found.add_argument("--version", action="version", version=f"detector {_version()}")
    subparsers = found.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add(subparsers)
    return found


def _version() -> str:
    try:
        return metadata.version("detector")
    except metadata.PackageNotFoundError:
        return "(not installed)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    _speak_utf8()
    args = parser().parse_args(arguments)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except (UsageError, FileFormatError) as error:
        say(f"detector: {error}")
        return USAGE
    except DataError as error:
        say(f"detector: {error}")
        return BROKEN_DATA
    except DetectorError as error:
        say(f"detector: {error}")
        return FAILED
    except BrokenPipeError:  # who read our output has seen enough (| head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:  # the disk is full, a file may not be written
        say(f"detector: {error.filename or 'output'}: {error.strerror}")
        return USAGE
    except KeyboardInterrupt:
        say("detector: stopped; nothing half-written was left")
        return INTERRUPTED
    except Exception as error:  # a fault of ours: one line for people, the traceback on demand
        if "DETECTOR_TRACEBACK" in os.environ:
            raise
        say(
            f"detector: a fault of the program ({type(error).__name__}: {error}); please report it "
            "with what DETECTOR_TRACEBACK=1 shows"
        )
        return FAILED


def _speak_utf8() -> None:
    """Names are written in UTF-8 whatever the locale; what cannot be, as escapes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
