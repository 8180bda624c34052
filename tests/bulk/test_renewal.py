"""Stored results brought up to a changed bundle: as if all had been judged anew, at less cost."""

from __future__ import annotations

import copy
import random
import subprocess
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from detector.bulk.difference import Reached, difference
from detector.bulk.folder import parts
from detector.bulk.screening import Judge
from detector.bulk.work import Done, Way, Worker
from detector.bundle import Bundle
from tests.bulk.changing import State, shipped
from tests.bulk.platform import bundle_of, files, made, write
from tests.bulk.test_rescreen import command, rescreen

TODAY = date(2026, 11, 23)
PEOPLE: list[dict[str, object]] = [
    {"account_id": "lake", "name": "云麓乳业", "verified_name": ""},
    {"account_id": "cow", "name": "蒙牛乳业", "verified_name": ""},
    {"account_id": "owner", "name": "人民日报", "verified_name": "江海出版社", "verified_kind": "media"},
    {"account_id": "tea", "name": "奶茶不加冰", "verified_name": ""},
    {"account_id": "agency", "name": "国家反诈调查总局", "verified_name": ""},
]  # fmt: skip


def body(state: State, id_: str) -> dict[str, str]:
    return next(row for row in state.rows["bodies"] if row["id"] == id_)


def added(state: State) -> None:
    state.rows["bodies"].append({"id": "brand.ym", "name": "云麓乳业", "kind": "enterprise"})


def removed(state: State) -> None:
    state.rows["bodies"].remove(body(state, "brand.mengniu"))


def renamed(state: State) -> None:
    body(state, "brand.mengniu").update(name="青禾乳品有限公司", short_names="青禾")


def owner_known(state: State) -> None:
    state.rows["bodies"].append({"id": "media.jh", "name": "江海出版社", "kind": "media"})


def owner_above(state: State) -> None:
    owner_known(state)
    body(state, "media.rmrb").update(sponsor="media.jh")


def complete(state: State) -> None:
    state.complete = [{"kind": "state_organ", "level": "central"}]


# What changes in the registry -> whose outcome changes: account, outcome before and after
CHANGES = {
    "a body is added": (added, [("lake", "allow", "refuse")]),
    "a body is deleted": (removed, [("cow", "refuse", "allow")]),
    "a body is renamed": (renamed, [("cow", "refuse", "allow")]),
    "an owner becomes known": (owner_known, []),
    "a body comes under its owner": (owner_above, [("owner", "refuse", "allow")]),
    "a source becomes complete": (complete, []),
}


@pytest.fixture
def old(tmp_path: Path) -> Bundle:
    """The bundle of the registry before the change."""
    return bundled(shipped(), tmp_path / "old")


def bundled(state: State, folder: Path) -> Bundle:
    state.write(folder / "registries")
    return bundle_of(folder / "registries", folder / "bundle")


def do_all(worker: Worker, accounts: Path, results: Path) -> list[Done]:
    return [worker.do(part, lambda rows: None) for part in parts(accounts, results)]


def worker(bundle: Bundle, old: Bundle | None = None, folder: Path | None = None) -> Worker:
    judge = Judge.of(bundle, TODAY)
    if old is None or folder is None:
        return Worker(judge)
    folder.mkdir(exist_ok=True)
    difference(old, bundle, folder)
    return Worker(judge, Reached(folder))


def rows(path: Path) -> list[dict[str, object]]:
    """The rows of a part, but for who judged."""
    return list(pq.read_table(path).drop_columns(["bundle", "as_of"]).to_pylist())


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_reaches_whom_it_concerns(
    change: str, old: Bundle, accounts: Path, tmp_path: Path
) -> None:
    apply, expected = CHANGES[change]
    state = shipped()
    apply(state)
    new = bundled(state, tmp_path / "new")
    write(accounts / "a.parquet", [{**dict.fromkeys(PEOPLE[2]), **row} for row in PEOPLE])
    do_all(worker(old), accounts, tmp_path / "out")
    renewing = worker(new, old, tmp_path / "difference")
    (done,) = do_all(renewing, accounts, tmp_path / "out")
    assert done.way is Way.RENEWED
    assert done.again < len(PEOPLE)
    assert done.changed == len(expected)
    told = tmp_path / "out" / "_changes" / new.hash[:16] / "a.parquet"
    listed = pq.read_table(told).to_pylist() if told.exists() else []
    found = [(row["account_id"], row["outcome_was"], row["outcome_is"]) for row in listed]
    assert found == expected
    do_all(worker(new), accounts, tmp_path / "whole")
    assert rows(tmp_path / "out" / "a.parquet") == rows(tmp_path / "whole" / "a.parquet")
    (kept,) = do_all(renewing, accounts, tmp_path / "out")
    assert kept.way is Way.KEPT


def test_rows_that_are_spared_still_name_who_judged_them(
    old: Bundle, accounts: Path, tmp_path: Path
) -> None:
    state = shipped()
    added(state)
    new = bundled(state, tmp_path / "new")
    write(accounts / "a.parquet", PEOPLE[:2])
    do_all(worker(old), accounts, tmp_path / "out")
    do_all(worker(new, old, tmp_path / "difference"), accounts, tmp_path / "out")
    made_by = pq.read_table(tmp_path / "out" / "a.parquet")["bundle"].to_pylist()
    assert made_by == [new.hash, old.hash]


def other_rules(bundle: Bundle) -> Bundle:
    """The same bundle as another version of the rules would have made it."""
    maker = bundle.manifest.maker.model_copy(update={"rules": "other"})
    return Bundle(bundle.folder, bundle.manifest.model_copy(update={"maker": maker}))


def other_code(bundle: Bundle) -> Bundle:
    """The same bundle as another version of the program would have made it."""
    code = {**bundle.manifest.maker.code, "text": "other"}
    maker = bundle.manifest.maker.model_copy(update={"code": code})
    return Bundle(bundle.folder, bundle.manifest.model_copy(update={"maker": maker}))


def test_other_rules_reach_everyone(old: Bundle, accounts: Path, tmp_path: Path) -> None:
    write(accounts / "a.parquet", PEOPLE[:2] + PEOPLE[3:])
    before = other_rules(old)
    judge = Judge.of(old, TODAY)
    do_all(Worker(Judge(judge.screener, before.hash, TODAY)), accounts, tmp_path / "o")
    (done,) = do_all(worker(old, before, tmp_path / "difference"), accounts, tmp_path / "o")
    assert (done.way, done.again, done.changed) == (Way.RENEWED, 4, 0)


def test_another_day_reaches_everyone(old: Bundle, accounts: Path, tmp_path: Path) -> None:
    write(accounts / "a.parquet", PEOPLE[:2] + PEOPLE[3:])
    judge = Judge.of(old, date(2026, 11, 1))
    do_all(Worker(judge), accounts, tmp_path / "out")
    (done,) = do_all(worker(old, old, tmp_path / "difference"), accounts, tmp_path / "out")
    assert (done.way, done.again) == (Way.RENEWED, 4)


def test_other_code_reaches_everyone(old: Bundle, accounts: Path, tmp_path: Path) -> None:
    write(accounts / "a.parquet", PEOPLE[:2])
    plan = difference(other_code(old), old, tmp_path)
    assert plan.everyone == ("code of text",)


def test_results_of_other_accounts_or_bundles_are_judged_in_full(
    old: Bundle, accounts: Path, tmp_path: Path
) -> None:
    state = shipped()
    added(state)
    new = bundled(state, tmp_path / "new")
    out = tmp_path / "out"
    for name in ("a", "b", "c", "d"):
        write(accounts / f"{name}.parquet", PEOPLE[:2])
    do_all(worker(old), accounts, out)
    write(accounts / "a.parquet", PEOPLE[1:2])
    (out / "b.parquet").unlink()
    (out / "c.parquet").write_bytes(b"cut")
    done = do_all(worker(new, old, tmp_path / "difference"), accounts, out)
    assert [one.way for one in done] == [Way.JUDGED, Way.JUDGED, Way.JUDGED, Way.RENEWED]


@pytest.mark.slow
def test_from_the_command_line_and_through_kills(
    old: Bundle, accounts: Path, tmp_path: Path
) -> None:
    state = copy.deepcopy(shipped())
    for change in (added, removed):
        change(state)
    new = bundled(state, tmp_path / "new")
    for number in range(6):
        write(accounts / f"{number}.parquet", [*made(300, number)])
    out, whole = tmp_path / "out", tmp_path / "whole"
    assert rescreen(accounts, out, old, "--workers", "2").returncode == 0
    assert rescreen(accounts, whole, new, "--workers", "2").returncode == 0
    since = ("--since", str(old.folder), "--workers", "2")
    rng = random.Random(1)
    for _ in range(3):
        process = subprocess.Popen(
            command(accounts, out, new, *since), start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            process.wait(2 + 2 * rng.random())
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait()
    done = rescreen(accounts, out, new, *since)
    assert done.returncode == 0, done.stderr
    assert "changed names" in done.stderr
    assert "judged" not in done.stdout.split(";")[0].split("parts")[1]
    results = files(whole)
    assert [rows(out / name) for name in results] == [rows(whole / name) for name in results]
