"""A folder in, a folder out: resumable after anything, and nothing half-written is read as whole."""

from __future__ import annotations

import fcntl
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from detector.bulk.columns import RESULTS
from detector.bulk.footer import read_footer
from detector.bundle import Bundle
from tests.bulk.platform import DAY, files, fill, made, write

ROOT = Path(__file__).parents[2]
SEED = 20261123


def command(accounts: Path, results: Path, bundle: Bundle, *more: str) -> list[str]:
    return [
        sys.executable, "-m", "detector.cli", "rescreen", str(accounts), str(results),
        "--bundle", str(bundle.folder), "--as-of", DAY, *more,
    ]  # fmt: skip


def rescreen(
    accounts: Path,
    results: Path,
    bundle: Bundle,
    *more: str,
    before: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        command(accounts, results, bundle, *more),
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False, preexec_fn=before,
    )  # fmt: skip


def report(results: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((results / "_rescreen.json").read_text(encoding="utf-8"))
    return found


def test_one_part_of_results_for_each_of_accounts(
    accounts: Path, tmp_path: Path, bundle: Bundle
) -> None:
    write(accounts / "a.parquet", made(50, 1))
    write(accounts / "day=1" / "b.parquet", [*made(20, 2), {"account_id": "x", "name": None}])
    write(accounts / "_ignored" / "c.parquet", made(5))
    done = rescreen(accounts, tmp_path / "out", bundle, "--workers", "2")
    assert done.returncode == 3, done.stderr  # one bad row
    assert "71 rows = 70 assessed + 1 bad" in done.stdout
    assert "8(4)" in done.stdout
    assert list(files(tmp_path / "out")) == ["a.parquet", "day=1/b.parquet"]
    table = pq.read_table(tmp_path / "out" / "day=1" / "b.parquet")
    assert table.schema.names == RESULTS.names
    assert table["account_id"].to_pylist() == [f"u2-{n}" for n in range(20)] + ["x"]
    told = report(tmp_path / "out")
    assert (told["complete"], told["parts"], told["bundle"]) == (True, {"judged": 2}, bundle.hash)


def test_a_second_run_keeps_what_is_done_and_judges_what_has_changed(
    accounts: Path, tmp_path: Path, bundle: Bundle
) -> None:
    fill(accounts, 3, 20)
    out = tmp_path / "out"
    assert rescreen(accounts, out, bundle).returncode == 0
    first = files(out)
    write(accounts / "part-0001.parquet", made(21, 9))
    write(accounts / "part-0003.parquet", made(22, 10))
    done = rescreen(accounts, out, bundle)
    assert "parts 2 kept, 2 judged; 43 rows judged" in done.stdout
    now = files(out)
    same = [name for name in first if first[name] == now[name]]
    assert same == [f"part-000{n}.parquet" for n in (0, 2)]
    other_day = [*command(accounts, out, bundle)[:-1], "2026-11-22"]
    done = subprocess.run(other_day, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "parts 4 judged" in done.stdout


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scramble(path: Path) -> None:
    """Damage the pages and leave the footer whole."""
    data = bytearray(path.read_bytes())
    data[8:200] = bytes(b ^ 0x5A for b in data[8:200])
    path.write_bytes(data)


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "ends early": (truncate, "damaged or no Parquet file"),
    "is damaged inside": (scramble, "damaged"),
    "lacks a column": (lambda p: write(p, [{"account_id": "1"}]), "no column name"),
    "is empty": (lambda p: p.write_bytes(b""), "damaged or no Parquet file"),
}


@pytest.mark.parametrize(("harm", "told"), FAULTS.values(), ids=FAULTS)
def test_a_part_that_cannot_be_read_is_named_and_costs_no_other(
    accounts: Path, tmp_path: Path, bundle: Bundle, harm: Callable[[Path], object], told: str
) -> None:
    fill(accounts, 3, 10)
    path, out = accounts / "part-0001.parquet", tmp_path / "out"
    good = path.read_bytes()
    harm(path)
    done = rescreen(accounts, out, bundle)
    assert done.returncode == 3
    assert "part-0001.parquet" in done.stderr and told in done.stderr
    assert "Traceback" not in done.stderr
    assert "1 parts have no results" in done.stderr
    assert list(files(out)) == ["part-0000.parquet", "part-0002.parquet"]
    assert report(out)["complete"] is False
    path.write_bytes(good)
    done = rescreen(accounts, out, bundle)
    assert (done.returncode, report(out)["parts"]) == (0, {"kept": 2, "judged": 1})


def test_results_that_are_cut_short_are_judged_again(
    accounts: Path, tmp_path: Path, bundle: Bundle
) -> None:
    fill(accounts, 2, 10)
    out = tmp_path / "out"
    rescreen(accounts, out, bundle)
    whole = files(out)
    truncate(out / "part-0000.parquet")
    assert rescreen(accounts, out, bundle).returncode == 0
    assert files(out) == whole


def test_a_full_disk_is_said_and_a_further_run_completes(
    accounts: Path, tmp_path: Path, bundle: Bundle
) -> None:
    fill(accounts, 2, 400)
    out = tmp_path / "out"

    def full() -> None:  # no file may grow beyond so many bytes: writing fails as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))

    done = rescreen(accounts, out, bundle, before=full)
    assert done.returncode == 2
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert all(read_footer(out / name) is None for name in files(out))
    assert not [p for p in out.rglob("*.part")]
    assert rescreen(accounts, out, bundle).returncode == 0


def test_two_runs_do_not_write_to_one_folder(
    accounts: Path, tmp_path: Path, bundle: Bundle
) -> None:
    fill(accounts, 1, 5)
    out = tmp_path / "out"
    out.mkdir()
    with (out / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = rescreen(accounts, out, bundle)
    assert done.returncode == 4
    assert "another run is writing there" in done.stderr


@pytest.mark.parametrize(
    ("results", "told"), [("", "lies among the accounts"), ("in/out", "lies among the accounts")]
)
def test_results_do_not_go_among_the_accounts(
    accounts: Path, bundle: Bundle, results: str, told: str
) -> None:
    fill(accounts, 1, 5)
    done = rescreen(accounts, accounts / results, bundle)
    assert (done.returncode, told in done.stderr) == (2, True)


def test_a_folder_without_parts_is_said(accounts: Path, tmp_path: Path, bundle: Bundle) -> None:
    done = rescreen(accounts, tmp_path / "out", bundle)
    assert (done.returncode, "holds no Parquet file" in done.stderr) == (2, True)


def test_a_broken_bundle_is_said(accounts: Path, tmp_path: Path, bundle: Bundle) -> None:
    fill(accounts, 1, 5)
    broken = Bundle(tmp_path, bundle.manifest)
    done = rescreen(accounts, tmp_path / "out", broken)
    assert (done.returncode, "no bundle" in done.stderr) == (4, True)


@pytest.mark.slow
def test_killed_at_random_moments_it_completes_with_the_same_bytes(
    accounts: Path, tmp_path: Path, bundle: Bundle
) -> None:
    fill(accounts, 16, 600)
    assert rescreen(accounts, tmp_path / "whole", bundle, "--workers", "2").returncode == 0
    whole = files(tmp_path / "whole")
    out = tmp_path / "out"
    rng = random.Random(SEED)
    killed = 0
    for _ in range(6):
        process = subprocess.Popen(
            command(accounts, out, bundle, "--workers", "2"), cwd=ROOT, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wanted = len(files(out)) + rng.randrange(1, 8) if out.exists() else rng.randrange(4)
        while process.poll() is None and len(files(out)) < wanted:
            time.sleep(0.01)
        time.sleep(rng.random() / 5)
        everyone = rng.random() < 0.5  # the main process alone, or its workers with it
        if process.poll() is None:
            killed += 1
            (os.killpg if everyone else os.kill)(process.pid, signal.SIGKILL)
        process.wait()
        for name, data in files(out).items():  # what has a name is whole
            assert data == whole[name]
    assert killed >= 3
    done = rescreen(accounts, out, bundle, "--workers", "2")
    assert done.returncode == 0
    assert "kept" in done.stdout
    assert files(out) == whole
    assert not [p for p in out.rglob("*.part")]
