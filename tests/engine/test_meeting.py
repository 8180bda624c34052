"""Whoever a changed name can concern meets it: nothing that the registry finds in a text is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.engine.meeting import Meeting
from detector.registry.catalogue import NO_CATALOGUE
from detector.registry.index import Index, compile_index
from detector.text.compiled import column, letters
from detector.text.reading import read
from detector.types import Alias, Entity, Kind, Level, NameSort

NAMES = {
    "人民日报": Kind.MEDIA, "清华大学": Kind.UNIVERSITY, "云麓乳业": Kind.ENTERPRISE,
    "小米": Kind.ENTERPRISE, "岳阳": Kind.REGION, "杭州市": Kind.REGION,
}  # fmt: skip
PIECES = ("公安", "公安局", "发布")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The names above."""
    bodies = [
        Entity(str(n), name, (Alias(name, NameSort.OFFICIAL),), kind, Level.CITY, "", "test")
        for n, (name, kind) in enumerate(NAMES.items())
    ]
    folder: Path = tmp_path_factory.mktemp("few") / "index"
    compile_index(bodies, PIECES, NO_CATALOGUE, folder, "0" * 64)
    return Index(folder)


@pytest.fixture(scope="module")
def meeting(index: Index) -> Meeting:
    """The meeting with them."""
    return Meeting.of(index, letters.build())


TEXTS = {
    "as written": ("我爱清华大学", True),
    "in disguise": ("人民曰报", True),
    "split": ("氵青华大学", True),
    "spelled": ("renmin日报", True),
    "what cannot be read here": ("浦发Bank", True),
    "a piece of derived names": ("天上发布", True),
    "a division of two symbols in disguise, at the beginning": ("岳扬交警", True),
    "a division of two symbols in disguise, at the end": ("交警岳扬", True),
    "a piece of two symbols in disguise": ("天上工安", True),
    "a division in disguise that is all there is": ("岳扬", False),
    "somebody else": ("奶茶不加冰", False),
    "nothing": ("", False),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_a_text_meets_a_name(meeting: Meeting, text: str, expected: bool) -> None:
    assert meeting.meets(column.of_texts([text])).tolist() == [expected]


WORDS = st.sampled_from(
    ("人民日报", "清华", "大学", "云麓", "乳业", "小米", "小", "米", "岳阳", "岳扬", "公安局", "曰", "报",
     "的", "粥", "🐮", "·", "r", "发布", "renmin", "日")
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(texts=st.lists(st.lists(WORDS, max_size=6).map("".join), min_size=1, max_size=20))
def test_what_the_names_are_found_in_is_met(
    index: Index, meeting: Meeting, texts: list[str]
) -> None:
    met = meeting.meets(column.of_texts(texts))
    for text, is_met in zip(texts, met, strict=True):
        hits = index.names.find([reading.text for reading in read(text)])
        assert is_met or not len(hits.text), text
