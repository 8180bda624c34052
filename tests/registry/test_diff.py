"""What changed between two registries, told the same way from both sides."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from detector.registry.diff import Changed, Diff, Known, Renamed, diff
from detector.settings import Settings
from tests.registry.tree import (
    CITY,
    DISTRICT,
    EXCEPTION_COLUMNS,
    PATTERN,
    body,
    grammar,
    source,
    table,
)

A, B = body("x.a", "甲甲厂", short_names="甲厂一"), body("x.b", "乙乙厂")


def between(tmp_path: Path, old: list[dict[str, str]], new: list[dict[str, str]]) -> Diff:
    source(tmp_path / "old", "firms", old)
    source(tmp_path / "new", "firms", new)
    return diff(tmp_path / "old", tmp_path / "new")


def test_a_registry_does_not_differ_from_itself() -> None:
    assert not diff(Settings().registries, Settings().registries)


def test_added_and_removed_bodies_bring_and_take_their_names(tmp_path: Path) -> None:
    found = between(tmp_path, [A], [B])
    assert (found.added, found.removed) == (
        (Known("firms", "x.b", "乙乙厂"),), (Known("firms", "x.a", "甲甲厂"),),
    )  # fmt: skip
    assert [n.name for n in found.new_names] == ["乙乙厂"]
    assert [n.name for n in found.old_names] == ["甲厂一", "甲甲厂"]
    assert not found.risky


def test_a_body_under_another_official_name_is_renamed(tmp_path: Path) -> None:
    found = between(tmp_path, [A], [{**A, "name": "甲甲总厂", "former_names": "甲甲厂@2026"}])
    assert found.renamed == (Renamed("x.a", "甲甲厂", "x.a", "甲甲总厂"),)
    assert found.changed == (Changed("", "x.a", "former_names", "", "甲甲厂@2026"),)
    assert [n.name for n in found.new_names] == ["甲甲总厂"]


def test_a_body_under_another_id_is_moved(tmp_path: Path) -> None:
    found = between(tmp_path, [A], [{**A, "id": "y.a"}])
    assert found.moved == (Renamed("x.a", "甲甲厂", "y.a", "甲甲厂"),)


def test_changes_are_told_cell_by_cell(tmp_path: Path) -> None:
    found = between(tmp_path, [A], [{**A, "kind": "bank", "region": "330100"}])
    assert found.changed == (
        Changed("", "x.a", "kind", "enterprise", "bank"),
        Changed("", "x.a", "region", "", "330100"),
    )
    assert not found.new_names


def test_new_everyday_and_short_names_are_risky_unless_they_need_a_cue(tmp_path: Path) -> None:
    names = {**A, "short_names": "甲厂一|苹果|甲厂|长城", "needs_cue": "长城"}
    found = between(tmp_path, [A], [names])
    assert [(n.name, n.everyday, n.short) for n in found.risky] == [
        ("甲厂", False, True), ("苹果", True, True),
    ]  # fmt: skip
    assert {n.name for n in found.new_names} == {"苹果", "甲厂", "长城"}


def test_a_name_freed_of_its_cue_newly_holds_accounts(tmp_path: Path) -> None:
    apple = body("x.a", "甲甲厂", short_names="苹果")
    found = between(tmp_path, [{**apple, "needs_cue": "苹果"}], [apple])
    assert [n.name for n in found.risky] == ["苹果"]


def test_sources_and_what_they_say_of_themselves(tmp_path: Path) -> None:
    source(tmp_path / "old", "firms", [A], date="2025-01-01")
    source(tmp_path / "new", "firms", [A], date="2026-01-01")
    source(tmp_path / "new", "more", [B])
    found = diff(tmp_path / "old", tmp_path / "new")
    assert found.sources_added == ("more",)
    assert found.sources_changed == (Changed("firms", "", "date", "2025-01-01", "2026-01-01"),)


def test_patterns_exceptions_and_towns_are_records_too(tmp_path: Path) -> None:
    grammar(tmp_path / "old", [PATTERN])
    folder = grammar(tmp_path / "new", [{**PATTERN, "brand_accounts": "平安{short}|{short}警方"}])
    odd = {"region": "330100", "pattern_id": PATTERN["id"], "name": "杭州警察局"}
    table(folder / "exceptions.csv", EXCEPTION_COLUMNS, [odd])
    towns = tmp_path / "new" / "regions" / "towns.csv"
    towns.write_text("code,name\n330106001,北山街道\n", encoding="utf-8")
    found = diff(tmp_path / "old", tmp_path / "new")
    assert [k.id for k in found.added] == ["organ.police.city@330100", "town.330106001"]
    assert {n.name for n in found.new_names} == {"{short}警方", "杭州警察局", "北山街道"}


_NAMES = st.sampled_from(["甲甲厂", "乙乙厂", "丙丙厂", "苹果", "长城", "人民厂"])


@st.composite
def _rows(draw: st.DrawFn) -> list[dict[str, str]]:
    """Up to four bodies with names, cues and cells out of a few, so that they often meet."""
    rows = []
    for id_ in sorted(draw(st.sets(st.sampled_from(["x.a", "x.b", "x.c", "y.a"]), max_size=4))):
        names = draw(st.lists(_NAMES, min_size=1, max_size=3, unique=True))
        rows.append(
            body(
                id_, names[0], short_names="|".join(names[1:]),
                needs_cue=draw(st.sampled_from(["", names[-1]])),
                region=draw(st.sampled_from(["", "330100"])),
                kind=draw(st.sampled_from(["enterprise", "media"])),
            )
        )  # fmt: skip
    return rows


_TREES = st.dictionaries(
    st.sampled_from(["one", "two"]),
    st.tuples(_rows(), st.sampled_from(["MIT", "facts"])),
    min_size=1,
)


def _write(root: Path, tree: dict[str, tuple[list[dict[str, str]], str]]) -> Path:
    for name, (rows, licence) in tree.items():
        source(root, name, [{**r, "id": f"{name}{r['id']}"} for r in rows], licence=licence)
    source(root, "regions", [CITY, DISTRICT])
    return root


@settings(max_examples=60, deadline=None)
@given(_TREES, _TREES)
def test_diff_with_itself_is_empty_and_the_way_back_is_the_inverse(
    old: dict[str, tuple[list[dict[str, str]], str]],
    new: dict[str, tuple[list[dict[str, str]], str]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        a, b = _write(Path(folder) / "a", old), _write(Path(folder) / "b", new)
        assert not diff(a, a)
        assert bool(diff(a, b)) == (old != new)
        assert diff(a, b).inverse() == diff(b, a)
        assert diff(a, b).inverse().inverse() == diff(a, b)
