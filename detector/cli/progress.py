"""A progress bar with rate and time left on a terminal, nothing in a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from detector.files import Input

_COLUMNS = (
    SpinnerColumn(), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[rate]}"),
    TimeElapsedColumn(), TextColumn("剩余 left"), TimeRemainingColumn(),
)  # fmt: skip


class Bar:
    """Told how many rows are judged; silent where there is no terminal."""

    def __init__(self, progress: Progress | None, source: Input) -> None:
        self._progress, self._source = progress, source
        self._rows = 0
        self._task = progress.add_task("", total=self._total(), rate="") if progress else None

    def _total(self) -> int | None:
        return self._source.count or self._source.progress()[1]

    def advance(self, rows: int) -> None:
        """So many rows more are judged."""
        self._rows += rows
        if self._progress is None or self._task is None:
            return
        done = self._rows if self._source.count else self._source.progress()[0]
        task = self._progress.tasks[0]
        rate = f"{self._rows:,} rows, {self._rows / max(task.elapsed or 0, 1e-9):,.0f}/s"
        self._progress.update(self._task, completed=done, rate=rate)


@contextmanager
def rows_bar(total: int, console: Console) -> Iterator[Callable[[int], None]]:
    """The bar of a run over so many rows: what it yields is told how many more are done."""
    if not console.is_terminal:
        yield lambda more: None
        return
    with Progress(*_COLUMNS, console=console, transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("", total=total, rate="")

        def advance(more: int) -> None:
            shown = progress.tasks[0]
            done = shown.completed + more
            rate = f"{done:,.0f} rows, {done / max(shown.elapsed or 0, 1e-9):,.0f}/s"
            progress.update(task, completed=done, rate=rate)

        yield advance


@contextmanager
def bar(source: Input, console: Console) -> Iterator[Bar]:
    """The bar of a run over `source`."""
    if not console.is_terminal:
        yield Bar(None, source)
        return
    with Progress(*_COLUMNS, console=console, transient=True, redirect_stdout=False) as progress:
        yield Bar(progress, source)
