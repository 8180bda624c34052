"""Writes data/accounts/demo.jsonl, what `detector serve --demo` fills its queue with: `make demo-accounts`.

Names are those of our own labelled pairs (data/bench); ids, bios, events and earlier names are drawn by
hash, so that every run writes the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = (ROOT / "data" / "bench" / "violations.csv", ROOT / "data" / "bench" / "legitimate.csv")
DEMO = ROOT / "data" / "accounts" / "demo.jsonl"
# Every bench row of so many; the rest would only make the queue longer
_ONE_IN = 2
_BIOS = (
    "权威发布，每天更新", "商务合作请私信", "关注我，第一时间了解最新政策", "记录生活", "官方授权，假一赔十",
    "分享日常，传递正能量", "咨询请加微信，24小时在线", "",
)  # fmt: skip
_EARLIER = ("夏天的风", "小城故事多", "今天也要加油", "一只柠檬精", "云淡风轻")
_COLUMNS = ("account_type", "verified_name", "verified_kind", "licences", "bio")


def lot(text: str, of: int) -> int:
    """A number 0 .. of-1, drawn by the text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % of


def accounts() -> Iterator[dict[str, str]]:
    """The accounts in the columns of the input contract."""
    for path in SOURCES:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if lot(f"take {row['account_id']}", _ONE_IN) == 0:
                    yield _account(row)


def _account(row: Mapping[str, str]) -> dict[str, str]:
    seed = row["account_id"]
    found = {"account_id": f"u{20_000_000 + lot(f'id {seed}', 9_000_000)}", "name": row["name"]}
    found |= {column: row[column] for column in _COLUMNS if row[column]}
    if not row["bio"] and lot(f"has bio {seed}", 3):
        found["bio"] = _BIOS[lot(f"bio {seed}", len(_BIOS))]
    if not row["verified_name"] and lot(f"unreported {seed}", 10):
        found["verified_name"] = ""
    found["event"] = ("registration", "registration", "change", "stock")[lot(f"event {seed}", 4)]
    if found["event"] == "change":
        found["previous_name"] = _EARLIER[lot(f"earlier {seed}", len(_EARLIER))]
    return found


def lines() -> str:
    """The file's content, sorted by id."""
    rows = sorted(accounts(), key=lambda account: account["account_id"])
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    DEMO.write_text(lines(), encoding="utf-8")
