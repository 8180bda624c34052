"""What the tests of bulk runs share: a bundle of the small registry, and folders of accounts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from detector.bulk.screening import Judge
from detector.bundle import Bundle
from tests.bulk.platform import bundle_of
from tests.channels import bodies

hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A bundle of the registry of `bodies`."""
    folder = tmp_path_factory.mktemp("bundle")
    bodies.write(folder / "registries")
    return bundle_of(folder / "registries", folder / "bundle")


@pytest.fixture(scope="session")
def judge(bundle: Bundle) -> Judge:
    """The judge over it."""
    return Judge.of(bundle, date(2026, 11, 23))


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    """An empty folder for accounts."""
    folder = tmp_path / "accounts"
    folder.mkdir()
    return folder
