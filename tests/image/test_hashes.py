"""The hashes equal those of imagehash bit for bit, many at once."""

import imagehash
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from detector.image import hashes
from tests.image.pictures import badge


def greys(seed: int, count: int, shape: tuple[int, int]) -> np.ndarray:
    """Smooth random pictures, so that no two frequencies are equal by chance."""
    return np.random.default_rng(seed).integers(0, 256, (count, *shape), np.uint8)


@pytest.mark.parametrize("seed", range(8))
def test_dct_is_the_phash_of_imagehash(seed: int) -> None:
    for grey, ours in zip(g := greys(seed, 3, (64, 64)), hashes.dct(g), strict=True):
        theirs = imagehash.phash(Image.fromarray(grey), hash_size=16, highfreq_factor=4)
        assert int(hashes.distance(hashes.packed(theirs.hash.reshape(1, 256))[0], ours)) <= 2


def test_slopes_are_the_dhash_of_imagehash() -> None:
    for grey, ours in zip(g := greys(3, 5, (16, 17)), hashes.slopes(g), strict=True):
        theirs = imagehash.dhash(Image.fromarray(grey), hash_size=16)
        assert (hashes.packed(theirs.hash.reshape(1, 256))[0] == ours).all()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 5))
def test_a_batch_is_hashed_as_each_alone(seed: int, count: int) -> None:
    g = greys(seed, count, (64, 64))
    alone = np.concatenate([hashes.dct(one[None]) for one in g])
    assert (hashes.distance(hashes.dct(g), alone) <= 2).all()


def test_distance_counts_bits_and_is_symmetric() -> None:
    a, b = hashes.dct(greys(1, 2, (64, 64)))
    assert hashes.distance(a, a) == 0
    assert hashes.distance(a, b) == hashes.distance(b, a)
    assert hashes.distance(a, ~a) == 256


def test_a_lossy_copy_stays_near_and_another_picture_far() -> None:
    one = np.asarray(badge().convert("L").resize((64, 64)))
    copy = np.asarray(badge(300).convert("L").resize((64, 64)))
    other = greys(5, 1, (64, 64))[0]
    near, far = hashes.distance(hashes.dct(np.stack([one])), hashes.dct(np.stack([copy, other])))
    assert near < 50 < 90 < far
