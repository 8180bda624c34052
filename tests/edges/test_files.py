"""Files in: every format reads alike, every fault is counted, nothing is lost, nothing crashes."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from detector.errors import FileFormatError
from detector.files import BadRow, Format, Row, lines, open_input, open_source, parsed

ROWS: list[dict[str, str]] = [
    {"account_id": "1", "name": "人民曰报", "bio": "一行\n两行"},
    {"account_id": "2", "name": 'a "b", c', "bio": ""},
    {"account_id": "3", "name": "阳\x00光", "bio": "x"},
]
Raw = Callable[..., Path]


def read(path: Path, wanted: Format | None = None) -> list[Row | BadRow]:
    """All rows of a file."""
    source = open_input(str(path), wanted)
    try:
        return [parsed(row) for row in source.rows]
    finally:
        source.close()


def cells(rows: list[Row | BadRow]) -> list[dict[str, object]]:
    """The cells of good rows."""
    return [row.cells for row in rows if isinstance(row, Row)]


def faults(rows: list[Row | BadRow]) -> list[tuple[int, str]]:
    """Number and reason of bad rows."""
    return [(row.row, row.reason) for row in rows if isinstance(row, BadRow)]


def as_jsonl() -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


def as_csv(delimiter: str = ",") -> bytes:
    table = io.StringIO()
    writer = csv.DictWriter(table, list(ROWS[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(ROWS)
    return table.getvalue().encode()


def as_parquet() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), file)
    return file.getvalue()


@pytest.mark.parametrize("zipped", ["", ".gz"], ids=["plain", "gzip"])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("in.jsonl", as_jsonl(), id="JSON Lines"),
        pytest.param("in.jsonl", b"\xef\xbb\xbf" + as_jsonl(), id="JSON Lines with BOM"),
        pytest.param("in.csv", as_csv(), id="CSV"),
        pytest.param("in.csv", b"\xef\xbb\xbf" + as_csv(), id="CSV with BOM"),
        pytest.param("in.csv", b"sep=,\r\n" + as_csv(), id="CSV with Excel's first line"),
        pytest.param("in.tsv", as_csv("\t"), id="tabs"),
        pytest.param("in.csv", as_csv(";"), id="semicolons"),
        pytest.param("in.parquet", as_parquet(), id="Parquet"),
        pytest.param("in", as_jsonl(), id="JSON Lines without a suffix"),
        pytest.param("in", as_csv(), id="CSV without a suffix"),
        pytest.param("in.csv", as_parquet(), id="Parquet by another name"),
    ],
)
def test_all_formats_say_the_same(raw: Raw, name: str, data: bytes, zipped: str) -> None:
    assert cells(read(raw(data, name + zipped))) == ROWS


def test_gbk_is_read_and_said(raw: Raw) -> None:
    path = raw("account_id,name\n1,人民日报\n2,央视新闻\n".encode("gbk"), "in.csv")
    source = open_input(str(path))
    assert [row.cells["name"] for row in map(parsed, source.rows) if isinstance(row, Row)] == [
        "人民日报",
        "央视新闻",
    ]
    assert "GBK" in source.notes[0]
    source.close()


def test_one_broken_line_does_not_make_a_file_gbk(raw: Raw) -> None:
    data = (
        '{"account_id":"1","name":"人民"}\n'.encode() * 3
        + b'{"account_id":"2","name":"\xc8\xcb"}\n'
    )
    rows = read(raw(data))
    assert len(cells(rows)) == 3
    assert faults(rows) == [(4, "not UTF-8 at byte 27")]


GOOD = '{"account_id":"1","name":"甲"}\n'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("nope", "not JSON", id="no JSON"),
        pytest.param("[1]", "a JSON object is wanted, found an array", id="an array"),
        pytest.param('"x"', "a JSON object is wanted, found a string", id="a string"),
        pytest.param("[" * 100_000, "nested too deeply", id="a nesting bomb"),
        pytest.param('{"a":' + "9" * 5000 + "}", "not JSON", id="a number of 5,000 digits"),
        pytest.param("\x00\x00", "not JSON", id="NUL bytes"),
        pytest.param('{"a":"' + "x" * (17 << 20) + '"}', "line of", id="a line of 17 MB"),
    ],
)
def test_a_line_that_cannot_be_read_is_one_bad_row(raw: Raw, line: str, reason: str) -> None:
    rows = read(raw((GOOD + line + "\n\n" + GOOD).encode()))
    assert [type(row) for row in rows] == [Row, BadRow, Row]
    assert reason in rows[1].reason  # type: ignore[union-attr]
    assert rows[1].line == 2


HEADER = "account_id,name,bio\n"


@pytest.mark.parametrize(
    ("lines_", "good", "bad"),
    [
        pytest.param("1,a,b\n2,c\n3,d,e\n", ["1", "3"], [(2, "2 cells")], id="too few cells"),
        pytest.param("1,a,b\n2,c,d,e\n", ["1"], [(2, "4 cells")], id="too many cells"),
        pytest.param("1,a,b,,\n", ["1"], [], id="empty cells at the end"),
        pytest.param('1,"a\nb",c\n2,d,e\n', ["1", "2"], [], id="a line break in quotes"),
        pytest.param('1,"a,b\n2,c,d\n3,e,f\n', ["2", "3"], [(1, "never closed")], id="open quote"),
        pytest.param('1,5" disk,b\n2,c,d\n', ["1", "2"], [], id="a quote inside a plain cell"),
        pytest.param('1,5" a,b\n2,6" c,d\n', ["1", "2"], [], id="two such rows"),
        pytest.param('1,"a"b,c\n2,d,e\n', ["2"], [(1, "after a closing quote")], id="text behind"),
        pytest.param("1,a\rb,c\n2,d,e\n", ["2"], [(1, "line break outside")], id="a bare CR"),
        pytest.param("\n1,a,b\n\n", ["1"], [], id="blank lines"),
        pytest.param("1,a\x00,b\n", ["1"], [], id="NUL"),
        pytest.param("", [], [], id="a header alone"),
    ],
)
def test_a_faulty_record_costs_no_other(
    raw: Raw, lines_: str, good: list[str], bad: list[tuple[int, str]]
) -> None:
    rows = read(raw((HEADER + lines_).encode(), "in.csv"))
    assert [row["account_id"] for row in cells(rows)] == good
    assert [row for row, _ in faults(rows)] == [row for row, _ in bad]
    assert all(wanted in found for (_, wanted), (_, found) in zip(bad, faults(rows), strict=True))


def test_bytes_that_are_no_utf8_cost_one_csv_row(raw: Raw) -> None:
    rows = read(raw((HEADER + "1,人民,b\n2,").encode() + b"\xff\xfe,x\n3,c,d\n", "in.csv"))
    assert [row["account_id"] for row in cells(rows)] == ["1", "3"]
    assert [row for row, _ in faults(rows)] == [2]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param("in.csv", b"", "empty", id="empty CSV"),
        pytest.param("in.jsonl", b" \n", "empty", id="blank JSON Lines"),
        pytest.param(
            "in.csv",
            b"id,title\n1,2\n",
            "no column account_id and name; columns found: 'id', 'title'",
            id="columns",
        ),
        pytest.param("in.csv", b"account_id,name,name\n", "name stands there twice", id="twice"),
        pytest.param("in.jsonl", b'{"id":1,"x":2}\n', "columns found: 'id', 'x'", id="keys"),
        pytest.param("in.jsonl", b"hello\nworld\n", "not JSON Lines: row 1", id="prose"),
        pytest.param("in.json", b'[{"account_id":"1"}]', "a JSON array", id="a JSON array"),
        pytest.param("in.csv", "account_id,name".encode("utf-16"), "UTF-16", id="UTF-16"),
        pytest.param("in.csv", b"account_id,name\r1,a\r", "CR alone", id="old Mac lines"),
        pytest.param("in.xlsx", b"PK\x03\x04rest", "Excel", id="a workbook"),
        pytest.param("in.parquet", b"PAR1rest", "no Parquet file", id="a stub of Parquet"),
        pytest.param("in.parquet", as_parquet()[:-20], "no Parquet file", id="Parquet cut off"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(raw: Raw, name: str, data: bytes, said: str) -> None:
    with pytest.raises(FileFormatError) as raised:
        read(raw(data, name))
    assert said in str(raised.value)
    assert name in str(raised.value)


def test_a_missing_file_and_a_folder_say_so(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(FileFormatError, match=r"No such file|Is a directory"):
            read(path)


def test_parquet_without_the_columns_names_those_it_has(raw: Raw) -> None:
    file = io.BytesIO()
    pq.write_table(pa.table({"id": ["1"]}), file)
    with pytest.raises(FileFormatError, match="columns found: 'id'"):
        read(raw(file.getvalue(), "in.parquet"))


def test_parquet_of_numbers_nulls_and_broken_text(raw: Raw) -> None:
    names = pa.Array.from_buffers(
        pa.string(),
        2,
        [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0\3\0\0\0"), pa.py_buffer(b"\xff\xfea")],
    )
    file = io.BytesIO()
    pq.write_table(pa.table({"account_id": [1, 2], "name": names, "bio": [None, "x"]}), file)
    rows = read(raw(file.getvalue(), "in.parquet"))
    assert cells(rows) == [{"account_id": 2, "name": "a", "bio": "x"}]
    assert [row for row, _ in faults(rows)] == [1]


def test_a_gzip_cut_off_is_a_bad_row_at_the_place(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl.gz"
    many = "".join(f'{{"account_id":"{n}","name":"{n * 7919 % 9973}"}}\n' for n in range(50_000))
    whole = gzip.compress(many.encode())
    path.write_bytes(whole[: len(whole) // 2])
    rows = read(path)
    assert 0 < len(cells(rows)) < 50_000
    ((place, reason),) = faults(rows)
    assert place == len(rows)
    assert "ends early" in reason


def test_longer_lines_than_allowed_are_skipped_in_pieces(raw: Raw) -> None:
    source = open_source(str(raw(b"ab\n" + b"x" * 5_000_000 + b"\ncd\n")))
    found = list(lines(source.stream, longest=100))
    assert [line.data[:2] for line in found] == [b"ab", b"xx", b"cd"]
    assert "5,000,001 bytes" in found[1].fault
    source.close()


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode), st.sampled_from(Format))
@example(b'account_id,name\n1,"a\n2,b\n"3,c', Format.CSV)
@example(b"account_id,name\n" + b'1,a"b\n' * 5, Format.CSV)
@example(b"\x1f\x8b", Format.CSV)  # the head of a gzip file and no more
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_end_in_rows_or_one_clear_error(
    tmp_path: Path, data: bytes, wanted: Format
) -> None:
    path = tmp_path / "any"
    for head in (b"", b"account_id,name\n", b'{"account_id":"1","name":"a"}\n'):
        path.write_bytes(head + data)
        try:
            rows = read(path, wanted)
        except FileFormatError as error:
            assert "any" in str(error)
            continue
        assert [row.row for row in rows] == list(range(1, len(rows) + 1))
        if wanted is Format.JSONL:
            assert len(rows) == sum(not line.isspace() and line != b"" for line in _lines(path))


def _lines(path: Path) -> list[bytes]:
    """The lines of a file without a byte order mark."""
    return path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")


PIECES = st.lists(st.sampled_from(['"', ",", "\n", "a", "1,b\n", '"x"', "\r", " "]), max_size=40)


@given(PIECES.map("".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_line_of_a_csv_file_is_lost(tmp_path: Path, body: str) -> None:
    path = tmp_path / "in.csv"
    path.write_text("account_id,name\n" + body, newline="", encoding="utf-8")
    rows = read(path)
    first = [row.line for row in rows]
    ends = [*first, body.count("\n") + 3][1:]
    text = ("account_id,name\n" + body).split("\n")
    spans = [text[start - 1 : end - 1] for start, end in zip(first, ends, strict=True)]
    assert first == sorted(set(first))
    for row, span in zip(rows, spans, strict=True):
        filled = [line for line in span[1:] if line.strip("\r ")]
        assert not filled or isinstance(row, Row), "only a quoted cell may hold further lines"
