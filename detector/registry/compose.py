"""Derived organs in a text: regions and the pieces of official names, side by side.

No list of the million names exists. A text that holds a piece of a pattern (公安局) next to a region
(银川市) that the pattern applies to holds the organ's name; each may be disguised for itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detector.registry.derive import Grammar, Pattern, Region, organ_of
from detector.registry.near import SIZE, NearWords
from detector.text.align import ORDER_BITS
from detector.text.fold import plain
from detector.types import Alias, Entity, NameSort

_PART = re.compile(r"\{(\w+)\}|([^{}]+)")
_MOST_REGIONS = 6  # homonymous divisions tried for one piece


@dataclass(frozen=True, slots=True)
class Template:
    """One name pattern cut into parts: ("full", "") a slot, ("", "公安局") a piece."""

    pattern: Pattern
    text: str
    sort: NameSort
    needs_cue: bool
    parts: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> int:
        """The place of its longest piece."""
        return max(range(len(self.parts)), key=lambda i: len(self.parts[i][1]))


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text that reads as something, at a cost in bits."""

    start: int
    end: int
    bits: float


@dataclass(frozen=True, slots=True)
class Composed:
    """A derived organ found in a text."""

    start: int
    end: int
    bits: float
    alias: Alias
    entity: Entity


# The folded text that is read there, and where
Part = tuple[str, Place]
_Side = dict[int, list[Part]]
_Sides = tuple[_Side, _Side]


def _beside(text: str, parts: Sequence[Part], words: NearWords) -> list[Part]:
    """Words in disguise that fill the text up to an end, beside a part that is as written."""
    found = []
    for _, place in parts if len(text) > SIZE else ():
        sides = (0, place.start == SIZE), (place.end, place.end == len(text) - SIZE)
        for at in (at for at, fills in sides if fills and place.bits == 0):
            for word, bits in words.near(text[at : at + SIZE]):
                found.append((word, Place(at, at + SIZE, bits)))
    return found


def templates(grammar: Grammar) -> tuple[Template, ...]:
    """Every name pattern of the grammar, cut into parts."""
    return tuple(
        Template(
            pattern, text, sort, needs_cue,
            tuple((m[1] or "", plain(m[2]) if m[2] else "") for m in _PART.finditer(text)),
        )
        for pattern in grammar.patterns
        for text, sort, needs_cue in pattern.named()
    )  # fmt: skip


class Composer:
    """Finds derived organs from the regions and pieces that a text holds."""

    def __init__(self, grammar: Grammar, regions: Iterable[Region]) -> None:
        self.grammar = grammar
        self._regions: dict[str, list[tuple[Region, str]]] = defaultdict(list)
        self.by_code: dict[str, Region] = {}
        for region in regions:
            self.by_code[region.code] = region
            self._regions[plain(region.full)].append((region, "full"))
            for short in region.shorts:
                if short != region.full or len(region.shorts) == 1:
                    self._regions[plain(short)].append((region, "short"))
        self._anchored: dict[str, list[Template]] = defaultdict(list)
        for template in templates(grammar):
            self._anchored[template.parts[template.anchor][1]].append(template)
        self.pieces: tuple[str, ...] = tuple(
            sorted({p for ts in self._anchored.values() for t in ts for _, p in t.parts if p})
        )
        self._near_regions = NearWords(self._regions)
        self._telling = {
            key
            for key, anchored in self._anchored.items()
            if any(len(t.parts) == 2 and not t.needs_cue for t in anchored)
        }
        self._near_pieces = NearWords(self._telling)
        self._cache: dict[tuple[str, str], Entity | None] = {}

    def unusual(self) -> list[tuple[str, str]]:
        """(pattern id, division code) of the organs to be listed: real names or abbreviations apart."""
        abbreviated = [
            (pattern.id, region.code)
            for pattern in self.grammar.patterns
            if any("{abbr}" in text for text, *_ in pattern.named())
            for region in self.by_code.values()
            if region.region_class in pattern.applies_to
        ]
        return sorted({*self.grammar.departures, *abbreviated})

    def _disguised_regions(self, text: str, pieces: Sequence[Part]) -> list[Part]:
        """Short names of regions in disguise that are all there is beside a piece as written."""
        telling = [(key, place) for key, place in pieces if key in self._telling]
        return _beside(text, telling, self._near_regions)

    def _disguised_pieces(self, text: str, regions: Sequence[Part]) -> list[Part]:
        """Pieces in disguise that are all there is beside a region as written."""
        return _beside(text, regions, self._near_pieces)

    def organs(self, text: str, regions: Sequence[Part], pieces: Sequence[Part]) -> list[Composed]:
        """The organs in a text that holds these parts, one of them perhaps in disguise."""
        more = self._disguised_pieces(text, regions)
        if not pieces and not more:
            return []
        return self.compose([*regions, *self._disguised_regions(text, pieces)], [*pieces, *more])

    def compose(self, regions: Sequence[Part], pieces: Sequence[Part]) -> list[Composed]:
        """Organs whose parts stand side by side. regions, pieces: folded text read there, place."""
        starts, ends = defaultdict(list), defaultdict(list)
        for key, place in regions:
            starts[place.start].append((key, place))
            ends[place.end].append((key, place))
        by_start: dict[int, list[Part]] = defaultdict(list)
        by_end: dict[int, list[Part]] = defaultdict(list)
        for key, place in pieces:
            by_start[place.start].append((key, place))
            by_end[place.end].append((key, place))
        return [
            composed
            for key, place in pieces
            for template in self._anchored.get(key, ())
            for composed in (
                *self._fill(template, place, (starts, ends), (by_start, by_end)),
                *self._turned(template, place, starts),
            )
        ]

    def _fill(
        self, template: Template, at: Place, slots: _Sides, pieces: _Sides
    ) -> Iterable[Composed]:
        """Match the parts left and right of the anchor; all slots must agree on one region."""
        anchor = template.anchor
        for left in self._walk(template.parts[:anchor][::-1], at.start, slots[1], pieces[1], -1):
            for right in self._walk(template.parts[anchor + 1 :], at.end, slots[0], pieces[0], 1):
                keys = [*left[1], *right[1]]
                for region in self._agreed(keys, template.pattern):
                    entity = self.organ(template.pattern, region)
                    if entity is None:
                        continue
                    yield Composed(
                        left[0], right[0], at.bits + left[2] + right[2],
                        Alias(self._text(template, region, keys), template.sort,
                              template.needs_cue), entity,
                    )  # fmt: skip

    def _turned(self, template: Template, at: Place, starts: _Side) -> Iterable[Composed]:
        """The text begins with the organ, as written, and its place stands behind: 交警郑州."""
        (slot, _), *rest = template.parts
        if at.start != 0 or at.bits > 0 or len(rest) != 1 or slot not in ("full", "short"):
            return
        for key, place in starts.get(at.end, ()):
            for region in self._agreed([(slot, key)], template.pattern) if not place.bits else ():
                entity = self.organ(template.pattern, region)
                if entity is not None:
                    text = self._text(template, region, [(slot, key)])
                    alias = Alias(text, template.sort, template.needs_cue)
                    yield Composed(0, place.end, ORDER_BITS, alias, entity)

    def _walk(
        self,
        parts: Sequence[tuple[str, str]],
        edge: int,
        slots: _Side,
        pieces: _Side,
        direction: int,
    ) -> list[tuple[int, list[tuple[str, str]], float]]:
        """(outer edge, slot fillings, bits) of every way to match `parts` outward from `edge`."""
        if not parts:
            return [(edge, [], 0.0)]
        slot, piece = parts[0]
        found = []
        for key, place in slots.get(edge, ()) if slot else pieces.get(edge, ()):
            if not slot and key != piece:
                continue
            outer = place.start if direction < 0 else place.end
            for end, keys, bits in self._walk(parts[1:], outer, slots, pieces, direction):
                filled = [(slot, key), *keys] if slot else keys
                found.append((end, filled, bits + place.bits))
        return found

    def _agreed(self, keys: Sequence[tuple[str, str]], pattern: Pattern) -> list[Region]:
        """The regions that the slots name: {full} and {short} the region, {city} its parent."""
        own = [(slot, key) for slot, key in keys if slot in ("full", "short")]
        if not own:
            return []
        found = [
            region
            for region, form in self._regions.get(own[0][1], ())
            if form == own[0][0] and region.region_class in pattern.applies_to
        ]
        for slot, key in keys:
            if slot in ("city", "city_short"):
                found = [
                    r for r in found if plain(r.city if slot == "city" else r.city_short) == key
                ]
            elif (slot, key) != own[0]:
                found = [r for r in found if key in (plain(r.full), *map(plain, r.shorts))]
        return found[:_MOST_REGIONS]

    def _text(self, template: Template, region: Region, keys: Sequence[tuple[str, str]]) -> str:
        filled = dict(keys)
        short = next(
            (s for s in region.shorts if plain(s) == filled.get("short")), region.shorts[0]
        )
        values = {
            "full": region.full, "short": short,
            "city": region.city, "city_short": region.city_short,
        }  # fmt: skip
        return _PART.sub(lambda m: values[m[1]] if m[1] else m[2], template.text)

    def organ(self, pattern: Pattern, region: Region) -> Entity | None:
        """The organ that a pattern gives a region, made once."""
        key = (pattern.id, region.code)
        if key not in self._cache:
            if len(self._cache) > 200_000:
                self._cache.clear()
            self._cache[key] = organ_of(self.grammar, pattern, region)
        return self._cache[key]
