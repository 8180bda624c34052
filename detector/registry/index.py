"""The compiled registry on disk: entity records, their names, and the pieces of derived names.

`compile_index` writes a folder, whole or not at all; `Index` opens it by mmap.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice, product
from pathlib import Path

import numpy as np

from detector.errors import IndexFileError
from detector.registry import lookup
from detector.registry.catalogue import Catalogue
from detector.registry.lookup import Blob, Key, Lookup
from detector.registry.staging import staged
from detector.text.alphabet import alphabet
from detector.text.fold import plain
from detector.types import Alias, Entity, Kind, Level, NameSort

FORMAT = 17
CATALOGUE = "catalogue.json"
MOST_INITIALS = 4  # of one name with polyphones
_SORTS = tuple(NameSort)


def _key(text: str, entity: Entity, sort: NameSort, needs_cue: bool) -> Key:
    """How one name is looked for: towns, numbers and initials only as written."""
    if sort in (NameSort.INITIALS, NameSort.NUMBER) or entity.level is Level.TOWN:
        return Key(text, disguises=False, steps=False)
    if text.isascii():
        return Key(text, disguises=text.isalpha() and len(text) >= 6, steps=len(text) >= 6)
    if len(text) == 2:
        return Key(text, disguises=not needs_cue and entity.kind is not Kind.REGION, steps=False)
    return Key(text, disguises=True, steps=True)


def initials(name: str) -> tuple[str, ...]:
    """The pinyin initials of a name of four to eight Chinese characters; polyphones give several."""
    if not 4 <= len(name) <= 8:
        return ()
    letters = alphabet()
    choices = [
        dict.fromkeys(chr(97 + int(i)) for i in row if i >= 0)
        for row in letters.likeness.initials[letters.encode(name)]
    ]
    if not all(choices):
        return ()
    return tuple("".join(c) for c in islice(product(*choices), MOST_INITIALS))


def _keys(entity: Entity) -> Iterator[tuple[Alias, Key]]:
    """Every name of an entity with the keys under which it is found, initials included."""
    seen: set[str] = set()
    for alias in entity.aliases:
        text = plain(alias.text)
        if text and text not in seen:
            seen.add(text)
            yield alias, _key(text, entity, alias.sort, alias.needs_cue)
        if alias.sort not in (NameSort.OFFICIAL, NameSort.SHORT) or entity.kind is Kind.CLOSED:
            continue
        for letters in initials(text) if entity.level is not Level.TOWN else ():
            if letters in seen:
                continue
            seen.add(letters)
            made = Alias(alias.text, NameSort.INITIALS, needs_cue=True)
            yield made, _key(letters, entity, NameSort.INITIALS, True)


def piece_key(text: str) -> Key:
    """How a piece of derived names is looked for."""
    return Key(text, disguises=len(text) >= 3, steps=len(text) >= 4)


def compile_index(
    entities: Iterable[Entity], pieces: Sequence[str], catalogue: Catalogue, folder: Path,
    digest: str,
) -> None:  # fmt: skip
    """Write the index of `entities` and of the `pieces` of derived names to `folder`."""
    seed = int(digest[:12], 16)
    texts, keys, owners, sorts, cues, records, ids = [], [], [], [], [], [], []
    listed = list(entities)
    names = {entity.id: entity.name for entity in listed}
    for number, entity in enumerate(listed):
        records.append(_record(entity, names.get(entity.sponsor, entity.sponsor_name)))
        ids.append(entity.id)
        for alias, key in _keys(entity):
            texts.append(alias.text)
            keys.append(key)
            owners.append(number)
            sorts.append(_SORTS.index(alias.sort))
            cues.append(alias.needs_cue)
    with staged(folder, format=FORMAT, digest=digest) as staging:
        parts = [piece_key(p) for p in pieces]
        lookup.build([*keys, *parts], staging / "names", seed, len(keys))
        Blob.save(texts, staging, "texts")
        Blob.save(records, staging, "records")
        Blob.save(ids, staging, "ids")
        np.save(staging / "owners.npy", np.array(owners, np.int32))
        np.save(staging / "sorts.npy", np.array(sorts, np.uint8))
        np.save(staging / "cues.npy", np.array(cues, bool))
        catalogue.save(staging / CATALOGUE)


def _record(entity: Entity, sponsor_name: str) -> str:
    return json.dumps(
        [entity.id, entity.name, [[a.text, a.sort, a.needs_cue] for a in entity.aliases],
         entity.kind, entity.level, entity.region, entity.source, entity.sponsor, entity.code,
         sponsor_name],
        ensure_ascii=False,
    )  # fmt: skip


class Index:
    """The opened index. Raises IndexFileError where the folder is damaged or of another format."""

    def __init__(self, folder: Path) -> None:
        about = lookup.check_sizes(folder)
        if about.get("format") != FORMAT:
            raise IndexFileError(f"{folder}: format {about.get('format')}, not {FORMAT}; delete it")
        self.digest = str(about["digest"])
        self.names = Lookup(folder / "names")
        self._texts, self._records = Blob(folder, "texts"), Blob(folder, "records")
        self._ids = Blob(folder, "ids")
        self.owners = lookup.mapped(folder / "owners.npy")
        self._sorts = lookup.mapped(folder / "sorts.npy")
        self._cues = lookup.mapped(folder / "cues.npy")
        self._known: dict[int, Entity] = {}

    def __len__(self) -> int:
        return len(self._records)

    def alias(self, name: int) -> Alias:
        """The registered name of that number."""
        return Alias(self._texts[name], _SORTS[self._sorts[name]], bool(self._cues[name]))

    def owner(self, name: int) -> Entity:
        """The entity that bears the name of that number."""
        return self.entity(int(self.owners[name]))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Entity id -> number."""
        return {self._ids[n]: n for n in range(len(self._ids))}

    def entity(self, number: int) -> Entity:
        """The entity of that number."""
        known = self._known.get(number)
        if known is None:
            id_, name, aliases, kind, level, region, source, *sponsored = json.loads(
                self._records[number]
            )
            known = Entity(
                id_, name, tuple(Alias(t, NameSort(s), c) for t, s, c in aliases),
                Kind(kind), Level(level), region, source, *sponsored,
            )  # fmt: skip
            if len(self._known) < 100_000:
                self._known[number] = known
        return known
