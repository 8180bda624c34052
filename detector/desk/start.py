"""Starting the desk on one machine: database, first admin, web workers and the courier."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from django.core.management import call_command
from django.utils import timezone

from detector.desk.config import DeskConfig

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Address:
    """Where the desk listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address as a browser takes it."""
        return f"http://{self.host}:{self.port}/"


def set_up(demo: bool = False) -> DeskConfig:
    """Make Django ready, once in a process. A demo has a home of its own, beside the real one."""
    if demo and "DETECTOR_DESK_HOME" not in os.environ:
        home = DeskConfig.from_environment().home
        os.environ["DETECTOR_DESK_HOME"] = str(home.with_name(f"{home.name}-demo"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "detector.desk.settings")
    django.setup()
    from detector.desk import settings

    return settings.CONFIG


def prepare(config: DeskConfig, demo: bool, say: Say) -> None:
    """Migrate the database, and see to it that somebody can log in."""
    from detector.desk.ledger.signing import public_key
    from detector.desk.people.adding import SYSTEM, add_person
    from detector.desk.people.models import User
    from detector.desk.people.roles import Role

    config.home.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    public_key(config)
    if demo:
        _demo(say)
    elif not User.objects.filter(role=Role.ADMIN, is_active=True).exists():
        password = secrets.token_urlsafe(12)
        add_person("admin", password, Role.ADMIN, SYSTEM, timezone.now())
        say(f"first login: admin / {password}  (shown once; change it, then add people)")


def _demo(say: Say) -> None:
    from detector.desk import demo

    password, names = demo.people(timezone.now())
    made = demo.fill(timezone.now())
    if made:
        say(f"{made} cases in the queue")
    say(f"log in as {', '.join(names)}; password of all: {password}")


def serve(config: DeskConfig, address: Address, say: Say) -> None:
    """Serve until stopped."""
    from detector.desk.server import Server

    os.environ["DETECTOR_DESK_HOME"] = str(config.home)
    with courier(config.home):
        say(f"the desk is at {address.url}  (Ctrl-C stops it)")
        Server(f"{address.host}:{address.port}", config.workers).run()


@contextmanager
def courier(home: Path) -> Iterator[None]:
    """The process that sends webhooks and signs checkpoints; started again where it dies."""
    stopping = threading.Event()
    running: list[subprocess.Popen[bytes]] = []
    environment = os.environ | {"DETECTOR_DESK_HOME": str(home)}

    def keep() -> None:
        while not stopping.is_set():
            process = subprocess.Popen(
                [sys.executable, "-m", "detector.desk.courier"], env=environment
            )
            running[:] = [process]
            process.wait()
            stopping.wait(1)

    threading.Thread(target=keep, daemon=True, name="courier").start()
    try:
        yield
    finally:
        stopping.set()
        for process in running:
            process.terminate()
