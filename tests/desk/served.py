"""The desk as it is deployed: `detector serve` in processes of its own, on any of the databases."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from detector.desk.config import Database
from tests.desk.databases import url

_STARTS_WITHIN = 90.0  # seconds, on a busy machine


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass(frozen=True)
class Served:
    """A running desk. process: leads a group of its own, so that all of it can be killed at once."""

    url: str
    home: Path
    process: subprocess.Popen[str]

    def kill(self) -> None:
        """kill -9, of server, workers and courier alike."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def environment(found: Database, home: Path) -> dict[str, str]:
    """What the processes are told."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DETECTOR_DESK", "DJANGO"))}
    return kept | {
        "DETECTOR_DESK_HOME": str(home),
        "DETECTOR_DESK_DATABASE": url(found),
        "DETECTOR_DESK_WORKERS": "1",
    }


@contextmanager
def serving(found: Database, home: Path, *options: str) -> Iterator[Served]:
    """A desk over the database, until the block ends."""
    port = free_port()
    log = (home / "serve.log").open("a", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "detector.cli", "serve", "--port", str(port), *options],
        env=environment(found, home), stdout=log, stderr=log, text=True, start_new_session=True,
    )  # fmt: skip
    served = Served(f"http://127.0.0.1:{port}", home, process)
    try:
        _wait(served)
        yield served
    finally:
        log.close()
        if process.poll() is None:
            served.kill()


def _wait(served: Served) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until:
        try:
            with urlopen(f"{served.url}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            assert served.process.poll() is None, (served.home / "serve.log").read_text()
            time.sleep(0.2)
    raise AssertionError((served.home / "serve.log").read_text())


def screen(served: Served, key: str, accounts: Sequence[Mapping[str, str]], request: str) -> object:
    """A call of /screen under an idempotency key."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    body = json.dumps({"accounts": accounts}).encode()
    asked = Request(f"{served.url}/api/v1/screen", body, headers | {"Idempotency-Key": request})
    with urlopen(asked, timeout=20) as answer:
        return json.load(answer)
