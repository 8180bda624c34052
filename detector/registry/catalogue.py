"""What opening a registry needs besides its index: regions, the grammar of organs, places, what is complete.

Read from the sources once, then kept as one file beside the index, so that opening parses no table.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from detector.errors import IndexFileError
from detector.registry import derive
from detector.registry.derive import Departure, Grammar, Pattern, Region, RegionClass
from detector.registry.source import Source, SourceInfo
from detector.text.fold import plain
from detector.types import Kind, Level

DERIVED = "derived_organs"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """regions, grammar: what organs are derived from. places: folded names of divisions and countries.

    complete: the (kind, level) of which the sources hold every member; level None = at any level.
    """

    regions: tuple[Region, ...]
    grammar: Grammar
    places: frozenset[str]
    complete: frozenset[tuple[Kind, Level | None]]

    @staticmethod
    def of(loaded: Sequence[Source], registries: Path) -> Catalogue:
        """The catalogue of loaded sources."""
        folder = registries / DERIVED
        grammar = (
            derive.load_grammar(folder)
            if (folder / "patterns.csv").exists()
            else Grammar(None, (), {})
        )
        rows = [row for source in loaded for row in source.rows]
        places = frozenset(
            plain(alias.text)
            for row in rows
            if row.kind in (Kind.REGION, Kind.COUNTRY)
            for alias in row.aliases()
            if not alias.text.isascii()
        )
        complete = frozenset((c.kind, c.level) for s in loaded for c in s.info.complete)
        return Catalogue(tuple(derive.regions(rows)), grammar, places, complete)

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        info = self.grammar.info
        path.write_text(
            json.dumps(
                {
                    "regions": [list(asdict(region).values()) for region in self.regions],
                    "info": None if info is None else info.model_dump(mode="json"),
                    "patterns": [p.model_dump(mode="json") for p in self.grammar.patterns],
                    "departures": [
                        d.model_dump(mode="json") for d in self.grammar.departures.values()
                    ],
                    "places": sorted(self.places),
                    "complete": sorted(self.complete, key=str),
                },
                ensure_ascii=False,
            ),
            encoding="utf-8",
        )

    @staticmethod
    def load(path: Path) -> Catalogue:
        """The saved catalogue. Raises IndexFileError where the file is missing or damaged."""
        try:
            saved = json.loads(path.read_text(encoding="utf-8"))
            patterns = tuple(
                Pattern.model_validate(p | {"applies_to": "|".join(p["applies_to"])})
                for p in saved["patterns"]
            )
            departures = [Departure.model_validate(d) for d in saved["departures"]]
            info = saved["info"]
            grammar = Grammar(
                None if info is None else SourceInfo.model_validate(info),
                patterns,
                {(d.pattern_id, d.region): d for d in departures},
            )
            regions = tuple(
                Region(id_, code, location, RegionClass(sort), full, tuple(shorts), city, short)
                for id_, code, location, sort, full, shorts, city, short in saved["regions"]
            )
            complete = frozenset(
                (Kind(kind), None if level is None else Level(level))
                for kind, level in saved["complete"]
            )
            return Catalogue(regions, grammar, frozenset(saved["places"]), complete)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexFileError(
                f"{path}: not a readable catalogue ({error}); delete it"
            ) from error


# Of an index that answers which names stand in a text, and nothing else
NO_CATALOGUE = Catalogue((), Grammar(None, (), {}), frozenset(), frozenset())
