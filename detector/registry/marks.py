"""The gallery: the marks of all sources beside the registry, and the look at an account's pictures.

Opened with the first picture, so that runs without pictures pay nothing for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from detector.channels import pictures
from detector.channels.pictures import Looked
from detector.errors import MarkError
from detector.image import embedding
from detector.image.codes import read_codes
from detector.image.compare import Comparer
from detector.image.likeness import Likeness
from detector.image.look import Looker
from detector.image.marks import Placed, all_marks, descriptions
from detector.image.printed import reader
from detector.registry.registry import Registry
from detector.settings import Settings
from detector.types import Account, Entity, Evidence


class Gallery:
    """All marks with the entities that they belong to."""

    def __init__(self, registry: Registry, settings: Settings) -> None:
        self._registry, self._settings = registry, settings

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Every mark, in order."""
        return all_marks(self._settings.registries)

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The bodies of the marks by id. Raises MarkError where a mark names none."""
        found = {}
        for one in self.placed:
            number = self._registry.index.numbers.get(one.mark.entity)
            if number is None:
                raise MarkError(
                    f"{one.folder}: mark {one.mark.id}: no entity {one.mark.entity} in the registry"
                )
            found[one.mark.entity] = self._registry.index.entity(number)
        return found

    @cached_property
    def looker(self) -> Looker:
        """What looks at pictures."""
        folder = self._settings.network
        network = embedding.opened(folder)
        described = tuple(descriptions(self.placed, folder, self._settings.cache))
        return Looker(
            Comparer(described, network), Likeness.load(folder / "likeness.npz"), read_codes,
            reader() if self._settings.ocr else None,
        )  # fmt: skip

    def describe(self) -> None:
        """Work out what the marks look like, so that the cache holds it before the first picture."""
        for _ in descriptions(self.placed, self._settings.network, self._settings.cache):
            pass

    def look(self, account: Account) -> list[Looked]:
        """Every picture of an account, looked at."""
        if not account.avatar and not account.cover:
            return []
        return pictures.look(account, self.looker, self._settings.pictures)

    def marks(
        self, account: Account, looked: Sequence[Looked], named: Sequence[tuple[Entity, Evidence]]
    ) -> list[tuple[Entity, Evidence]]:
        """Evidence for the marks that the account's pictures show."""
        return pictures.marks(account, looked, self.placed, self.entities, named) if looked else []
