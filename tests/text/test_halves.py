"""What a name is found by is its own: neither other names nor the numbers of the hash change it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.registry.lookup import Key, Lookup, build, symbols
from detector.text import halves
from detector.text.alphabet import alphabet

# window of a text, the text, a name -> whether the name is found there for its own sake
WINDOWS: dict[str, tuple[str, str, str, bool]] = {
    "as written": ("银行移动", "我的银行移动", "银行移动", True),
    "one symbol exchanged": ("人民曰报", "人民曰报", "人民日报", True),
    "one symbol dropped": ("人日报", "人日报", "人民日报", True),
    "one symbol inserted": ("人民的日报", "人民的日报", "人民日报", True),
    "a swap across the middle": ("人日民报", "人日民报", "人民日报", True),
    "in another order, as the whole text": ("日报人民", "日报人民", "人民日报", True),
    "in another order, among other text": ("日报人民", "我的日报人民的", "人民日报", False),
    "its halves both broken": ("行移动银", "行移动银客服", "银行移动", False),
    "one step in four symbols, among other text": ("人民曰吧", "我的人民曰吧的", "人民日报", False),
    "a name without halves": ("曰报", "曰报", "日报", True),
}


@pytest.mark.parametrize(("window", "text", "name", "expected"), WINDOWS.values(), ids=WINDOWS)
def test_a_window_is_owed_to_the_name(window: str, text: str, name: str, expected: bool) -> None:
    hit = np.array([[0, 0, text.index(window), len(window)]], np.int32)
    assert halves.own(symbols([text]), symbols([name]), hit).tolist() == [expected]


NAMES = st.lists(st.text("人民日曰报入星河行移", min_size=2, max_size=6), min_size=1, max_size=8)
# Inside a longer name as written nothing else is looked for: the others are too short for that
OTHERS = st.lists(st.text("人民日曰报入星河行移", min_size=2, max_size=4), max_size=40)
TEXTS = st.lists(st.text("人民日曰报入星河行移的", min_size=2, max_size=9), min_size=1, max_size=30)


def found(names: list[str], others: list[str], texts: list[str], seed: int) -> list[list[float]]:
    """text, name, start, length, bits of every hit of `names` beside others."""
    keys = [Key(name, disguises=True, steps=len(name) > 2) for name in (*names, *others)]
    with TemporaryDirectory() as folder:
        build(keys, Path(folder) / "names", seed)
        hits, bits, _ = Lookup(Path(folder) / "names").within(symbols(texts), alphabet().likeness)
        rows = {
            (*hit, bit)
            for hit, bit in zip(hits.tolist(), bits.tolist(), strict=True)
            if hit[1] < len(names)
        }
    return sorted([*map(float, row)] for row in rows)


@settings(max_examples=60, deadline=None)
@given(names=NAMES, others=OTHERS, texts=TEXTS, seed=st.integers(0, 2**40))
def test_other_names_and_seeds_change_nothing(
    names: list[str], others: list[str], texts: list[str], seed: int
) -> None:
    assert found(names, others, texts, seed) == found(names, [], texts, 1)
