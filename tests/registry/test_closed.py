"""A platform's list of closed accounts becomes a source of its own, again and again."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from detector.errors import FileFormatError, RegistryError
from detector.registry.check import check
from detector.registry.closed import Imported, import_closed
from detector.registry.source import Row, load
from detector.types import Kind
from tests.registry.tree import body, source

TODAY = datetime.date(2026, 11, 23)
LIST = "账号名称,关闭日期,原因\n青柠巷口大爆料,2026-03-01,假冒媒体\n竹蜻蜓代充铺,2026/4/2,\n"


def run(tmp_path: Path, text: str, name: str = "closed.csv") -> Imported:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return import_closed(file, tmp_path / "registries", as_of=TODAY)


def rows(found: Imported) -> dict[str, Row]:
    return {row.name: row for row in load(found.folder).rows}


def test_a_list_becomes_a_sound_source(tmp_path: Path) -> None:
    found = run(tmp_path, LIST)
    assert (found.added, found.repeated, found.problems) == (2, 0, ())
    first = rows(found)["青柠巷口大爆料"]
    assert (first.kind, first.until) == (Kind.CLOSED, "2026-03-01")
    assert load(found.folder).info.references[first.cite] == "假冒媒体"
    assert check(tmp_path / "registries", TODAY) == ()


def test_the_same_list_again_changes_no_byte(tmp_path: Path) -> None:
    found = run(tmp_path, LIST)
    before = {path.name: path.read_bytes() for path in found.folder.iterdir()}
    file = tmp_path / "closed.csv"
    again = import_closed(file, tmp_path / "registries", as_of=datetime.date(2027, 1, 1))
    assert (again.added, again.repeated) == (0, 2)
    assert {path.name: path.read_bytes() for path in found.folder.iterdir()} == before


def test_a_later_list_adds_to_the_earlier(tmp_path: Path) -> None:
    run(tmp_path, LIST)
    found = run(tmp_path, "name\n橘猫弄堂捡漏王\n竹蜻蜓代充铺\n")
    assert (found.added, found.repeated) == (1, 1)
    assert rows(found).keys() == {"青柠巷口大爆料", "竹蜻蜓代充铺", "橘猫弄堂捡漏王"}
    assert rows(found)["竹蜻蜓代充铺"].until == "2026-04-02"


FORMS = {
    "a name a line": (
        "青柠巷口大爆料\n\n橘猫,弄堂\n",
        "closed.txt",
        {"青柠巷口大爆料", "橘猫,弄堂"},
    ),
    "tabs": ("青柠巷口大爆料\t2026年3月1日\t假冒\n", "closed.txt", {"青柠巷口大爆料"}),
    "CSV without a header": ("青柠巷口大爆料,20260301\n", "closed.csv", {"青柠巷口大爆料"}),
    "other columns and order": (
        "id,reason,Name\n7,假冒,青柠巷口大爆料\n",
        "closed.csv",
        {"青柠巷口大爆料"},
    ),
    "a byte order mark": ("\ufeffname\n青柠巷口大爆料\n", "closed.csv", {"青柠巷口大爆料"}),
}


@pytest.mark.parametrize(("text", "name", "expected"), FORMS.values(), ids=FORMS.keys())
def test_forms_of_the_list(tmp_path: Path, text: str, name: str, expected: set[str]) -> None:
    found = run(tmp_path, text, name)
    assert set(rows(found)) == expected
    assert not found.problems


BAD = {
    "a name of one character": ("名", "名", "2 to 100"),
    "a name of nothing but decoration": ("★★★", "★★★", "2 to 100"),
    "a hidden character": ("青柠\u200b巷口", "青柠\u200b巷口", "hidden"),
    "a day outside the calendar": ("豆花街小喇叭,2026-02-30", "2026-02-30", "calendar"),
    "a day in the future": ("豆花街小喇叭,2026-12-01", "2026-12-01", "after"),
    "no date": ("豆花街小喇叭,gestern", "gestern", "YYYY"),
}


@pytest.mark.parametrize(("row", "value", "message"), BAD.values(), ids=BAD.keys())
def test_a_bad_row_is_reported_and_the_rest_imported(
    tmp_path: Path, row: str, value: str, message: str
) -> None:
    found = run(tmp_path, f"name,closed\n{row}\n青柠巷口大爆料,\n")
    (problem,) = found.problems
    assert (problem.file, problem.row, problem.value) == ("closed.csv", 2, value)
    assert message in problem.message
    assert rows(found).keys() == {"青柠巷口大爆料"}


def test_everyday_and_short_names_need_a_cue(tmp_path: Path) -> None:
    found = rows(run(tmp_path, "name\n苹果\n青柠\n青柠巷口大爆料\n"))
    assert {name for name, row in found.items() if row.needs_cue} == {"苹果", "青柠"}


def test_another_source_is_never_overwritten(tmp_path: Path) -> None:
    folder = source(tmp_path / "registries", "closed_accounts", [body("x.a", "甲甲厂")])
    before = (folder / "entities.csv").read_bytes()
    with pytest.raises(RegistryError, match="another folder"):
        run(tmp_path, LIST)
    assert (folder / "entities.csv").read_bytes() == before


def test_a_list_without_a_good_row_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileFormatError, match="1 bad rows"):
        run(tmp_path, "name\n名\n")
    assert not (tmp_path / "registries").exists()


def test_a_gbk_list_is_named_as_such(tmp_path: Path) -> None:
    file = tmp_path / "closed.csv"
    file.write_bytes(LIST.encode("gb18030"))
    with pytest.raises(FileFormatError, match="GB18030"):
        import_closed(file, tmp_path / "registries", as_of=TODAY)
