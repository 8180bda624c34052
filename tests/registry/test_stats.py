"""Counts of a registry, and that counting derived names gives what making them would."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from detector.registry import derive, registry
from detector.registry.stats import derived_tallies, stats
from detector.settings import Settings
from detector.types import NameSort
from tests.registry.tree import PATTERN, body, grammar, source


def test_counts_by_kind_source_and_sort(tmp_path: Path) -> None:
    source(tmp_path, "one", [
        body("x.a", "甲甲厂", short_names="甲厂一|苹果", needs_cue="苹果",
             former_names="老厂@1990"),
        body("x.b", "乙乙报", kind="media", since="2001-02", english_names="Daily B"),
    ])  # fmt: skip
    source(tmp_path, "two", [body("y.a", "丙丙厂", numbers="12306")])
    found = stats(tmp_path)
    assert (found.total.entities, found.total.all_names, found.total.needs_cue) == (3, 8, 1)
    assert [(t.source, t.kind, t.entities) for t in found.tallies] == [
        ("one", "enterprise", 1), ("one", "media", 1), ("two", "enterprise", 1),
    ]  # fmt: skip
    assert [(t.kind, t.entities) for t in found.by_kind] == [("enterprise", 2), ("media", 1)]
    assert dict(found.by_source[0].names)[NameSort.SHORT] == 2
    assert found.tallies[0].needs_cue_share == 1 / 4
    assert [(d.earliest, d.latest) for d in found.dates] == [("1990", "2001-02"), ("", "")]


def test_derived_organs_and_their_exceptions(tmp_path: Path) -> None:
    odd = {"region": "330100", "pattern_id": PATTERN["id"], "name": "杭州警察局"}
    grammar(tmp_path, [PATTERN], [odd])
    found = stats(tmp_path)
    assert (found.derived_organs, found.derived_names, found.exceptions) == (1, 4, 1)
    assert found.regions == (("city", 1), ("district", 1))


def test_counting_derived_names_gives_what_making_them_gives() -> None:
    """A fifth of the shipped patterns is made, name by name."""
    path = Settings().registries
    regions = list(derive.regions(row for s in registry.sources(path) for row in s.rows))
    grammar = derive.load_grammar(path / registry.DERIVED)
    chosen = grammar.patterns[::5]
    counted = derived_tallies([derive.Grammar(None, chosen, {})], regions)
    organs: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for pattern in chosen:
        alone = derive.Grammar(None, (pattern,), {})
        for region in regions:
            made: set[str] = set()
            for short in region.shorts:
                form = replace(region, shorts=(short,))
                made.update(a.text for organ in derive.organs(alone, form) for a in organ.aliases)
            organs[pattern.kind.value] += bool(made)
            names[pattern.kind.value] += len(made)
    assert {t.kind: (t.organs, t.names) for t in counted} == {
        kind: (organs[kind], names[kind]) for kind in organs
    }
