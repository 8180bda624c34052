"""Judged by difference, accounts come out as judged anew, whatever changed in the registry."""

from __future__ import annotations

import random
import tempfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.bulk.columns import RESULTS
from detector.bulk.difference import Plan, Reached, difference
from detector.bulk.renewal import FLAGS
from detector.bulk.screening import Judge, screen_batches
from detector.bundle import Bundle
from tests.bulk.changing import State, accounts, changed, shipped
from tests.bulk.platform import bundle_of

TODAY = date(2026, 11, 23)
ROWS = 120


def bundled(state: State, folder: Path) -> Bundle:
    state.write(folder / "registries")
    return bundle_of(folder / "registries", folder / "bundle")


def screened(rows: list[dict[str, object]], bundle: Bundle, day: date = TODAY) -> pa.Table:
    batch = pa.RecordBatch.from_pylist(rows)
    return pa.Table.from_batches(screen_batches([batch], Judge.of(bundle, day)), RESULTS)


def outcomes(table: pa.Table) -> list[dict[str, object]]:
    """Every cell but who judged and when."""
    return list(table.select(RESULTS.names).drop_columns(["bundle", "as_of"]).to_pylist())


def compared(
    old: State, new: State, rows: list[dict[str, object]], folder: Path
) -> tuple[Plan, list[bool], list[bool]]:
    """The plan; per row whether it is reached, and whether its outcome really differs."""
    before, after = bundled(old, folder / "old"), bundled(new, folder / "new")
    was, is_ = screened(rows, before), screened(rows, after)
    plan = difference(before, after, folder)
    reached = Reached(folder).rows(was.select(FLAGS.names), pa.RecordBatch.from_pylist(rows))
    differs = [a != b for a, b in zip(outcomes(was), outcomes(is_), strict=True)]
    return plan, list(reached), differs


def check(seed: int) -> tuple[int, int]:
    """No row that is not reached may differ; how many are reached, and how many differ."""
    rng = random.Random(seed)
    old = changed(shipped(), rng)
    new = changed(old, rng)
    rows = accounts(old, new, rng, ROWS)
    with tempfile.TemporaryDirectory() as folder:
        _, reached, differs = compared(old, new, rows, Path(folder))
    missed = [row for row, a, b in zip(rows, reached, differs, strict=True) if b and not a]
    assert not missed, (seed, missed)
    return sum(reached), sum(differs)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_whose_outcome_differs_is_reached(seed: int) -> None:
    check(seed)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_whose_outcome_differs_is_reached_in_many_changes(seed: int) -> None:
    check(seed)


@pytest.mark.parametrize("column", ["avatar", "cover"])
def test_who_shows_a_picture_is_reached(column: str, tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"account_id": str(n), "name": "奶茶不加冰", column: shown}
        for n, shown in enumerate((None, "", "a.png"))
    ]
    new = shipped()
    new.rows["bodies"].append({"id": "brand.ym", "name": "云麓乳业", "kind": "enterprise"})
    _, reached, _ = compared(shipped(), new, rows, tmp_path)
    assert reached == [False, False, True]


def test_the_changes_are_real_and_most_accounts_are_spared() -> None:
    found = [check(seed) for seed in range(12)]
    assert sum(differs for _, differs in found) > 40
    assert sum(reached for reached, _ in found) < 0.7 * 12 * ROWS


def test_a_body_above_the_sponsor_reaches_who_names_neither(tmp_path: Path) -> None:
    """The owner comes to stand two levels above the body; no text names what lies between."""

    def under(sponsor: str) -> State:
        state = shipped()
        rows = state.rows["bodies"]
        rows.append({"id": "media.up", "name": "云麓传媒", "kind": "media", "sponsor": sponsor})
        rows.append({"id": "media.jh", "name": "江海出版社", "kind": "media"})
        next(row for row in rows if row["id"] == "media.rmrb")["sponsor"] = "media.up"
        return state

    row: dict[str, object] = {
        "account_id": "1", "name": "人民日报", "verified_name": "江海出版社", "verified_kind": "media",
    }  # fmt: skip
    _, reached, differs = compared(under(""), under("media.jh"), [row], tmp_path)
    assert (reached, differs) == ([True], [True])
