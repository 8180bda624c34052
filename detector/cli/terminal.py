"""Standard output and standard error, and what is told there."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

from rich.console import Console

from detector.explain import visible
from detector.pipeline import Screener
from detector.settings import Settings

PIPE_COLUMNS = 110  # a pipe has no width; rich would take 80


def output() -> Console:
    """Where results for people go. Emoji codes and markup of strangers' texts are left alone."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else PIPE_COLUMNS
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False, width=width)


def errors() -> Console:
    """Where everything goes that is not the result."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def has_colour(console: Console) -> bool:
    """Whether a marked character can be told by its style."""
    return console.color_system is not None and not console.no_color


def say(message: str) -> None:
    """One line on standard error; characters that cannot be seen are shown."""
    print("\n".join(visible(line) for line in message.split("\n")), file=sys.stderr, flush=True)


@contextlib.contextmanager
def opening(console: Console) -> Iterator[None]:
    """Tell a terminal that the first run takes a while."""
    if not console.is_terminal:
        yield
        return
    with console.status("打开名录 opening the registry (a first run indexes it: ~20 s)"):
        yield


def open_screener(settings: Settings) -> Screener:
    """The screener, with a word to who waits. Raises DataError where registry or rules break."""
    with opening(errors()):
        return Screener.open(settings)
