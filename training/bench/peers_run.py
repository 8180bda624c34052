"""The lines of the peers' table: ours with two registries, rapidfuzz's with the same names."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from detector.pipeline import Screener
from detector.registry.registry import Registry
from detector.settings import Settings
from detector.text.fold import plain
from detector.types import Assessment, Entity, NameSort
from training.bench import core_registry, gate, nickname_list, peers
from training.bench.core_registry import Extent
from training.bench.folders import NICKNAMES, OUT
from training.bench.peers import PeerSet
from training.bench.report import say
from training.bench.rivals import Rival, norm, raw
from training.bench.screening import against_bodies

REAL_NICKNAMES = 20_000


def run(
    screener: Screener, settings: Settings, *, out: Path = OUT, data: PeerSet | None = None,
    floors: bool = False, small: bool = False, nicknames: int = REAL_NICKNAMES,
) -> int:  # fmt: skip
    """Measure all systems, print the table, write our cases to `out`; the exit code.

    nicknames: how many real ones are negatives beside the generated ones.
    small: leave out the strings measured against every name of the shipped registry (a minute).
    """
    data = data or peers.load()
    listed = tuple(_listed(screener.registry))
    data = with_nicknames(data, {plain(a.text) for e in listed for a in e.aliases}, nicknames)
    line, found = peers.ours("ours, shipped", screener, data)
    _write(out / "peers.tsv", data, found)
    lines = [line]
    for extent in reversed(Extent):
        core = core_registry.build(data.core, screener.registry, settings, out / "bench", extent)
        line, found = peers.ours(f"ours, {extent}", core, data)
        _write(out / f"peers_{extent.name.lower()}.tsv", data, found)
        lines.append(line)
    for title, form in (("OSA raw", raw), ("OSA norm", norm)):
        lines.append(peers.rival(Rival(f"{title}, core", data.core, form), data))
    if not small:
        owners = _namesakes(listed)
        for title, form in (("OSA raw", raw), ("OSA norm", norm)):
            one = Rival(f"{title}, shipped", tuple(owners), form)
            lines.append(peers.rival(one, data, owners))
    peers.table(lines, data).show()
    say(f"our cases: {out}/peers*.tsv")
    if not floors:
        return 0
    wanted = gate.floors()
    faults = gate.below("peers", lines[0].figures(), wanted)
    return gate.report(faults + gate.below("peers core", lines[len(Extent)].figures(), wanted))


def with_nicknames(data: PeerSet, registered: Iterable[str], count: int) -> PeerSet:
    """The set with real nicknames among its negatives, where they are at hand."""
    if not count or not NICKNAMES.exists():
        return data
    known = {*registered, *(plain(name) for name in data.core)}
    real = nickname_list.ordinary(nickname_list.load(), known)
    real = nickname_list.sample(real, count)
    return replace(data, negatives=(*data.negatives, *real))


def _listed(registry: Registry) -> Iterable[Entity]:
    return (registry.index.entity(number) for number in range(len(registry.index)))


def _namesakes(listed: Iterable[Entity]) -> dict[str, tuple[str, ...]]:
    """Every name -> all names of the bodies that bear it; pinyin initials are no names here."""
    found: dict[str, tuple[str, ...]] = {}
    for entity in listed:
        names = tuple(a.text for a in entity.aliases if a.sort is not NameSort.INITIALS)
        for name in names:
            found[name] = (*found.get(name, ()), *names)
    return found


def _write(path: Path, data: PeerSet, found: Mapping[str, Sequence[Assessment]]) -> None:
    """What we said of every attack, hard name and legitimate body, and of flagged negatives."""
    targets = {("attack", a.text): (a.type, a.target) for a in data.attacks}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
        writer.writerow(
            ("set", "type", "query", "target", "outcome", "accused", "bodies", "findings")
        )
        for group, assessments in found.items():
            for s in assessments:
                if group == "negative" and not s.decision.findings:
                    continue
                kind, target = targets.get((group, s.account.name), ("", ""))
                bodies = "|".join(f.entity.name for f in against_bodies(s) if f.entity)
                said = "|".join(f"{f.clause} {f.act} {f.rule}" for f in s.decision.findings)
                accused = "accused" if peers.accused(s) else ""
                writer.writerow((
                    group, kind, s.account.name, target, s.decision.outcome.word, accused, bodies,
                    said,
                ))  # fmt: skip
