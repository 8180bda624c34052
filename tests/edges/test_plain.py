"""Rows that are taken as they stand are those of which reading them one by one has nothing to say."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.contract import read_row
from detector.contract.plain import good, texts
from detector.errors import RowError

FINE: dict[str, object] = {
    "account_id": "1",
    "name": "阳光",
    "account_type": "personal",
    "verified_code": None,
}
# What a row may say -> whether it is surely good
ROWS: dict[str, tuple[dict[str, object], bool]] = {
    "everything in order": ({}, True),
    "an empty type": ({"account_type": ""}, True),
    "no type": ({"account_type": None}, True),
    "an empty name": ({"name": ""}, True),
    "no name": ({"name": None}, False),
    "a blank id": ({"account_id": "\u3000 "}, False),
    "an id of Chinese characters, which may be a space for all it knows": ({"account_id": "甲"}, False),
    "a type in capitals": ({"account_type": "Personal"}, False),
    "a type that is none": ({"account_type": "robot"}, False),
    "a code, whose check digit is to be seen": ({"verified_code": "91110000802100433B"}, False),
    "an empty code": ({"verified_code": ""}, True),
    "a lost character": ({"name": "阳\ufffd"}, False),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "expected"), ROWS.values(), ids=ROWS)
def test_a_row_is_good_or_to_be_read(cells: dict[str, object], expected: bool) -> None:
    batch = pa.RecordBatch.from_pylist([FINE, {**FINE, **cells}], schema=schema(FINE))
    assert good(texts(batch)).tolist() == [True, expected]


def schema(row: dict[str, object]) -> pa.Schema:
    return pa.schema([(name, pa.string()) for name in row])


CELLS = st.sampled_from(
    (None, "", " ", "1", "a", "阳光", "personal", "Personal", "media", "stock", "x\ufffd", "\x1c",
     "91110000802100433B", "11100000000013338W", "\u2028")
)  # fmt: skip
COLUMNS = ("account_id", "name", "account_type", "bio", "verified_name", "verified_code",
           "verified_kind", "event", "licences", "something_else")  # fmt: skip


@given(rows=st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELLS)), min_size=1))
def test_reading_a_good_row_alone_finds_nothing_to_say(rows: list[dict[str, object]]) -> None:
    said = texts(pa.RecordBatch.from_pylist(rows, schema=schema(dict.fromkeys(COLUMNS))))
    for at, (row, is_good) in enumerate(zip(rows, good(said), strict=True)):
        try:
            reported = read_row(1, row)
        except RowError:
            assert not is_good
            continue
        if is_good:
            account = reported.account
            assert reported.gaps == ()
            assert said.column("account_id")[at].as_py() == account.account_id
            assert said.column("name")[at].as_py() == account.name
            assert (said.column("account_type")[at].as_py() or None) == account.account_type
            assert said.column("bio")[at].as_py() == account.bio


SORTS = {
    "whole numbers are texts": (pa.array([7, None]), [True, False], ["7", None]),
    "categories are texts": (pa.array(["7", None]).dictionary_encode(), [True, False], ["7", None]),
    "long strings are texts": (pa.array(["7", None], pa.large_string()), [True, False], ["7", None]),
    "fractions are none": (pa.array([7.5, None]), [False, False], [None, None]),
    "bytes are none": (pa.array([b"7", None]), [False, False], [None, None]),
    "truth is none": (pa.array([True, None]), [False, False], [None, None]),
}  # fmt: skip


@pytest.mark.parametrize(("ids", "expected", "read"), SORTS.values(), ids=SORTS)
def test_the_sort_of_a_column(ids: pa.Array, expected: list[bool], read: list[str | None]) -> None:
    found = texts(pa.RecordBatch.from_arrays([ids, pa.array(["x", "y"])], ["account_id", "name"]))
    assert good(found).tolist() == expected
    assert found.column("account_id").to_pylist() == read


def test_bytes_that_are_no_text_are_read_one_by_one() -> None:
    broken = pa.StringArray.from_buffers(
        2, pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0"), pa.py_buffer(b"a\xff")
    )
    batch = pa.RecordBatch.from_arrays([pa.array(["1", "2"]), broken], ["account_id", "name"])
    assert texts(batch).strange.tolist() == [True, True]
