"""`detector registry diff OLD NEW`: what changed, and which names can newly hold accounts.

Everything with an id is a `Record`: bodies, patterns of derived organs, their exceptions, towns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from detector.registry import derive
from detector.registry.check_names import everyday_bits
from detector.registry.source import SourceInfo, folders, load, table
from detector.types import Alias, NameSort

SHORT = 3  # characters; a new alias of fewer meets many nicknames


@dataclass(frozen=True, slots=True)
class Record:
    """Whatever has an id, as texts: its cells except the names, and its names."""

    id: str
    name: str
    source: str
    cells: tuple[tuple[str, str], ...]
    names: tuple[Alias, ...]


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """A record that was added or removed."""

    source: str
    id: str
    name: str


@dataclass(frozen=True, slots=True, order=True)
class Changed:
    """One cell of a source (entity "") or of a record (source ""), before and after; "" = empty."""

    source: str
    entity: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, order=True)
class Renamed:
    """A record under another official name, or (`Diff.moved`) under another id."""

    old_id: str
    old_name: str
    new_id: str
    new_name: str


@dataclass(frozen=True, slots=True, order=True)
class NameChange:
    """A name gained or lost. Lost by one record and gained by another, it stands on both lists.

    everyday, short: it stands without a cue though it is an everyday word, or has fewer than
    SHORT characters: such a name newly holds many accounts.
    """

    source: str
    entity: str
    name: str
    sort: NameSort
    needs_cue: bool
    everyday: bool
    short: bool


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that differs; each list sorted, and empty where nothing does.

    new_names: names that can newly hold accounts: gained, or freed of needs_cue.
    old_names: the reverse, names that no longer hold accounts, or only beside a cue.
    """

    sources_added: tuple[str, ...]
    sources_removed: tuple[str, ...]
    sources_changed: tuple[Changed, ...]
    added: tuple[Known, ...]
    removed: tuple[Known, ...]
    changed: tuple[Changed, ...]
    renamed: tuple[Renamed, ...]
    moved: tuple[Renamed, ...]
    new_names: tuple[NameChange, ...]
    old_names: tuple[NameChange, ...]

    @property
    def risky(self) -> tuple[NameChange, ...]:
        """The new names that are everyday words or short and stand without a cue."""
        return tuple(name for name in self.new_names if name.everyday or name.short)

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return any(getattr(self, field.name) for field in fields(self))

    def inverse(self) -> Diff:
        """What `diff(new, old)` would say."""
        return Diff(
            self.sources_removed,
            self.sources_added,
            _turned(self.sources_changed),
            self.removed,
            self.added,
            _turned(self.changed),
            _swapped(self.renamed),
            _swapped(self.moved),
            self.old_names,
            self.new_names,
        )


def diff(old: Path, new: Path) -> Diff:
    """What changed from registries `old` to `new`; RegistryError where one of them is broken."""
    infos, records = _read(old)
    new_infos, new_records = _read(new)
    gone = [records[i] for i in sorted(records.keys() - new_records.keys())]
    come = [new_records[i] for i in sorted(new_records.keys() - records.keys())]
    kept = [(records[i], new_records[i]) for i in sorted(records.keys() & new_records.keys())]
    return Diff(
        sources_added=tuple(sorted(new_infos.keys() - infos.keys())),
        sources_removed=tuple(sorted(infos.keys() - new_infos.keys())),
        sources_changed=tuple(
            change
            for name in sorted(infos.keys() & new_infos.keys())
            for change in _cells(name, "", _info_cells(infos[name]), _info_cells(new_infos[name]))
        ),
        added=tuple(sorted(Known(r.source, r.id, r.name) for r in come)),
        removed=tuple(sorted(Known(r.source, r.id, r.name) for r in gone)),
        changed=tuple(
            sorted(
                change
                for before, after in kept
                for change in _cells("", before.id, before.cells, after.cells)
            )
        ),
        renamed=tuple(
            Renamed(before.id, before.name, after.id, after.name)
            for before, after in kept
            if before.name != after.name
        ),
        moved=tuple(_moved(gone, come)),
        new_names=tuple(sorted(_gained(records, new_records))),
        old_names=tuple(sorted(_gained(new_records, records))),
    )


def _turned(changes: Iterable[Changed]) -> tuple[Changed, ...]:
    turned = (Changed(c.source, c.entity, c.field, c.new, c.old) for c in changes)
    return tuple(sorted(turned))


def _swapped(renamed: Iterable[Renamed]) -> tuple[Renamed, ...]:
    swapped = (Renamed(r.new_id, r.new_name, r.old_id, r.old_name) for r in renamed)
    return tuple(sorted(swapped))


def _cells(
    source: str,
    entity: str,
    before: tuple[tuple[str, str], ...],
    after: tuple[tuple[str, str], ...],
) -> list[Changed]:
    old, new = dict(before), dict(after)
    return [
        Changed(source, entity, field, old.get(field, ""), new.get(field, ""))
        for field in sorted(old.keys() | new.keys())
        if old.get(field, "") != new.get(field, "")
    ]


def _moved(gone: list[Record], come: list[Record]) -> list[Renamed]:
    """Records whose name went under another id, where name and kind tell them beyond doubt."""
    left, arrived = (Counter(_identity(r) for r in records) for records in (gone, come))
    target = {_identity(record): record for record in come}
    return sorted(
        Renamed(record.id, record.name, target[key].id, target[key].name)
        for record in gone
        if left[key := _identity(record)] == arrived[key] == 1
    )


def _identity(record: Record) -> tuple[str, str]:
    return record.name, dict(record.cells).get("kind", "")


def _gained(old: Mapping[str, Record], new: Mapping[str, Record]) -> Iterator[NameChange]:
    """Names of `new` that the same record did not bear in `old`, or only beside a cue."""
    for record in new.values():
        before = old.get(record.id)
        borne = {alias.text: alias for alias in before.names} if before is not None else {}
        for alias in record.names:
            known = borne.get(alias.text)
            if known is None or (known.needs_cue and not alias.needs_cue):
                free = not alias.needs_cue
                yield NameChange(
                    record.source, record.id, alias.text, alias.sort, alias.needs_cue,
                    free and everyday_bits(alias.text) is not None,
                    free and len(alias.text) < SHORT,
                )  # fmt: skip


def _read(registries: Path) -> tuple[dict[str, SourceInfo], dict[str, Record]]:
    """source.yaml by folder, records by id."""
    infos: dict[str, SourceInfo] = {}
    records: dict[str, Record] = {}
    for folder in folders(registries):
        loaded = load(folder)
        infos[folder.name] = loaded.info
        for row in loaded.rows:
            cells = {
                name: "|".join(value) if isinstance(value, tuple) else str(value)
                for name, value in row
                if name not in ("id", "name")
            }
            records[row.id] = _record(row.id, row.name, folder.name, cells, row.aliases())
        for record in (*_grammar(folder), *_towns(folder)):
            records[record.id] = record
    return infos, records


def _record(
    id_: str, name: str, source: str, cells: Mapping[str, str], names: Iterable[Alias]
) -> Record:
    """A record; its source is one of its cells, so that a move to another shows."""
    filled = {"source": source, **{field: cell for field, cell in cells.items() if cell}}
    return Record(id_, name, source, tuple(sorted(filled.items())), tuple(names))


def _grammar(folder: Path) -> Iterator[Record]:
    """Patterns, and the organs that depart from them, as `<pattern id>@<division code>`."""
    if not (folder / "patterns.csv").exists():
        return
    grammar = derive.load_grammar(folder)
    for pattern in grammar.patterns:
        cells = {
            "applies_to": "|".join(pattern.applies_to), "kind": pattern.kind.value,
            "example": pattern.example, "cite": pattern.cite,
        }  # fmt: skip
        templates = (Alias(text, sort, cue) for text, sort, cue in pattern.named())
        yield _record(pattern.id, pattern.name, folder.name, cells, templates)
    for (pattern_id, code), odd in grammar.departures.items():
        names = (
            Alias(odd.name, NameSort.OFFICIAL),
            *(Alias(text, NameSort.SHORT) for text in odd.short_names),
            *(Alias(text, NameSort.BRAND) for text in odd.brand_accounts),
        )  # fmt: skip
        yield _record(f"{pattern_id}@{code}", odd.name, folder.name, {"cite": odd.cite}, names)


def _towns(folder: Path) -> Iterator[Record]:
    if not (folder / "towns.csv").exists():
        return
    for _, cells in table(folder / "towns.csv"):
        name = cells["name"]
        alias = Alias(name, NameSort.OFFICIAL)
        yield _record(f"town.{cells['code']}", name, folder.name, {}, (alias,))


def _info_cells(info: SourceInfo) -> tuple[tuple[str, str], ...]:
    """The cells of a source.yaml as texts: one a reference, one for all claims of completeness."""
    claims = (
        f"{c.kind.value}/{'any' if c.level is None else c.level.value}" for c in info.complete
    )
    cells = {
        "title": info.title, "publisher": info.publisher, "date": info.date.isoformat(),
        "licence": info.licence, "url": info.url, "notes": info.notes,
        "complete": "|".join(sorted(claims)),
        **{f"references.{key}": value for key, value in info.references.items()},
    }  # fmt: skip
    return tuple(sorted(cells.items()))
