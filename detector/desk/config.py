"""Where the desk keeps its things and how it is reached: one frozen object, read once."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from detector.desk.errors import DeskConfigError

_PREFIX = "DETECTOR_DESK_"
ALGORITHMS = ("sha256", "sm3")


@dataclass(frozen=True, slots=True)
class Database:
    """A database: SQLite (name = path of the file) or PostgreSQL."""

    engine: str
    name: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""

    @property
    def is_sqlite(self) -> bool:
        """The embedded default."""
        return self.engine == "sqlite3"


@dataclass(frozen=True, slots=True)
class DeskConfig:
    """Everything that a deployment sets.

    home: folder of database, keys and checkpoints. hosts: names under which the desk is reached.
    https: cookies only over TLS. lease_minutes: how long a claim lasts. digest: algorithm of the
    ledger's chain. private_targets: webhooks may go to private addresses (one machine, tests).
    workers: processes that serve. require_mfa: no page without a second factor.
    oidc: issuer, client id and secret of the company's sign-on; empty = passwords only.
    """

    home: Path
    database: Database
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    origins: tuple[str, ...] = ()
    https: bool = False
    lease_minutes: int = 10
    digest: str = "sha256"
    private_targets: bool = False
    oidc: tuple[str, str, str] = ("", "", "")
    workers: int = 2
    require_mfa: bool = False

    @staticmethod
    def from_environment() -> DeskConfig:
        """The variables DETECTOR_DESK_*; raises DeskConfigError naming the one that is wrong."""
        home = Path(_read("HOME", str(Path.home() / ".local" / "share" / "detector-desk")))
        url = _read("DATABASE", "")
        digest = _read("DIGEST", "sha256")
        if digest not in ALGORITHMS:
            raise DeskConfigError(f"{_PREFIX}DIGEST: {digest!r} is none of {ALGORITHMS}")
        return DeskConfig(
            home=home,
            database=database(url) if url else Database("sqlite3", str(home / "desk.sqlite3")),
            hosts=_list("HOSTS") or ("127.0.0.1", "localhost", "[::1]"),
            origins=_list("ORIGINS"),
            https=_read("HTTPS", "0") == "1",
            lease_minutes=_number("LEASE_MINUTES", 10),
            digest=digest,
            private_targets=_read("PRIVATE_TARGETS", "0") == "1",
            oidc=(_read("OIDC_ISSUER", ""), _read("OIDC_CLIENT", ""), _read("OIDC_SECRET", "")),
            workers=_number("WORKERS", 2),
            require_mfa=_read("REQUIRE_MFA", "0") == "1",
        )

    def secret(self, name: str) -> str:
        """A secret of this deployment, made on first use; its file is readable by us alone."""
        path = self.home / name
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            draft = self.home / f".{name}.{secrets.token_hex(4)}"
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
            with suppress(FileExistsError):  # of two processes that make it at once, one wins
                os.link(draft, path)
            draft.unlink()
        return path.read_text(encoding="ascii")


def database(url: str) -> Database:
    """The database of a URL.

    >>> database("postgresql://desk:p%40ss@db.example:5432/desk").password
    'p@ss'
    >>> database("sqlite:///var/desk.sqlite3").name
    'var/desk.sqlite3'
    """
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme == "sqlite" and name:
        return Database("sqlite3", name)
    if parts.scheme in ("postgres", "postgresql") and name:
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return Database(
            "postgresql", name, user, password, parts.hostname or "", str(parts.port or "")
        )
    raise DeskConfigError(
        f"{_PREFIX}DATABASE: write sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME"
    )


def _read(name: str, default: str) -> str:
    return os.environ.get(_PREFIX + name, default)


def _list(name: str) -> tuple[str, ...]:
    return tuple(part for part in _read(name, "").replace(",", " ").split() if part)


def _number(name: str, default: int) -> int:
    text = _read(name, str(default))
    if not text.isdecimal() or int(text) < 1:
        raise DeskConfigError(f"{_PREFIX}{name}: {text!r} is no number from 1 on")
    return int(text)
