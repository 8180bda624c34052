"""All parts of a folder on all cores of this machine; a killed run is taken up where it stopped."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from multiprocessing.sharedctypes import Synchronized

from detector.batch import deaf_children
from detector.bulk.part import Part, Progress
from detector.bulk.work import Done, Job, Worker
from detector.errors import DataError, DetectorError

# Seconds between two looks at how far the workers are
_LOOK = 0.2

Opener = Callable[[Job], Worker]
_worker: tuple[Worker, Synchronized[int]] | None = None


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))


def run(
    parts: Sequence[Part],
    job: Job,
    workers: int,
    progress: Progress,
    opener: Opener = Worker.open,
) -> Iterator[Done]:
    """Bring the results of every part up to date; what came of each, as they are done.

    A part whose accounts cannot be read is told (`Way.FAILED`) and costs no other. Raises OSError
    where results cannot be written, DetectorError where a worker dies: what is done is kept, and
    a further run goes on from there.
    """
    if min(workers, len(parts)) <= 1:
        worker = opener(job)
        yield from (worker.do(part, progress) for part in parts)
        return
    context = get_context("spawn")
    rows: Synchronized[int] = context.Value("q", 0)
    pool = ProcessPoolExecutor(min(workers, len(parts)), context, _begin, (opener, job, rows))
    try:
        with deaf_children():
            under_way = {pool.submit(_work, part): part for part in parts}
        yield from _as_done(under_way, rows, progress)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _as_done(
    under_way: dict[Future[Done], Part], rows: Synchronized[int], progress: Progress
) -> Iterator[Done]:
    told = 0
    while under_way:
        finished, _ = wait(under_way, _LOOK, FIRST_COMPLETED)
        now = rows.value
        progress(now - told)
        told = now
        for future in finished:
            part = under_way.pop(future)
            try:
                yield future.result()
            except BrokenProcessPool as error:
                raise DetectorError(
                    f"a worker process died (out of memory?), perhaps at {part.source}; finished "
                    "parts are kept, run the same command again to go on"
                ) from error


def _begin(opener: Opener, job: Job, rows: Synchronized[int]) -> None:
    """Make this process a worker: open the bundle once; Ctrl-C is for the main process."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = opener(job), rows


def _end_with_parent() -> None:
    """A worker whose main process was killed ends at once, and leaves nothing behind but a part."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _work(part: Part) -> Done:
    if _worker is None:
        raise DataError("the worker was not opened")
    worker, rows = _worker

    def progress(more: int) -> None:
        with rows.get_lock():
            rows.value += more

    return worker.do(part, progress)
