"""Runs every command of the README again and writes what it prints into both: `make readme`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.project.readme import READMES, ROOT, Block, copy_tree, same, sections, write
from tests.project.terminal import compile_tree, run


def refresh(english: str, *translations: str) -> None:
    """Bring a README and its translations up to date; raises where a command fails."""
    renewed = [pair for found in sections(english).values() for pair in _followed(found)]
    _replace(english, renewed)
    blocks = _blocks(english)
    for readme in translations:
        theirs = _blocks(readme)
        _replace(readme, [(a, b.lines) for a, b in zip(theirs, blocks, strict=True)])


def _blocks(readme: str) -> list[Block]:
    """The blocks that are the same in every language."""
    return [b for found in sections(readme).values() for b in found if b.language != "text"]


def _replace(readme: str, renewed: Iterable[tuple[Block, Sequence[str]]]) -> None:
    path = ROOT / readme
    lines = path.read_text(encoding="utf-8").splitlines()
    for block, inside in sorted(renewed, key=lambda pair: -pair[0].start):
        lines[block.start : block.end] = inside
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _followed(section: tuple[Block, ...]) -> Iterator[tuple[Block, Sequence[str]]]:
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
        shown = "\n".join(answer.lines)
        if answer.status:
            raise RuntimeError(f"{command.line}: {shown}\n{answer.complaints}")
        if not command.printed:
            continue
        if "..." not in "\n".join(command.printed):
            yield from answer.lines
            continue
        yield from command.printed
        if not same(command.printed, answer.lines):
            print(f"{command.line}: shortened by hand, so mend it by hand; it prints:\n{shown}")


if __name__ == "__main__":
    compile_tree()
    refresh(*READMES)
