"""bundle.json: what a bundle holds, file by file, and the one hash over all of it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from detector.bundle.maker import Maker
from detector.errors import BundleError

FORMAT = 1
NAME = "bundle.json"


class Manifest(BaseModel):
    """files: path below the bundle -> SHA-256 (hex). registry: digest of sources and tables.

    model: digest of the ranking model, "" without one. assume_unverified: as in `Settings`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    format: int
    maker: Maker
    registry: str
    model: str
    assume_unverified: bool
    files: dict[str, str]

    @property
    def hash(self) -> str:
        """The bundle's one hash: SHA-256 (hex) over everything above."""
        return hashlib.sha256(self.text().encode()).hexdigest()

    def text(self) -> str:
        """The manifest as JSON, always the same text for the same bundle."""
        return json.dumps(self.model_dump(), ensure_ascii=False, sort_keys=True, indent=1)

    def write(self, folder: Path) -> None:
        """Write bundle.json, the hash in it."""
        told = json.dumps({"hash": self.hash, **self.model_dump()}, ensure_ascii=False, indent=1)
        (folder / NAME).write_text(told + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a bundle. Raises BundleError where it is none, or was changed."""
    path = folder / NAME
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        hash_ = told.pop("hash")
        if told.get("format") != FORMAT:
            raise BundleError(f"{path}: format {told.get('format')}, not {FORMAT}; build it again")
        found = Manifest.model_validate(told)
    except FileNotFoundError as error:
        raise BundleError(f"{folder}: no bundle: {NAME} is missing") from error
    except (OSError, ValueError, KeyError, AttributeError, TypeError, ValidationError) as error:
        first = " ".join(str(error).split())[:120]
        raise BundleError(f"{path}: not a readable manifest ({first}); build it again") from error
    if found.hash != hash_:
        raise BundleError(f"{path}: its hash does not fit what it lists; build it again")
    return found


def listed(folder: Path) -> dict[str, str]:
    """Every file below a folder but the manifest, with its SHA-256 (hex), in order of path."""
    return {
        path.relative_to(folder).as_posix(): digest_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / NAME
    }


def digest_of(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
