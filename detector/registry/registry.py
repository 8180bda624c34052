"""The registry as one object: sources on disk, their compiled index, and who is who in it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from detector.errors import RegistryError
from detector.registry import layers
from detector.registry.catalogue import DERIVED, Catalogue
from detector.registry.compose import Composer, Place
from detector.registry.index import CATALOGUE, FORMAT, Index, compile_index
from detector.registry.layers import LayeredIndex
from detector.registry.quarantine import quarantine_of
from detector.registry.source import Source, folders, load, table
from detector.settings import Settings
from detector.text.blocking import LONGEST
from detector.text.fold import plain
from detector.types import Alias, Entity, Kind, Level, NameSort

__all__ = ["DERIVED", "Match", "Registry", "digest_of", "entities", "listed", "sources"]


def digest_of(registries: Path, tables: Path) -> str:
    """Hash of everything that the index is made from."""
    found = hashlib.sha256(f"index format {FORMAT}".encode())
    for root in (registries, tables):
        for path in sorted(p for p in root.rglob("*") if p.suffix in (".csv", ".yaml", ".tsv")):
            found.update(path.relative_to(root).as_posix().encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def sources(registries: Path) -> tuple[Source, ...]:
    """All source folders, loaded."""
    return tuple(load(f) for f in folders(registries))


def listed(registries: Path) -> Iterator[Entity]:
    """Every entity that the index of a folder of registries lists."""
    loaded = sources(registries)
    made = Catalogue.of(loaded, registries)
    return entities(registries, loaded, Composer(made.grammar, made.regions))


def entities(registries: Path, loaded: Sequence[Source], composer: Composer) -> Iterator[Entity]:
    """Every entity that the index lists, without the names that are in quarantine."""
    return quarantine_of(registries).without(_listed(loaded, composer))


def _listed(loaded: Sequence[Source], composer: Composer) -> Iterator[Entity]:
    """Rows of sources, organs that depart from the grammar, towns."""
    for source in loaded:
        for row in source.rows:
            yield row.entity(source.info.source)
    patterns = {pattern.id: pattern for pattern in composer.grammar.patterns}
    for pattern_id, code in composer.unusual():
        pattern, region = patterns.get(pattern_id), composer.by_code.get(code)
        if pattern is not None and region is not None and region.region_class in pattern.applies_to:
            organ = composer.organ(pattern, region)
            if organ is not None:
                yield organ
    for source in loaded:
        if (source.folder / "towns.csv").exists():
            yield from _towns(source)


def _towns(source: Source) -> Iterator[Entity]:
    """The governments of towns, townships and sub-districts: found only as written in full."""
    path = source.folder / "towns.csv"
    for line, cells in table(path):
        if not {"code", "name"} <= cells.keys():
            raise RegistryError(f"{path}:{line}: columns code and name wanted")
        code, town = cells["code"], cells["name"]
        if not town.endswith(("镇", "乡", "街道")) or len(town) < 3:
            continue
        name = f"{town}办事处" if town.endswith("街道") else f"{town}人民政府"
        yield Entity(
            f"town.{code}", name, (Alias(name, NameSort.OFFICIAL),), Kind.STATE_ORGAN,
            Level.TOWN, code, source.info.source,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A name of the registry in text number `text`: its window there, the bits of the reading."""

    text: int
    start: int
    length: int
    bits: float
    alias: Alias
    entity: Entity


class Registry:
    """Open with `Registry.open`; the index is built on first use and kept in the cache folder."""

    def __init__(
        self, catalogue: Catalogue, composer: Composer, index: Index | LayeredIndex
    ) -> None:
        self._catalogue, self._composer, self.index = catalogue, composer, index
        self.digest = index.digest
        self.places = catalogue.places  # folded names of all divisions and countries
        self.complete = catalogue.complete

    @staticmethod
    def open(settings: Settings) -> Registry:
        """The registry of the settings' folder, its index built if the cache has none.

        The sources are read only then; an index that is up to date needs none of them.
        """
        digest = digest_of(settings.registries, settings.tables)
        folder = settings.cache / f"index-{digest[:16]}"
        if not (folder / "index.json").exists():
            loaded = sources(settings.registries)
            made = Catalogue.of(loaded, settings.registries)
            composer = Composer(made.grammar, made.regions)
            bodies = entities(settings.registries, loaded, composer)
            compile_index(bodies, composer.pieces, made, folder, digest)
        index = Index(folder)
        catalogue = Catalogue.load(folder / CATALOGUE)
        return Registry(catalogue, Composer(catalogue.grammar, catalogue.regions), index)

    @property
    def built(self) -> Index:
        """The index as it was built. Raises RegistryError for a changed registry."""
        if isinstance(self.index, LayeredIndex):
            raise RegistryError("a changed registry has no built index of its own")
        return self.index

    def changed(self, added: Sequence[Entity], gone: Collection[str], cache: Path) -> Registry:
        """The registry with entities added and others gone, by id; nothing is built but the change.

        A change is made to a registry as it was built, not to a changed one. Raises RegistryError
        where it is, or where the change cannot be (`layers.changed`).
        """
        index = layers.changed(self.built, added, gone, cache)
        return Registry(self._catalogue, self._composer, index)

    def find(self, texts: Sequence[str]) -> tuple[list[Match], frozenset[int]]:
        """Names that the read texts (`Reading.text`) hold, listed and derived.

        The second part: texts of which some candidates were cut off by a limit.
        """
        both = self.index.names.find(texts)
        names, pieces = both.before(self.index.names.split)
        matches = [
            Match(text, start, length, bits, self.index.alias(name), self.index.owner(name))
            for text, name, start, length, bits in zip(
                names.text.tolist(), names.name.tolist(), names.start.tolist(),
                names.length.tolist(), names.bits.tolist(), strict=True,
            )
        ]  # fmt: skip
        found_pieces: dict[int, list[tuple[str, Place]]] = defaultdict(list)
        for text, name, start, length, bits in zip(
            pieces.text.tolist(), pieces.name.tolist(), pieces.start.tolist(),
            pieces.length.tolist(), pieces.bits.tolist(), strict=True,
        ):  # fmt: skip
            key = self._composer.pieces[name - self.index.names.split]
            found_pieces[text].append((key, Place(start, start + length, bits)))
        regions: dict[int, list[tuple[str, Place]]] = defaultdict(list)
        for match in matches:
            if match.entity.kind is Kind.REGION:
                place = Place(match.start, match.start + match.length, match.bits)
                regions[match.text].append((plain(match.alias.text), place))
        for text in sorted({*regions, *found_pieces}):
            matches += [
                Match(text, c.start, c.end - c.start, c.bits, c.alias, c.entity)
                for c in self._composer.organs(texts[text], regions[text], found_pieces[text])
            ]
        return matches, frozenset(both.capped.nonzero()[0].tolist())

    def called(self, name: str) -> tuple[Entity, ...]:
        """The entities that bear exactly this name (decoration aside)."""
        key = plain(name)
        if not 0 < len(key) <= LONGEST:  # no indexed name is longer
            return ()
        bearers = {
            match.entity.id: match.entity
            for match in self.find([key])[0]
            if match.length == len(key) and match.bits == 0
        }
        return tuple(bearers.values())

    def parents(self, entity: Entity) -> tuple[Entity, ...]:
        """The bodies that an entity belongs to, nearest first; at most four."""
        found: list[Entity] = []
        while entity.sponsor and len(found) < 4:
            number = self.index.numbers.get(entity.sponsor)
            if number is None:
                break
            entity = self.index.entity(number)
            found.append(entity)
        return tuple(found)

    def is_complete(self, kind: Kind, level: Level) -> bool:
        """Whether absence from the registry proves that a body of this sort does not exist."""
        return (kind, None) in self.complete or (kind, level) in self.complete
