"""Names that two bodies claim, names a slip apart, names that are everyday words."""

from __future__ import annotations

from pathlib import Path

import pytest

from detector.registry.check import Severity, check
from detector.registry.check_names import everyday_bits
from tests.registry.tree import CODE, TODAY, body, only, source

ERROR, WARNING = Severity.ERROR, Severity.WARNING

TWO_SOURCES = {
    "the same id": (
        body("x.a", "甲甲厂"),
        body("x.a", "乙乙厂"),
        ERROR,
        "id stands already at one/entities.csv:2",
    ),
    "the same code": (
        body("x.a", "甲甲厂", code=CODE),
        body("x.b", "乙乙厂", code=CODE),
        ERROR,
        "code stands already",
    ),
    "one official name, two kinds": (
        body("x.a", "甲甲厂"),
        body("x.b", "甲甲厂", kind="media"),
        ERROR,
        "different kinds",
    ),
    "one name, two kinds": (
        body("x.a", "甲甲厂"),
        body("x.b", "乙乙报", kind="media", short_names="甲甲厂"),
        WARNING,
        "another kind",
    ),
    "one name but for its width": (
        body("x.a", "甲甲abc"),
        body("x.b", "甲甲ＡＢＣ", kind="media"),
        ERROR,
        "different kinds",
    ),
    "one body listed twice": (body("x.a", "甲甲厂"), body("x.b", "甲甲厂"), WARNING, "twice?"),
}


@pytest.mark.parametrize(
    ("first", "second", "severity", "message"), TWO_SOURCES.values(), ids=TWO_SOURCES.keys()
)
def test_two_sources_that_disagree(
    tmp_path: Path, first: dict[str, str], second: dict[str, str], severity: Severity, message: str
) -> None:
    source(tmp_path, "one", [first])
    source(tmp_path, "two", [second])
    problem = only(tmp_path)
    assert (problem.severity, problem.file, problem.row) == (severity, "two/entities.csv", 2)
    assert message in problem.message


def test_a_name_that_needs_a_cue_for_one_of_two_is_no_problem(tmp_path: Path) -> None:
    source(tmp_path, "one", [body("x.a", "甲甲厂")])
    source(tmp_path, "two", [body("x.b", "甲甲厂", kind="media", needs_cue="甲甲厂")])
    assert check(tmp_path, TODAY) == ()


SLIPS = {
    "a 市 more": ("平顶山第二医院", "平顶山市第二医院", True),
    "a look-alike of the same sound": ("万象影城", "万像影城", True),
    "another number": ("沈阳第二医院", "沈阳第三医院", False),
    "another word": ("湖州市中医院", "湖州市中心医院", False),
    "another place": ("山西日报", "陕西日报", False),
}


@pytest.mark.parametrize(("first", "second", "slip"), SLIPS.values(), ids=SLIPS.keys())
def test_near_duplicates_within_a_source(
    tmp_path: Path, first: str, second: str, slip: bool
) -> None:
    source(tmp_path, "firms", [body("x.a", first), body("x.b", second)])
    problems = check(tmp_path, TODAY)
    assert [p.severity for p in problems] == [WARNING] * slip
    assert all("slip" in p.message for p in problems)


EVERYDAY = {
    "苹果": True,
    "解放": True,
    "客服": True,
    "腾讯": False,
    "公安部": False,
    "央视": False,
    "百度": False,
    "央祝新闻": False,
}


@pytest.mark.parametrize(("name", "expected"), EVERYDAY.items(), ids=EVERYDAY.keys())
def test_everyday_words(name: str, expected: bool) -> None:
    assert (everyday_bits(name) is not None) == expected
