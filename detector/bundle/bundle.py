"""Building, opening and verifying a bundle; a bundle is written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from detector.bundle.maker import installed
from detector.bundle.manifest import FORMAT, Manifest, listed, read_manifest
from detector.engine.gate import Gate
from detector.errors import BundleError
from detector.pipeline import Screener
from detector.registry.marks import Gallery
from detector.registry.registry import Registry
from detector.settings import Settings

REGISTRIES, INDEX, MODEL = "registries", "index", "model"


@dataclass(frozen=True, slots=True)
class Bundle:
    """An opened bundle, every file of it verified."""

    folder: Path
    manifest: Manifest

    @staticmethod
    def open(folder: Path) -> Bundle:
        """Open and verify. Raises BundleError naming the file that does not fit."""
        manifest = read_manifest(folder)
        found = listed(folder)
        for path, digest in manifest.files.items():
            if path not in found:
                raise BundleError(f"{folder / path}: is missing; build the bundle again")
            if found[path] != digest:
                raise BundleError(f"{folder / path}: was changed or cut short; build it again")
        strange = sorted(found.keys() - manifest.files.keys())
        if strange:
            raise BundleError(f"{folder / strange[0]}: is no part of the bundle; build it again")
        return Bundle(folder, manifest)

    @property
    def hash(self) -> str:
        """The one hash of everything that decides."""
        return self.manifest.hash

    @property
    def settings(self) -> Settings:
        """The settings that judge with this bundle."""
        return Settings(
            registries=self.folder / REGISTRIES,
            cache=self.folder / INDEX,
            model=self.folder / MODEL if self.manifest.model else None,
            assume_unverified=self.manifest.assume_unverified,
        )

    def check_maker(self) -> None:
        """Raises BundleError where the installed program is another than the bundle's."""
        others = self.manifest.maker.differences(installed())
        if others:
            raise BundleError(
                f"{self.folder}: made for another program ({', '.join(others)}); build it again "
                "with this one, or judge with that one"
            )

    def screener(self) -> Screener:
        """The screener over this bundle. Raises BundleError where the program does not fit."""
        self.check_maker()
        return Screener.open(self.settings)


def build(target: Path, settings: Settings, model: Path | None = None) -> Bundle:
    """Write a bundle of the settings' registries, and of a model's folder, to `target`.

    The same parts give the same hash. Raises BundleError where `target` is something else, OSError
    where it cannot be written; what was half written is taken away.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        _fill(staging, settings, model)
        made = Bundle(staging, read_manifest(staging))
        _put(staging, target, made.hash)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return replace(made, folder=target)


def cached(settings: Settings, model: Path | None = None) -> Bundle:
    """The bundle of the settings' registries, kept by its hash in the cache folder."""
    shelf = settings.cache / "bundles"
    shelf.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=shelf) as folder:
        made = build(Path(folder) / "bundle", settings, model)
        target = shelf / made.hash[:16]
        if not target.exists():
            os.replace(made.folder, target)
    return Bundle.open(target)


def _fill(staging: Path, settings: Settings, model: Path | None) -> None:
    hidden = shutil.ignore_patterns(".*", "__pycache__", "*.md")
    shutil.copytree(settings.registries, staging / REGISTRIES, ignore=hidden)
    within = replace(settings, registries=staging / REGISTRIES, cache=staging / INDEX)
    registry = Registry.open(within)
    # what these work out is part of the bundle too
    Gate.open(registry.built, within.cache)
    Gallery(registry, within).describe()
    ranking = model or settings.model
    if ranking is not None and ranking.is_dir():
        shutil.copytree(ranking, staging / MODEL, ignore=hidden)
    files = listed(staging)
    Manifest(
        format=FORMAT,
        maker=installed(),
        registry=registry.digest,
        model=_model_digest(files),
        assume_unverified=settings.assume_unverified,
        files=files,
    ).write(staging)


def _model_digest(files: Mapping[str, str]) -> str:
    """SHA-256 (hex) over the files of the model, "" without one."""
    lines = [f"{path} {digest}\n" for path, digest in files.items() if path.startswith(f"{MODEL}/")]
    return hashlib.sha256("".join(lines).encode()).hexdigest() if lines else ""


def _put(staging: Path, target: Path, hash_: str) -> None:
    """Give the finished folder its name, unless that very bundle stands there already."""
    os.chmod(staging, 0o755)
    if target.exists() and any(target.iterdir() if target.is_dir() else [target]):
        if read_manifest(target).hash != hash_:
            raise BundleError(f"{target}: another bundle stands there; choose another folder")
        return
    os.replace(staging, target)
