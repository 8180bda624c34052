"""Plainly written names that the law lets pass beside words that claim nothing: asked of the law itself.

小米 in 爱吃小米粥, 北京 in 北京小王: the text holds the name, and no rule minds. The rules are not
copied here. For every sort of name a case is made of it and put before `law.decide`, in every stance
that a text without claiming words can have; where nothing is held, such names are harmless on that day.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from detector import law
from detector.engine.names import GROUPS, Names, group_of
from detector.law import parameters
from detector.text import stance
from detector.types import (
    Account,
    AccountType,
    Alias,
    Case,
    Cue,
    CueWord,
    Entity,
    Evidence,
    Field,
    Kind,
    Level,
    NameSort,
    Outcome,
    Relation,
    Stance,
)

# The channel of the cases that are put before the law
_CHANNEL = "name"
PLACES = frozenset((Kind.REGION, Kind.COUNTRY))
_WORD = "某某"


@lru_cache(maxsize=8)
def claiming(day: date) -> frozenset[Cue]:
    """The cues that a text may not hold anywhere, if a name in it is to be harmless."""
    p = parameters.on(day)
    return (
        stance.CLAIMS | p.arm_cues | p.arm_cues_of_places | p.soft_cues_of_places | p.look_cues
        | {Cue.WALL}
    )  # fmt: skip


# Harmless beside any words without a claiming cue, or only beside a word that is more than decoration
BESIDE_ANY, BESIDE_WORD = 1, 2


def table(known: Names, account_type: AccountType | None, day: date) -> npt.NDArray[np.uint8]:
    """uint8 by number of the name: beside what it is harmless in accounts of that type, 0 = never."""
    groups = np.zeros(GROUPS, np.uint8)
    for group in np.flatnonzero(np.bincount(known.group)).tolist():
        groups[group] = _harmless(group, account_type, day)
    return groups[known.group]


@lru_cache(maxsize=4096)
def _harmless(group: int, account_type: AccountType | None, day: date) -> int:
    for kind in Kind:
        for level in Level:
            for needs_cue in (False, True):
                if group_of(kind, level, needs_cue) == group:
                    ask = (kind, level, needs_cue, account_type, day)
                    if not _passes(*ask, (Stance.UNCLEAR, Stance.ABOUT)):
                        return 0
                    # a place beside any other word is never the place's own name
                    alone = kind in PLACES or _passes(*ask, (Stance.IS,))
                    return BESIDE_ANY if alone else BESIDE_WORD
    return 0  # initials: their evidence has an edit


def _passes(
    kind: Kind, level: Level, needs_cue: bool, account_type: AccountType | None, day: date,
    stances: tuple[Stance, ...],
) -> bool:  # fmt: skip
    """Whether nothing is held against such a name in any of the stances."""
    others = tuple(CueWord(cue, _WORD, (0, 2)) for cue in Cue if cue not in claiming(day))
    entity = Entity(
        "asked", _WORD, (Alias(_WORD, NameSort.OFFICIAL, needs_cue),), kind, level, "", "asked"
    )
    account = Account("asked", _WORD, account_type)
    for posture in stances:
        for cues in ((), others):
            evidence = Evidence(
                _CHANNEL, Field.NAME, 1.0, _WORD, _WORD, (0, 2), (), posture, cues, needs_cue
            )
            for relation in Relation:
                decided = law.decide([Case(account, entity, (evidence,), relation)], day)
                if decided.outcome > Outcome.ALLOW or decided.findings or decided.needs_person:
                    return False
    return True
