"""Runs every command of the READMEs again and writes what it prints into them: `make readme`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.project.readme import READMES, ROOT, Block, copy_tree, same, sections, write
from tests.project.terminal import compile_tree, run


def refresh(readme: str) -> None:
    """Bring one README up to date; raises where a command fails."""
    path = ROOT / readme
    lines = path.read_text(encoding="utf-8").splitlines()
    renewed = [pair for found in sections(readme).values() for pair in _followed(found)]
    for block, printed in sorted(renewed, key=lambda pair: -pair[0].start):
        lines[block.start : block.end] = printed
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _followed(section: tuple[Block, ...]) -> Iterator[tuple[Block, list[str]]]:
    """The console blocks of a section with their lines as they should be."""
    with tempfile.TemporaryDirectory() as name:
        folder = copy_tree(Path(name))
        for block in section:
            if block.path:
                write(block, folder)
            if block.language == "console":
                yield block, list(_printed(block, folder))


def _printed(block: Block, folder: Path) -> Iterator[str]:
    for command in block.commands:
        yield f"$ {command.line}"
        if command.is_long:
            yield from command.printed
            continue
        answer = run(command, folder)
        if answer.status:
            raise RuntimeError(f"{command.line}: {answer.complaints}")
        if not command.printed:
            continue
        if "..." not in "\n".join(command.printed):
            yield from answer.lines
            continue
        yield from command.printed
        if not same(command.printed, answer.lines):
            print(f"{command.line}: shortened by hand, so mend it by hand; it prints:")
            print("\n".join(answer.lines))


if __name__ == "__main__":
    compile_tree()
    for name in READMES:
        refresh(name)
