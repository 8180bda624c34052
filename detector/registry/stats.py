"""`detector registry stats`: how many bodies and names there are, by kind and source.

Derived organs are counted, not made: regions that fill a pattern alike give equally many names, so
one of each sort stands for all.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from detector.registry import derive
from detector.registry.derive import Grammar, Pattern, Region, RegionClass
from detector.registry.source import Source, folders, load, table
from detector.types import Kind, NameSort


@dataclass(frozen=True, slots=True)
class Tally:
    """The rows of one kind in one source, or a sum of such (`Stats.by_kind`, `Stats.by_source`).

    names: by sort, in the order of NameSort, sorts without a name left out.
    """

    source: str
    kind: str
    entities: int
    names: tuple[tuple[NameSort, int], ...]
    needs_cue: int

    @property
    def all_names(self) -> int:
        """Names of every sort."""
        return sum(count for _, count in self.names)

    @property
    def needs_cue_share(self) -> float:
        """The part of the names that say nothing alone, 0..1."""
        return self.needs_cue / self.all_names if self.names else 0.0


@dataclass(frozen=True, slots=True)
class DerivedTally:
    """The organs of one kind that the grammar derives, and their distinct names, organ by organ."""

    kind: str
    patterns: int
    organs: int
    names: int


@dataclass(frozen=True, slots=True)
class SourceDates:
    """When a source was last checked, and the first and last day its rows name ("" if none)."""

    source: str
    licence: str
    checked: datetime.date
    earliest: str
    latest: str


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of a registry. regions: those that have organs, by class; exceptions: its rows."""

    tallies: tuple[Tally, ...]
    by_kind: tuple[Tally, ...]
    by_source: tuple[Tally, ...]
    total: Tally
    derived: tuple[DerivedTally, ...]
    exceptions: int
    regions: tuple[tuple[str, int], ...]
    towns: int
    dates: tuple[SourceDates, ...]

    @property
    def derived_organs(self) -> int:
        """Organs that the grammar derives."""
        return sum(tally.organs for tally in self.derived)

    @property
    def derived_names(self) -> int:
        """Their names; two organs of one name count twice."""
        return sum(tally.names for tally in self.derived)


def stats(registries: Path) -> Stats:
    """The counts; RegistryError where a source does not load."""
    loaded = [load(folder) for folder in folders(registries)]
    tallies = [_tally(source, kind) for source in loaded for kind in _kinds(source)]
    kinds, names = sorted({t.kind for t in tallies}), sorted({t.source for t in tallies})
    regions = tuple(derive.regions(row for source in loaded for row in source.rows))
    grammars = [
        derive.load_grammar(source.folder)
        for source in loaded
        if (source.folder / "patterns.csv").exists()
    ]
    classes = Counter(region.region_class.value for region in regions)
    return Stats(
        tuple(tallies),
        tuple(_sum("", kind, (t for t in tallies if t.kind == kind)) for kind in kinds),
        tuple(_sum(name, "", (t for t in tallies if t.source == name)) for name in names),
        _sum("", "", tallies),
        derived_tallies(grammars, regions),
        sum(len(grammar.departures) for grammar in grammars),
        tuple((c.value, classes[c.value]) for c in RegionClass if classes[c.value]),
        sum(_towns(source) for source in loaded),
        tuple(_dates(source) for source in loaded),
    )


def _kinds(source: Source) -> list[Kind]:
    return sorted({row.kind for row in source.rows})


def _tally(source: Source, kind: Kind) -> Tally:
    rows = [row for row in source.rows if row.kind is kind]
    aliases = [alias for row in rows for alias in row.aliases()]
    weak = sum(alias.needs_cue for alias in aliases)
    sorts = Counter(alias.sort for alias in aliases)
    return Tally(source.info.source, kind.value, len(rows), _in_order(sorts), weak)


def _in_order(sorts: Mapping[NameSort, int]) -> tuple[tuple[NameSort, int], ...]:
    return tuple((sort, sorts[sort]) for sort in NameSort if sorts.get(sort))


def _sum(source: str, kind: str, tallies: Iterable[Tally]) -> Tally:
    sorts: Counter[NameSort] = Counter()
    entities = weak = 0
    for tally in tallies:
        sorts.update(dict(tally.names))
        entities, weak = entities + tally.entities, weak + tally.needs_cue
    return Tally(source, kind, entities, _in_order(sorts), weak)


def _towns(source: Source) -> int:
    path = source.folder / "towns.csv"
    return sum(1 for _ in table(path)) if path.exists() else 0


def _dates(source: Source) -> SourceDates:
    days = [
        day
        for row in source.rows
        for day in (row.since, row.until, *(f.partition("@")[2] for f in row.former_names))
        if day
    ]
    info = source.info
    return SourceDates(
        info.source, info.licence, info.date, min(days, default=""), max(days, default="")
    )


def derived_tallies(
    grammars: Sequence[Grammar], regions: Sequence[Region]
) -> tuple[DerivedTally, ...]:
    """The organs that each kind's patterns give the regions, and their names, by kind."""
    patterns: Counter[str] = Counter()
    organs: Counter[str] = Counter()
    names: Counter[str] = Counter()
    alike: dict[RegionClass, Counter[tuple[object, ...]]] = defaultdict(Counter)
    first: dict[tuple[object, ...], Region] = {}
    by_code = {region.code: region for region in reversed(regions)}
    for region in regions:
        look = _look(region)
        alike[region.region_class][look] += 1
        first.setdefault(look, region)
    for grammar in grammars:
        for pattern in grammar.patterns:
            kind = pattern.kind.value
            patterns[kind] += 1
            for region_class in pattern.applies_to:
                for look, count in alike[region_class].items():
                    found = names_of(grammar, pattern, first[look], departures=False)
                    organs[kind] += count * bool(found)
                    names[kind] += count * found
        for (pattern_id, code), _ in grammar.departures.items():
            odd, place = {p.id: p for p in grammar.patterns}.get(pattern_id), by_code.get(code)
            if odd is not None and place is not None:
                kind = odd.kind.value
                alone = names_of(grammar, odd, place, departures=False)
                if place.region_class not in odd.applies_to:
                    alone = 0
                organs[kind] += not alone
                names[kind] += names_of(grammar, odd, place, departures=True) - alone
    return tuple(
        DerivedTally(kind, patterns[kind], organs[kind], names[kind]) for kind in sorted(patterns)
    )


def names_of(grammar: Grammar, pattern: Pattern, region: Region, *, departures: bool) -> int:
    """How many distinct names a pattern gives one region, its further short forms included."""
    used = grammar if departures else Grammar(grammar.info, (pattern,), {})
    found: set[str] = set()
    for short in region.shorts:
        form = replace(region, shorts=(short,))
        organ = derive.organ_of(used, pattern, form)
        if organ is not None:
            found.update(alias.text for alias in organ.aliases)
    return len(found)


def _look(region: Region) -> tuple[object, ...]:
    """What decides how many distinct names a region gets: which slots it fills, and which alike."""
    return (
        region.region_class,
        region.code.endswith("0000"),
        min(len(region.full), 3),
        tuple((min(len(s), 3), _tail(s, region.full)) for s in region.shorts),
        bool(region.city),
        _tail(region.city_short, region.city),
        region.city == region.full,
        region.city_short in region.shorts,
    )


def _tail(short: str, full: str) -> str:
    """What `full` has beyond `short` (市, 区), "-" where it does not begin with it."""
    return full.removeprefix(short) if short and full.startswith(short) else "-"
