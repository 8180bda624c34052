"""Real nicknames, for measuring false alarms only; their file says what may be done with them.

They are pseudonyms of real people: never printed, written outside out/, or committed.
"""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Container, Iterable
from pathlib import Path

from detector.text.fold import plain
from training.bench.folders import NICKNAMES

# Names that hold such a word are mostly organisations, reporters and parodies of both. The peers'
# benchmark left them out of its negatives (text-peers.md, section 0) without keeping its list; this
# is ours.
_ORGANISATION = re.compile(
    "新闻|日报|晚报|晨报|早报|时报|快报|周报|周刊|周末|报社|杂志|期刊|电视|卫视|广播|电台|频道|央视|cctv|通讯社|"
    "新华|人民网|在线|官方|官网|发布|公安|警|法院|检察|政府|政务|政协|人大|国务院|市委|省委|县委|党校|共青团|"
    "大学|学院|中学|小学|医院|银行|保险|证券|公司|集团|协会|学会|商会|基金|中心|研究院|研究所|出版|博物馆|图书馆|"
    "记者|编辑|主持|律师|局$|厅$|部$|委$|署$|处$|院$|网$|报$|社$|台$"
)
SEED = 20261123


def load(path: Path = NICKNAMES) -> tuple[str, ...]:
    """Every nickname, in the order of the file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return tuple(line.rstrip("\n") for line in lines if line.strip())


def ordinary(names: Iterable[str], registered: Container[str]) -> tuple[str, ...]:
    """The names of private persons: without organisation words, and no name of the registry.

    registered: folded names of bodies.
    """
    return tuple(
        name
        for name in names
        if not _ORGANISATION.search(name.lower()) and plain(name) not in registered
    )


def sample(names: Iterable[str], count: int) -> tuple[str, ...]:
    """The same `count` names on every run (all, where there are fewer)."""
    listed = sorted(set(names))
    return tuple(random.Random(SEED).sample(listed, min(count, len(listed))))
