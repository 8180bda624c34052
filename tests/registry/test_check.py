"""One fault in a small registry is found where it stands; the shipped registry has none."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from detector.errors import RegistryError
from detector.registry.check import Severity, check
from detector.settings import Settings
from tests.registry.tree import CITY, CODE, DISTRICT, TODAY, body, only, source

ERROR, WARNING = Severity.ERROR, Severity.WARNING
SOUND = body("x.zhonghua", "中华测试厂", short_names="华测厂")


def test_a_sound_registry_has_no_problems(tmp_path: Path) -> None:
    source(tmp_path, "regions", [CITY, DISTRICT])
    source(tmp_path, "firms", [{**SOUND, "code": CODE, "since": "1999-02", "sponsor": CITY["id"]}])
    assert check(tmp_path, TODAY) == ()


ROW_FAULTS = {
    "a name of one character": (body("x.b", "厂"), "厂", "at least 2"),
    "a name repeated in its row": (body("x.b", "某某厂", short_names="某某厂"), "", "stands twice"),
    "a name that is one character without its decoration": (body("x.b", "杭+"), "杭+", "too short"),
    "two letters without a cue": (body("x.b", "H&M"), "H&M", "two letters"),
    "an id in capitals": (body("X.b", "某某厂"), "X.b", "pattern"),
    "an unknown kind": (body("x.b", "某某厂", kind="firm"), "firm", "kind"),
    "an unknown level": (body("x.b", "某某厂", level="village"), "village", "level"),
    "a region that is no code": (
        body("x.b", "某某厂", region="1100000000"),
        "1100000000",
        "region",
    ),
    "Taiwan by its ISO code": (body("x.b", "某某厂", region="TW"), "TW", "710000"),
    "a sponsor that nobody is": (body("x.b", "某某厂", sponsor="x.zz"), "x.zz", "sponsor's id"),
    "a successor that nobody is": (
        body("x.b", "某某厂", until="2020", successor="x.zz"),
        "x.zz",
        "successor's id",
    ),
    "a body that sponsors itself": (body("x.b", "某某厂", sponsor="x.b"), "x.b -> x.b", "circle"),
    "a date that is none": (body("x.b", "某某厂", since="2020/1"), "", "YYYY"),
    "a day outside the calendar": (
        body("x.b", "某某厂", since="2023-02-29"),
        "2023-02-29",
        "calendar",
    ),
    "a start in the future": (
        body("x.b", "某某厂", since="2026-12"),
        "2026-12",
        "after 2026-11-23",
    ),
    "a former name that ends in the future": (
        body("x.b", "某某厂", former_names="旧某厂@2027"),
        "2027",
        "after",
    ),
    "a former name without its end": (
        body("x.b", "某某厂", former_names="旧某厂"),
        "",
        "lacks its end",
    ),
    "an end before the start": (
        body("x.b", "某某厂", since="2010-05", until="2009"),
        "2010-05/2009",
        "before",
    ),
    "a code with a wrong check digit": (
        body("x.b", "某某厂", code=CODE[:-1] + "C"),
        CODE[:-1] + "C",
        "check digit",
    ),
    "a code that is too short": (body("x.b", "某某厂", code="9111"), "9111", "18"),
    "a reference that is not listed": (
        body("x.b", "某某厂", cite="rumour"),
        "rumour",
        "references",
    ),
    "an everyday word without a cue": (
        body("x.b", "某某厂", short_names="苹果"),
        "苹果",
        "everyday",
    ),
    "a word of the cue lexicon without a cue": (
        body("x.b", "某某厂", brand_accounts="客服中心"),
        "客服中心",
        "everyday",
    ),
    "a cue for a name it does not bear": (
        body("x.b", "某某厂", needs_cue="某厂"),
        "",
        "none of the",
    ),
}


@pytest.mark.parametrize(("row", "value", "message"), ROW_FAULTS.values(), ids=ROW_FAULTS.keys())
def test_a_faulty_row_is_an_error_at_its_line(
    tmp_path: Path, row: dict[str, str], value: str, message: str
) -> None:
    rows = sorted([body("a.first", "无关紧要厂"), row], key=lambda r: r["id"])
    source(tmp_path, "firms", rows)
    problem = only(tmp_path)
    assert (problem.severity, problem.file, problem.row, problem.entity) == (
        ERROR, "firms/entities.csv", rows.index(row) + 2, row["id"],
    )  # fmt: skip
    assert message in problem.message
    assert not value or problem.value == value


def test_every_bad_row_is_reported_and_the_good_ones_are_still_read(tmp_path: Path) -> None:
    source(tmp_path, "firms", [
        body("x.a", "厂"), body("x.b", "某某厂", kind="firm"),
        body("x.c", "好好厂", sponsor="x.no"),
    ])  # fmt: skip
    assert [(p.row, p.entity) for p in check(tmp_path, TODAY)] == [
        (2, "x.a"),
        (3, "x.b"),
        (4, "x.c"),
    ]


def test_a_row_with_too_many_cells_does_not_hide_the_next(tmp_path: Path) -> None:
    folder = source(tmp_path, "firms", [SOUND])
    with (folder / "entities.csv").open("a", encoding="utf-8") as out:
        out.write("x.y," * 30 + "\nx.z,厂" + "," * 15 + "\n")
    assert [p.row for p in check(tmp_path, TODAY)] == [3, 4, 4, 4]


def test_a_body_in_an_unknown_division_wants_a_look(tmp_path: Path) -> None:
    source(tmp_path, "regions", [CITY, DISTRICT])
    source(tmp_path, "two", [body("x.a", "某某厂", region="320576")])
    assert (only(tmp_path).severity, only(tmp_path).value) == (WARNING, "320576")


def test_a_circle_of_sponsors_is_told_once(tmp_path: Path) -> None:
    rows = [body(f"x.{i}", f"{name}厂", sponsor=f"x.{j}") for i, name, j in
            (("a", "甲甲", "b"), ("b", "乙乙", "c"), ("c", "丙丙", "a"))]  # fmt: skip
    source(tmp_path, "firms", [*rows, body("x.d", "丁丁厂", sponsor="x.a")])
    assert only(tmp_path).value == "x.a -> x.b -> x.c -> x.a"


ABOUT = {
    "a licence that is no licence": ({"licence": "free"}, "licence"),
    "a licence with an explanation": ({"licence": "MIT (list of X)"}, "licence"),
    "a date in the future": ({"date": "2027-01-01"}, "after"),
    "no title": ({"title": None}, "title"),
    "no references": ({"references": {}}, "references"),
    "complete for an unknown kind": ({"complete": [{"kind": "firm"}]}, "kind"),
    "complete for a kind of which it has no row": ({"complete": [{"kind": "media"}]}, "no row"),
    "complete at a level of which it has no row": (
        {"complete": [{"kind": "enterprise", "level": "central"}]},
        "level central",
    ),
    "another name than its folder": ({"source": "companies"}, "same name"),
}


@pytest.mark.parametrize(("info", "message"), ABOUT.values(), ids=ABOUT.keys())
def test_a_faulty_source_yaml(tmp_path: Path, info: dict[str, object], message: str) -> None:
    source(tmp_path, "firms", [SOUND], **info)
    problem = only(tmp_path)
    assert (problem.severity, problem.file) == (ERROR, "firms/source.yaml")
    assert message in problem.message


@pytest.mark.parametrize("licence", ["facts", "MIT", "facts AND Unicode-3.0", "own"])
def test_licences_that_let_us_pass_the_rows_on(tmp_path: Path, licence: str) -> None:
    source(tmp_path, "firms", [SOUND], licence=licence)
    assert check(tmp_path, TODAY) == ()


def test_towns_have_nine_digits_once_below_a_known_division(tmp_path: Path) -> None:
    folder = source(tmp_path, "regions", [CITY, DISTRICT])
    (folder / "towns.csv").write_text(
        "code,name\n330106001,北山街道\n330106001,西溪街道\n33010600,灵隐街道\n999999001,某镇\n",
        encoding="utf-8",
    )
    assert [(p.severity, p.row) for p in check(tmp_path, TODAY)] == [
        (WARNING, None), (ERROR, 3), (ERROR, 4),
    ]  # fmt: skip


def test_a_file_that_is_not_utf_8_is_named_with_the_line_and_the_remedy(tmp_path: Path) -> None:
    folder = source(tmp_path, "firms", [SOUND])
    text = (folder / "entities.csv").read_text(encoding="utf-8")
    (folder / "entities.csv").write_bytes(text.encode("gb18030"))
    message = only(tmp_path).message
    assert "line 2" in message and "GB18030" in message


def test_a_misspelled_column_is_told_once(tmp_path: Path) -> None:
    folder = source(tmp_path, "firms", [SOUND, body("x.zz", "某某厂")])
    path = folder / "entities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("short_names", "short_name"), "utf-8")
    assert (only(tmp_path).row, only(tmp_path).value) == (1, "short_name")


def test_rows_out_of_order_and_a_folder_without_source_yaml_are_told(tmp_path: Path) -> None:
    source(tmp_path, "firms", [body("x.b", "甲甲厂"), body("x.a", "乙乙厂")])
    (source(tmp_path, "lost", [SOUND]) / "source.yaml").unlink()
    assert [(p.file, p.severity) for p in check(tmp_path, TODAY)] == [
        ("firms/entities.csv", WARNING), ("lost/entities.csv", ERROR),
    ]  # fmt: skip


def test_a_folder_without_any_source_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError):
        check(tmp_path, TODAY)


def test_the_shipped_registry_has_no_errors_and_few_warnings() -> None:
    began = time.perf_counter()
    problems = check(Settings().registries)
    took = time.perf_counter() - began
    errors = [str(p) for p in problems if p.severity is ERROR]
    assert errors == []
    assert len(problems) < 200
    assert took < 60  # some 7 s alone; tests run side by side
