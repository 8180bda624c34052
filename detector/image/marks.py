"""Marks on disk: in each registry source a folder `marks` with marks.csv and pictures or descriptions.

A mark that may be shipped is a picture; one that may not is its description alone (`describe`), which
recognises it and cannot be turned back into it. Every row says where the mark comes from, and the
hash of its file, so that the registry's digest covers the marks.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np

from detector.errors import MarkError, PictureError
from detector.image.description import Description, describe, described, packed
from detector.image.embedding import opened
from detector.image.picture import decode
from detector.image.reference import read_bytes

TABLE = "marks.csv"
LICENCES = frozenset("own facts CC0-1.0 CC-PDDC MIT Apache-2.0 BSD-3-Clause ISC platform".split())


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: what it is called, whose it is (an entity's id), where its picture or numbers lie.

    file: below the marks folder: a picture, or .npz = its description. title: for people.
    cite: where it comes from. sha256: of the file.
    """

    id: str
    entity: str
    title: str
    file: str
    licence: str
    cite: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark with the folder it lies in."""

    mark: Mark
    folder: Path

    @property
    def path(self) -> Path:
        """Its file."""
        return self.folder / self.mark.file

    @property
    def is_picture(self) -> bool:
        """Whether there is more of it than its description."""
        return not self.mark.file.endswith(".npz")


COLUMNS = tuple(field.name for field in fields(Mark))


def folders(registries: Path) -> tuple[Path, ...]:
    """The marks folders of all sources, in order."""
    return tuple(sorted(path.parent for path in registries.glob(f"*/marks/{TABLE}")))


def load(folder: Path) -> tuple[Placed, ...]:
    """The marks of one source. Raises MarkError, naming file and line, where the table is faulty."""
    path = folder / TABLE
    found: list[Placed] = []
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise MarkError(f"{path}: the columns are {', '.join(COLUMNS)}")
            for row in reader:
                if None in row or None in row.values():
                    raise MarkError(f"{path}:{reader.line_num}: {len(COLUMNS)} cells wanted")
                found.append(Placed(Mark(**row), folder))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MarkError(f"{path}: {error}") from error
    return tuple(found)


def all_marks(registries: Path) -> tuple[Placed, ...]:
    """Every mark of every source, in order. Raises MarkError where an id stands twice."""
    found = tuple(placed for folder in folders(registries) for placed in load(folder))
    seen: set[str] = set()
    for placed in found:
        if placed.mark.id in seen:
            raise MarkError(f"{placed.folder / TABLE}: mark {placed.mark.id} stands twice")
        seen.add(placed.mark.id)
    return found


def write(folder: Path, marks: Iterable[Mark]) -> None:
    """Write the table, sorted by id."""
    folder.mkdir(parents=True, exist_ok=True)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(mark) for mark in sorted(marks, key=lambda mark: mark.id))
    (folder / TABLE).write_text(out.getvalue(), encoding="utf-8")


def descriptions(marks: Iterable[Placed], network: Path, cache: Path) -> Iterator[Description]:
    """The description of every mark, from its file or, made once, from the cache folder.

    Raises MarkError, naming the file, where it is not what the table says.
    """
    for placed in marks:
        try:
            data = read_bytes(placed.mark.file, placed.folder)
        except PictureError as error:
            raise MarkError(f"{placed.path}: {error.reason}") from error
        if hashlib.sha256(data).hexdigest() != placed.mark.sha256:
            raise MarkError(f"{placed.path}: is not the file that {TABLE} names (sha256)")
        if not placed.is_picture:
            yield described(data, str(placed.path))
            continue
        net = opened(network)
        kept = cache / f"marks-{net.digest[:12]}" / f"{placed.mark.sha256[:24]}.npz"
        if kept.exists():
            yield described(kept.read_bytes(), str(kept))
            continue
        made = describe(decode(data, str(placed.path)).frames[0], net)
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{np.random.default_rng().integers(1 << 40)}")
        part.write_bytes(packed(made))
        part.replace(kept)
        yield made
