"""What a name is found by is its own: neither other names nor the numbers of the hash change it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from detector.registry.lookup import Key, Lookup, build

NAMES = st.lists(st.text("人民日曰报入星河行移", min_size=2, max_size=6), min_size=1, max_size=8)
# Inside a longer name as written nothing else is looked for: the others are too short for that
OTHERS = st.lists(st.text("人民日曰报入星河行移", min_size=2, max_size=4), max_size=40)
TEXTS = st.lists(st.text("人民日曰报入星河行移的", min_size=2, max_size=9), min_size=1, max_size=30)


def found(names: list[str], others: list[str], texts: list[str], seed: int) -> list[list[float]]:
    """text, name, start, length, bits of every hit of `names` beside others."""
    keys = [Key(name, disguises=True, steps=len(name) > 2) for name in (*names, *others)]
    with TemporaryDirectory() as folder:
        build(keys, Path(folder) / "names", seed)
        hits = Lookup(Path(folder) / "names").find(texts)
        columns = (hits.text, hits.name, hits.start, hits.length, hits.bits)
        rows = [
            row for row in zip(*(c.tolist() for c in columns), strict=True) if row[1] < len(names)
        ]
    return sorted([*map(float, row)] for row in rows)


@settings(max_examples=60, deadline=None)
@given(names=NAMES, others=OTHERS, texts=TEXTS, seed=st.integers(0, 2**40))
def test_other_names_and_seeds_change_nothing(
    names: list[str], others: list[str], texts: list[str], seed: int
) -> None:
    assert found(names, others, texts, seed) == found(names, [], texts, 1)
