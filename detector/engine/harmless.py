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


def table(
    known: Names, account_type: AccountType | None, day: date
) -> npt.NDArray[np.bool_]:
    """bool by number of the name: harmless in accounts of that type, beside words that claim nothing."""
    groups = np.zeros(GROUPS, np.bool_)
    for group in np.unique(known.group).tolist():
        groups[group] = _harmless(group, account_type, day)
    return groups[known.group]


@lru_cache(maxsize=4096)
def _harmless(group: int, account_type: AccountType | None, day: date) -> bool:
    for kind in Kind:
        for level in Level:
            for needs_cue in (False, True):
                if group_of(kind, level, needs_cue) == group:
                    return _passes(kind, level, needs_cue, account_type, day)
    return False  # initials: their evidence has an edit


def _passes(
    kind: Kind, level: Level, needs_cue: bool, account_type: AccountType | None, day: date
) -> bool:
    """Whether nothing is held against such a name in any stance that it can have."""
    if kind not in PLACES and not needs_cue:
        return False  # 人民日报 beside decoration is the body itself
    stances = (
        (Stance.UNCLEAR, Stance.ABOUT)
        if kind in PLACES
        else (Stance.IS, Stance.UNCLEAR, Stance.ABOUT)
    )
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
