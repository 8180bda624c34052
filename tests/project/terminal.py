"""Runs a command of a README as a reader would: on a terminal, in a copy of the tree."""

from __future__ import annotations

import os
import pty
import re
import shlex
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

from tests.project.readme import ROOT, Command

LINES, COLUMNS = 50, 110
BIN = Path(sys.executable).parent

# Colours, cursor movements and the like.
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command came to: exit status, the lines on the terminal, what it complained of."""

    status: int
    lines: tuple[str, ...]
    complaints: str


def run(command: Command, folder: Path) -> Answer:
    """Run a command line in `folder` with the running environment's programs.

    Of `make X`, the last command of its recipe: those before it only install.
    """
    line = command.line
    if command.target:
        line = recipe(command, folder)[-1].replace(".venv/bin", str(BIN))
    environment = os.environ | {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(folder),
        "NO_COLOR": "1",
        "TERM": "xterm",
        "COLUMNS": str(COLUMNS),
    }
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            ["bash", "-c", line],
            cwd=folder, env=environment,
            stdin=subprocess.DEVNULL, stdout=theirs, stderr=complaints,
        )  # fmt: skip
        os.close(theirs)
        text = _CONTROL.sub("", b"".join(_read(ours)).decode())
        os.close(ours)
        status = process.wait()
        complaints.seek(0)
        complained = complaints.read().decode()
    return Answer(status, tuple(part.rstrip() for part in text.rstrip().split("\n")), complained)


def _read(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux's way to say that the other side is closed
            return
        if not part:
            return
        yield part


def recipe(command: Command, folder: Path) -> list[str]:
    """The command lines that a call of make would run; an error where there is no such target."""
    found = subprocess.run(
        [*shlex.split(command.line), "--dry-run", "--no-print-directory"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    return [line for line in found.stdout.splitlines() if line]


def compile_tree() -> None:
    """Compile the matching in the tree, once, so that every copy of it has that already."""
    command = [sys.executable, "-m", "detector.cli", "explain", "人民曰报"]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
