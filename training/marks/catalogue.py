"""Which marks are shipped as descriptions, and the openly published files that they are made from."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DESCRIBED = ("state_symbols", "universities")
# Emblems as they stand on public sites. Beginning of the file's name -> symbol
EMBLEMS = {
    "angel4400": "symbol.national-emblem",
    "mhxqwer": "symbol.national-emblem",
    "zhuiwang": "symbol.national-emblem",
    "Jonathan9527": "symbol.party-emblem",
    "mddyayaya": "symbol.party-emblem",
    "supenghui9527": "symbol.party-emblem",
    "layaCoder": "symbol.police-emblem",
    "xumengxhxg": "symbol.police-emblem",
    "yangningbo666~markdownImages__danghui.": "symbol.youth-emblem",
}
_SEALS = "soulteary/china-university-icon @7fd68ba"


@dataclass(frozen=True, slots=True)
class Described:
    """A mark to be described: its picture is read and not kept."""

    id: str
    entity: str
    title: str
    path: Path
    licence: str
    cite: str


def found_below(images: Path, registries: Path, source: str) -> list[Described]:
    """The marks of a source whose pictures lie below `images`, sorted by id."""
    make = _emblems if source == "state_symbols" else _universities
    return sorted(make(images, registries), key=lambda one: one.id)


def _emblems(images: Path, registries: Path) -> Iterator[Described]:
    counts: dict[str, int] = {}
    for path in sorted((images / "emblems_wild").glob("*.webp")):
        entity = next((e for name, e in EMBLEMS.items() if path.name.startswith(name)), "")
        if entity:
            counts[entity] = counts.get(entity, 0) + 1
            cite = f"description of a file of {path.stem.partition('__')[0].replace('~', '/')}"
            yield Described(f"{entity}.{counts[entity]}", entity, "徽", path, "facts", cite)


def _universities(images: Path, registries: Path) -> Iterator[Described]:
    with (registries / "universities" / "entities.csv").open(encoding="utf-8") as rows:
        ids = {row["name"]: row["id"] for row in csv.DictReader(rows)}
    seen: set[str] = set()
    for beginning in ("univ_soul_c__", "univ_seal__"):
        for path in sorted((images / "univ_seals_color").glob(f"{beginning}*.webp")):
            name = path.stem.partition("__")[2].rpartition(" ")[2]
            entity = ids.get(name)
            if entity is not None and entity not in seen:
                seen.add(entity)
                cite = f"description of a file of {_SEALS}"
                yield Described(f"{entity}.seal", entity, "校徽", path, "CC0-1.0", cite)
