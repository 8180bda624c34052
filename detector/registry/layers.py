"""A registry changed without building it again: names added in a small index of their own, others gone.

The base stays as it is on disk. A change is a second, small index and the ids of the bodies that are no
longer there (a renamed body is gone and added). Texts are searched in both as if they were one: what a
longer name explains is explained in both, what is gone explains nothing. The answers are those of an index
built anew; the tests compare them on random changes. Regions are part of the grammar of derived names:
where one changes, the index is built anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from detector.errors import RegistryError
from detector.registry.catalogue import Catalogue
from detector.registry.derive import Grammar
from detector.registry.index import Index, compile_index
from detector.registry.lookup import Lookup, Search
from detector.text import blocking
from detector.text.alphabet import Ids, Likeness
from detector.text.blocking import NAME, Layer
from detector.types import Alias, Entity, Kind

_NO_PLACES = Catalogue((), Grammar(None, (), {}), frozenset(), frozenset())
_PLACES = frozenset((Kind.REGION, Kind.COUNTRY))


class LayeredLookup(Search):
    """The names of the base, then those added, then the pieces of the base."""

    def __init__(self, base: Lookup, added: Lookup, gone: npt.NDArray[np.bool_]) -> None:
        """gone: bool by name of the base."""
        self._base, self._added = base, added
        self._more = added.split
        self.split = base.split + self._more
        pieces = base.lengths[base.split :]
        self.lengths = np.concatenate([base.lengths[: base.split], added.lengths, pieces])
        self._gone = np.zeros(len(self.lengths), np.bool_)
        self._gone[: base.split] = gone
        self._layers = (
            Layer(base.table, base.split, 0, self._more),
            Layer(added.table, added.split, base.split, base.split),
        )

    def blocked(
        self, plain: Ids, sound: Ids, shape: Ids, offsets: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
        """Places worth comparing, in both."""
        return blocking.find_in(plain, sound, shape, offsets, self._layers, self.split, self._gone)

    def verify(
        self, codes: Ids, offsets: npt.NDArray[np.int64], hits: npt.NDArray[np.int32],
        likeness: Likeness,
    ) -> npt.NDArray[np.float32]:  # fmt: skip
        """The bits of every hit, each in the index that holds its name."""
        number = hits[:, NAME]
        in_added = (number >= self._base.split) & (number < self.split)
        bits = np.empty(len(hits), np.float32)
        for lookup, part in ((self._base, ~in_added), (self._added, in_added)):
            own = hits[part]
            shift = np.where(own[:, NAME] >= self.split, self._more, 0)
            own[:, NAME] -= shift if lookup is self._base else self._base.split
            bits[part] = lookup.verify(codes, offsets, own, likeness)
        return bits


class LayeredIndex:
    """An index with a change over it; answers as `Index` does."""

    def __init__(self, base: Index, added: Index, gone: Collection[str]) -> None:
        self._base, self.added, self._gone = base, added, frozenset(gone)
        lost = np.zeros(len(base), np.bool_)
        lost[[base.numbers[id_] for id_ in self._gone]] = True
        self.names = LayeredLookup(base.names, added.names, lost[base.owners])
        self.digest = added.digest

    def __len__(self) -> int:
        return len(self._base) + len(self.added)

    def alias(self, name: int) -> Alias:
        """The registered name of that number."""
        first = self._base.names.split
        return self._base.alias(name) if name < first else self.added.alias(name - first)

    def owner(self, name: int) -> Entity:
        """The entity that bears the name of that number."""
        first = self._base.names.split
        return self._base.owner(name) if name < first else self.added.owner(name - first)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Entity id -> number, of those that are there."""
        kept = {id_: n for id_, n in self._base.numbers.items() if id_ not in self._gone}
        return kept | {id_: n + len(self._base) for id_, n in self.added.numbers.items()}

    def entity(self, number: int) -> Entity:
        """The entity of that number; it may be gone."""
        first = len(self._base)
        return self._base.entity(number) if number < first else self.added.entity(number - first)


def changed(
    base: Index, added: Sequence[Entity], gone: Collection[str], cache: Path
) -> LayeredIndex:
    """The index with entities added and others gone, by id; the small index is kept in the cache folder.

    Raises RegistryError where an id that goes is not there, one that comes is there already and stays,
    or a region or country changes.
    """
    known = base.numbers
    missing = sorted(set(gone) - known.keys())
    twice = sorted(e.id for e in added if e.id in known and e.id not in gone)
    if missing or twice:
        raise RegistryError(f"not in the registry: {missing[:3]}; already there: {twice[:3]}")
    places = [e.id for e in added if e.kind in _PLACES]
    places += [id_ for id_ in gone if base.entity(known[id_]).kind in _PLACES]
    if places:
        raise RegistryError(f"{places[0]} is a place, of which names are derived: build anew")
    described = json.dumps([[repr(e) for e in added], sorted(gone)], ensure_ascii=False)
    digest = hashlib.sha256(f"{base.digest} {described}".encode()).hexdigest()
    folder = cache / f"change-{digest[:16]}"
    if not (folder / "index.json").exists():
        compile_index(added, (), _NO_PLACES, folder, digest)
    return LayeredIndex(base, Index(folder), gone)
