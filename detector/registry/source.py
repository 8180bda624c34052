"""One source of registry rows: a folder with source.yaml and entities.csv (data/registries/README.md)."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from detector.errors import RegistryError
from detector.types import Alias, Entity, Kind, Level, NameSort

M = TypeVar("M", bound=BaseModel)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def _split(cell: object) -> object:
    return tuple(part for part in cell.split("|") if part) if isinstance(cell, str) else cell


Names = Annotated[tuple[str, ...], BeforeValidator(_split)]


class Complete(BaseModel):
    """A kind (at one level, or at all) of which the source lists every member."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: Kind
    level: Level | None = None


class SourceInfo(BaseModel):
    """source.yaml: who publishes the facts, when they were read, for which kinds they are complete."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    source: str
    title: str
    publisher: str
    date: datetime.date
    licence: str
    complete: tuple[Complete, ...]
    references: dict[str, str] = Field(min_length=1)
    url: str = ""
    notes: str = ""


class Row(BaseModel):
    """One row of entities.csv, cells split and checked on their own."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(\.[a-z0-9-]+)+$")]
    name: Annotated[str, Field(min_length=2)]
    short_names: Names = ()
    english_names: Names = ()
    brand_accounts: Names = ()
    numbers: Names = ()
    former_names: Names = ()
    kind: Kind
    level: Level = Level.NONE
    region: str = ""
    sponsor: str = ""
    needs_cue: Names = ()
    code: str = ""
    since: str = ""
    until: str = ""
    successor: str = ""
    cite: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _checked(self) -> Row:
        for field, day in (("since", self.since), ("until", self.until)):
            if day and not _DATE.fullmatch(day):
                raise ValueError(f"{field} {day!r} is not YYYY[-MM[-DD]]")
        for former in self.former_names:
            _, _, day = former.partition("@")
            if not _DATE.fullmatch(day):
                raise ValueError(f"former name {former!r} lacks its end, 旧名@YYYY[-MM]")
        names = [alias.text for alias in self.aliases()]
        for name in names:
            if len(name) < 2 or name != name.strip():
                raise ValueError(f"name {name!r} is too short or padded")
            if names.count(name) > 1:
                raise ValueError(f"name {name!r} stands twice")
        for name in self.needs_cue:
            if name not in names:
                raise ValueError(f"needs_cue {name!r} is none of the row's names")
        return self

    def aliases(self) -> tuple[Alias, ...]:
        """All names of the body, the official one first."""
        sorts = (
            (NameSort.OFFICIAL, (self.name,)),
            (NameSort.SHORT, self.short_names),
            (NameSort.ENGLISH, self.english_names),
            (NameSort.BRAND, self.brand_accounts),
            (NameSort.NUMBER, self.numbers),
            (NameSort.FORMER, tuple(name.partition("@")[0] for name in self.former_names)),
        )
        return tuple(
            Alias(text, sort, text in self.needs_cue) for sort, names in sorts for text in names
        )

    def entity(self, source: str) -> Entity:
        """The row as the rest of the system knows it."""
        return Entity(
            self.id, self.name, self.aliases(), self.kind, self.level, self.region, source,
            self.sponsor, self.code,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A loaded source; `lines` are the rows' line numbers in entities.csv."""

    info: SourceInfo
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    folder: Path


def validated(model: type[M], values: Any, where: str) -> M:
    """`values` as `model`; a failure is a RegistryError that names place, column and value."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        column = ".".join(str(part) for part in first["loc"]) or "row"
        raise RegistryError(
            f"{where}: {column}: {first['msg'].removeprefix('Value error, ')}"
            f" (value: {first['input']!r:.80})"
        ) from None


def table(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their line numbers; RegistryError where one has too many cells."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            for row in reader:
                if None in row or None in row.values():
                    raise RegistryError(
                        f"{path}:{reader.line_num}: {len(reader.fieldnames or ())} cells wanted"
                    )
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RegistryError(f"{path}: {error}") from error


def load_info(folder: Path) -> SourceInfo:
    """source.yaml of a folder; its `source` must be the folder's name."""
    path = folder / "source.yaml"
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise RegistryError(f"{path}: {error}") from error
    info = validated(SourceInfo, values, str(path))
    if info.source != folder.name:
        raise RegistryError(f"{path}: source is {info.source!r}, the folder {folder.name!r}")
    return info


def load(folder: Path) -> Source:
    """A whole source folder, each row valid by itself."""
    info = load_info(folder)
    path = folder / "entities.csv"
    rows, lines = [], []
    if path.exists():
        for line, cells in table(path):
            row = validated(Row, cells, f"{path}:{line}")
            if row.cite not in info.references:
                raise RegistryError(f"{path}:{line}: cite: {row.cite!r} is not in references")
            rows.append(row)
            lines.append(line)
    return Source(info, tuple(rows), tuple(lines), folder)


def folders(registries: Path) -> tuple[Path, ...]:
    """The source folders below `registries`, in order."""
    found = tuple(sorted(p.parent for p in registries.glob("*/source.yaml")))
    if not found:
        raise RegistryError(f"{registries}: no source folder with a source.yaml")
    return found
