"""One name of the registry that a text may hold, before it is judged."""

from __future__ import annotations

from dataclasses import dataclass

from detector.text.reading import Reading
from detector.types import Alias, EditKind, Entity, NameSort, Span

# Bits of meeting a body in a name at all, each set by the example above it.
# one of some thirty thousand listed names that impostors use
LISTED_BITS = 15.0
# one of the million organs that the grammar derives
DERIVED_BITS = 18.0
# 长城, 小米: as a word it is met far more often than as the body
WEAK_BITS = 4.0
# qhdx may be anything
INITIALS_BITS = 10.0


@dataclass(frozen=True, slots=True)
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

    @property
    def span(self) -> Span:
        """Where it stands in the original text; a reordered (flipped) run counts whole."""
        spans = [s.span for s in self.reading.symbols[self.start : self.end]]
        return min(a for a, _ in spans), max(b for _, b in spans)

    @property
    def prior_bits(self) -> float:
        """Bits of meeting just this name."""
        bits = DERIVED_BITS if "@" in self.entity.id else LISTED_BITS
        if self.alias.needs_cue:
            bits += WEAK_BITS
        if self.alias.sort is NameSort.INITIALS:
            bits += INITIALS_BITS
        return bits

    @property
    def exact(self) -> bool:
        """The name is written as registered, symbol by symbol; costless steps may have hidden it."""
        return self.bits == 0 and not self.respelled

    @property
    def respelled(self) -> bool:
        """A symbol was only read so by choice: spelled, merged, an emoji's word, turned, doubled."""
        return any(
            step in _CHOSEN
            for symbol in self.reading.symbols[self.start : self.end]
            for step in symbol.steps
        )


_CHOSEN = frozenset(
    (EditKind.SPELLED, EditKind.SPLIT, EditKind.EMOJI, EditKind.FLIPPED, EditKind.DOUBLED)
)
