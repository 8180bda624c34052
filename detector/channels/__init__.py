"""The ways in which an account can resemble an entity, or an authority that nobody registered.

CHANNELS names them all, in the order of their evidence. `names` and `claims` compare a text with
candidates of the registry; OWN are the channels that look at the name by itself: each is a function
of a `View` and is run for every name that may hold one of their words (`triggers`).
"""

from __future__ import annotations

from collections.abc import Callable

from detector.channels import claims, grammar, names, newswords, strictwords
from detector.channels.view import View
from detector.types import Evidence

CHANNELS = (
    names.CHANNEL,
    claims.CHANNEL,
    grammar.CHANNEL,
    newswords.CHANNEL,
    strictwords.CHANNEL,
)

OWN: tuple[Callable[[View], tuple[Evidence, ...]], ...] = (
    grammar.find,
    newswords.find,
    strictwords.find,
)
