"""`detector ledger` and the demo, from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from django.db import connections

from detector.desk.config import Database
from tests.desk.people import cases
from tests.desk.served import environment
from training.demo_accounts import DEMO, lines


def call(found: Database, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, on a database."""
    return subprocess.run(
        [sys.executable, "-m", "detector.cli", "ledger", *arguments],
        env=environment(found, home), capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_ledger_is_signed_verified_exported_and_found_broken(
    db: Database, now: datetime, tmp_path: Path
) -> None:
    cases(3, now)
    connections.close_all()
    assert json.loads(call(db, tmp_path, "checkpoint").stdout)["seq"] == 3
    held = call(db, tmp_path, "verify")
    assert held.returncode == 0, held.stderr
    assert held.stdout.startswith("3 events and 1 checkpoints hold")
    out = tmp_path / "ledger.jsonl"
    assert call(db, tmp_path, "export", "-o", str(out)).returncode == 0
    key = (tmp_path / "ledger.pub").read_text().strip()
    signed = ("--checkpoints", str(tmp_path / "checkpoints.jsonl"), "--key", key)
    assert call(db, tmp_path, "verify", str(out), *signed).returncode == 0
    whole = out.read_text(encoding="utf-8").splitlines(keepends=True)
    out.write_text("".join(whole[:2]), encoding="utf-8")
    cut = call(db, tmp_path, "verify", str(out), *signed)
    assert (cut.returncode, cut.stdout.split(":")[0]) == (4, "broken at event 3")
    out.write_text(whole[0] + whole[1].replace("refuse", "allow") + whole[2], encoding="utf-8")
    changed = call(db, tmp_path, "verify", str(out))
    assert (changed.returncode, changed.stdout.split(":")[0]) == (4, "broken at event 2")


def test_a_command_that_cannot_be_followed_says_why(one_db: Database, tmp_path: Path) -> None:
    for arguments, reason in (
        (("verify", "nowhere.jsonl"), "no such file"),
        (("verify", "--key", "x"), "belong together"),
    ):
        told = call(one_db, tmp_path, *arguments)
        assert told.returncode == 2
        assert reason in told.stderr


def test_the_demo_accounts_are_what_their_script_writes() -> None:
    assert DEMO.read_text(encoding="utf-8") == lines()
    assert 300 <= len(lines().splitlines()) <= 900
