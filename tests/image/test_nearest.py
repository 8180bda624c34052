"""The index of hashes finds exactly what reading all of them finds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.image.hashes import distance
from detector.image.nearest import RADIUS, HashIndex


def flipped(one: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """The hash with so many bits turned."""
    bits = np.unpackbits(one.view(np.uint8))
    bits[rng.choice(256, count, replace=False)] ^= 1
    return np.packbits(bits).view(np.uint64)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1 << 30), st.integers(0, RADIUS))
def test_it_finds_what_brute_force_finds(seed: int, radius: int) -> None:
    rng = np.random.default_rng(seed)
    asked = rng.integers(0, 1 << 63, 4, dtype=np.uint64)
    near = [flipped(asked, int(n), rng) for n in rng.integers(0, 45, 30)]
    stored = np.concatenate([near, rng.integers(0, 1 << 63, (300, 4), dtype=np.uint64)])
    found = HashIndex(stored).within(asked, radius)
    apart = distance(stored, asked)
    expected = np.flatnonzero(apart <= radius)
    assert set(found.row.tolist()) == set(expected.tolist())
    assert (apart[found.row] == found.bits).all()
    assert (np.diff(found.bits) >= 0).all()


def test_a_radius_that_is_not_exact_is_refused() -> None:
    index = HashIndex(np.zeros((1, 4), np.uint64))
    with pytest.raises(ValueError, match="exact"):
        index.within(np.zeros(4, np.uint64), RADIUS + 1)


def test_an_empty_index_finds_nothing() -> None:
    found = HashIndex(np.empty((0, 4), np.uint64)).within(np.zeros(4, np.uint64))
    assert len(found.row) == 0
