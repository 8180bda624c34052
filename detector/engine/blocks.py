"""A column of texts read block by block, each small enough that its readings stay in the cache."""

from __future__ import annotations

from collections.abc import Iterator

from detector.text.compiled import readings, spell
from detector.text.compiled.column import Column
from detector.text.compiled.letters import Letters
from detector.text.compiled.readings import Readings

# Texts of a block
BLOCK = 2048


def blocks(column: Column, letters: Letters) -> Iterator[tuple[int, int, Readings]]:
    """First text, stop, and the readings of the texts between; rows count in the whole column.

    The readings are good until the next block is asked for.
    """
    room = readings.room(min(BLOCK, len(column)), min(8 * BLOCK, len(column.codes)))
    at = 0
    while at < len(column):
        last = min(at + BLOCK, len(column))
        stop, read = readings.read(
            column.codes, column.offsets, at, last, letters, spell.trie(), room
        )
        yield at, stop, read
        at = stop
