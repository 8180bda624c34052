"""An output replays byte for byte; whatever was changed in it is found."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from detector.contract import AssessmentRecord, read_row, to_line, to_record
from detector.files import Line
from detector.pipeline import Screener
from detector.replay import Fate, Replayed, replay

DAY = date(2026, 11, 23)
ROWS: list[dict[str, object]] = [
    {"account_id": "1", "name": "人民曰报", "verified_name": "", "label": [1, 2.5, None]},
    {"account_id": "2", "name": "阳光", "bio": "甲\ud800\x00", "verified_code": "123"},
    {"account_id": "3", "name": "北京发布", "avatar": "none.png", "event": "stock"},
]


def written(screener: Screener, full: bool) -> list[bytes]:
    reported = [read_row(n, row) for n, row in enumerate(ROWS, 1)]
    found = screener.screen([r.account for r in reported], DAY)
    return [
        to_line(to_record(assessment, one, full=full)).rstrip(b"\n")
        for assessment, one in zip(found, reported, strict=True)
    ]


def again(screener: Screener, lines: list[bytes]) -> list[Replayed]:
    numbered = [Line(number, line) for number, line in enumerate(lines, 1)]
    return list(replay(numbered, lambda assume_unverified: screener))


@pytest.mark.parametrize("full", [False, True], ids=["plain", "full"])
def test_an_output_replays_byte_for_byte(screener: Screener, full: bool) -> None:
    assert [one.fate for one in again(screener, written(screener, full))] == [Fate.SAME] * 3


def changed(line: bytes, **new: object) -> bytes:
    record: AssessmentRecord = json.loads(line)
    return to_line({**record, **new}).rstrip(b"\n")  # type: ignore[typeddict-item]


@pytest.mark.parametrize(
    ("new", "fate", "told"),
    [
        pytest.param({"outcome": "allow"}, Fate.DIFFERS, "was allow, is now refuse", id="outcome"),
        pytest.param({"measure": "x"}, Fate.DIFFERS, "but measure changed", id="measure"),
        pytest.param({"findings": []}, Fate.DIFFERS, "but findings changed", id="findings"),
        pytest.param(
            {"provenance": {"code": "x", "rules": "y", "registry": "z", "model": ""}},
            Fate.OTHER_MAKER, "made by other code, rules, registry", id="maker",
        ),
        pytest.param({"as_of": "yesterday"}, Fate.UNREADABLE, "as_of", id="no day"),
        pytest.param({"account": {"name": "x"}}, Fate.UNREADABLE, "account_id", id="no account"),
    ],
)  # fmt: skip
def test_what_was_changed_is_found(
    screener: Screener, new: dict[str, object], fate: Fate, told: str
) -> None:
    lines = written(screener, full=False)
    lines[0] = changed(lines[0], **new)
    first, *others = again(screener, lines)
    assert (first.line, first.fate) == (1, fate)
    assert told in first.told
    assert {one.fate for one in others} == {Fate.SAME}


@pytest.mark.parametrize("line", [b"nope", b"{}", b"[1]", b'{"account_id":1}', b"\xff"])
def test_what_is_no_output_is_unreadable(screener: Screener, line: bytes) -> None:
    assert [one.fate for one in again(screener, [line])] == [Fate.UNREADABLE]


def test_a_damaged_line_is_unreadable(screener: Screener) -> None:
    found = list(replay([Line(1, b"", "cut off")], lambda assume: screener))
    assert found == [Replayed(1, "", Fate.UNREADABLE, "cut off")]


def test_the_lines_of_two_days_are_judged_as_of_their_own(screener: Screener) -> None:
    lines = written(screener, full=False)
    early = changed(lines[0], as_of="2023-01-01")
    fates = [one.fate for one in again(screener, [lines[0], early, lines[1]])]
    assert fates == [Fate.SAME, Fate.SAME, Fate.SAME]


def test_the_example_accounts_are_there(screener: Screener) -> None:
    folder = Path(__file__).parents[2] / "data" / "accounts"
    text = (folder / "example.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    found = screener.screen([read_row(1, row).account for row in rows], DAY)
    assert len({row["account_id"] for row in rows}) == len(rows) >= 40
    assert {a.decision.outcome.word for a in found} == {"allow", "strict", "refuse"}
    clauses = {f.clause for a in found for f in a.decision.findings}
    assert {"8(2)", "8(3)", "8(4)", "8(5)", "10(2)"} <= clauses


def test_a_picture_that_was_sent_inline_is_said_to_be_gone(screener: Screener) -> None:
    reported = read_row(1, {**ROWS[2], "avatar": "data:,x"})
    (found,) = screener.screen([reported.account], DAY)
    line = to_line(to_record(found, reported)).rstrip(b"\n")
    (one,) = again(screener, [line])
    assert one.fate is Fate.UNREADABLE
    assert "sent inline" in one.told
