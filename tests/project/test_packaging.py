"""A wheel built from the tree works outside it, and what is installed is pinned and hashed."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))
ACCOUNTS = (
    {"account_id": "1", "name": "人民曰报", "verified_name": ""},
    {"account_id": "2", "name": "爱喝奶茶的小王", "verified_name": ""},
)


def call(
    *command: str | Path, cwd: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """What a command printed, and its exit status."""
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the tree with a fresh virtual environment `venv`, our wheel installed.

    The dependencies are those of the running environment, named by one path: it has no
    sitecustomize and no .pth file of ours in force, so only the wheel can give `detector`.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    wheels = folder / "wheels"
    built = call(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", wheels, cwd=ROOT)
    assert built.returncode == 0, built.stderr
    made = call(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    assert made.returncode == 0, made.stderr
    python = folder / "venv" / "bin" / "python"
    (wheel,) = wheels.iterdir()
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index")
    installed = call(*pip, wheel, cwd=folder)
    assert installed.returncode == 0, installed.stderr
    site = folder / "venv" / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    (site / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return folder


def detector(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The installed command, run in `folder` with caches of its own and no path of the tree."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "DETECTOR_", "PYTEST_", "COV_", "NUMBA_"))
    } | {"DETECTOR_CACHE": str(folder / "cache"), "PYTHONIOENCODING": "utf-8"}
    command = folder / "venv" / "bin" / "detector"
    return call(command, *arguments, cwd=folder, environment=environment)


@pytest.mark.slow
@pytest.mark.xdist_group("wheel")
def test_the_wheel_screens_a_file_outside_the_tree(elsewhere: Path) -> None:
    rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ACCOUNTS)
    (elsewhere / "mine.jsonl").write_text(rows, encoding="utf-8")
    screened = detector(elsewhere, "screen", "mine.jsonl", "-o", "out.jsonl")
    assert screened.returncode == 0, screened.stderr
    lines = (elsewhere / "out.jsonl").read_text(encoding="utf-8").splitlines()
    first, second = (json.loads(line) for line in lines)
    assert (first["account_id"], second["account_id"]) == ("1", "2")
    assert first["outcome"] == "refuse"
    assert first["findings"][0]["candidate"] == "人民日报"
    assert second["outcome"] == "allow"
    assert (elsewhere / "cache").is_dir()


@pytest.mark.slow
@pytest.mark.xdist_group("wheel")
def test_the_wheel_prints_a_clause_outside_the_tree(elsewhere: Path) -> None:
    printed = detector(elsewhere, "law", "8(4)")
    assert printed.returncode == 0, printed.stderr
    assert "新闻媒体" in printed.stdout


@pytest.mark.slow
@pytest.mark.xdist_group("wheel")
def test_the_wheel_brings_its_own_code_and_data(elsewhere: Path) -> None:
    python = elsewhere / "venv" / "bin" / "python"
    asked = "from detector.settings import Settings as S; s = S(); print(s.registries, s.tables)"
    found = call(python, "-I", "-c", asked, cwd=elsewhere)
    assert found.returncode == 0, found.stderr
    folders = [Path(name) for name in found.stdout.split()]
    assert all(folder.is_relative_to(elsewhere / "venv") for folder in folders)
    shipped = {p.name for p in folders[0].iterdir() if p.is_dir()}
    assert shipped == {p.name for p in (ROOT / "data" / "registries").iterdir() if p.is_dir()}


@cache
def pinned(path: Path) -> dict[str, str]:
    """Package -> version of one requirements file."""
    found = re.findall(r"^([a-z0-9-]+)==([^ ;]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(found)


def test_there_are_three_requirements_files() -> None:
    names = [path.name for path in REQUIREMENTS]
    assert names == ["requirements-build.txt", "requirements-dev.txt", "requirements.txt"]


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda p: p.name)
def test_every_requirement_is_pinned_and_hashed(path: Path) -> None:
    text = re.sub(r"\\\n", " ", path.read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert lines
    assert [
        line for line in lines if not re.match(r"[a-z0-9-]+==[^ ]+ .*--hash=sha256:", line)
    ] == []


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda p: p.name)
def test_no_requirement_says_where_it_is_fetched(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text) is None


def test_one_package_has_one_version_in_all_requirements_files() -> None:
    versions: dict[str, set[str]] = {}
    for path in REQUIREMENTS:
        for package, version in pinned(path).items():
            versions.setdefault(package, set()).add(version)
    assert {p: v for p, v in versions.items() if len(v) > 1} == {}


def declared(group: str) -> set[str]:
    """Packages that pyproject.toml names for running ("") or in a dependency group."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"] | project["project"]["optional-dependencies"]
    lines = groups[group] if group else project["project"]["dependencies"]
    names: set[str] = set()
    for line in lines:
        if isinstance(line, str):
            names.add(re.split(r"[<>=~! \[]", line)[0].lower())
        else:
            names |= declared(line["include-group"])
    return names


@pytest.mark.parametrize(
    ("group", "file"),
    [
        ("", "requirements.txt"),
        ("", "requirements-dev.txt"),
        ("desk", "requirements.txt"),
        ("desk", "requirements-dev.txt"),
        ("dev", "requirements-dev.txt"),
        ("build", "requirements-build.txt"),
    ],
)
def test_what_the_project_declares_is_pinned(group: str, file: str) -> None:
    assert declared(group) <= set(pinned(ROOT / file))


def test_every_dependency_says_its_licence_and_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = re.findall(r'^  "[A-Za-z0-9-]+>=.*$', text, re.MULTILINE)
    assert len(lines) > 15
    assert [line for line in lines if not re.search(r'",\s+# [\w .-]+: \w+', line)] == []
