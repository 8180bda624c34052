"""The ways in which an account can resemble an entity, or an authority that nobody registered.

`names` and `claims` compare a text with candidates of the registry. OWN are the channels that look
at the name by itself: each has a quick look that is asked of every name, and a close one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from detector.channels import grammar, newswords, strictwords
from detector.channels.triggers import may_speak
from detector.channels.view import View
from detector.text.symbols import Reading
from detector.types import Evidence


class Own(NamedTuple):
    """A channel of the name by itself: `may` is False only where `find` would find nothing."""

    name: str
    may: Callable[[str, tuple[Reading, ...]], bool]
    find: Callable[[View], tuple[Evidence, ...]]


OWN = (
    Own(grammar.CHANNEL, may_speak, grammar.find),
    Own(newswords.CHANNEL, may_speak, newswords.find),
    Own(strictwords.CHANNEL, may_speak, strictwords.find),
)
