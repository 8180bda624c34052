"""The hash of the law as coded: every text, reading and rule that can make a decision."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from detector.law.parameters import ROOT

SUFFIXES = frozenset((".py", ".yaml", ".md"))
# What explains the law but decides nothing
SILENT = frozenset(("cases.yaml", "coverage.yaml", "coverage.py", "page.py", "worked.py"))


@lru_cache
def digest() -> str:
    """SHA-256 (hex) over names and bytes of the deciding files, in order of name."""
    found = hashlib.sha256()
    for path in sorted(p for p in ROOT.rglob("*") if p.suffix in SUFFIXES):
        if path.name not in SILENT:
            content = path.read_bytes()
            found.update(f"{path.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode())
            found.update(content)
    return found.hexdigest()
