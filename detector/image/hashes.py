"""Perceptual hashes of 256 bits, many at once: the sign of low frequencies, and of slopes.

`dct` is pHash (Zauner 2010) as `imagehash.phash(hash_size=16)` computes it, bit for bit, but as two
matrix products over a whole batch; `slopes` is its dHash. Of all hashes measured on edited avatars
the 256-bit DCT is the best, and even it sees no crop, rotation or collage: a hash alone proves nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

BITS = 256
SIDE = 64  # pixels of a side of the grey pictures that are hashed
_KEPT = 16  # frequencies kept in each direction
Hashes: TypeAlias = NDArray[np.uint64]  # [n, 4]: 256 bits each


@lru_cache
def _waves() -> NDArray[np.float32]:
    """[16, 64]: the lowest waves of the DCT-II."""
    k, x = np.arange(_KEPT)[:, None], np.arange(SIDE)[None]
    return np.asarray(2 * np.cos(np.pi * k * (2 * x + 1) / (2 * SIDE)), np.float32)


def dct(grey: NDArray[np.uint8]) -> Hashes:
    """Hashes of grey pictures [n, 64, 64]: which low frequencies exceed their median."""
    waves = _waves()
    low = waves @ grey.astype(np.float32) @ waves.T
    flat = low.reshape(len(grey), BITS)
    return packed(flat > np.median(flat, axis=1, keepdims=True))


def packed(bits: NDArray[np.bool_]) -> Hashes:
    """Bits [n, 256] as four words each."""
    return np.packbits(bits, axis=1).view(np.uint64)


def slopes(grey: NDArray[np.uint8]) -> Hashes:
    """Hashes of grey pictures [n, 16, 17]: where it grows lighter to the right."""
    return packed((grey[:, :, 1:] > grey[:, :, :-1]).reshape(len(grey), BITS))


def distance(a: Hashes, b: Hashes) -> NDArray[np.int64]:
    """Bits that differ, 0..256; both [..., 4], broadcast against each other."""
    return np.asarray(np.bitwise_count(a ^ b).sum(axis=-1, dtype=np.int64))
