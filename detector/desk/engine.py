"""The engine of this process: one screener, one thread that screens, and a short queue before it.

Screening is bound by the processor, so more threads would only make every answer late. What cannot be
screened in time is held, never allowed.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from detector.contract import AssessmentRecord, Reported, to_record
from detector.pipeline import Screener
from detector.settings import Settings

# The law is in force by the day of Beijing
_BEIJING = ZoneInfo("Asia/Shanghai")
# Accounts under way and waiting; beyond it callers are told at once
MOST_WAITING = 4000


class Overloaded(Exception):
    """More is waiting than can be screened in time."""


class Late(Exception):
    """The deadline passed before the answer was there."""


class Engine:
    """Screens with a deadline. `screener` may be asked by anybody; it holds no state."""

    def __init__(self, screener: Screener, most_waiting: int = MOST_WAITING) -> None:
        self.screener = screener
        self._most = most_waiting
        self._waiting = 0
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="screening")

    def screen(self, rows: Sequence[Reported], seconds: float) -> list[AssessmentRecord]:
        """The records of the rows, in order. Raises Overloaded or Late; then nothing is known of them."""
        with self._lock:
            if self._waiting + len(rows) > self._most:
                raise Overloaded
            self._waiting += len(rows)
        cancelled = threading.Event()
        future = self._pool.submit(self._work, rows, cancelled)
        future.add_done_callback(lambda _: self._done(len(rows)))
        try:
            return future.result(timeout=seconds)
        except FutureTimeout:
            cancelled.set()
            future.cancel()
            raise Late from None

    def _work(self, rows: Sequence[Reported], cancelled: threading.Event) -> list[AssessmentRecord]:
        if cancelled.is_set():
            return []
        assume = self.screener.settings.assume_unverified
        found = self.screener.screen([row.account for row in rows], today())
        return [
            to_record(one, row, assume_unverified=assume)
            for one, row in zip(found, rows, strict=True)
        ]

    def _done(self, count: int) -> None:
        with self._lock:
            self._waiting -= count

    @property
    def waiting(self) -> int:
        """Accounts under way and waiting."""
        return self._waiting


def today() -> date:
    """The day in Beijing."""
    return datetime.now(_BEIJING).date()


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process, opened on first use: some seconds, and minutes the very first time."""
    return Engine(Screener.open(Settings.from_environment()))
