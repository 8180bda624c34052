"""A registry of the peers' 1,125 core names alone, so that both sides know the same bodies."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from detector.pipeline import Screener
from detector.registry.registry import DERIVED, Registry
from detector.registry.source import Row
from detector.settings import Settings
from detector.text.fold import plain
from detector.types import Kind, Level

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


@dataclass(frozen=True, slots=True)
class Known:
    """What the system is told of a core name beside the name: its kind, and if it is a word too."""

    kind: Kind
    level: Level
    region: str
    needs_cue: bool


def build(
    names: Sequence[str], shipped: Registry, settings: Settings, folder: Path, *, derived: bool
) -> Screener:
    """A screener over the core names, the divisions and, if `derived`, the grammar of their organs.

    Each body has its one name and no alias.
    """
    registries = folder / ("core_with_derived" if derived else "core_only")
    shutil.rmtree(registries, ignore_errors=True)
    wanted = ("regions", DERIVED) if derived else ("regions",)
    for source in (name for name in wanted if (settings.registries / name).is_dir()):
        shutil.copytree(settings.registries / source, registries / source)
    _write(registries / _SOURCE, names, shipped)
    return Screener.open(Settings(registries, settings.tables, folder / "cache"))


def _write(folder: Path, names: Sequence[str], shipped: Registry) -> None:
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
        for number, name in enumerate(names):
            known = _known(name, shipped)
            writer.writerow({
                "id": f"core.n{number:04}", "name": name, "kind": known.kind, "level": known.level,
                "region": known.region, "needs_cue": name if known.needs_cue else "",
                "cite": "core",
            })  # fmt: skip


def _known(name: str, shipped: Registry) -> Known:
    bodies = [b for b in shipped.called(name) if b.kind not in (Kind.REGION, Kind.CLOSED)]
    if bodies:
        body = bodies[0]
        cue = any(a.needs_cue for a in body.aliases if plain(a.text) == plain(name))
        return Known(body.kind, body.level, body.region, cue)
    kind = next((kind for kind, ends in _ENDINGS if name.endswith(ends)), Kind.MEDIA)
    return Known(kind, Level.NONE, "", False)
