"""The compiled registry: the same input gives the same bytes, a damaged folder an error, a change a new digest."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from detector.errors import IndexFileError
from detector.registry.catalogue import Catalogue
from detector.registry.derive import Grammar
from detector.registry.index import Index, compile_index, initials
from detector.registry.registry import Registry, digest_of, sources
from detector.settings import Settings
from detector.types import Alias, Entity, Kind, Level, NameSort
from tests.channels import bodies
from tests.core.shipped import registry

DIGEST = "0123456789abcdef" * 4


def entity(number: int, *names: str, kind: Kind = Kind.MEDIA, level: Level = Level.NONE) -> Entity:
    aliases = tuple(Alias(name, NameSort.OFFICIAL) for name in names)
    return Entity(f"body.{number}", names[0], aliases, kind, level, "", "tests")


ENTITIES = [entity(1, "江海日报", "江海报"), entity(2, "青川大学"), entity(3, "xinhua news")]
PIECES = ["公安局", "人民法院", "平安"]
NO_PLACES = Catalogue((), Grammar(None, (), {}), frozenset(), frozenset())


def built(folder: Path) -> Path:
    compile_index(ENTITIES, PIECES, NO_PLACES, folder, DIGEST)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_a_catalogue_reads_back_as_it_was_written(tmp_path: Path) -> None:
    registries = Settings.from_environment().registries
    made = Catalogue.of(sources(registries), registries)
    assert len(made.regions) > 1000
    assert made.complete
    made.save(tmp_path / "catalogue.json")
    assert Catalogue.load(tmp_path / "catalogue.json") == made


def test_a_damaged_catalogue_is_named(tmp_path: Path) -> None:
    (tmp_path / "catalogue.json").write_text('{"regions": [', encoding="utf-8")
    with pytest.raises(IndexFileError, match=r"catalogue\.json"):
        Catalogue.load(tmp_path / "catalogue.json")


def test_an_index_gives_back_what_it_was_made_of(tmp_path: Path) -> None:
    index = Index(built(tmp_path / "index"))
    assert len(index) == 3
    assert [index.entity(n) for n in range(3)] == ENTITIES
    assert index.digest == DIGEST
    assert index.numbers == {"body.1": 0, "body.2": 1, "body.3": 2}
    hits = index.names.find(["我爱江海日报"])
    found = {(index.owner(n).id, index.alias(n).text) for n in hits.name.tolist()}
    assert ("body.1", "江海日报") in found


def test_the_same_entities_give_the_same_bytes(tmp_path: Path) -> None:
    assert files(built(tmp_path / "one")) == files(built(tmp_path / "two"))


def test_a_build_leaves_nothing_beside_the_index(tmp_path: Path) -> None:
    built(tmp_path / "cache" / "index")
    assert [p.name for p in (tmp_path / "cache").iterdir()] == ["index"]


def test_a_build_that_fails_leaves_nothing_at_all(tmp_path: Path) -> None:
    unnameable = Entity("body.4", "\ud800", (), Kind.MEDIA, Level.NONE, "", "tests")
    with pytest.raises(UnicodeEncodeError):
        target = tmp_path / "cache" / "index"
        compile_index([*ENTITIES, unnameable], PIECES, NO_PLACES, target, DIGEST)
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_second_build_of_the_same_leaves_the_first(tmp_path: Path) -> None:
    first = files(built(tmp_path / "index"))
    assert files(built(tmp_path / "index")) == first
    assert [p.name for p in tmp_path.iterdir()] == ["index"]


def test_a_half_made_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "index" / "names").mkdir(parents=True)
    (tmp_path / "index" / "names" / "codes.npy").write_bytes(b"half")
    assert len(Index(built(tmp_path / "index"))) == 3


def test_no_file_of_an_index_may_be_missing_or_cut_short(tmp_path: Path) -> None:
    whole = built(tmp_path / "index")
    for name, content in files(whole).items():
        path = whole / name
        path.write_bytes(content[: len(content) // 2])
        with pytest.raises(IndexFileError, match="delete it"):
            Index(whole)
        path.unlink()
        with pytest.raises(IndexFileError, match="delete it"):
            Index(whole)
        path.write_bytes(content)
    assert len(Index(whole)) == 3


BROKEN = {
    "no folder": None,
    "an empty manifest": "",
    "no JSON": "{",
    "no object of files": '{"format": 1}',
    "another format": '{"format": 0, "digest": "x", "files": {}}',
}


@pytest.mark.parametrize("manifest", BROKEN.values(), ids=BROKEN)
def test_a_folder_without_a_sound_manifest_is_no_index(
    tmp_path: Path, manifest: str | None
) -> None:
    folder = tmp_path / "index"
    if manifest is not None:
        built(folder)
        (folder / "index.json").write_text(manifest)
    with pytest.raises(IndexFileError, match="delete it"):
        Index(folder)


def test_a_manifest_that_is_a_list_is_none(tmp_path: Path) -> None:
    (built(tmp_path / "index") / "index.json").write_text("[]")
    with pytest.raises(IndexFileError, match="delete it"):
        Index(tmp_path / "index")


INITIALS = {
    "four characters": ("清华大学", "qhdx"),
    "eight characters": ("国家移民管理局办", "gjymgljb"),
}


@pytest.mark.parametrize(("name", "wanted"), INITIALS.values(), ids=INITIALS)
def test_a_name_has_initials(name: str, wanted: str) -> None:
    assert wanted in initials(name)


@pytest.mark.parametrize("name", ["北大", "国家移民管理局办公室", "CCTV", "央视ab"])
def test_short_long_and_foreign_names_have_none(name: str) -> None:
    assert initials(name) == ()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    bodies.write(tmp_path / "registries")
    return Settings(registries=tmp_path / "registries", cache=tmp_path / "cache")


def test_a_registry_is_built_once_and_opened_again(settings: Settings) -> None:
    Registry.open(settings)
    (folder,) = settings.cache.iterdir()
    made = {p: p.stat().st_mtime_ns for p in folder.rglob("*")}
    Registry.open(settings)
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*")} == made
    assert list(settings.cache.iterdir()) == [folder]


def cells(settings: Settings) -> list[tuple[Path, int, str]]:
    """A cell of every column of the bodies' table that is filled somewhere."""
    path = settings.registries / "bodies" / "entities.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return [
        (path, number, column)
        for column in rows[0]
        for number in [next((i for i, row in enumerate(rows) if row[column]), -1)]
        if number >= 0
    ]


def test_any_changed_cell_changes_the_digest(settings: Settings) -> None:
    before = digest_of(settings.registries, settings.tables)
    for path, number, column in cells(settings):
        content = path.read_bytes()
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        rows[number][column] += "x"
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        assert digest_of(settings.registries, settings.tables) != before, column
        path.write_bytes(content)
    assert digest_of(settings.registries, settings.tables) == before


def test_a_new_and_a_renamed_file_change_the_digest(settings: Settings) -> None:
    before = digest_of(settings.registries, settings.tables)
    table = settings.registries / "bodies" / "entities.csv"
    (settings.registries / "bodies" / "towns.csv").write_text("code,name\n")
    after = digest_of(settings.registries, settings.tables)
    assert after != before
    table.rename(table.with_name("others.csv"))
    assert digest_of(settings.registries, settings.tables) not in (before, after)


def test_a_changed_registry_is_built_anew(settings: Settings) -> None:
    first = Registry.open(settings)
    path = settings.registries / "bodies" / "entities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("清华", "云麓"), "utf-8")
    second = Registry.open(settings)
    assert second.digest != first.digest
    assert [e.id for e in second.called("云麓大学")] == ["univ.thu"]
    assert [e.id for e in first.called("清华大学")] == ["univ.thu"]
    assert second.called("清华大学") == ()


def test_a_damaged_cache_says_what_to_do(settings: Settings) -> None:
    Registry.open(settings)
    (folder,) = settings.cache.iterdir()
    texts = folder / "texts.npy"
    texts.write_bytes(texts.read_bytes()[:-5])
    with pytest.raises(IndexFileError, match=r"texts\.npy.*delete it"):
        Registry.open(settings)


def test_the_bodies_above_are_given_nearest_first() -> None:
    court = registry().called("北京市朝阳区人民法院")[0]
    assert [e.id for e in registry().parents(court)] == ["region.110105", "region.110000"]


def test_nobody_is_called_so_twice() -> None:
    called = [e.id for e in registry().called("北京市朝阳区人民法院")]
    assert len(called) == len(set(called))


CALLED = {
    "人民日报": "news.renminribaoshe",
    "公安部": "central.mps",
    "ＣＣＴＶ新闻": "news.zhongyangdianshitai",
    "银川市公安局": "organ.police.city@640100",
}


@pytest.mark.parametrize(("name", "id_"), CALLED.items(), ids=CALLED)
def test_the_shipped_registry_knows_who_is_called_so(name: str, id_: str) -> None:
    assert id_ in {e.id for e in registry().called(name)}


@pytest.mark.parametrize("name", ["", "·", "天空中的小猫", "人民曰报"])
def test_nobody_is_called_so(name: str) -> None:
    assert registry().called(name) == ()
