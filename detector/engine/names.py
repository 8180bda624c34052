"""What the passes know of every registered name: how readily it is met, and what bears it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detector.channels.candidate import Candidate
from detector.registry.index import Index
from detector.text.symbols import Reading
from detector.types import Kind, Level, NameSort

# In `Names.marks`: the name of a division; letters and digits only, as registered; of a place
REGION, ALNUM, PLACE = 1, 2, 4

_NOTHING = Reading((), (), "")
_KINDS, _LEVELS = tuple(Kind), tuple(Level)
# Initials are a group of their own, the last
GROUPS = 2 * len(_KINDS) * len(_LEVELS) + 1
INITIALS = GROUPS - 1


class Names(NamedTuple):
    """Columns by number of the name. prior: float64, `Candidate.prior_bits`. marks: uint8.

    group: uint16, see `group_of`.
    """

    prior: npt.NDArray[np.float64]
    marks: npt.NDArray[np.uint8]
    group: npt.NDArray[np.uint16]


def group_of(kind: Kind, level: Level, needs_cue: bool) -> int:
    """The group of names that the law cannot tell apart: of one kind and level, everyday words or not."""
    return (_KINDS.index(kind) * len(_LEVELS) + _LEVELS.index(level)) * 2 + needs_cue


def build(index: Index) -> Names:
    """The names of an index, in its order."""
    count = index.names.split
    prior = np.zeros(count)
    marks, group = np.zeros(count, np.uint8), np.zeros(count, np.uint16)
    for number in range(count):
        alias, entity = index.alias(number), index.owner(number)
        prior[number] = Candidate(_NOTHING, 0, 0, 0.0, alias, entity).prior_bits
        marks[number] = (
            REGION * (entity.kind is Kind.REGION)
            | ALNUM * alias.text.isalnum()
            | PLACE * (entity.kind in (Kind.REGION, Kind.COUNTRY))
        )
        group[number] = (
            INITIALS
            if alias.sort is NameSort.INITIALS
            else group_of(entity.kind, entity.level, alias.needs_cue)
        )
    return Names(prior, marks, group)
