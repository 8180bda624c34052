"""`_rescreen.json` beside the results: what a run came to, written once all parts were tried."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from detector.bulk.tally import NOTHING, Counts
from detector.bulk.work import Done, Way
from detector.files import written_whole

NAME = "_rescreen.json"


class Report(BaseModel):
    """complete: every part has results. failed: part -> why it has none. parts: by way.

    judged: rows that this run judged; changed: of renewed ones, those with another outcome.
    """

    model_config = ConfigDict(frozen=True)
    bundle: str
    as_of: str
    complete: bool
    parts: dict[str, int]
    judged: int
    changed: int
    counts: Counts
    failed: dict[str, str]

    @staticmethod
    def of(bundle: str, as_of: str, done: Sequence[Done]) -> Report:
        """The report of all parts that a run has tried."""
        failed = {one.name: one.fault for one in done if one.way is Way.FAILED}
        counts = NOTHING
        for one in done:
            counts = counts.plus(one.counts)
        ways = {str(way): sum(one.way is way for one in done) for way in Way}
        judged, changed = sum(one.again for one in done), sum(one.changed for one in done)
        return Report(
            bundle=bundle, as_of=as_of, complete=not failed,
            parts={way: count for way, count in ways.items() if count},
            judged=judged, changed=changed, counts=counts, failed=failed,
        )  # fmt: skip

    def write(self, results: Path) -> None:
        """Write it beside the results."""
        with written_whole(results / NAME) as file:
            file.write(self.model_dump_json(indent=1).encode() + b"\n")
