"""Columns in, columns out: every row in its place, judged as one account alone would be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.bulk.columns import RESULTS
from detector.bulk.screening import Judge, screen_batches
from detector.contract import read_row, to_record
from detector.errors import FileFormatError, RowError
from detector.pipeline import Screener
from detector.types import Account, Assessment, Decision, Outcome, Provenance
from tests.bulk.platform import made

# Rows that are read one by one among others that are not
ODD: tuple[dict[str, object], ...] = (
    {"account_type": " Personal"}, {"account_id": "甲"}, {"verified_code": "91110000802100433B"},
    {"bio": "一个人\ufffd", "name": "人民曰报"}, {"verified_kind": "Media", "name": "清华大学"},
    {"account_type": "", "name": "张小明"}, {"name": None}, {"account_id": " "},
    {"name": "人民日报" * 40}, {"bio": "爱生活" * 800}, {"name": ""},
)  # fmt: skip
ROWS = [
    {"verified_code": None, **row}
    for row in (
        *made(60),
        *({**made(1, n)[0], **odd} for n, odd in enumerate(ODD)),
        *made(20, 7),
    )
]


def batch(rows: Sequence[Mapping[str, object]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([dict(row) for row in rows])


def results(judge: Judge, *batches: pa.RecordBatch) -> list[dict[str, object]]:
    found = pa.Table.from_batches(screen_batches(batches, judge), RESULTS)
    return list(found.to_pylist())


def test_a_row_is_judged_as_the_account_alone(judge: Judge) -> None:
    assert isinstance(judge.screener, Screener)
    for row, found in zip(ROWS, results(judge, batch(ROWS)), strict=True):
        if found["fault"] is not None:
            with pytest.raises(RowError):
                read_row(1, row)
            continue
        reported = read_row(1, row)
        (assessment,) = judge.screener.screen([reported.account], judge.as_of)
        record = to_record(assessment, reported)
        told = [found[key] for key in ("account_id", "outcome", "needs_person", "measure")]
        assert told == [
            record["account_id"], record["outcome"], record["needs_person"], record["measure"],
        ]  # fmt: skip
        assert json.loads(str(found["findings"])) == record["findings"]
        assert json.loads(str(found["gaps"])) == record["gaps"]
        assert found["clauses"] == sorted({f["clause"] for f in record["findings"]})
        assert (found["bundle"], found["as_of"]) == (judge.bundle, "2026-11-23")


@given(cuts=st.lists(st.integers(0, len(ROWS)), max_size=5))
def test_it_does_not_matter_how_the_rows_are_cut(judge: Judge, cuts: list[int]) -> None:
    whole = results(judge, batch(ROWS))
    edges = [0, *sorted(cuts), len(ROWS)]
    table = batch(ROWS)
    pieces = [table.slice(a, b - a) for a, b in pairwise(edges)]
    assert results(judge, *pieces) == whole


BAD = {
    "no id": ({"account_id": None, "name": "x"}, None, "account_id: not reported"),
    "an empty id": ({"account_id": " ", "name": "x"}, None, "account_id: empty"),
    "no name": ({"account_id": "1", "name": None}, "1", "name: not reported"),
    "a kind of account that is none": (
        {"account_id": "1", "name": "x", "account_type": "robot"}, "1", "account_type",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("row", "account_id", "told"), BAD.values(), ids=BAD)
def test_a_bad_row_keeps_its_place_and_says_why(
    judge: Judge, row: dict[str, object], account_id: str | None, told: str
) -> None:
    good = {"account_id": "9", "name": "阳光", "account_type": None}
    before, bad, after = results(judge, batch([good, {"account_type": None, **row}, good]))
    assert (bad["account_id"], bad["outcome"], bad["needs_person"]) == (account_id, None, None)
    assert told in str(bad["fault"])
    assert before == after
    assert (before["outcome"], before["fault"]) == ("allow", None)


def test_a_required_column_that_lacks_is_an_error(judge: Judge) -> None:
    with pytest.raises(FileFormatError, match="no column account_id"):
        results(judge, batch([{"name": "x"}]))


def test_an_empty_batch_gives_nothing(judge: Judge) -> None:
    empty = pa.RecordBatch.from_arrays(
        [pa.array([], pa.string())] * 2, names=["account_id", "name"]
    )
    assert results(judge, empty) == []


class Faulty:
    """Allows everybody; one name brings out a fault of ours."""

    gate = None

    def screen(self, accounts: Sequence[Account], as_of: date) -> list[Assessment]:
        if any(account.name == "fault" for account in accounts):
            raise ZeroDivisionError("a fault of ours")
        decision = Decision(Outcome.ALLOW, (), False, as_of.isoformat())
        made_by = Provenance("", "", "", "")
        return [Assessment(account, (), decision, (), made_by) for account in accounts]


def test_a_row_that_brings_out_a_fault_costs_no_other() -> None:
    rows = [{"account_id": str(n), "name": "fault" if n == 7 else "x"} for n in range(20)]
    found = results(Judge(Faulty(), "b", date(2026, 11, 23)), batch(rows))
    assert [row["account_id"] for row in found if row["fault"]] == ["7"]
    assert "ZeroDivisionError: a fault of ours" in str(found[7]["fault"])
    assert [row["outcome"] for row in found].count("allow") == 19
