"""A README as what it promises: files to write, lines to change, commands and what they print.

- ```console: lines after "$ " are commands; the lines below each are what it prints on a terminal,
  where `...` stands for any lines or any part of a line;
- ```sh: commands whose output is not shown;
- a block below a line that ends in a `path` and a colon is that file's content; ```diff changes it,
  and where it only adds, adds at the end.

One section is followed from top to bottom in a copy of the tree of its own.
"""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")

# Targets of make that only install, run the very tests that follow a README, or take minutes.
LONG = frozenset(
    "install test check lint format gate bench bench-peers bench-nicknames bench-ranking bench-speed "
    "bench-images eval tables embedding marks train wheel readme lock clean help serve demo-accounts "
    "pictures".split()
)

_PATH = re.compile(r"`([^`\s]+)`[:：]$")
# What differs from run to run and from machine to machine.
_TIMED = re.compile(r"[\d.,]+ (s|ms|µs|rows/s|accounts/s)\b")
_HASH = re.compile(r"\b[0-9a-f]{12,64}\b")


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

    @property
    def is_long(self) -> bool:
        """Not run by tests: it is enough that the target exists. Some of the tests are run."""
        return self.target in LONG and "=" not in self.line


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: lines [start, end) of the README, from 0; path: the file it shows."""

    start: int
    end: int
    language: str
    lines: tuple[str, ...]
    path: str = ""

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands of a console or sh block."""
        if self.language == "sh":
            return tuple(Command(line) for line in self.lines if line and line[0] != "#")
        if self.language != "console":
            return ()
        found: list[Command] = []
        for line in self.lines:
            if line.startswith("$ "):
                found.append(Command(line[2:]))
            else:
                found[-1] = replace(found[-1], printed=(*found[-1].printed, line))
        return tuple(found)


def sections(readme: str) -> dict[str, tuple[Block, ...]]:
    """Heading -> the fenced blocks below it, for all headings that have some."""
    found: dict[str, tuple[Block, ...]] = {}
    heading = above = ""
    lines = (ROOT / readme).read_text(encoding="utf-8").splitlines()
    numbered = iter(enumerate(lines))
    for number, line in numbered:
        if line.startswith("```"):
            end = next(at for at, other in numbered if other == "```")
            path = _PATH.search(above)
            inside = tuple(lines[number + 1 : end])
            block = Block(number + 1, end, line[3:].strip(), inside, path[1] if path else "")
            found[heading] = (*found.get(heading, ()), block)
            above = ""
        elif line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.strip():
            above = line.strip()
    return found


def copy_tree(folder: Path) -> Path:
    """A copy of what a README's commands read and change."""
    skipped = shutil.ignore_patterns(".*_cache", ".hypothesis")
    for name in ("detector", "data", "models", "tests", "training"):
        shutil.copytree(ROOT / name, folder / name, ignore=skipped)
    for pattern in ("*.md", "*.txt", "*.toml", "Makefile"):
        for path in ROOT.glob(pattern):
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
    if not before:
        path.write_text(f"{text.rstrip()}\n{after}\n", encoding="utf-8")
        return
    assert text.count(before) == 1, f"{block.path} does not hold these lines once:\n{before}"
    path.write_text(text.replace(before, after), encoding="utf-8")


def same(promised: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Whether what is printed is what the README shows, but for times, hashes and `...`."""
    pattern = re.escape(_plain(promised)).replace(r"\.\.\.", ".*")
    return re.fullmatch(pattern, _plain(printed), re.DOTALL) is not None


def _plain(lines: tuple[str, ...]) -> str:
    text = "\n".join(line.rstrip() for line in lines)
    return _HASH.sub("HASH", _TIMED.sub(r"N \1", text))
