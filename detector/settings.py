"""Where things lie and how a run behaves: one frozen object, read once at the edge."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """A folder that travels inside the wheel; in a checkout it lies beside the package."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


@dataclass(frozen=True, slots=True)
class Settings:
    """registries, tables: folders of data. cache: where built indexes are kept.

    model: the folder of the ranking model; without one (or None) assessments carry no risk.
    assume_unverified: read a missing `verified_name` as "nobody was verified" instead of "not
    reported" (which holds the account, because unknown is not no).
    network: the folder of the network that compares pictures.
    pictures: the folder that paths in `avatar` and `cover` start from; None = it is not known.
    ocr: read text printed in pictures, where the extra `ocr` is installed.
    """

    registries: Path = _shipped("data") / "registries"
    tables: Path = _shipped("data") / "text"
    cache: Path = Path.home() / ".cache" / "detector"
    assume_unverified: bool = False
    network: Path = _shipped("models") / "embedding"
    pictures: Path | None = None
    ocr: bool = True
    model: Path | None = _shipped("models") / "risk"

    @staticmethod
    def from_environment() -> Settings:
        """DETECTOR_REGISTRIES, DETECTOR_CACHE and DETECTOR_MODEL override registries, cache, model."""
        default = Settings()
        return Settings(
            registries=Path(os.environ.get("DETECTOR_REGISTRIES", default.registries)),
            cache=Path(os.environ.get("DETECTOR_CACHE", default.cache)),
            model=Path(os.environ["DETECTOR_MODEL"])
            if "DETECTOR_MODEL" in os.environ
            else default.model,
        )
