"""Names that are not looked for although a source lists them: they would flood the queue.

`quarantine.csv` beside the sources names them, with what was measured: so many of so many accounts
would newly have been held or refused for that name alone. Take a row out and the name is back.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from detector.registry.source import table, validated
from detector.types import Entity

FILE = "quarantine.csv"


class Quarantined(BaseModel):
    """One name of one body; held: accounts held or refused for it, of how many looked at, when."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    held: int
    of: int
    date: str


@dataclass(frozen=True, slots=True)
class Quarantine:
    """The names of a registry that are not looked for."""

    names: tuple[Quarantined, ...] = ()

    def without(self, entities: Iterable[Entity]) -> Iterator[Entity]:
        """The bodies without those names; a body keeps its record even when no name is left."""
        taken = {(one.id, one.name) for one in self.names}
        ids = {id_ for id_, _ in taken}
        for entity in entities:
            if entity.id in ids:
                kept = tuple(a for a in entity.aliases if (entity.id, a.text) not in taken)
                entity = replace(entity, aliases=kept)
            yield entity


def quarantine_of(registries: Path) -> Quarantine:
    """The quarantine of a registry. Raises RegistryError where its file is broken."""
    path = registries / FILE
    if not path.exists():
        return Quarantine()
    rows = (validated(Quarantined, cells, f"{path}:{line}") for line, cells in table(path))
    return Quarantine(tuple(rows))


def add(registries: Path, names: Iterable[Quarantined]) -> None:
    """Add names to the quarantine of a registry; one measured again keeps the later figures."""
    known = {(one.id, one.name): one for one in (*quarantine_of(registries).names, *names)}
    text = io.StringIO()
    writer = csv.DictWriter(text, list(Quarantined.model_fields), lineterminator="\n")
    writer.writeheader()
    writer.writerows(known[key].model_dump() for key in sorted(known))
    staged = registries / f".{FILE}.new"
    staged.write_text(text.getvalue(), encoding="utf-8", newline="")
    os.replace(staged, registries / FILE)
