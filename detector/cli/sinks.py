"""Where the lines of a run go (a file, a pipe, a terminal's table), and where bad rows go."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Protocol

from rich.console import Console

from detector.cli.summary import BAD_TOLD, bad_row
from detector.cli.terminal import has_colour, say
from detector.explain import Shown, results_table
from detector.files import BadRow, written_whole


class Sink(Protocol):
    """Takes output lines in order; `end` is called once, after the last."""

    def take(self, lines: bytes, count: int) -> None:
        """The next `count` lines."""

    def end(self) -> None:
        """There are no more."""


class Stream:
    """Lines written as they come, to an open file or pipe."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def take(self, lines: bytes, count: int) -> None:
        """Write them."""
        self._stream.write(lines)

    def end(self) -> None:
        """Hand on what is buffered."""
        self._stream.flush()


class TableOf:
    """The table of a terminal, printed at the end."""

    def __init__(self, console: Console, limit: int) -> None:
        self._console, self._shown = console, Shown(limit)

    def take(self, lines: bytes, count: int) -> None:
        """Keep what the table will show."""
        for at, line in enumerate(lines.splitlines()):
            if not self._shown.wants():
                self._shown.skip(count - at)
                return
            self._shown.add(json.loads(line))

    def end(self) -> None:
        """Print the table."""
        records = self._shown.records()
        self._console.print(results_table(records, has_colour(self._console)))
        if len(records) < self._shown.total:
            self._console.print(
                f"{len(records):,} of {self._shown.total:,} accounts are shown, the first that are "
                "not allowed; -o OUT writes all, --limit-table N shows more"
            )


class BadRows:
    """Bad rows: the first few told on standard error, all written beside the output file.

    That file appears with the first bad row, and with the output: whole or not at all.
    """

    def __init__(self, stack: ExitStack, name: str, out: Path | None) -> None:
        self._stack, self._name = stack, name
        self.path = None if out is None else out.with_name(f"{out.name}.bad.jsonl")
        self._file: IO[bytes] | None = None
        self._told = self._more = 0

    def take(self, rows: Iterable[BadRow]) -> None:
        """The next bad rows."""
        for row in rows:
            if self._told < BAD_TOLD:
                self._told += 1
                say(bad_row(self._name, row))
            else:
                self._more += 1
            self._write(row)

    def _write(self, row: BadRow) -> None:
        if self.path is None:
            return
        if self._file is None:
            self._file = self._stack.enter_context(written_whole(self.path))
        record = {"file": self._name, **row._asdict()}
        text = json.dumps(record, ensure_ascii=False)
        self._file.write(text.encode("utf-8", "backslashreplace") + b"\n")

    def end(self) -> None:
        """Say how many were not told; take away what an earlier run left."""
        if self._more:
            say(f"… and {self._more:,} more bad rows")
        if self.path is not None and self._file is None:
            self.path.unlink(missing_ok=True)
        elif self.path is not None:
            say(f"bad rows are in {self.path}")
