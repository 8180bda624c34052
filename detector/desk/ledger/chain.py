"""The chain itself: how an event is written down, hashed, and found to be broken. Knows no database.

digest = H(previous digest + newline + body), H named in the body (SHA-256, or SM3 of GB/T 32905-2016);
the body is JSON with sorted keys and no blanks.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from detector.contract.json_value import Json
from detector.desk.errors import LedgerError

GENESIS = "0" * 64  # what the first event takes for the digest before it


@dataclass(frozen=True, slots=True)
class Link:
    """One event as the chain sees it; digests are 64 hexadecimal characters."""

    seq: int
    prev: str
    digest: str
    body: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first event that does not fit, and how."""

    seq: int
    reason: str


def body_of(fields: Mapping[str, Json]) -> str:
    """The fields of an event as the one text that is hashed.

    >>> body_of({"seq": 1, "kind": "评定"})
    '{"kind":"评定","seq":1}'
    """
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(algorithm: str, prev: str, body: str) -> str:
    """The digest that binds a body to what came before. Raises LedgerError without the algorithm."""
    try:
        found = hashlib.new(algorithm)
    except ValueError as error:
        raise LedgerError(f"this Python has no {algorithm}: {error}") from error
    found.update(f"{prev}\n{body}".encode())
    return found.hexdigest()


def fields_of(link: Link) -> dict[str, Json]:
    """The fields of a body. Raises LedgerError where it is no JSON object."""
    try:
        found = json.loads(link.body)
    except ValueError as error:
        raise LedgerError(f"event {link.seq}: the body is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise LedgerError(f"event {link.seq}: the body is no JSON object")
    return found


def walk(links: Iterable[Link]) -> Iterator[Link]:
    """The links as they pass. Raises BrokenChain at the first that does not fit."""
    seq, prev = 0, GENESIS
    for link in links:
        reason = _fault(link, seq + 1, prev)
        if reason:
            raise BrokenChain(Broken(link.seq, reason))
        seq, prev = link.seq, link.digest
        yield link


class BrokenChain(LedgerError):
    """The chain breaks at `broken.seq`."""

    def __init__(self, broken: Broken) -> None:
        super().__init__(f"event {broken.seq}: {broken.reason}")
        self.broken = broken


def _fault(link: Link, seq: int, prev: str) -> str:
    if link.seq != seq:
        return f"event {seq} is missing" if link.seq > seq else "stands there twice"
    if link.prev != prev:
        return "does not follow the event before it"
    try:
        fields = fields_of(link)
        computed = digest_of(str(fields.get("algorithm")), link.prev, link.body)
    except LedgerError as error:
        return str(error)
    if computed != link.digest:
        return "its content is not what was hashed"
    if fields.get("seq") != link.seq:
        return "its content is that of another event"
    return ""
