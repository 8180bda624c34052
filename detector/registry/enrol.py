"""Enrolling marks: is the picture good enough, is it another body's already, and then into the source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from detector.errors import MarkError, PictureError
from detector.image import canonical, hashes
from detector.image.description import Description, describe
from detector.image.embedding import Embedding
from detector.image.marks import LICENCES, Mark, Placed, all_marks, load, write
from detector.image.picture import Picture, decode, over
from detector.image.reference import read_bytes
from detector.image.views import cut, normal, views
from detector.registry.problem import Problem, error, warning

# Smaller or emptier pictures have too few corners to be proved by geometry
SMALLEST, LEAST_DETAIL, FEWEST_CORNERS = 48, 0.01, 20
# Two marks this near are one, or cannot be told apart: bits of 256, or the network's product
NEAR_BITS, NEAR_NETWORK = 30, 0.93
_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Known:
    """An enrolled mark and its description."""

    placed: Placed
    description: Description


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new mark, and what was noticed about it."""

    mark: Mark
    notes: tuple[str, ...]


def enrol(
    folder: Path, entity: str, files: Sequence[Path], known: Sequence[Known], network: Embedding,
    *, licence: str, cite: str,
) -> tuple[Enrolled, ...]:  # fmt: skip
    """Copy pictures into a source's marks folder as marks of `entity`.

    Raises MarkError, naming the file, where one is too poor or is another body's mark already;
    then nothing is written.
    """
    if licence not in LICENCES:
        raise MarkError(f"licence {licence!r} is none of {', '.join(sorted(LICENCES))}")
    table = list(load(folder)) if (folder / "marks.csv").exists() else []
    rows = [placed.mark for placed in table]
    taken = {mark.id for mark in rows} | {one.placed.mark.id for one in known}
    found: list[Enrolled] = []
    copies: dict[str, bytes] = {}
    for path in files:
        data, picture = _read(path)
        description = describe(picture.frames[0], network)
        notes = (*_poor(path, picture, description), *_doubles(path, entity, description, known))
        name = _free(entity, taken)
        taken.add(name)
        file = f"{name}{path.suffix.lower()}"
        copies[file] = data
        mark = Mark(name, entity, path.stem, file, licence, cite, hashlib.sha256(data).hexdigest())
        found.append(Enrolled(mark, notes))
    write(folder, [*rows, *(one.mark for one in found)])
    for file, data in copies.items():
        (folder / file).write_bytes(data)
    return tuple(found)


def _read(path: Path) -> tuple[bytes, Picture]:
    try:
        data = read_bytes(path.name, path.parent)
        return data, decode(data, str(path))
    except PictureError as error_:
        raise MarkError(str(error_)) from error_


def _poor(path: Path, picture: Picture, description: Description) -> Iterator[str]:
    if min(picture.width, picture.height) < SMALLEST:
        raise MarkError(f"{path}: {picture.width} x {picture.height} px; a mark needs {SMALLEST}")
    if (
        canonical.detail(over(picture.frames[0], canonical.ground_of(picture.frames[0])))
        < LEAST_DETAIL
    ):
        raise MarkError(f"{path}: is nearly even; nothing in it could be recognised")
    corners = len(description.keypoints[0])
    if corners < FEWEST_CORNERS:
        yield f"{path}: only {corners} corners; matches will rarely be proved and then only hold"


def _doubles(
    path: Path, entity: str, description: Description, known: Sequence[Known]
) -> Iterator[str]:
    for one in known:
        bits, product = nearness(description, one.description)
        if bits > NEAR_BITS and product < NEAR_NETWORK:
            continue
        mark = one.placed.mark
        if mark.entity != entity:
            raise MarkError(
                f"{path}: cannot be told from {mark.id} of {mark.entity} "
                f"({bits} of 256 bits apart, network {product:.2f})"
            )
        yield f"{path}: nearly the same as {mark.id}, which {entity} has already"


def nearness(one: Description, other: Description) -> tuple[int, float]:
    """Bits apart, 0..256, and the network's product, -1..1, of two marks as they stand."""
    bits = int(hashes.distance(one.hashes[0], other.hashes[0]))
    return bits, float(one.vectors[0] @ other.vectors[0])


def _free(entity: str, taken: set[str]) -> str:
    """The first free id of the form `entity.1`."""
    number = 1
    while f"{entity}.{number}" in taken:
        number += 1
    return f"{entity}.{number}"


def check_marks(registries: Path, entities: frozenset[str]) -> tuple[Problem, ...]:
    """All faults of all marks tables: ids, bodies, licences, files and their hashes.

    Raises MarkError where a table cannot be read at all.
    """
    found: list[Problem] = []
    for placed in all_marks(registries):
        mark, at = placed.mark, f"{placed.folder.parent.name}/marks/marks.csv"
        if not _ID.fullmatch(mark.id):
            found.append(error(at, None, "id is not of the form a.b-1", entity=mark.id))
        if mark.entity not in entities:
            found.append(error(at, None, "no such body", entity=mark.id, value=mark.entity))
        if mark.licence not in LICENCES:
            found.append(error(at, None, "unknown licence", entity=mark.id, value=mark.licence))
        if not mark.cite:
            found.append(error(at, None, "cite is empty: where is it from?", entity=mark.id))
        found += _file(placed, at)
    return tuple(found)


def _file(placed: Placed, at: str) -> Iterator[Problem]:
    mark = placed.mark
    if not placed.path.is_file():
        yield error(at, None, "no such file", entity=mark.id, value=mark.file)
        return
    data = placed.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != mark.sha256:
        yield error(at, None, "the file is not that of the table (sha256)", entity=mark.id)
    elif placed.is_picture:
        try:
            picture = decode(data, mark.file)
        except PictureError as failed:
            yield error(at, None, failed.reason, entity=mark.id, value=mark.file)
            return
        if min(picture.width, picture.height) < SMALLEST:
            yield warning(at, None, f"smaller than {SMALLEST} px", entity=mark.id, value=mark.file)


def preview(path: Path) -> Image.Image:
    """The views under which a picture is compared, side by side, for people."""
    _, picture = _read(path)
    rgb, _ = normal(over(picture.frames[0], canonical.ground_of(picture.frames[0])), 256)
    parts = [cut(rgb, view.box, 128) for view in views(rgb)]
    return Image.fromarray(
        np.concatenate([canonical.canonical(picture.frames[0])[::2, ::2], *parts], 1)
    )
