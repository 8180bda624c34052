"""Tables of figures: drawn by rich on a terminal, plain aligned columns in a pipe or a log."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable


def say(line: str = "") -> None:
    """One line on standard output."""
    sys.stdout.write(f"{line}\n")


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; of no cases there is no share."""

    good: int
    of: int

    @staticmethod
    def among(values: Iterable[bool]) -> Share:
        """The share of true values."""
        listed = list(values)
        return Share(sum(listed), len(listed))

    @property
    def value(self) -> float | None:
        """0..1, or None where there was no case."""
        return self.good / self.of if self.of else None

    def __str__(self) -> str:
        """The share with its count: 97.2 % 210/216."""
        if self.value is None:
            return "-"
        return f"{100 * self.value:.{2 if self.of >= 1000 else 1}f} % {self.good}/{self.of}"


@dataclass(slots=True)
class Table:
    """A titled table; the first column holds words, the others figures."""

    title: str
    columns: Sequence[str]
    notes: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        """A row; None is shown as nothing."""
        self.rows.append(tuple("" if cell is None else str(cell) for cell in cells))

    def show(self) -> None:
        """Print to standard output."""
        if sys.stdout.isatty():
            self._draw()
        else:
            say("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """The table as plain lines, its columns aligned for wide characters too."""
        grid = [tuple(self.columns), *self.rows]
        widths = [max(cell_len(row[i]) for row in grid) for i in range(len(self.columns))]
        lines = [self.title]
        for row in grid:
            cells = [
                cell + " " * (width - cell_len(cell))
                for cell, width in zip(row, widths, strict=True)
            ]
            lines.append("  " + "  ".join(cells).rstrip())
        return [*lines, *(f"  {note}" for note in self.notes), ""]

    def _draw(self) -> None:
        drawn = RichTable(title=self.title, title_justify="left")
        for number, column in enumerate(self.columns):
            drawn.add_column(column, justify="left" if number == 0 else "right")
        for row in self.rows:
            drawn.add_row(*row)
        console = Console()
        console.print(drawn)
        for note in self.notes:
            console.print(f"  {note}", style="dim", highlight=False, markup=False)
