"""The character and word tables of data/text: tab-separated, `#` starts a header line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from detector.errors import TableError
from detector.settings import Settings


def rows(name: str, columns: int, folder: Path | None = None) -> Iterator[tuple[str, ...]]:
    """The rows of table `name` (without .tsv), each of at least `columns` cells.

    Raises TableError naming file and line where a row is too short or the file is missing.
    """
    path = (folder or Settings().tables) / f"{name}.tsv"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise TableError(f"{path}: {error.strerror}") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line == "#" or line.startswith("# "):
            continue
        cells = tuple(line.split("\t"))
        if len(cells) < columns:
            raise TableError(f"{path}:{number}: {columns} columns wanted, {len(cells)} found")
        yield cells


@lru_cache
def lists(name: str) -> dict[str, tuple[str, ...]]:
    """A table of `key<TAB>value[|value...]` as a mapping; a key on several rows gathers its values."""
    gathered: dict[str, list[str]] = {}
    for key, value, *_ in rows(name, 2):
        gathered.setdefault(key, []).extend(v for v in value.split("|") if v)
    return {key: tuple(dict.fromkeys(values)) for key, values in gathered.items()}
