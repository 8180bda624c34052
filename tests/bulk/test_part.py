"""A part of any size: groups of rows stay aligned, and renewing puts every row in its own place."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detector.bulk.columns import RESULTS
from detector.bulk.difference import Reached, difference
from detector.bulk.folder import parts
from detector.bulk.footer import Footer, read_footer
from detector.bulk.part import GROUP, Part, judge_part
from detector.bulk.renewal import renew_part
from detector.bulk.screening import Judge
from detector.errors import ResultsError
from detector.types import Account, Assessment, Decision, Outcome, Provenance
from tests.bulk.changing import shipped
from tests.bulk.platform import bundle_of, write

TODAY = date(2026, 11, 23)
ROWS = 2 * GROUP + 1234
NEW_NAME = "云麓乳业"


class Allows:
    """Allows everybody but those of one name: quick, where a test is about rows and not names."""

    gate = None

    def __init__(self, refused: str = "") -> None:
        self.refused = refused

    def screen(self, accounts: Sequence[Account], as_of: date) -> list[Assessment]:
        found = []
        for account in accounts:
            outcome = Outcome.REFUSE if account.name == self.refused else Outcome.ALLOW
            decision = Decision(outcome, (), False, as_of.isoformat())
            found.append(Assessment(account, (), decision, (), Provenance("", "", "", "")))
        return found


def judge(screener: Allows, bundle: str) -> Judge:
    return Judge(screener, bundle, TODAY)


def silent(rows: int) -> None:
    """Nobody looks at the progress."""


@pytest.fixture
def reached(tmp_path: Path) -> Reached:
    """The difference that one new name makes."""
    old, new = shipped(), shipped()
    new.rows["bodies"].append({"id": "brand.ym", "name": NEW_NAME, "kind": "enterprise"})
    bundles = []
    for name, state in (("old", old), ("new", new)):
        state.write(tmp_path / name)
        bundles.append(bundle_of(tmp_path / name, tmp_path / f"{name}-bundle"))
    (tmp_path / "difference").mkdir()
    difference(bundles[0], bundles[1], tmp_path / "difference")
    return Reached(tmp_path / "difference")


def only(accounts: Path, results: Path) -> Part:
    (part,) = parts(accounts, results)
    return part


def stored(part: Part) -> Footer:
    footer = read_footer(part.target)
    assert footer is not None
    return footer


def test_rows_of_many_groups_keep_their_places(
    accounts: Path, tmp_path: Path, reached: Reached
) -> None:
    rng = random.Random(7)
    chosen = sorted({0, GROUP - 1, GROUP, ROWS - 1, *rng.sample(range(ROWS), 50)})
    names = [f"小{n}" for n in range(ROWS)]
    for at in chosen:
        names[at] = NEW_NAME
    table = pa.table({"account_id": [f"u{n}" for n in range(ROWS)], "name": names})
    pq.write_table(table, accounts / "a.parquet", row_group_size=10_000)
    part = only(accounts, tmp_path / "out")
    counts = judge_part(part, judge(Allows(), "old"), silent).counts
    assert (counts.rows, counts.outcomes) == (ROWS, {"allow": ROWS})
    assert pq.read_metadata(part.target).num_row_groups == 3
    renewed = renew_part(part, stored(part), reached, judge(Allows(NEW_NAME), "new"), silent)
    assert renewed.again == renewed.changed == len(chosen)
    found = pq.read_table(part.target)
    assert found.schema.equals(RESULTS)
    assert found["account_id"].to_pylist() == table["account_id"].to_pylist()
    refused = [at for at, one in enumerate(found["outcome"].to_pylist()) if one == "refuse"]
    assert refused == chosen
    assert [at for at, one in enumerate(found["bundle"].to_pylist()) if one == "new"] == chosen
    assert stored(part).counts.outcomes == {"allow": ROWS - len(chosen), "refuse": len(chosen)}


def test_a_part_without_rows_has_results_without_rows(
    accounts: Path, tmp_path: Path, reached: Reached
) -> None:
    write(accounts / "a.parquet", [])
    part = only(accounts, tmp_path / "out")
    assert judge_part(part, judge(Allows(), "old"), silent).counts.rows == 0
    assert renew_part(part, stored(part), reached, judge(Allows(), "new"), silent).again == 0
    assert pq.read_table(part.target).schema.equals(RESULTS)


def test_results_of_other_rows_are_not_renewed(
    accounts: Path, tmp_path: Path, reached: Reached
) -> None:
    write(accounts / "a.parquet", [{"account_id": "1", "name": "x"}] * 3)
    part = only(accounts, tmp_path / "out")
    judge_part(part, judge(Allows(), "old"), silent)
    write(accounts / "a.parquet", [{"account_id": "1", "name": "x"}] * 2)
    with pytest.raises(ResultsError, match="has not the rows of"):
        renew_part(part, stored(part), reached, judge(Allows(), "new"), silent)
