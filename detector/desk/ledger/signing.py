"""Checkpoints: an Ed25519 signature (RFC 8032) over the end of the chain, one line of JSON each."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from detector.desk.config import DeskConfig
from detector.desk.errors import LedgerError
from detector.desk.ledger.chain import body_of

PUBLIC_KEY = "ledger.pub"  # in the desk's home: what an inspector is given
CHECKPOINTS = "checkpoints.jsonl"


@dataclass(frozen=True, slots=True)
class Signed:
    """The chain's end at one moment, and who vouches for it."""

    seq: int
    digest: str
    at: str
    key: str
    signature: str = ""

    @property
    def message(self) -> bytes:
        """What is signed."""
        return body_of(
            {"seq": self.seq, "digest": self.digest, "at": self.at, "key": self.key}
        ).encode()

    @property
    def line(self) -> str:
        """The checkpoint as a line of the file of checkpoints."""
        return json.dumps(asdict(self), sort_keys=True)


def _private(config: DeskConfig) -> Ed25519PrivateKey:
    seed = hashlib.sha256(config.secret("ledger_key").encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def public_key(config: DeskConfig) -> str:
    """The deployment's public key, in base64; written beside the checkpoints, for inspectors."""
    text = base64.b64encode(_raw(_private(config).public_key())).decode()
    path = config.home / PUBLIC_KEY
    if not path.exists():
        path.write_text(text + "\n", encoding="ascii")
    return text


def sign(config: DeskConfig, seq: int, digest: str, at: str) -> Signed:
    """A checkpoint over the event `seq`."""
    key = hashlib.sha256(base64.b64decode(public_key(config))).hexdigest()[:16]
    bare = Signed(seq, digest, at, key)
    signature = base64.b64encode(_private(config).sign(bare.message)).decode()
    return Signed(seq, digest, at, key, signature)


def read_checkpoints(path: Path, key: str) -> list[Signed]:
    """The checkpoints of a file, every signature checked. Raises LedgerError naming the bad line."""
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
    except ValueError as error:
        raise LedgerError(f"the public key is no base64 of 32 bytes: {error}") from error
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            one = Signed(**json.loads(line))
            public.verify(base64.b64decode(one.signature), one.message)
        except InvalidSignature as error:
            raise LedgerError(f"{path.name}: line {number}: the signature does not hold") from error
        except (ValueError, TypeError) as error:
            raise LedgerError(f"{path.name}: line {number}: no checkpoint: {error}") from error
        found.append(one)
    return found
