"""Which side of the experiment an example stands on: by a hash of its body, so no body is on two."""

from __future__ import annotations

import hashlib
from enum import StrEnum

from detector.text.fold import plain
from detector.types import EditKind
from training.example import Example


class Side(StrEnum):
    """What an example is used for."""

    FIT = "fit"
    CALIBRATE = "calibrate"
    TEST = "test"


# Of 100 bodies so many are fitted on, and so many more calibrated on; the rest tests
FIT, CALIBRATE = 55, 15
# Disguises that the model never meets while it learns, to see how it takes new ones
HELD_OUT = frozenset((
    EditKind.NEAR_SOUND.value, EditKind.KANA.value, EditKind.REORDERED.value,
    EditKind.FLIPPED.value, EditKind.SPLIT.value,
))  # fmt: skip


def side(example: Example) -> Side:
    """The side of an example: that of its body, or of its name where it is about no body.

    >>> from training.example import personal
    >>> one = Example(personal("兰州大学"), True, "exact", "兰州大学")
    >>> two = Example(personal("兰州大学的粉丝"), False, "fan", "兰州大学")
    >>> side(one) is side(two)
    True
    """
    key = plain(example.body) or plain(example.name) or example.name
    share = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % 100
    if share < FIT:
        return Side.FIT
    return Side.CALIBRATE if share < FIT + CALIBRATE else Side.TEST


def is_held_out(example: Example) -> bool:
    """Whether one of its disguises is kept for testing."""
    return not HELD_OUT.isdisjoint(example.kind.split("+"))
