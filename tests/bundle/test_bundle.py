"""One folder, one hash: the same parts give the same, and nothing can be changed unnoticed."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from detector.bundle import Bundle, build
from detector.bundle.bundle import cached
from detector.errors import BundleError, RegistryError
from detector.settings import Settings
from tests.channels import bodies


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A bundle with a model, of the small registry."""
    folder = tmp_path_factory.mktemp("whole")
    bodies.write(folder / "registries")
    return build(folder / "bundle", settings(folder))  # the shipped model goes with it


def settings(folder: Path, *, assume_unverified: bool = False) -> Settings:
    return Settings(
        registries=folder / "registries", cache=folder / "cache",
        assume_unverified=assume_unverified,
    )  # fmt: skip


@pytest.fixture
def bundle(whole: Bundle, tmp_path: Path) -> Path:
    """A copy of it that may be changed."""
    return Path(shutil.copytree(whole.folder, tmp_path / "bundle"))


def test_the_same_parts_give_the_same_hash(tmp_path: Path) -> None:
    bodies.write(tmp_path / "registries")
    one, two = (build(tmp_path / name, settings(tmp_path)) for name in ("one", "two"))
    assert one.hash == two.hash == Bundle.open(tmp_path / "one").hash
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one", "registries", "two"]


def test_every_part_enters_the_hash(whole: Bundle, tmp_path: Path) -> None:
    bodies.write(tmp_path / "registries")
    plain = build(tmp_path / "plain", replace(settings(tmp_path), model=None))
    read = build(tmp_path / "read", settings(tmp_path, assume_unverified=True))
    table = tmp_path / "registries" / "bodies" / "entities.csv"
    table.write_text(table.read_text("utf-8").replace("清华大学", "云麓大学"), "utf-8")
    renamed = build(tmp_path / "renamed", settings(tmp_path))
    assert len({whole.hash, plain.hash, read.hash, renamed.hash}) == 4


def test_a_bundle_judges_and_leaves_its_folder_as_it_was(whole: Bundle) -> None:
    found = Bundle.open(whole.folder)
    assert found.screener().registry.digest == found.manifest.registry
    assert Bundle.open(whole.folder).hash == whole.hash


def test_a_changed_cut_or_missing_file_is_named(bundle: Path) -> None:
    for path in Bundle.open(bundle).manifest.files:
        content = (bundle / path).read_bytes()
        for broken in (content[:-1] + bytes([content[-1] ^ 1]) if content else b"x", b"\0"):
            (bundle / path).write_bytes(broken)
            with pytest.raises(BundleError, match=r"was changed or cut short; build it again"):
                Bundle.open(bundle)
        (bundle / path).unlink()
        with pytest.raises(BundleError, match="is missing"):
            Bundle.open(bundle)
        (bundle / path).write_bytes(content)
    assert Bundle.open(bundle).hash


def test_a_file_that_was_put_in_is_named(bundle: Path) -> None:
    (bundle / "registries" / "new").mkdir()
    (bundle / "registries" / "new" / "entities.csv").write_text("id,name\n")
    with pytest.raises(BundleError, match=r"new/entities\.csv: is no part of the bundle"):
        Bundle.open(bundle)


MANIFESTS = {
    "empty": "",
    "no JSON": "{",
    "a list": "[]",
    "another format": '{"hash": "x", "format": 0}',
    "no parts": '{"hash": "x", "format": 1}',
}


@pytest.mark.parametrize("manifest", MANIFESTS.values(), ids=MANIFESTS)
def test_a_manifest_that_cannot_be_read_is_said(bundle: Path, manifest: str) -> None:
    (bundle / "bundle.json").write_text(manifest)
    with pytest.raises(BundleError, match="build it again"):
        Bundle.open(bundle)


def test_a_hash_that_does_not_fit_is_said(bundle: Path) -> None:
    path = bundle / "bundle.json"
    told = json.loads(path.read_text())
    path.write_text(json.dumps({**told, "assume_unverified": True}))
    with pytest.raises(BundleError, match="its hash does not fit"):
        Bundle.open(bundle)


def test_a_folder_without_a_manifest_is_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"no bundle: bundle\.json is missing"):
        Bundle.open(tmp_path)


def test_another_program_is_named_and_does_not_judge(bundle: Path) -> None:
    found = Bundle.open(bundle)
    maker = found.manifest.maker
    other = maker.model_copy(
        update={"code": {**maker.code, "text": "x"}, "libraries": {"jieba": "0"}, "rules": "y"}
    )
    manifest = found.manifest.model_copy(update={"maker": other})
    manifest.write(bundle)
    opened = Bundle.open(bundle)
    told = r"code of text, rules, library jieba, library numpy, library rapidfuzz"
    with pytest.raises(BundleError, match=told):
        opened.screener()


def test_what_only_shows_or_stores_is_no_other_program(whole: Bundle) -> None:
    silent = {"batch", "bulk", "bundle", "cli", "explain", "replay"}
    assert not silent & whole.manifest.maker.code.keys()
    assert {"channels", "pipeline", "registry", "text", "types"} <= whole.manifest.maker.code.keys()


def test_another_bundle_is_not_written_over(whole: Bundle, bundle: Path, tmp_path: Path) -> None:
    bodies.write(tmp_path / "registries")
    with pytest.raises(BundleError, match="another bundle stands there"):
        build(bundle, replace(settings(tmp_path), model=None))
    assert Bundle.open(bundle).hash == whole.hash
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_broken_registry_leaves_nothing_half_written(tmp_path: Path) -> None:
    bodies.write(tmp_path / "registries")
    (tmp_path / "registries" / "bodies" / "entities.csv").write_text("id\nx", encoding="utf-8")
    with pytest.raises(RegistryError, match=r"entities\.csv:2"):
        build(tmp_path / "bundle", settings(tmp_path))
    assert [p.name for p in tmp_path.iterdir()] == ["registries"]


def test_a_cached_bundle_is_made_once(tmp_path: Path) -> None:
    bodies.write(tmp_path / "registries")
    first = cached(settings(tmp_path))
    made = {p: p.stat().st_mtime_ns for p in first.folder.rglob("*")}
    assert cached(settings(tmp_path)).folder == first.folder
    assert {p: p.stat().st_mtime_ns for p in first.folder.rglob("*")} == made
