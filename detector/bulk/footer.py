"""What a part of the results says of itself: who judged which accounts, and what came of it.

It stands in the footer of the Parquet file, which is written last and with the file's name, so a
part is there whole or not at all.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict, ValidationError

from detector.bulk.columns import VERSION
from detector.bulk.tally import Counts

KEY = b"detector.rescreen"


class Footer(BaseModel):
    """valid_for: hash of the bundle whose outcomes these are; as_of: of which day's law.

    accounts: SHA-256 (hex) of the part that was judged. Single rows may name an earlier bundle: a
    run by difference has found that the later one would judge them the same.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    version: int = VERSION
    valid_for: str
    as_of: str
    accounts: str
    counts: Counts

    @staticmethod
    def by(bundle: str, as_of: date, accounts: str, counts: Counts) -> Footer:
        """The footer of results that a bundle (its hash) has made as of a day."""
        return Footer(valid_for=bundle, as_of=as_of.isoformat(), accounts=accounts, counts=counts)

    def metadata(self) -> dict[bytes, bytes]:
        """The key and value for the file."""
        return {KEY: self.model_dump_json().encode()}


def read_footer(path: Path) -> Footer | None:
    """The footer of a part of results, or None: no such file, no whole one, or not one of ours."""
    try:
        told = (pq.read_metadata(path).metadata or {}).get(KEY)
        found = None if told is None else Footer.model_validate_json(told)
    except (OSError, pa.ArrowException, ValidationError):
        return None
    return found if found is not None and found.version == VERSION else None
