"""The gate: reads, searches and weighs a column of names in compiled passes, block by block."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detector.engine import alive, harmless, names, near, store, triggers
from detector.engine.blocks import blocks
from detector.engine.names import Names
from detector.engine.triggers import Triggers
from detector.registry.index import Index
from detector.registry.layers import LayeredIndex
from detector.registry.lookup import Search
from detector.text.alphabet import Likeness
from detector.text.blocking import NAME
from detector.text.compiled.column import Column
from detector.text.compiled.keys import Keys
from detector.text.compiled.letters import PLAIN, SHAPE, SOUND, Letters
from detector.text.compiled.lexicon import Lexicon
from detector.text.compiled.readings import ROW, START, Readings
from detector.text.compiled.spell import SYMBOL
from detector.text.stance import CLAIMS
from detector.types import AccountType, Cue

# The cues by which a name is claimed, whatever the day
_CLAIMING = sum(triggers.bit_of(cue) for cue in (*CLAIMS, Cue.WALL))


class Passing(NamedTuple):
    """names: uint8 by number, beside what harmless on a day in accounts of one type.

    claiming: a mask of the cues that make any name claim.
    """

    names: npt.NDArray[np.uint8]
    claiming: int

    @staticmethod
    def anywhere(beside: int, known: Names) -> Passing:
        """Every name passes beside that; 0 = none does."""
        return Passing(np.full(len(known.prior), beside, np.uint8), _CLAIMING)


@dataclass(frozen=True, slots=True)
class Gate:
    """Everything that the passes read; opened once, shared by threads."""

    names: Search
    known: Names
    letters: Letters
    words: Lexicon
    triggers: Triggers
    likeness: Likeness
    near: Keys

    @staticmethod
    def open(index: Index, cache: Path) -> Gate:
        """The gate before an index; what it needs is kept in the cache folder."""
        return Gate(index.names, *store.opened(index, cache))

    def changed(self, index: LayeredIndex) -> Gate:
        """The gate before the same registry with a change over it."""
        columns = []
        for before, more in zip(self.known, names.build(index.added), strict=True):
            both = np.concatenate([before, more])
            both.setflags(write=False)  # as mapped arrays are, for which the kernels are compiled
            columns.append(both)
        return replace(self, names=index.names, known=Names(*columns))

    def alive(
        self, column: Column, own: bool = True, passing: Passing | None = None
    ) -> npt.NDArray[np.bool_]:
        """Which texts the plain path must look at: bool per text. False = surely nothing is found.

        own: also what the channels of a name by itself look for; not in a clause of a bio.
        passing: names that the law lets pass count as nothing; without, they are cases for the record.
        """
        passed = passing or Passing.anywhere(0, self.known)
        found = np.zeros(len(column), np.bool_)
        for at, stop, read in blocks(column, self.letters):
            found[at:stop] |= read.strange
            self._mark(column, read, own, passed, found)
        return found

    def passing(self, account_type: AccountType | None, day: date) -> Passing:
        """The names that the law lets pass on a day in accounts of one type (`harmless`)."""
        mask = sum(triggers.bit_of(cue) for cue in harmless.claiming(day))
        return Passing(harmless.table(self.known, account_type, day), mask)

    def _mark(
        self, column: Column, read: Readings, own: bool, passing: Passing,
        found: npt.NDArray[np.bool_],
    ) -> None:  # fmt: skip
        place, sequence = read.place, read.symbols
        beside = np.zeros(len(found), np.bool_)
        longest = int(np.diff(place[:, START]).max(initial=0)) + 1
        if own:
            spare = np.empty((longest, 4), np.int32)
            triggers.mark(place, sequence, self.triggers, self.letters.symbol, spare, found, beside)
        coded = self.letters.symbol[sequence[:, SYMBOL]]
        offsets = np.ascontiguousarray(place[:, START])
        hits, bits = self._hits(coded, offsets, place, found)
        if not len(hits):
            return
        near.mark(
            place, hits, bits, coded, self.known, self.names.split, self.near, found,
        )  # fmt: skip
        whole = hits[:, NAME] < self.names.split
        hits, bits, parts = hits[whole], bits[whole], hits[~whole]
        alive.mark_composed(place, hits, parts, self.known, found)
        cuts = (
            np.empty((longest, 8)), np.empty(longest + 1), np.empty(longest + 1),
            np.empty(longest + 1), np.empty(longest, np.uint16),
        )  # fmt: skip
        alive.mark(
            place, sequence, hits, bits, self.known, column.codes, column.offsets,
            self.letters.code, self.letters.symbol, self.words, cuts, passing.names,
            self.triggers, passing.claiming, beside, found,
        )  # fmt: skip

    def _hits(
        self, coded: npt.NDArray[np.uint16], offsets: npt.NDArray[np.int64],
        place: npt.NDArray[np.int64], found: npt.NDArray[np.bool_],
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:  # fmt: skip
        """What the readings hold within budget, by reading; a text that was capped is marked."""
        plain, sound, shape = (np.ascontiguousarray(coded[:, s]) for s in (PLAIN, SOUND, SHAPE))
        hits, bits, capped = self.names.search(plain, sound, shape, offsets, self.likeness)
        if capped.any():
            found[place[:-1][capped, ROW]] = True
        return hits, bits
