"""The floors hold, and breaking one is noticed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """The import contracts of pyproject.toml, checked on the packages of `folder`."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_no_module_imports_a_floor_above_its_own() -> None:
    found = lint(ROOT)
    assert found.returncode == 0, found.stdout


# What is written into a copy of the package, and the contract that must say no.
BREACHES = {
    "the law reads how a name was found": (
        "detector/law/new.py",
        "import detector.text",
        "The law sees evidence, not how it was found BROKEN",
    ),
    "the law computes with arrays": (
        "detector/law/new.py",
        "import numpy",
        "The law sees evidence, not how it was found BROKEN",
    ),
    "a channel calls the law": (
        "detector/channels/new.py",
        "import detector.law",
        "A floor imports only floors below it BROKEN",
    ),
    "a module without a floor": (
        "detector/new.py",
        "",
        "A floor imports only floors below it BROKEN",
    ),
    "the runtime imports training": (
        "detector/registry/new.py",
        "import training.tables",
        "The runtime needs neither training nor a web framework BROKEN",
    ),
    "the runtime imports pandas": (
        "detector/files/new.py",
        "import pandas",
        "The runtime needs neither training nor a web framework BROKEN",
    ),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_noticed(breach: str, tmp_path: Path) -> None:
    path, code, answer = BREACHES[breach]
    skipped = shutil.ignore_patterns("__pycache__")
    for package in ("detector", "training"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=skipped)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / path).write_text(f'"""A breach."""\n\n{code}\n', encoding="utf-8")
    found = lint(tmp_path)
    assert found.returncode == 1
    assert answer in found.stdout
