"""A stream of rows judged on all cores: order kept, memory flat, every row accounted for."""

from __future__ import annotations

import signal
import threading
from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from multiprocessing import get_context
from typing import Protocol, TypeVar

from detector.contract import Reported, kind_of, read_row, to_line, to_record
from detector.errors import DataError, DetectorError, RowError
from detector.files import NO_ID, BadRow, Read, Row, fingerprint, parsed, shown
from detector.pipeline import Screener
from detector.settings import Settings
from detector.types import Account, Assessment

# A chunk goes to a worker when it has so many rows or bytes
CHUNK_ROWS = 1024
CHUNK_BYTES = 4 << 20
# Chunks under way for each worker: one judged, one waiting
_AHEAD = 2


In = TypeVar("In")
Out = TypeVar("Out")


class Screens(Protocol):
    """What the batch needs of a `Screener`."""

    def screen(self, accounts: Sequence[Account], as_of: date) -> list[Assessment]:
        """One assessment an account, in order."""


@dataclass(frozen=True, slots=True)
class Task:
    """How the rows are judged and written; the same for all of them."""

    settings: Settings
    as_of: date
    full: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive rows of the file, bad ones among them."""

    rows: tuple[Read, ...]

    @property
    def place(self) -> str:
        """Which rows these are, for people."""
        return f"rows {self.rows[0].row:,} to {self.rows[-1].row:,}"


@dataclass(slots=True)
class Tally:
    """What came of the rows so far."""

    rows: int = 0
    bad: int = 0
    assessed: int = 0
    needs_person: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    clauses: Counter[str] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)

    def add(self, more: Tally) -> None:
        """Count another part's rows in."""
        self.rows += more.rows
        self.bad += more.bad
        self.assessed += more.assessed
        self.needs_person += more.needs_person
        self.outcomes.update(more.outcomes)
        self.clauses.update(more.clauses)
        self.gaps.update(more.gaps)

    def check(self) -> None:
        """Raises DetectorError where a row was lost on the way."""
        if self.rows != self.assessed + self.bad:
            raise DetectorError(
                f"{self.rows} rows came in, {self.assessed} assessments and {self.bad} bad rows "
                "went out: a fault of the program, please report it"
            )


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a chunk: a line of output for every row but the bad ones.

    ids: the fingerprint of every row's account id, for finding repeated ones.
    """

    lines: bytes
    bad: list[BadRow]
    tally: Tally
    ids: array[int]


def chunks(rows: Iterable[Read]) -> Iterator[Chunk]:
    """The rows in chunks of bounded size."""
    taken: list[Read] = []
    size = 0
    for row in rows:
        taken.append(row)
        size += 0 if isinstance(row, BadRow) else row.size
        if len(taken) >= CHUNK_ROWS or size >= CHUNK_BYTES:
            yield Chunk(tuple(taken))
            taken, size = [], 0
    if taken:
        yield Chunk(tuple(taken))


def judge(screener: Screens, task: Task, chunk: Chunk) -> Judged:
    """Read, screen and write down the rows of a chunk."""
    read: list[tuple[Row, Reported]] = []
    bad: list[BadRow] = []
    ids = array("Q")
    for row in map(parsed, chunk.rows):
        ids.append(_fingerprint(row))
        if isinstance(row, BadRow):
            bad.append(row)
            continue
        try:
            read.append((row, read_row(row.row, row.cells)))
        except RowError as error:
            bad.append(_bad(row, error.reason, error.account_id))
    assessments, failed = _screened(screener, task.as_of, read)
    bad = sorted([*bad, *failed], key=lambda b: b.row)
    came_in = sum(row.rows if isinstance(row, BadRow) else 1 for row in chunk.rows)
    tally = Tally(came_in, sum(b.rows for b in bad), len(assessments))
    lines = b"".join(_line(task, tally, reported, a) for reported, a in assessments)
    return Judged(lines, bad, tally, ids)


def _fingerprint(row: Row | BadRow) -> int:
    account_id = row.cells.get("account_id") if isinstance(row, Row) else None
    return NO_ID if account_id is None else fingerprint(str(account_id))


def _bad(row: Row, reason: str, account_id: str) -> BadRow:
    return BadRow(row.row, row.line, reason, account_id, shown(str(row.cells.get("name"))))


def _screened(
    screener: Screens, as_of: date, read: Sequence[tuple[Row, Reported]]
) -> tuple[list[tuple[Reported, Assessment]], list[BadRow]]:
    """The assessments, and the rows on which the engine failed."""
    accounts = [reported.account for _, reported in read]
    judged: list[tuple[Reported, Assessment]] = []
    failed: list[BadRow] = []
    found = each(accounts, lambda some: screener.screen(some, as_of))
    for (row, reported), assessment in zip(read, found, strict=True):
        if isinstance(assessment, Failure):
            failed.append(_bad(row, assessment.reason, reported.account.account_id))
        else:
            judged.append((reported, assessment))
    return judged, failed


@dataclass(frozen=True, slots=True)
class Failure:
    """Why one row could not be judged."""

    reason: str


def each(rows: Sequence[In], judge: Callable[[Sequence[In]], Sequence[Out]]) -> list[Out | Failure]:
    """What `judge` makes of the rows at once; where it fails, of ever smaller parts of them.

    A fault of ours that one row brings out must not cost the others. Errors of our own tree stop.
    """
    if not rows:
        return []
    try:
        return [*judge(rows)]
    except DetectorError:
        raise
    except Exception as error:  # whatever it is: one row must not cost the others
        if len(rows) == 1:
            told = f"could not be judged ({type(error).__name__}: {error}); please report it"
            return [Failure(told)]
    half = len(rows) // 2
    return [*each(rows[:half], judge), *each(rows[half:], judge)]


def _line(task: Task, tally: Tally, reported: Reported, assessment: Assessment) -> bytes:
    record = to_record(
        assessment, reported, full=task.full, assume_unverified=task.settings.assume_unverified
    )
    tally.outcomes[record["outcome"]] += 1
    tally.needs_person += record["needs_person"]
    tally.clauses.update({f["clause"] for f in record["findings"]})
    tally.gaps.update(map(kind_of, record["gaps"]))
    return to_line(record)


Opener = Callable[[Settings], Screens]
_worker: tuple[Screens, Task] | None = None


def _begin(opener: Opener, task: Task) -> None:
    """Make this process a worker: open the screener once; Ctrl-C is for the main process."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker = opener(task.settings), task


def _work(chunk: Chunk) -> Judged:
    if _worker is None:
        raise DataError("the worker was not opened")
    return judge(*_worker, chunk)


def run(
    rows: Iterable[Read],
    task: Task,
    workers: int,
    screener: Screens,
    opener: Opener = Screener.open,
) -> Iterator[Judged]:
    """What came of the rows, chunk by chunk in their order.

    The first chunk is judged here, by `screener`: a small file needs no workers. Then `workers`
    processes open a screener each. Raises DetectorError naming the rows where a worker dies.
    """
    of_file = chunks(rows)
    for chunk in of_file:
        yield judge(screener, task, chunk)
        if workers > 1:
            break
    yield from _on_workers(of_file, task, workers, opener)


def _on_workers(
    of_file: Iterator[Chunk], task: Task, workers: int, opener: Opener
) -> Iterator[Judged]:
    first = next(of_file, None)
    if first is None:
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (opener, task))
    under_way: deque[tuple[Chunk, Future[Judged]]] = deque()
    try:
        with deaf_children():
            under_way.append((first, pool.submit(_work, first)))
        for number, chunk in enumerate(of_file, 2):
            # a pool that spawns starts one process with each of the first chunks
            with deaf_children() if number <= workers else nullcontext():
                under_way.append((chunk, pool.submit(_work, chunk)))
            if len(under_way) > workers * _AHEAD:
                yield _result(under_way)
        while under_way:
            yield _result(under_way)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _result(under_way: deque[tuple[Chunk, Future[Judged]]]) -> Judged:
    chunk, future = under_way[0]
    try:
        found = future.result()
    except BrokenProcessPool as error:
        last = under_way[-1][0]
        raise DetectorError(
            f"a worker process died (out of memory?) at {chunk.place}, or further on up to row "
            f"{last.rows[-1].row:,}; nothing after row {chunk.rows[0].row - 1:,} was judged"
        ) from error
    under_way.popleft()
    return found


@contextmanager
def deaf_children() -> Iterator[None]:
    """Processes started in this block ignore Ctrl-C from their first moment."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
