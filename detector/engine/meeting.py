"""Which texts of a column meet one of a few names: the gate's first passes over a small index.

What a text does not meet cannot change its outcome: every candidate of the plain path, in any
reading, comes from a hit that blocking finds here as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detector.engine import names, near
from detector.engine.blocks import blocks
from detector.registry.index import Index
from detector.registry.lookup import Lookup
from detector.text import blocking
from detector.text.blocking import ROW as TEXT
from detector.text.compiled.column import Column
from detector.text.compiled.keys import Keys
from detector.text.compiled.letters import PLAIN, SHAPE, SOUND, Letters
from detector.text.compiled.readings import ROW, START
from detector.text.compiled.spell import SYMBOL


@dataclass(frozen=True, slots=True)
class Meeting:
    """names: those looked for; near: words of two symbols among them, which may be disguised."""

    names: Lookup
    letters: Letters
    near: Keys

    @staticmethod
    def of(index: Index, letters: Letters) -> Meeting:
        """The meeting with every name and piece of an index."""
        return Meeting(index.names, letters, near.build(index, names.build(index)))

    def meets(self, column: Column) -> npt.NDArray[np.bool_]:
        """bool per text: some name is found in a reading, or the text cannot be read here.

        Hits are not verified: those that are read as nothing still count against the cap.
        """
        found = np.zeros(len(column), np.bool_)
        for at, stop, read in blocks(column, self.letters):
            found[at:stop] |= read.strange
            place = read.place
            coded = self.letters.symbol[read.symbols[:, SYMBOL]]
            hits, capped = blocking.find(
                np.ascontiguousarray(coded[:, PLAIN]), np.ascontiguousarray(coded[:, SOUND]),
                np.ascontiguousarray(coded[:, SHAPE]), np.ascontiguousarray(place[:, START]),
                self.names.table, self.names.split,
            )  # fmt: skip
            found[place[hits[:, TEXT], ROW]] = True
            found[place[:-1][capped, ROW]] = True
            near.mark_edges(place, coded, self.near, found)
        return found
