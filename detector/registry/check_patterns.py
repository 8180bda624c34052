"""Is the grammar of derived organs sound: patterns, examples, exceptions?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from detector.registry.derive import Grammar, Pattern, Region, RegionClass, organ_of, regions
from detector.registry.problem import Problem, Severity, error, warning
from detector.registry.survey import Survey, Surveyed

SLOTS = frozenset({"full", "short", "abbr", "city", "city_short"})
_OWN = frozenset({"full", "short", "abbr"})  # the slots that say which region it is
_SLOT = re.compile(r"\{(\w*)\}")
_SHORTEST = 3  # characters; 京办 is a word before it is an office


def check_patterns(survey: Survey) -> Iterator[Problem]:
    """Faults of patterns.csv and exceptions.csv of all sources (there is one such source)."""
    known = tuple(regions(placed.row for placed in survey.rows))
    by_class: dict[RegionClass, list[Region]] = defaultdict(list)
    for region in known:
        by_class[region.region_class].append(region)
    for source in survey.sources:
        yield from _patterns(source, by_class)
        yield from _exceptions(source, known)


def _patterns(source: Surveyed, by_class: Mapping[RegionClass, list[Region]]) -> Iterator[Problem]:
    file, seen = f"{source.folder.name}/patterns.csv", dict[str, int]()
    lengths = {name: _shortest(found) for name, found in by_class.items() if found}
    for line, pattern in source.patterns:
        if seen.setdefault(pattern.id, line) != line:
            told = f"the id stands already in line {seen[pattern.id]}"
            yield error(file, line, told, entity=pattern.id, value=pattern.id)
        if source.info is not None and pattern.cite not in source.info.references:
            told = "cite is none of the references in source.yaml"
            yield error(file, line, told, entity=pattern.id, value=pattern.cite)
        sound = True
        for severity, text, told in _texts(pattern, lengths):
            sound = sound and severity is not Severity.ERROR
            yield Problem(severity, file, line, pattern.id, text, told)
        if sound and not _gives(pattern, by_class):
            told = "no region that the pattern applies to gives this example"
            yield error(file, line, told, entity=pattern.id, value=pattern.example)
    yield from _shared(file, source.patterns)


def _texts(
    pattern: Pattern, lengths: Mapping[RegionClass, Mapping[str, int]]
) -> Iterator[tuple[Severity, str, str]]:
    """(severity, name, message) of the names of one pattern."""
    texts = [text for text, *_ in pattern.named()]
    for text in dict.fromkeys(texts):
        slots = _SLOT.findall(text)
        unknown = [slot for slot in slots if slot not in SLOTS]
        rest = _SLOT.sub("", text)
        if unknown or "{" in rest or "}" in rest:
            yield Severity.ERROR, text, f"unknown placeholder; known are {', '.join(sorted(SLOTS))}"
            continue
        if not slots:
            yield Severity.ERROR, text, "no placeholder: every region would get the same name"
        elif not rest:
            yield Severity.ERROR, text, "nothing but placeholders: it is the region's own name"
        elif not _OWN.intersection(slots):
            yield (
                Severity.ERROR,
                text,
                "names the parent only ({city}): no text can tell whose organ it is",
            )
        elif _least(text, pattern, lengths) < _SHORTEST and text not in pattern.needs_cue:
            yield (
                Severity.WARNING,
                text,
                "gives names of fewer than three characters: put it in needs_cue",
            )
        if texts.count(text) > 1:
            yield Severity.ERROR, text, "stands twice among the pattern's names"
    for text in pattern.needs_cue:
        if text not in texts:
            yield Severity.ERROR, text, "needs_cue is none of the pattern's names"


def _shortest(found: Iterable[Region]) -> dict[str, int]:
    """Slot -> the fewest characters that a region of a class fills it with."""
    return {
        "full": min(len(region.full) for region in found),
        "short": min(len(region.shorts[0]) for region in found),
        "abbr": 1,
        "city": min(len(region.city) or 2 for region in found),
        "city_short": min(len(region.city_short) or 2 for region in found),
    }


def _least(text: str, pattern: Pattern, lengths: Mapping[RegionClass, Mapping[str, int]]) -> int:
    """The fewest characters that a name of this text may have."""
    slots, fixed = _SLOT.findall(text), len(_SLOT.sub("", text))
    found = [
        fixed + sum(lengths[region_class][slot] for slot in slots)
        for region_class in pattern.applies_to
        if region_class in lengths
    ]
    return min(found, default=_SHORTEST)


def _gives(pattern: Pattern, by_class: Mapping[RegionClass, list[Region]]) -> bool:
    """Whether the pattern, exceptions aside, gives its example; True where there are no regions."""
    alone = Grammar(None, (pattern,), {})
    tried = False
    for region_class in pattern.applies_to:
        for region in by_class.get(region_class, ()):
            tried = True
            likely = region.shorts[0] in pattern.example or region.full in pattern.example
            if not likely and "{abbr}" not in "".join(text for text, *_ in pattern.named()):
                continue
            organ = organ_of(alone, pattern, region)
            if organ is not None and any(a.text == pattern.example for a in organ.aliases):
                return True
    return not tried


def _shared(file: str, patterns: Iterable[tuple[int, Pattern]]) -> Iterator[Problem]:
    """Names that two organs of one region would both bear."""
    bearers: dict[str, list[tuple[int, Pattern, bool]]] = defaultdict(list)
    for line, pattern in patterns:
        for text, _, needs_cue in pattern.named():
            bearers[text].append((line, pattern, needs_cue))
    for text, found in bearers.items():
        for (line, first, cue), (later, second, other_cue) in combinations(found, 2):
            both = set(first.applies_to).intersection(second.applies_to)
            free = not cue and not other_cue and first.kind is not second.kind
            if both and free and first.id != second.id:
                told = f"also a name of {first.id} (line {line}), of another kind"
                yield warning(file, later, told, entity=second.id, value=text)


def _exceptions(source: Surveyed, known: Iterable[Region]) -> Iterator[Problem]:
    file, seen = f"{source.folder.name}/exceptions.csv", dict[tuple[str, str], int]()
    patterns = {pattern.id: pattern for _, pattern in source.patterns}
    classes: dict[str, set[RegionClass]] = defaultdict(set)
    for region in known:
        classes[region.code].add(region.region_class)
    for line, row in source.departures:
        if seen.setdefault((row.pattern_id, row.region), line) != line:
            told = f"the organ stands already in line {seen[row.pattern_id, row.region]}"
            yield error(file, line, told, entity=row.pattern_id, value=row.region)
        if source.info is not None and row.cite and row.cite not in source.info.references:
            told = "cite is none of the references in source.yaml"
            yield error(file, line, told, entity=row.pattern_id, value=row.cite)
        pattern = patterns.get(row.pattern_id)
        if pattern is None:
            yield error(file, line, "unknown pattern", entity=row.pattern_id, value=row.name)
        if row.region not in classes:
            yield error(file, line, "unknown region", entity=row.pattern_id, value=row.region)
        elif pattern is not None and not classes[row.region].intersection(pattern.applies_to):
            kinds = ", ".join(sorted(c.value for c in classes[row.region]))
            told = f"{row.pattern_id} does not apply to {row.region} ({kinds})"
            yield error(file, line, told, entity=row.pattern_id, value=row.name)
        for name in (row.name, *row.short_names, *row.brand_accounts):
            if len(name) < 2 or name != name.strip() or "{" in name:
                yield error(file, line, "too short, padded or a pattern",
                            entity=row.pattern_id, value=name)  # fmt: skip
