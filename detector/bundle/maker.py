"""What the installed program is made of, as digests: code, rules, tables, libraries that decide."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from detector import law
from detector.settings import Settings

# Packages and modules that carry, show or store decisions and make none; all others decide
SILENT = frozenset(("__init__", "batch", "bulk", "bundle", "cli", "desk", "explain", "replay"))
# The law has a digest of its own
RULES = "law"
# Libraries whose data or figures enter decisions: jieba's dictionary, rapidfuzz's ratios, and numpy's
# logarithms in the gate's arrays
LIBRARIES = ("jieba", "numpy", "rapidfuzz")
ROOT = Path(__file__).resolve().parent.parent


class Maker(BaseModel):
    """Who judges: code by package, rules, tables (SHA-256, hex), libraries (versions)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: dict[str, str]
    rules: str
    tables: str
    libraries: dict[str, str]

    def differences(self, other: Maker) -> tuple[str, ...]:
        """The parts in which two makers differ, for people: `code of text`, `rules`, ..."""
        found = [f"code of {name}" for name in _changed(self.code, other.code)]
        found += [
            part for part in ("rules", "tables") if getattr(self, part) != getattr(other, part)
        ]
        found += [f"library {name}" for name in _changed(self.libraries, other.libraries)]
        return tuple(found)


def _changed(one: dict[str, str], other: dict[str, str]) -> Iterator[str]:
    return (name for name in sorted({**one, **other}) if one.get(name) != other.get(name))


@lru_cache
def installed() -> Maker:
    """The maker that this installation is."""
    parts: dict[str, list[Path]] = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).parts[0].removesuffix(".py")
        if name not in SILENT and name != RULES:
            parts.setdefault(name, []).append(path)
    tables = Settings().tables
    return Maker(
        code={name: _digest(ROOT, paths) for name, paths in parts.items()},
        rules=law.digest(),
        tables=_digest(tables, sorted(tables.glob("*.tsv"))),
        libraries={name: metadata.version(name) for name in LIBRARIES},
    )


def _digest(root: Path, paths: Iterable[Path]) -> str:
    """SHA-256 (hex) over names and bytes of files below `root`."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.relative_to(root).as_posix().encode() + b"\0")
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
