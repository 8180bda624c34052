"""All sources read to the end: what loads, and a problem for every row that does not.

`source.load` stops at the first bad row, as a run should; `registry check` wants them all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from detector.errors import RegistryError
from detector.registry.derive import Departure, Pattern
from detector.registry.problem import Problem, error
from detector.registry.source import Row, SourceInfo, folders

M = TypeVar("M", bound=BaseModel)
Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of entities.csv and where it stands."""

    source: str
    file: str
    line: int
    row: Row


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What could be read of one folder; info is None where source.yaml could not."""

    folder: Path
    info: SourceInfo | None
    rows: tuple[Placed, ...]
    patterns: tuple[tuple[int, Pattern], ...] = ()
    departures: tuple[tuple[int, Departure], ...] = ()
    towns: tuple[tuple[int, Cells], ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """All sources, and the problems met while reading them."""

    sources: tuple[Surveyed, ...]
    problems: tuple[Problem, ...]

    @property
    def rows(self) -> Iterator[Placed]:
        """The rows of all sources."""
        return (placed for source in self.sources for placed in source.rows)


def survey(registries: Path) -> Survey:
    """Read every folder below `registries`; RegistryError where there is no source at all."""
    problems: list[Problem] = []
    sources = tuple(_folder(folder, problems) for folder in folders(registries))
    named = {source.folder.name for source in sources}
    problems += [
        error(f"{path.parent.name}/{path.name}", None, "no source.yaml beside it: nobody reads it")
        for path in sorted(registries.glob("*/*.csv"))
        if path.parent.name not in named
    ]
    return Survey(sources, tuple(problems))


def _folder(folder: Path, problems: list[Problem]) -> Surveyed:
    name = folder.name

    def read(table: str, model: type[M]) -> list[tuple[int, M]]:
        file = f"{name}/{table}.csv"
        if not (folder / f"{table}.csv").exists():
            return []
        columns, needed = frozenset(model.model_fields), {
            column for column, field in model.model_fields.items() if field.is_required()
        }  # fmt: skip
        cells = lines(folder / f"{table}.csv", file, columns, needed, problems)
        return list(_rows(model, file, cells, problems))

    info = _info(folder, problems)
    towns: tuple[tuple[int, Cells], ...] = ()
    if (folder / "towns.csv").exists():
        columns = {"code", "name"}
        towns = tuple(lines(folder / "towns.csv", f"{name}/towns.csv", columns, columns, problems))
    file = f"{name}/entities.csv"
    found = Surveyed(
        folder,
        info,
        tuple(Placed(name, file, line, row) for line, row in read("entities", Row)),
        tuple(read("patterns", Pattern)),
        tuple(read("exceptions", Departure)),
        towns,
    )
    if not (folder / "entities.csv").exists() and not (folder / "patterns.csv").exists():
        problems.append(error(file, None, "the source has neither entities.csv nor patterns.csv"))
    return found


def _info(folder: Path, problems: list[Problem]) -> SourceInfo | None:
    file = f"{folder.name}/source.yaml"
    try:
        values = yaml.safe_load((folder / "source.yaml").read_text(encoding="utf-8"))
        info = SourceInfo.model_validate(values)
    except ValidationError as failed:
        problems += _faults(failed, file, None, "")
        return None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as failed:
        problems.append(error(file, None, " ".join(str(failed).split())))
        return None
    if info.source != folder.name:
        told = f"the folder is called {folder.name!r}: give both the same name"
        problems.append(error(file, None, told, value=info.source))
    return info


def _rows(
    model: type[M], file: str, cells: Iterable[tuple[int, Cells]], problems: list[Problem]
) -> Iterator[tuple[int, M]]:
    for line, row in cells:
        try:
            yield line, model.model_validate(row)
        except ValidationError as failed:
            problems += _faults(failed, file, line, row.get("id", row.get("pattern_id", "")))


def _faults(failed: ValidationError, file: str, line: int | None, entity: str) -> Iterator[Problem]:
    """One problem a faulty column."""
    for fault in failed.errors():
        column = ".".join(str(part) for part in fault["loc"])
        message = fault["msg"].removeprefix("Value error, ")
        value = f"{fault['input']!s:.80}" if column else ""
        told = f"{column}: {message}" if column else message
        yield error(file, line, told, entity=entity, value=value)


def lines(
    path: Path,
    file: str,
    columns: Iterable[str],
    needed: Iterable[str],
    problems: list[Problem],
) -> list[tuple[int, Cells]]:
    """The rows of a CSV file with their line numbers; what cannot be read goes to `problems`."""
    try:
        text = decoded(path)
    except RegistryError as failed:
        problems.append(error(file, None, str(failed)))
        return []
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = list(reader.fieldnames or ())
    odd = [c for c in header if c not in set(columns) or header.count(c) > 1]
    lacking = [c for c in needed if c not in header]
    for column in dict.fromkeys(odd):
        told = f"unknown or repeated column; known are {', '.join(sorted(columns))}"
        problems.append(error(file, 1, told, value=column))
    problems += [error(file, 1, "the column is missing", value=c) for c in sorted(lacking)]
    if odd or lacking:
        return []
    found: list[tuple[int, Cells]] = []
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return found
        except csv.Error as failed:
            problems.append(error(file, reader.line_num, str(failed)))
            continue
        if None in row or None in row.values():
            told = f"{len(header)} cells wanted; a comma inside a cell needs quotes around the cell"
            value = str(row.get(header[0], ""))
            problems.append(error(file, reader.line_num, told, entity=value))
        else:
            found.append((reader.line_num, row))


def decoded(path: Path) -> str:
    """The text of a UTF-8 file; RegistryError names the line that is not, and what it may be."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as failed:
        line = data[: failed.start].count(b"\n") + 1
        try:
            data.decode("gb18030")
            told = "it reads as GB18030: iconv -f GB18030 -t UTF-8"
        except UnicodeDecodeError:
            told = f"byte {data[failed.start]:#04x}"
        raise RegistryError(f"line {line} is not UTF-8; {told}") from failed
