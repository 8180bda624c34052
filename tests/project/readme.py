"""Reads a README as what it promises: files to write, lines to change, commands and what they print.

`python -m tests.project.readme` (`make readme`) runs every command again and writes what it prints
into both READMEs. In a printed block `...` stands for any lines, or any text within a line.

What the blocks mean:
- ```console: lines after "$ " are commands, the lines below each are what it prints;
- ```sh: commands whose output is not shown;
- a block below a line that ends in a `path` and a colon: the file's content; ```diff changes it.
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
LINES, COLUMNS = 50, 110  # of the terminal on which commands are run

_PATH = re.compile(r"`([^`\s]+)`[:：]$")
# Colours, cursor movements and the like.
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\].*?(?:\x07|\x1b\\)|\r")
# What differs from run to run and machine to machine.
_TIMED = re.compile(r"[\d.,]+ (s|ms|µs|rows/s|accounts/s)\b")
_HASH = re.compile(r"\b[0-9a-f]{12,64}\b")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: where its content begins (from 0), its language, the lines, the section."""

    start: int
    language: str
    lines: tuple[str, ...]
    section: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command line and what is printed below it."""

    line: str
    printed: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        """The target of a call of make ("run" where none is named), "" for other commands."""
        words = shlex.split(self.line)
        if words[0] != "make":
            return ""
        named = [word for word in words[1:] if "=" not in word]
        return named[0] if named else "run"


def blocks(text: str) -> Iterator[Block]:
    """Every fenced block of a Markdown text."""
    section = above = language = ""
    inside: list[str] | None = None
    start = 0
    for number, line in enumerate(text.splitlines()):
        if line.startswith("```"):
            if inside is None:
                language, inside, start = line[3:].strip(), [], number + 1
            else:
                path = _PATH.search(above)
                yield Block(start, language, tuple(inside), section, path[1] if path else "")
                inside = None
        elif inside is not None:
            inside.append(line)
        elif line.startswith("## ") or line.startswith("### "):
            section = line.lstrip("# ")
        elif line.strip():
            above = line.strip()


def commands(block: Block) -> tuple[Command, ...]:
    """The commands of a console or sh block, with what is printed below each."""
    if block.language == "sh":
        return tuple(Command(line) for line in block.lines if line and not line.startswith("#"))
    if block.language != "console":
        return ()
    found: list[Command] = []
    for line in block.lines:
        if line.startswith("$ "):
            found.append(Command(line[2:]))
        else:
            assert found, f"no command above {line!r}"
            found[-1] = replace(found[-1], printed=(*found[-1].printed, line))
    return tuple(found)


def copy_tree(folder: Path) -> Path:
    """A copy of what the commands of the README touch."""
    skipped = shutil.ignore_patterns(".*_cache", ".hypothesis")
    for name in ("detector", "data", "tests", "training"):
        shutil.copytree(ROOT / name, folder / name, ignore=skipped)
    for path in (*ROOT.glob("*.md"), *ROOT.glob("*.txt"), ROOT / "Makefile", ROOT / "pyproject.toml"):
        shutil.copy2(path, folder)
    return folder


def write(block: Block, folder: Path) -> None:
    """Write the file that a block shows, or change it as a diff says."""
    path = folder / block.path
    if block.language != "diff":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(block.lines) + "\n", encoding="utf-8")
        return
    before = "\n".join(line[1:] for line in block.lines if line[:1] != "+")
    after = "\n".join(line[1:] for line in block.lines if line[:1] != "-")
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{block.path} does not hold these lines once:\n{before}"
    path.write_text(text.replace(before, after), encoding="utf-8")


def run(command: Command, folder: Path) -> tuple[int, tuple[str, ...]]:
    """Exit status and the lines that a terminal shows, run in a copy of the tree.

    Of `make X` the last command of its recipe is run: what comes before it only installs.
    """
    line = command.line
    if command.target:
        line = made(command, folder)[-1].replace(".venv/bin/", f"{Path(sys.executable).parent}/")
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "NO_COLOR": "1",
        "TERM": "xterm",
        "COLUMNS": str(COLUMNS),
    }
    status, text = _on_a_terminal(line, folder, environment)
    shown = [part.rstrip() for part in _CONTROL.sub("", text).split("\n")]
    while shown and not shown[-1]:
        shown.pop()
    return status, tuple(shown)


def _on_a_terminal(line: str, folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Standard output on a terminal of its own; standard error aside, shown where it fails."""
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            ["bash", "-c", line],
            cwd=folder, env=environment,
            stdin=subprocess.DEVNULL, stdout=theirs, stderr=complaints,
        )  # fmt: skip
        os.close(theirs)
        text = b"".join(_read(ours))
        os.close(ours)
        status = process.wait()
        if status:
            complaints.seek(0)
            text += complaints.read()
    return status, text.decode("utf-8", "replace")


def _read(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux's way to say that the other side is closed
            return
        if not part:
            return
        yield part


def made(command: Command, folder: Path) -> list[str]:
    """The command lines that a call of make would run; fails where there is no such target."""
    words = shlex.split(command.line)
    found = subprocess.run(
        [*words, "--dry-run", "--no-print-directory"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    return [line for line in found.stdout.splitlines() if line and not line.startswith("touch ")]


def same(promised: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Whether what is printed is what the README shows, but for times, hashes and `...`."""
    pattern = "\n".join(_pattern(line) for line in promised)
    return re.fullmatch(pattern.replace("\\.\\.\\.", ".*"), _plain(printed), re.DOTALL) is not None


def _pattern(line: str) -> str:
    return re.escape(_plain((line.rstrip(),)))


def _plain(lines: tuple[str, ...]) -> str:
    return _HASH.sub("HASH", _TIMED.sub(r"N \1", "\n".join(lines)))


def refresh(path: Path) -> None:
    """Run the commands of one README and write what they print into it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    new = list(lines)
    with tempfile.TemporaryDirectory() as name:
        folder = copy_tree(Path(name))
        for block in reversed(_shown(lines, folder)):
            new[block.start : block.start + len(lines_of(block, lines))] = block.lines
    path.write_text("\n".join(new) + "\n", encoding="utf-8")


def _shown(lines: list[str], folder: Path) -> list[Block]:
    """The console blocks with the present output, run in the order of the README."""
    found = []
    for block in blocks("\n".join(lines)):
        if block.path:
            write(block, folder)
        if block.language == "console":
            found.append(replace(block, lines=tuple(_run_again(block, folder))))
    return found


def _run_again(block: Block, folder: Path) -> Iterator[str]:
    for command in commands(block):
        yield f"$ {command.line}"
        if not command.printed or "..." in "\n".join(command.printed):
            yield from command.printed
            continue
        status, printed = run(command, folder)
        assert status == 0, "\n".join(printed)
        yield from printed


def lines_of(block: Block, lines: list[str]) -> list[str]:
    """The lines that a block has in the file now."""
    end = next(n for n in range(block.start, len(lines)) if lines[n].startswith("```"))
    return lines[block.start : end]


if __name__ == "__main__":
    for readme in READMES:
        refresh(ROOT / readme)
