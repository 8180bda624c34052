"""Where the benchmarks' data lies, and the day on which they judge."""

from __future__ import annotations

from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / "data" / "bench"
RESULTS = BENCH / "results"
# Labelled sets and public data beside the checkout; not on every machine
SHARED = ROOT.parent / "shared"
EVAL = SHARED / "eval"
PEERS = EVAL / "peers"
NICKNAMES = SHARED / "data" / "nicknames" / "nicknames.txt.gz"
IMAGES = SHARED / "data" / "images"
# Ignored by git: what may be read here and never committed
OUT = ROOT / "out"
# The readings of the law of this day, so that runs of different days are comparable
AS_OF = date(2026, 11, 23)
