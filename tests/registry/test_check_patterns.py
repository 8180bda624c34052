"""One fault in the grammar of derived organs is found where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from detector.registry.check import Severity
from tests.registry.tree import PATTERN, grammar, only

ERROR, WARNING = Severity.ERROR, Severity.WARNING

PATTERNS = {
    "an unknown placeholder": ({"short_names": "{town}公安"}, ERROR, "{town}公安", "placeholder"),
    "a brace too many": ({"short_names": "{short}}公安"}, ERROR, "{short}}公安", "placeholder"),
    "no placeholder": ({"short_names": "市公安"}, ERROR, "市公安", "same name"),
    "nothing but placeholders": (
        {"short_names": "{city}{short}"},
        ERROR,
        "{city}{short}",
        "own name",
    ),
    "only the parent": ({"short_names": "{city}公安"}, ERROR, "{city}公安", "parent only"),
    "an example of another pattern": (
        {"example": "杭州市教育局"},
        ERROR,
        "杭州市教育局",
        "example",
    ),
    "an example of a region it does not apply to": (
        {"applies_to": "district"},
        ERROR,
        "杭州市公安局",
        "example",
    ),
    "a name of two characters": ({"brand_accounts": "{abbr}警"}, WARNING, "{abbr}警", "three"),
    "a cue for a name it does not give": (
        {"needs_cue": "{full}警"},
        ERROR,
        "{full}警",
        "none of the",
    ),
    "the same name twice": ({"short_names": "{full}公安局"}, ERROR, "{full}公安局", "twice"),
    "an unknown reference": ({"cite": "rumour"}, ERROR, "rumour", "references"),
    "an unknown class of regions": ({"applies_to": "village"}, ERROR, "village", "applies_to"),
}


@pytest.mark.parametrize(
    ("cells", "severity", "value", "message"), PATTERNS.values(), ids=PATTERNS.keys()
)
def test_a_faulty_pattern(
    tmp_path: Path, cells: dict[str, str], severity: Severity, value: str, message: str
) -> None:
    grammar(tmp_path, [{**PATTERN, **cells}])
    problem = only(tmp_path)
    assert (problem.severity, problem.file, problem.row) == (
        severity, "derived_organs/patterns.csv", 2,
    )  # fmt: skip
    assert (problem.value, message in problem.message) == (value, True), problem


def test_two_organs_of_different_kinds_that_derive_one_name(tmp_path: Path) -> None:
    other = {**PATTERN, "id": "organ.x", "kind": "court", "brand_accounts": "", "short_names": ""}
    grammar(tmp_path, [PATTERN, other])
    assert "another kind" in only(tmp_path).message


EXCEPTIONS = {
    "an unknown pattern": ("330100", "organ.none", "unknown pattern"),
    "an unknown region": ("999900", PATTERN["id"], "unknown region"),
    "a region that the pattern does not apply to": ("330106", PATTERN["id"], "does not apply"),
}


@pytest.mark.parametrize(
    ("region", "pattern", "message"), EXCEPTIONS.values(), ids=EXCEPTIONS.keys()
)
def test_a_faulty_exception(tmp_path: Path, region: str, pattern: str, message: str) -> None:
    row = {"region": region, "pattern_id": pattern, "name": "杭州警察局"}
    grammar(tmp_path, [PATTERN], [row])
    assert message in only(tmp_path).message


def test_an_exception_given_twice_is_told(tmp_path: Path) -> None:
    row = {"region": "330100", "pattern_id": PATTERN["id"], "name": "杭州警察局"}
    grammar(tmp_path, [PATTERN], [row, row])
    assert "line 2" in only(tmp_path).message
