"""What the channels that look at the account by itself are shown of a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detector.text.symbols import Reading
from detector.types import Field, Kind, Level, Span


@dataclass(frozen=True, slots=True)
class View:
    """A text with its readings, and what is known of it already.

    place: the longest region that stands in it ("" if none). region_at_start: the region that a
    read text begins with. named: where bodies stand beyond doubt. own: one of them is the verified
    owner's. is_complete: whether absence from the registry proves that a body does not exist.
    """

    text: str
    field: Field
    readings: tuple[Reading, ...]
    place: str
    region_at_start: Callable[[str], str]
    named: tuple[Span, ...]
    own: bool
    is_complete: Callable[[Kind, Level], bool]

    def is_named(self, span: Span) -> bool:
        """Whether a stretch of the text lies inside a body's name."""
        return any(a <= span[0] and span[1] <= b for a, b in self.named)
