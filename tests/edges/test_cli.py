"""The command line as people and scripts meet it: exit codes, streams, files written whole."""

from __future__ import annotations

import gzip
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "data" / "accounts" / "example.jsonl"
ROWS: list[dict[str, object]] = [
    {"account_id": "1", "name": "人民曰报", "verified_name": "", "x": 1},
    {"account_id": "2", "name": "阳光灿烂", "verified_name": ""},
]
Write = Callable[[Sequence[Mapping[str, object]]], Path]


def detector(
    *arguments: object, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command."""
    return subprocess.run(
        [sys.executable, "-m", "detector.cli", *map(str, arguments)],
        input=stdin, capture_output=True, cwd=ROOT, env={**os.environ, **(env or {})}, check=False,
        timeout=300,
    )  # fmt: skip


def records(data: bytes) -> list[dict[str, object]]:
    """The lines of an output."""
    return [json.loads(line) for line in data.splitlines()]


def test_in_a_pipe_it_writes_json_lines_and_the_summary_beside(jsonl: Write) -> None:
    done = detector("screen", jsonl(ROWS))
    assert done.returncode == 0
    first, second = records(done.stdout)
    assert list(first)[:7] == [
        "account_id", "outcome", "needs_person", "risk", "findings", "gaps", "provenance",
    ]  # fmt: skip
    assert (first["outcome"], second["outcome"]) == ("refuse", "allow")
    assert isinstance(first["risk"], float) and isinstance(second["risk"], float)
    assert 0 <= second["risk"] < first["risk"] <= 1
    assert first["carried"] == {"x": 1}
    assert "2 rows = 2 assessed + 0 bad" in done.stderr.decode()
    assert b"\x1b" not in done.stdout + done.stderr


def test_standard_input_is_read_in_any_format() -> None:
    data = "account_id,name,verified_name\n1,人民曰报,\n".encode()
    for sent in (data, gzip.compress(data)):
        (record,) = records(detector("screen", "-", stdin=sent).stdout)
        assert record["outcome"] == "refuse"


def test_bad_rows_are_told_written_and_give_exit_code_3(jsonl: Write, tmp_path: Path) -> None:
    path, out = jsonl([*ROWS, {"account_id": "3"}]), tmp_path / "out.jsonl"
    with path.open("a", encoding="utf-8") as file:
        file.write("nope\n")
    done = detector("screen", path, "-o", out)
    assert done.returncode == 3
    assert len(records(out.read_bytes())) == 2
    bad = records((tmp_path / "out.jsonl.bad.jsonl").read_bytes())
    assert [(b["row"], b["account_id"]) for b in bad] == [(3, "3"), (4, "")]
    told = done.stderr.decode()
    assert "in.jsonl: row 3 (line 3): account '3': name: not reported" in told
    assert "4 rows = 2 assessed + 2 bad" in told
    path.write_text(json.dumps(ROWS[0]), encoding="utf-8")
    assert detector("screen", path, "-o", out).returncode == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_repeated_id_is_judged_and_reported(jsonl: Write) -> None:
    done = detector("screen", jsonl([*ROWS, {**ROWS[1], "name": "清华大学"}]))
    assert done.returncode == 3
    assert len(records(done.stdout)) == 3
    assert "row 3 as row 2" in done.stderr.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["screen", "none.jsonl"], id="no such file"),
        pytest.param(["screen", "README.md"], id="no account file"),
        pytest.param(["screen", EXAMPLE, "-o", "no/such/folder/out.jsonl"], id="no such folder"),
        pytest.param(["screen", EXAMPLE, "-o", EXAMPLE], id="over the input"),
        pytest.param(["screen", EXAMPLE, "--as-of", "yesterday"], id="no day"),
        pytest.param(["screen", EXAMPLE, "--workers", "0"], id="no workers"),
        pytest.param(["screen", EXAMPLE, "--registries", "nowhere"], id="no registries"),
        pytest.param(["screen"], id="no input"),
        pytest.param([], id="no command"),
        pytest.param(["law", "99(9)"], id="no such clause"),
        pytest.param(["registry", "diff", "a", "b"], id="no such folders"),
        pytest.param(["replay", "none.jsonl"], id="nothing to replay"),
    ],
)
def test_a_wrong_call_is_exit_code_2_and_one_clear_line(arguments: list[object]) -> None:
    done = detector(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert b"Traceback" not in done.stderr


def test_a_broken_registry_is_exit_code_4(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "source.yaml").write_text("source: other", encoding="utf-8")
    done = detector("screen", EXAMPLE, "--registries", tmp_path)
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) <= 3
    assert b"Traceback" not in done.stderr
    assert detector("registry", "check", "--registries", tmp_path).returncode == 4


def test_an_output_replays_and_a_changed_one_does_not(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert detector("screen", EXAMPLE, "-o", out, "--full", "--assume-unverified").returncode == 0
    beside = ("--pictures", Path(EXAMPLE).parent)
    done = detector("replay", out, *beside)
    assert done.returncode == 0, done.stdout
    out.write_bytes(out.read_bytes().replace(b'"outcome":"allow"', b'"outcome":"refuse"', 1))
    done = detector("replay", out, *beside)
    assert done.returncode == 3
    assert b"was refuse, is now allow" in done.stderr


def test_order_is_kept_by_many_workers(jsonl: Write, tmp_path: Path) -> None:
    rows = [{"account_id": str(n), "name": f"名字{n}", "verified_name": ""} for n in range(4000)]
    done = detector("screen", jsonl(rows), "--workers", 2)
    assert done.returncode == 0
    assert [r["account_id"] for r in records(done.stdout)] == [r["account_id"] for r in rows]


def test_a_reader_that_has_seen_enough_is_no_error(jsonl: Write) -> None:
    rows = [{"account_id": str(n), "name": f"名字{n}"} for n in range(3000)]
    command = f"{sys.executable} -m detector.cli screen {jsonl(rows)} --workers 1 | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, check=False)
    assert len(done.stdout.splitlines()) == 1
    assert b"Traceback" not in done.stderr and b"BrokenPipe" not in done.stderr


def test_ctrl_c_leaves_no_half_written_file(jsonl: Write, tmp_path: Path) -> None:
    rows = [{"account_id": str(n), "name": f"名字{n}", "bio": "甲乙。" * 40} for n in range(60_000)]
    command = [sys.executable, "-m", "detector.cli", "screen", str(jsonl(rows))]
    command += ["-o", str(tmp_path / "out.jsonl"), "--workers", "2"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True) as run:
        while not list(tmp_path.glob(".out.jsonl.*")) and run.poll() is None:
            time.sleep(0.05)
        time.sleep(3)
        os.killpg(run.pid, signal.SIGINT)
        _, told = run.communicate(timeout=120)
    assert run.returncode == 130, told
    assert b"Traceback" not in told, told
    assert [p.name for p in tmp_path.iterdir()] == ["in.jsonl"]


def on_a_terminal(*arguments: object) -> str:
    """What the command shows on a terminal of 110 columns without colours."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "110", "NO_COLOR": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "detector.cli", *map(str, arguments)],
        stdout=theirs, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment,
    ):  # fmt: skip
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:  # Linux's way to say that the other side is closed
            pass
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())


def test_a_terminal_shows_a_table_with_the_disguise_marked() -> None:
    shown = on_a_terminal("screen", EXAMPLE)
    assert "人民[曰]报" in shown
    assert "曰→日 形近" in shown
    assert "央视[⟨U+200B⟩]新闻" in shown
    assert "拒绝 refuse" in shown and "通过 allow" in shown
    assert "0 bad" in shown


def test_a_long_table_is_cut_and_says_so() -> None:
    shown = on_a_terminal("screen", EXAMPLE, "--limit-table", 3)
    assert "3 of 48 accounts are shown" in shown


def test_explain_aligns_quotes_and_says_what_is_done() -> None:
    done = detector("explain", "renmin日報", "--type", "personal", env={"COLUMNS": "100"})
    assert done.returncode == 0
    told = "".join(done.stdout.decode().split())  # however the lines are broken
    for part in ("8(4)仿冒", "人民日报社", "spelled", "traditional", "新闻媒体的名称", "不予注册"):
        assert part in told
    assert "theverybodywhosenameituses" in told


def test_explain_says_what_excused_the_owner() -> None:
    done = detector("explain", "央视新闻", "--owner", "中央电视台", env={"COLUMNS": "100"})
    assert "已排除 excused" in done.stdout.decode()


def test_explain_json_is_the_full_record() -> None:
    (record,) = records(detector("explain", "人民曰报", "--json").stdout)
    assert record["outcome"] == "refuse"
    assert record["cases"]


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        pytest.param(["--version"], "detector ", id="version"),
        pytest.param(["law"], "8(4)", id="law"),
        pytest.param(["law", "8(4)"], "新闻媒体的名称", id="a clause"),
        pytest.param(["law", "10"], "从严核验", id="an article"),
        pytest.param(["registry", "stats"], "总计 total", id="stats"),
        pytest.param(
            ["registry", "diff", "data/registries", "data/registries"], "没有变化", id="diff"
        ),
    ],
)
def test_the_other_commands_show(arguments: list[object], shown: str) -> None:
    done = detector(*arguments)
    assert done.returncode == 0, done.stderr
    assert shown in done.stdout.decode()


def test_closed_accounts_are_imported_and_then_held(tmp_path: Path) -> None:
    closed, registries = tmp_path / "closed.csv", tmp_path / "registries"
    registries.mkdir()
    closed.write_text("name,closed,reason\n邮政精选铺,2026-01-01,仿冒\n甲,x,y\n", encoding="utf-8")
    done = detector("registry", "import-closed", closed, "--registries", registries)
    assert done.returncode == 3
    assert "1 names added" in done.stdout.decode()


@pytest.mark.parametrize("columns", ["80", "200"])
def test_a_table_in_a_pipe_loses_no_word_at_any_width(columns: str) -> None:
    done = detector("screen", "--table", EXAMPLE, env={"COLUMNS": columns})
    told = "".join(done.stdout.decode().split())
    assert "读作readas人民日报:曰→日形近look-alike" in told
    assert max(map(cell_len, done.stdout.decode().splitlines())) <= int(columns)


def test_a_table_and_a_file_exclude_each_other(tmp_path: Path) -> None:
    done = detector("screen", "--table", EXAMPLE, "-o", tmp_path / "out.jsonl")
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []
