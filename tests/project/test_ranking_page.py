"""docs/ranking.md leads where it says: from training over a changed feature into service, and back."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.project.readme import Command, same, sections, write
from tests.project.terminal import BIN, Answer, run

PAGE = "docs/ranking.md"
# A tenth of the data: the way is walked, the figures are those of `make bench-ranking`
SMALL = " --size 0.1"


def small(command: Command) -> Command:
    """The command as the test runs it: little data, and no gate, which little data may fail."""
    line = command.line
    if line == "python -m training run":
        line += SMALL
    if line.startswith("python -m training promote"):
        line += " --force"
    if line.startswith("python -m training compare"):
        line += " || true"
    return Command(line, command.printed)


def answer(command: Command, folder: Path) -> Answer:
    """What the command prints; it must succeed and print what the page shows."""
    found = run(small(command), folder)
    shown = "\n".join(found.lines)
    assert found.status == 0, f"{command.line}:\n{shown}\n{found.complaints}"
    if command.printed:
        assert same(command.printed, found.lines), f"{command.line} prints:\n{shown}"
    return found


def runs_shown_by(line: str, folder: Path) -> list[str]:
    """The ranker of every run that the MLflow page shows; `line` starts the page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "MLFLOW_DISABLE_TELEMETRY": "true",
    }  # fmt: skip
    shown = subprocess.Popen(
        ["bash", "-c", f"exec {line} --host 127.0.0.1 --port {port} --workers 1"], cwd=folder,
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        asked = json.dumps({"experiment_ids": ["1"], "max_results": 10}).encode()
        for _ in range(120):
            try:
                request = urllib.request.Request(
                    f"http://127.0.0.1:{port}/api/2.0/mlflow/runs/search", asked,
                    {"Content-Type": "application/json"},
                )  # fmt: skip
                with urllib.request.urlopen(request, timeout=10) as reply:
                    runs = json.load(reply).get("runs", [])
                return [run["info"]["run_name"] for run in runs]
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.5)
        raise AssertionError(f"{line}: nothing answers on port {port}")
    finally:
        os.killpg(shown.pid, 15)
        shown.wait(30)


@pytest.mark.slow
@pytest.mark.xdist_group("readme")
def test_the_page_leads_from_a_clone_into_service_and_back(tree: Path) -> None:
    champion = (tree / "models" / "risk" / "model.json").read_bytes()
    runs: list[str] = []
    for blocks in sections(PAGE).values():
        for block in blocks:
            if block.path:
                write(block, tree)
            for command in block.commands:
                if command.line.startswith("mlflow ui"):
                    runs = runs_shown_by(command.line, tree)
                else:
                    answer(command, tree)
    assert len(runs) == 1
    acts = [
        json.loads(line) for line in (tree / "models" / "approvals.jsonl").read_text().splitlines()
    ]
    assert [one["act"] for one in acts][-2:] == ["promote", "rollback"]
    assert {one["who"] for one in acts[-2:]} == {"Li Ming"}
    assert (tree / "models" / "risk" / "model.json").read_bytes() == champion


def test_the_page_has_every_step() -> None:
    lines = [c.line for blocks in sections(PAGE).values() for b in blocks for c in b.commands]
    for step in ("run", "compare", "promote", "rollback", "drift", "label"):
        assert any(line.startswith(f"python -m training {step}") for line in lines), step
    assert any(line.startswith("mlflow ui") for line in lines)
