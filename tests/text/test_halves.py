"""Which windows a name is owed for a half of its own."""

from __future__ import annotations

import numpy as np
import pytest

from detector.registry.lookup import symbols
from detector.text import halves

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
