"""Rows on all cores: order kept, every row accounted for, a dead worker named."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

import pytest

from detector.batch import CHUNK_ROWS, Judged, Tally, Task, run
from detector.errors import DetectorError
from detector.files import BadRow, Read, Row, Unparsed
from detector.settings import Settings
from tests.edges.standin import Allows, open_standin

TASK = Task(Settings(), date(2026, 11, 23))


def row(number: int, name: str = "阳光") -> Read:
    if number % 2:
        return Row(number, number, {"account_id": f"u{number}", "name": name}, 10)
    data = json.dumps({"account_id": f"u{number}", "name": name}).encode()
    return Unparsed(number, number, data, "utf-8")


def judged(rows: Iterable[Read], workers: int) -> tuple[list[str], list[BadRow], Tally]:
    found: list[Judged] = list(run(rows, TASK, workers, Allows(), open_standin))
    tally = Tally()
    for part in found:
        tally.add(part.tally)
    tally.check()
    ids = [json.loads(line)["account_id"] for part in found for line in part.lines.splitlines()]
    return ids, [bad for part in found for bad in part.bad], tally


@pytest.mark.parametrize("workers", [1, 3])
def test_order_is_kept_and_every_row_is_accounted_for(workers: int) -> None:
    count = CHUNK_ROWS * 5 + 17
    rows = [row(n) if n % 100 else BadRow(n, n, "bad") for n in range(1, count + 1)]
    ids, bad, tally = judged(rows, workers)
    assert ids == [f"u{n}" for n in range(1, count + 1) if n % 100]
    assert [b.row for b in bad] == list(range(100, count + 1, 100))
    assert (tally.rows, tally.assessed + tally.bad) == (count, count)
    assert tally.outcomes == {"allow": tally.assessed}


def test_a_lost_part_of_a_file_counts_its_rows() -> None:
    _, _, tally = judged([row(1), BadRow(2, 0, "the rest", rows=41)], 1)
    assert (tally.rows, tally.assessed, tally.bad) == (42, 1, 41)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_row_that_brings_out_a_fault_of_ours_costs_no_other(workers: int) -> None:
    rows = [row(n, "fault" if n in (700, 2500) else "x") for n in range(1, CHUNK_ROWS * 3)]
    ids, bad, tally = judged(rows, workers)
    assert len(ids) == tally.rows - 2
    assert [b.row for b in bad] == [700, 2500]
    assert "ZeroDivisionError: a fault of ours" in bad[0].reason


def test_a_dead_worker_is_an_error_that_names_the_rows() -> None:
    rows = [row(n, "crash" if n == CHUNK_ROWS * 2 + 5 else "x") for n in range(1, CHUNK_ROWS * 9)]
    with pytest.raises(DetectorError, match=r"a worker process died .* at rows [\d,]+ to [\d,]+"):
        judged(rows, 2)


def test_a_lost_row_is_noticed() -> None:
    with pytest.raises(DetectorError, match="3 rows came in, 1 assessments and 1 bad rows"):
        Tally(rows=3, assessed=1, bad=1).check()


def test_only_some_rows_are_read_ahead() -> None:
    taken = 0

    def rows() -> Iterable[Read]:
        nonlocal taken
        for taken in range(1, CHUNK_ROWS * 40):
            yield row(taken)

    stream = run(rows(), TASK, 2, Allows(), open_standin)
    next(stream)
    assert taken == CHUNK_ROWS
    next(stream)
    assert taken <= CHUNK_ROWS * 8
    stream.close()  # type: ignore[attr-defined]
