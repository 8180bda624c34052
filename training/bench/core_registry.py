"""A registry of the peers' 1,125 core names alone, so that both sides know the same bodies."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from detector.pipeline import Screener
from detector.registry.registry import DERIVED, Registry
from detector.registry.source import Row
from detector.settings import Settings
from detector.text.fold import plain
from detector.types import Entity, Kind, Level

_SOURCE = "peers_core"
_COLUMNS = tuple(Row.model_fields)
# The kind of a core name that the shipped registry does not hold, by its last characters
_ENDINGS = (
    (Kind.COURT, ("法院",)),
    (Kind.PROCURATORATE, ("检察院",)),
    (Kind.POLICE, ("公安局", "公安厅")),
    (Kind.UNIVERSITY, ("大学", "学院")),
    (Kind.BANK, ("银行",)),
    (Kind.STATE_ORGAN, ("局", "部", "厅", "委员会", "署", "政府", "办公室")),
)


class Extent(StrEnum):
    """How much of the shipped registry is told about the core bodies, and as which line."""

    NAMES = "core"  # a body has its one name and no alias
    DERIVED = "core+derived"  # and the divisions' organs are derived by the grammar
    ALIASES = "core+aliases"  # and a body that the shipped registry holds has all its names


@dataclass(frozen=True, slots=True)
class Known:
    """What the system is told of a core name beside the name: its kind, and if it is a word too."""

    kind: Kind
    level: Level
    region: str
    needs_cue: bool


def build(
    names: Sequence[str], shipped: Registry, settings: Settings, folder: Path, extent: Extent
) -> Screener:
    """A screener over the core names, the divisions and what `extent` adds."""
    registries = folder / extent.name.lower()
    shutil.rmtree(registries, ignore_errors=True)
    wanted = ("regions",) if extent is Extent.NAMES else ("regions", DERIVED)
    for source in (name for name in wanted if (settings.registries / name).is_dir()):
        shutil.copytree(settings.registries / source, registries / source)
    _write(registries / _SOURCE, _rows(names, shipped, aliases=extent is Extent.ALIASES))
    return Screener.open(Settings(registries, settings.tables, folder / "cache"))


def _write(folder: Path, rows: Sequence[dict[str, str]]) -> None:
    folder.mkdir(parents=True)
    info = {
        "source": _SOURCE, "title": "Core names of the peers' benchmark", "publisher": "text-peers",
        "date": "2026-11-23", "licence": "own work", "complete": [],
        "references": {"core": "shared/eval/peers/registry_core_1125.txt"},
    }  # fmt: skip
    (folder / "source.yaml").write_text(yaml.safe_dump(info, allow_unicode=True), encoding="utf-8")
    with (folder / "entities.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, _COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _rows(names: Sequence[str], shipped: Registry, *, aliases: bool) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    taken: set[str] = set()
    for number, name in enumerate(names):
        if name in taken:  # another core name is the same body's
            continue
        body = _body(name, shipped) if aliases else None
        given = [name] if body is None else [name, *(a.text for a in body.aliases)]
        told = [n for n in dict.fromkeys(given) if n not in taken]
        taken.update(told)
        rows.append(_row(f"core.n{number:04}", told, _known(name, shipped), body))
    return rows


def _row(row_id: str, names: Sequence[str], known: Known, body: Entity | None) -> dict[str, str]:
    cues = {a.text for a in body.aliases if a.needs_cue} if body else set()
    if known.needs_cue:
        cues.add(names[0])
    return {
        "id": row_id, "name": names[0], "short_names": "|".join(names[1:]), "kind": known.kind,
        "level": known.level, "region": known.region,
        "needs_cue": "|".join(n for n in names if n in cues), "cite": "core",
    }  # fmt: skip


def _body(name: str, shipped: Registry) -> Entity | None:
    bodies = [b for b in shipped.called(name) if b.kind not in (Kind.REGION, Kind.CLOSED)]
    return bodies[0] if bodies else None


def _known(name: str, shipped: Registry) -> Known:
    body = _body(name, shipped)
    if body is not None:
        cue = any(a.needs_cue for a in body.aliases if plain(a.text) == plain(name))
        return Known(body.kind, body.level, body.region, cue)
    kind = next((kind for kind, ends in _ENDINGS if name.endswith(ends)), Kind.MEDIA)
    return Known(kind, Level.NONE, "", False)
