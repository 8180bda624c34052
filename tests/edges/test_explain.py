"""What people read: disguises aligned and marked, nothing obeyed that a stranger wrote."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from detector.contract import AssessmentRecord, FindingRecord
from detector.contract.record import EditRecord
from detector.explain import Shown, results_table, visible
from detector.explain.aligned import Step, aligned, steps, summary
from detector.explain.marks import marked
from detector.explain.words import EDITS, KINDS, OUTCOMES
from detector.types import EditKind, Kind, Outcome


def finding(text: str, *edits: tuple[str, str, str, int, int]) -> FindingRecord:
    """A finding about the whole text, with edits (kind, query, candidate, start, end)."""
    made: list[EditRecord] = [
        {"kind": kind, "query": query, "candidate": candidate, "span": [start, end]}
        for kind, query, candidate, start, end in edits
    ]
    return {
        "clause": "8(4)", "act": "仿冒", "outcome": "refuse", "rule": "disguises_the_name",
        "entity": {"id": "x", "name": "人民日报社", "aliases": [], "kind": "media"},
        "field": "name", "query": text, "candidate": "人民日报", "span": [0, len(text)],
        "stance": "is", "edits": made, "status": "met", "reason": "名称。 The name. (a = b)",
        "also": [], "lifted_by": "",
    }  # fmt: skip


def record(name: str, outcome: str = "refuse", *findings: FindingRecord) -> AssessmentRecord:
    """The record of an account of that name."""
    return {
        "account_id": "1", "outcome": outcome, "needs_person": False, "risk": None,
        "findings": list(findings), "gaps": [], "measure": "", "as_of": "2026-11-23",
        "provenance": {"code": "", "rules": "", "registry": "", "model": ""},
        "account": {"account_id": "1", "name": name},
    }  # fmt: skip


def printed(what: RenderableType, width: int = 100) -> str:
    """As a terminal without colours shows it."""
    console = Console(file=io.StringIO(), width=width, color_system=None, markup=False)
    console.print(what)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


LOOK_ALIKE = finding("人民曰报", ("look_alike", "曰", "日", 2, 3))


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        pytest.param(
            "人民曰报", [("look_alike", "曰", "日", 2, 3)],
            [("人民", "人民", ""), ("曰", "日", "look_alike"), ("报", "报", "")], id="one step",
        ),
        pytest.param(
            "人民报", [("dropped", "", "日", 2, 2)],
            [("人民", "人民", ""), ("", "日", "dropped"), ("报", "报", "")], id="left out",
        ),
        pytest.param(
            "公 · 安", [("separator", " ", "", 1, 2), ("separator", "·", "", 2, 3), ("separator", " ", "", 3, 4)],
            [("公", "公", ""), (" · ", "", "separator"), ("安", "安", "")], id="joined",
        ),
        pytest.param(
            "交警", [("synonym", "交警", "交", 0, 2), ("synonym", "交警", "管", 0, 2)],
            [("交警", "交管", "synonym")], id="one sign read as several",
        ),
        pytest.param("人民", [], [("人民", "人民", "")], id="plain"),
    ],
)  # fmt: skip
def test_the_steps_of_a_disguise(
    text: str, edits: list[tuple[str, str, str, int, int]], expected: list[tuple[str, str, str]]
) -> None:
    assert steps(text, finding(text, *edits)) == [Step(*step) for step in expected]


SPANS = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(sorted)


@given(st.text(min_size=6, max_size=6), st.lists(st.tuples(st.sampled_from(EditKind), SPANS)))
def test_every_character_is_shown_whatever_the_steps(
    text: str, edits: list[tuple[EditKind, list[int]]]
) -> None:
    made = finding(text, *((k.value, text[a:b], "日", a, b) for k, (a, b) in edits))
    assert "".join(step.written for step in steps(text, made)) == text
    assert printed(aligned(text, made))
    assert marked(text, [made], "name", colour=True)


def test_aligned_characters_stand_below_each_other() -> None:
    written, read_as, step, english = printed(aligned("人民曰报", LOOK_ALIKE)).splitlines()
    assert written.split() == ["写作", "written", "人民", "曰", "报"]
    assert read_as.split() == ["读作", "read", "as", "人民", "日", "报"]
    assert (step.split(), english.split()) == (["手法", "step", "形近"], ["look-alike"])


def test_a_summary_counts_what_is_passed_over() -> None:
    made = finding("新 华 社", ("separator", " ", "", 1, 2), ("separator", " ", "", 3, 4))
    assert summary("新 华 社", made) == "分隔符 separator ×2"
    assert summary("人民曰报", LOOK_ALIKE) == "曰→日 形近 look-alike"


def test_disguised_characters_are_marked_without_colours_too() -> None:
    assert marked("人民曰报", [LOOK_ALIKE], "name", colour=False).plain == "人民[曰]报"
    coloured = marked("人民曰报", [LOOK_ALIKE], "name", colour=True)
    assert coloured.plain == "人民曰报"
    assert [span.style for span in coloured.spans if span.start == 2] == ["bold red underline"]


def test_what_is_left_out_is_marked() -> None:
    made = finding("人民报", ("dropped", "", "日", 2, 2))
    assert marked("人民报", [made], "name", colour=False).plain == "人民_报"


def test_a_name_of_100_kb_is_shown_in_part() -> None:
    name = "甲" * 100_000
    assert len(marked(name, [], "name", colour=True).plain) < 60
    assert len(printed(results_table([record(name)], colour=False))) < 2000


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("央视\u200b新闻", "央视⟨U+200B⟩新闻", id="zero width"),
        pytest.param("\x1b[31m红", "⟨U+001B⟩[31m红", id="an escape sequence"),
        pytest.param("a\u202eb", "a⟨U+202E⟩b", id="right to left"),
        pytest.param("a\r\nb", "a⟨U+000D⟩⟨U+000A⟩b", id="a line break"),
    ],
)
def test_what_cannot_be_seen_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_no_control_character_reaches_the_terminal(name: str) -> None:
    out = printed(results_table([record(name, "refuse", finding(name))], colour=False))
    assert all(c == "\n" or (c.isprintable() or not c.isascii()) for c in out)
    assert "\x1b" not in out and "\u202e" not in out


def test_a_table_that_is_full_shows_the_first_that_are_not_allowed() -> None:
    shown = Shown(2)
    for number in range(6):
        shown.add(record(str(number), "refuse" if number % 2 else "allow"))
    assert [r["account"]["name"] for r in shown.records()] == ["1", "3"]
    assert shown.total == 6


def test_a_small_table_shows_all() -> None:
    shown = Shown(3)
    shown.add(record("0", "allow"))
    shown.add(record("1"))
    assert [r["account"]["name"] for r in shown.records()] == ["0", "1"]


def test_there_are_words_for_every_code() -> None:
    assert set(EDITS) == set(EditKind)
    assert set(KINDS) == set(Kind)
    assert set(OUTCOMES) == {outcome.word for outcome in Outcome}
