"""Names to compare the engine on: of the project's sets, and random ones built of what matters."""

from __future__ import annotations

import csv
from functools import cache

from hypothesis import strategies as st

from detector.settings import Settings
from detector.text import tables
from training.bench.folders import BENCH

# Pieces that begin or hide names, letters in every dress, and what parts them
_PIECES = (
    "人民日报", "新华社", "公安局", "北京", "市", "大学", "银行", "小米", "官方", "客服", "的", "我爱", "小王",
    "renmin", "ribao", "xinhua", "XinHua", "bank", "Bank", "a", "x", "abc", "CCTV", "0", "1", "10", "123", "8aidu",
    "弓长", "日月", "女子", "曰报", "央祝", "國", "報", "ＣＣ", "①", "二三", "一二三", "人人", "民民", "院", "局",
    " ", "-", "—", "_", "·", "|", "\u200b", "\u0301", "❤", "❤️", "🐮", "🐎", "ɐ", "冂", "Ａ", "ⅷ", "㈱", "½",
    "新闻", "热点", "中国", "国家", "委员会", "军", "协会", "kefu", "客fu", "guanfang", "公安ju", "\ud800", "\n",
)  # fmt: skip


def names() -> st.SearchStrategy[str]:
    """Names of pieces that matter, and of any characters."""
    piece = st.sampled_from(_PIECES) | st.sampled_from(registered()) | st.characters()
    return st.lists(piece, max_size=7).map("".join)


@cache
def registered() -> tuple[str, ...]:
    """Some registered names of every length, the same on every run."""
    rows = []
    for path in sorted(Settings.from_environment().registries.glob("*/entities.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows += [row["name"] for row in csv.DictReader(lines)][::97]
    return tuple(rows)


@cache
def of_the_sets() -> tuple[str, ...]:
    """Every text of data/bench, and the words of the lexicons."""
    found: dict[str, None] = {}
    for path in sorted(BENCH.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                found.update(dict.fromkeys(value for value in row.values() if value))
    for table in ("cues", "news_words", "heads", "organ_nouns"):
        found.update(dict.fromkeys(word for word, *_ in tables.rows(table, 1)))
    return tuple(found)
