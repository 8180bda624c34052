"""The shipped registry and a screener over it, opened once a process."""

from __future__ import annotations

from functools import cache

from detector.pipeline import Screener
from detector.registry.registry import Registry
from detector.settings import Settings


@cache
def screener() -> Screener:
    """The screener over the shipped registries; the cache folder keeps their index between runs."""
    return Screener.open(Settings.from_environment())


def registry() -> Registry:
    """The shipped registry."""
    return screener().registry
