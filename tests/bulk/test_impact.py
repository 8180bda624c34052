"""What a registry would change is known before it goes live, and a name that floods stays out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from detector.bulk.folder import parts
from detector.bulk.impact import Impact, Move, Name, Question, gathered, impact
from detector.errors import RegistryError
from detector.registry import quarantine
from detector.registry.quarantine import Quarantined
from detector.registry.registry import Registry, listed
from detector.settings import Settings
from tests.bulk.changing import State, shipped
from tests.bulk.platform import bundle_of, write

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 23)


def named(number: int, name: str) -> dict[str, object]:
    return {"account_id": f"{name}{number}", "name": name, "verified_name": ""}


PEOPLE = [
    *(named(n, "云麓乳业") for n in range(30)),
    *(named(n, "蒙牛乳业") for n in range(3)),
    *(named(n, "奶茶不加冰") for n in range(60)),
]


def states() -> tuple[State, State]:
    old, new = shipped(), shipped()
    rows = new.rows["bodies"]
    rows[:] = [row for row in rows if row["id"] != "brand.mengniu"]
    rows.append(
        {"id": "brand.ym", "name": "云麓公司", "short_names": "云麓乳业", "kind": "enterprise"}
    )
    return old, new


@pytest.fixture
def registries(tmp_path: Path) -> tuple[Path, Path]:
    """The old and the new folder of registries."""
    folders = tmp_path / "old", tmp_path / "new"
    for state, folder in zip(states(), folders, strict=True):
        state.write(folder)
    return folders


@pytest.fixture
def found(registries: tuple[Path, Path], accounts: Path, tmp_path: Path) -> Impact:
    """The impact on all of them."""
    write(accounts / "a.parquet", PEOPLE)
    old, new = (bundle_of(folder, tmp_path / f"{folder.name}-bundle") for folder in registries)
    sources = {body.id: body.source for folder in registries for body in listed(folder)}
    (tmp_path / "scratch").mkdir()
    question = Question(old, new, TODAY, 1, tmp_path / "scratch")
    return impact(parts(accounts, tmp_path / "out"), question, sources, lambda rows: None)


COMPANY = Name("bodies", "brand.ym", "云麓乳业")
DAIRY = Name("bodies", "brand.mengniu", "蒙牛乳业")


def test_moves_are_counted_by_source_and_name(found: Impact) -> None:
    assert found.accounts == len(PEOPLE)
    assert {move: moved.count for move, moved in found.total.items()} == {
        Move.REFUSED: 30, Move.RELEASED: 3,
    }  # fmt: skip
    assert found.by_name[COMPANY][Move.REFUSED].count == 30
    assert found.by_name[COMPANY][Move.REFUSED].samples == [f"云麓乳业{n}" for n in range(5)]
    assert found.by_name[DAIRY][Move.RELEASED].count == 3
    assert found.other == 0


SHARES: dict[str, tuple[float, tuple[Name, ...]]] = {
    "more than the share": (0.3, (COMPANY,)),
    "less than the share": (0.4, ()),
    "more than the least": (0.0, (COMPANY,)),
}


@pytest.mark.parametrize(("share", "flooding"), SHARES.values(), ids=SHARES)
def test_a_name_floods_beyond_a_share(
    found: Impact, share: float, flooding: tuple[Name, ...]
) -> None:
    assert found.flooding(share) == flooding


def test_few_accounts_are_no_flood() -> None:
    finding = {"entity": {"id": "x", "name": "甲"}, "candidate": "甲"}
    row = {"account_id": "1", "outcome_was": "allow", "outcome_is": "refuse",
           "findings_was": "[]", "findings_is": json.dumps([finding])}  # fmt: skip
    assert gathered([row] * 20, 20, {}).flooding() == ()
    assert gathered([row] * 21, 21, {}).flooding() == (Name("?", "x", "甲"),)


MOVES: dict[str, tuple[str | None, str | None, Move | None]] = {
    "held": ("allow", "strict", Move.HELD),
    "refused": ("strict", "refuse", Move.REFUSED),
    "released in part": ("refuse", "strict", Move.RELEASED),
    "the same": ("strict", "strict", None),
    "could not be judged before": (None, "refuse", Move.REFUSED),
}


@pytest.mark.parametrize(("was", "is_", "move"), MOVES.values(), ids=MOVES)
def test_an_outcome_moves(was: str | None, is_: str | None, move: Move | None) -> None:
    row = {"account_id": "1", "outcome_was": was, "outcome_is": is_, "findings_was": None,
           "findings_is": "[]"}  # fmt: skip
    found = gathered([row], 1, {})
    assert list(found.total) == ([] if move is None else [move])
    assert found.other == (move is None)


def names(registries: Path, cache: Path) -> Callable[[str], set[str]]:
    registry = Registry.open(Settings(registries=registries, cache=cache))
    return lambda text: {match.entity.id for match in registry.find([text])[0]}


def test_a_quarantined_name_is_not_looked_for_until_its_row_is_taken_out(
    registries: tuple[Path, Path], found: Impact, tmp_path: Path
) -> None:
    _, new = registries
    assert names(new, tmp_path / "cache")("云麓乳业") == {"brand.ym"}
    quarantine.add(new, found.quarantined(found.flooding(), TODAY))
    text = (new / "quarantine.csv").read_text(encoding="utf-8")
    assert text == "id,name,held,of,date\nbrand.ym,云麓乳业,30,93,2026-11-23\n"
    inside = names(new, tmp_path / "cache")
    assert inside("云麓乳业") == set()
    assert inside("云麓公司") == {"brand.ym"}
    (new / "quarantine.csv").unlink()
    assert names(new, tmp_path / "cache")("云麓乳业") == {"brand.ym"}


def test_a_name_measured_again_keeps_the_later_figures(tmp_path: Path) -> None:
    for held in (30, 40):
        row = Quarantined(id="x", name="甲", held=held, of=100, date="2026-11-23")
        quarantine.add(tmp_path, [row])
    assert [one.held for one in quarantine.quarantine_of(tmp_path).names] == [40]


def test_a_broken_quarantine_is_said(registries: tuple[Path, Path], tmp_path: Path) -> None:
    (registries[1] / "quarantine.csv").write_text("id,name\nx,\n", encoding="utf-8")
    with pytest.raises(RegistryError, match=r"quarantine\.csv:2: name"):
        names(registries[1], tmp_path / "cache")


def test_from_the_command_line(registries: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    rows = [*PEOPLE, {"account_id": "bad"}]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    command = [sys.executable, "-m", "detector.cli", "registry", "impact", *map(str, registries)]
    done = subprocess.run(
        [*command, str(path), "--quarantine", "--workers", "1"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "1 rows could not be read" in done.stderr
    for told in ("93 accounts", "newly refused: 30", "released: 3", "source bodies: 33",
                 "would flood the queue: 云麓乳业 (brand.ym): 32.26%", "1 names are in"):  # fmt: skip
        assert told in done.stdout
    assert (registries[1] / "quarantine.csv").exists()
