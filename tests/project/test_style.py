"""What ruff cannot see: sizes, first lines, addresses and paths that no file may hold."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE = 400  # lines

# Written in pieces, so that this file passes its own test.
REGISTRY_HOSTS = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry.npm" + "js",
    "deb." + "debian.org",
)
# Folders that exist on one machine only.
FOREIGN_PATH = re.compile(rb"(?<![\w.])/(work|farm|home|root|Users)/")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the project: known to git, or new and not ignored.

    Outside a git checkout, every file of the project's own folders.
    """
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        found = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        folders = ("detector", "training", "tests", "data", "models", "docs", "notebooks", ".ci")
        inside = (p for folder in folders for p in (ROOT / folder).rglob("*"))
        return tuple(p for p in (*ROOT.glob("*"), *inside) if _is_ours(p))
    paths = (ROOT / name.decode() for name in found.stdout.split(b"\0") if name)
    return tuple(path for path in paths if path.is_file())


def _is_ours(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


MODULES = [path for path in tracked() if path.suffix == ".py"]
PACKAGED = [path for path in MODULES if not path.is_relative_to(ROOT / "tests")]


def named(path: Path) -> str:
    """A path as it is written in the repository."""
    return path.relative_to(ROOT).as_posix()


def test_the_project_has_files() -> None:
    assert ROOT / "pyproject.toml" in tracked()
    assert ROOT / "detector" / "__init__.py" in PACKAGED


def test_no_file_names_the_host_of_a_package_registry() -> None:
    hosts = [host.encode() for host in REGISTRY_HOSTS]
    assert [named(p) for p in tracked() if any(h in p.read_bytes() for h in hosts)] == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    assert [named(p) for p in tracked() if FOREIGN_PATH.search(p.read_bytes())] == []


def test_no_file_is_larger_than_three_megabytes() -> None:
    assert [named(p) for p in tracked() if p.stat().st_size > 3_000_000] == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_first_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    sentence = (ast.get_docstring(tree) or "").split("\n\n")[0]
    assert sentence, "no docstring"
    assert sentence[-1] in ".?:)", f"the first line is no sentence: {sentence!r}"


@pytest.mark.parametrize("path", PACKAGED, ids=named)
def test_a_module_has_a_name_that_says_something(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "misc", "common"}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_error_is_swallowed_whole(path: Path) -> None:
    broad = {"Exception", "BaseException"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "Exception"
            silent = all(isinstance(step, ast.Pass | ast.Continue) for step in node.body)
            assert not (caught in broad and silent), f"line {node.lineno}"
