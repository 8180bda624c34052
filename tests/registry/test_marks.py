"""Marks are enrolled where they can be recognised and told apart, and every fault of a table is said."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from detector.errors import MarkError
from detector.image.embedding import opened
from detector.image.marks import Placed, all_marks, descriptions, load, write
from detector.registry.enrol import Enrolled, Known, check_marks, enrol
from detector.settings import Settings
from tests.image.pictures import badge

NETWORK = Settings().network
BODIES = frozenset(("a.one", "a.two"))


@pytest.fixture
def registries(tmp_path: Path) -> Path:
    """A folder of registries with one source."""
    (tmp_path / "registries" / "own").mkdir(parents=True)
    return tmp_path / "registries"


def picture(folder: Path, name: str, side: int = 200) -> Path:
    path = folder / name
    badge(side).save(path)
    return path


def known(registries: Path, cache: Path) -> list[Known]:
    placed = all_marks(registries)
    return [Known(p, d) for p, d in zip(placed, descriptions(placed, NETWORK, cache), strict=True)]


def add(registries: Path, entity: str, *files: Path) -> tuple[Enrolled, ...]:
    return enrol(
        registries / "own" / "marks", entity, files, known(registries, registries.parent / "cache"),
        opened(NETWORK), licence="platform", cite="ours",
    )  # fmt: skip


def test_a_picture_becomes_a_mark(registries: Path, tmp_path: Path) -> None:
    (one,) = add(registries, "a.one", picture(tmp_path, "logo.png"))
    assert one.mark.id == "a.one.1"
    (placed,) = load(registries / "own" / "marks")
    assert placed.path.read_bytes() == (tmp_path / "logo.png").read_bytes()
    assert check_marks(registries, BODIES) == ()


def test_a_second_picture_of_the_same_body_is_welcome_and_noted(
    registries: Path, tmp_path: Path
) -> None:
    add(registries, "a.one", picture(tmp_path, "logo.png"))
    (two,) = add(registries, "a.one", picture(tmp_path, "again.png", 150))
    assert two.mark.id == "a.one.2"
    assert any("nearly the same" in note for note in two.notes)


def test_another_bodys_mark_is_refused(registries: Path, tmp_path: Path) -> None:
    add(registries, "a.one", picture(tmp_path, "logo.png"))
    with pytest.raises(MarkError, match=r"cannot be told from a\.one\.1"):
        add(registries, "a.two", picture(tmp_path, "theirs.png", 150))
    assert len(all_marks(registries)) == 1


def test_a_picture_too_poor_is_refused(registries: Path, tmp_path: Path) -> None:
    with pytest.raises(MarkError, match="a mark needs 48"):
        add(registries, "a.one", picture(tmp_path, "tiny.png", 30))
    Image.new("RGB", (200, 200), (250, 250, 250)).save(tmp_path / "blank.png")
    with pytest.raises(MarkError, match="nearly even"):
        add(registries, "a.one", tmp_path / "blank.png")
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    with pytest.raises(MarkError, match="no picture"):
        add(registries, "a.one", tmp_path / "text.png")


FAULTS: dict[str, tuple[dict[str, str], str]] = {
    "a body that is none": ({"entity": "a.none"}, "no such body"),
    "an unknown licence": ({"licence": "mine"}, "unknown licence"),
    "no source": ({"cite": ""}, "where is it from"),
    "no file": ({"file": "gone.png"}, "no such file"),
    "another file": ({"sha256": "0" * 64}, "not that of the table"),
    "a strange id": ({"id": "A B"}, "not of the form"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_table_is_said(name: str, registries: Path, tmp_path: Path) -> None:
    change, told = FAULTS[name]
    (one,) = add(registries, "a.one", picture(tmp_path, "logo.png"))
    write(registries / "own" / "marks", [replace(one.mark, **change)])
    assert any(told in str(problem) for problem in check_marks(registries, BODIES))


def test_a_file_that_was_exchanged_is_not_compared_with(registries: Path, tmp_path: Path) -> None:
    (one,) = add(registries, "a.one", picture(tmp_path, "logo.png"))
    picture(registries / "own" / "marks", one.mark.file, 190)
    with pytest.raises(MarkError, match="sha256"):
        known(registries, tmp_path / "cache")


def test_descriptions_are_made_once_and_kept(registries: Path, tmp_path: Path) -> None:
    add(registries, "a.one", picture(tmp_path, "logo.png"))
    cache = tmp_path / "kept"
    placed: tuple[Placed, ...] = all_marks(registries)
    (first,) = descriptions(placed, NETWORK, cache)
    (file,) = cache.rglob("*.npz")
    written = file.stat().st_mtime_ns
    (second,) = descriptions(placed, NETWORK, cache)
    assert file.stat().st_mtime_ns == written
    assert np.allclose(first.vectors, second.vectors, atol=1e-3)


def test_the_shipped_marks_are_in_order() -> None:
    placed = all_marks(Settings().registries)
    assert len(placed) > 80
    entities = frozenset(one.mark.entity for one in placed)
    assert check_marks(Settings().registries, entities) == ()
