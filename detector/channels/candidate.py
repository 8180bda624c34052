"""One name of the registry that a text may hold, before it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from detector.channels.kinds import ORGANS
from detector.text.symbols import Reading
from detector.text.words import word_bits
from detector.types import Alias, EditKind, Entity, Kind, Level, NameSort, Span

# Bits of meeting a body in a name at all, each set by the example above it.
# 人民日报, 公安部: one of the few thousand names that every reader knows
KNOWN_BITS = 14.0
# 长江证券: one of some thirty thousand listed names
LISTED_BITS = 16.0
# 王小卤, 蜀大侠: one of the many brands that few impostors bother with
BRAND_BITS = 21.0
# one of the million organs that the grammar derives
DERIVED_BITS = 18.0
# 长城, 小米: as a word it is met far more often than as the body
WEAK_BITS = 4.0
# 移民事务局 for 移民管理局: one word for its like
SWAPPED_WORD_BITS = 7.0
# qhdx may be anything
INITIALS_BITS = 10.0


@dataclass(frozen=True)
class Candidate:
    """`reading.symbols[start:start + length]` read as `alias` of `entity`, at a cost of `bits`."""

    reading: Reading
    start: int
    length: int
    bits: float
    alias: Alias
    entity: Entity

    @property
    def end(self) -> int:
        """The place after the last symbol."""
        return self.start + self.length

    @cached_property
    def span(self) -> Span:
        """Where it stands in the original text; a reordered (flipped) run counts whole."""
        spans = [s.span for s in self.reading.symbols[self.start : self.end]]
        return min(a for a, _ in spans), max(b for _, b in spans)

    @cached_property
    def prior_bits(self) -> float:
        """Bits of meeting just this name."""
        bits = _known_bits(self.entity, self.alias.text)
        if self.alias.needs_cue:
            bits += WEAK_BITS
        if self.alias.sort is NameSort.INITIALS:
            bits += INITIALS_BITS
        return bits

    @cached_property
    def step_bits(self) -> float:
        """Bits of the reading: of the alignment, and of words exchanged for their like."""
        swapped = {
            s.span for s in self.reading.symbols[self.start : self.end]
            if EditKind.SYNONYM in s.steps or EditKind.TRANSLATED in s.steps
        }  # fmt: skip
        return self.bits + SWAPPED_WORD_BITS * len(swapped)

    @property
    def exact(self) -> bool:
        """The name is written as registered, symbol by symbol; costless steps may have hidden it."""
        return self.bits == 0 and not self.respelled

    @cached_property
    def respelled(self) -> bool:
        """A symbol was only read so by choice: spelled, merged, an emoji's word, turned, doubled."""
        return any(
            step in CHOSEN
            for symbol in self.reading.symbols[self.start : self.end]
            for step in symbol.steps
        )


_KNOWN_KINDS = ORGANS | {
    Kind.MEDIA, Kind.BANK, Kind.INTL_ORG, Kind.PLATFORM, Kind.PEOPLE_ORG,
}  # fmt: skip


@lru_cache(maxsize=65536)
def _known_bits(entity: Entity, name: str) -> float:
    """Prior bits by how well the name is known: the dictionary of everyday language knows it too."""
    if "@" in entity.id:
        return DERIVED_BITS
    if word_bits(name) is not None or (
        entity.kind in _KNOWN_KINDS and entity.level in (Level.CENTRAL, Level.PROVINCE)
    ):
        return KNOWN_BITS
    return BRAND_BITS if entity.kind is Kind.ENTERPRISE else LISTED_BITS


# Steps by which a symbol was only read so by choice: spelled, merged, an emoji's word ...
CHOSEN = frozenset(
    (
        EditKind.SPELLED,
        EditKind.SPLIT,
        EditKind.EMOJI,
        EditKind.FLIPPED,
        EditKind.DOUBLED,
        EditKind.NUMERAL,
        EditKind.SYNONYM,
        EditKind.TRANSLATED,
        EditKind.INSERTED,
        EditKind.LOOK_ALIKE,
    )
)
