"""The ledger as a file: JSON Lines, one event a line, that proves itself without a database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from detector.desk.errors import LedgerError
from detector.desk.ledger.chain import Link


def lines(links: Iterable[Link]) -> Iterator[str]:
    """Every event as a line."""
    for link in links:
        row = {"seq": link.seq, "prev": link.prev, "digest": link.digest, "body": link.body}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def read_links(path: Path) -> Iterator[Link]:
    """The events of a file. Raises LedgerError naming the line that is none."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line)
                link = Link(int(row["seq"]), str(row["prev"]), str(row["digest"]), str(row["body"]))
            except (ValueError, KeyError, TypeError) as error:
                raise LedgerError(f"{path.name}: line {number}: no event: {error}") from error
            yield link
