"""Exit codes (architecture, section 8), and what a command raises to end with one."""

from __future__ import annotations

DONE = 0
FAILED = 1  # a fault of the program, or a worker that died
USAGE = 2
BAD_ROWS = 3
BROKEN_DATA = 4
INTERRUPTED = 130  # 128 + SIGINT, as shells have it


class UsageError(Exception):
    """The command was called in a way that cannot be followed; the message says what to change."""
