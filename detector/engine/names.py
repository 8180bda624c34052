"""What the passes know of every registered name: how readily it is met, and what bears it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detector.channels.candidate import Candidate
from detector.registry.index import Index
from detector.text.symbols import Reading
from detector.types import Kind

# In `Names.marks`: the name of a division; letters and digits only, as registered
REGION, ALNUM = 1, 2

_NOTHING = Reading((), (), "")


class Names(NamedTuple):
    """Columns by number of the name. prior: float64, `Candidate.prior_bits`. marks: uint8."""

    prior: npt.NDArray[np.float64]
    marks: npt.NDArray[np.uint8]


def build(index: Index) -> Names:
    """The names of an index, in its order."""
    count = len(index.names.lengths)
    prior, marks = np.zeros(count), np.zeros(count, np.uint8)
    for number in range(count):
        alias, entity = index.alias(number), index.owner(number)
        prior[number] = Candidate(_NOTHING, 0, 0, 0.0, alias, entity).prior_bits
        marks[number] = REGION * (entity.kind is Kind.REGION) | ALNUM * alias.text.isalnum()
    return Names(prior, marks)
