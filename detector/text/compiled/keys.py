"""Exact maps from up to eight symbols to a number, for kernels: no two keys are ever taken for one.

A key is the symbols themselves (numbers of `letters`, 16 bits each) in two words of 64 bits. What a
stranger types can therefore meet a key only by being it; a crafted text can at most make a search a
few slots longer.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from detector.text.kernel import kernel

LONGEST_KEY = 8

_U = np.uint64
_MIX = _U(0xBF58476D1CE4E5B9)
_TURN = _U(0x94D049BB133111EB)


# Open addressing: uint64[2^b, 3], the two words of the key (both 0 = empty) and its value. One array,
# since kernels pay for every array that they hand on.
Keys = npt.NDArray[np.uint64]
_HIGH, _LOW, _VALUE = range(3)


def build(
    symbols: npt.NDArray[np.uint16],
    offsets: npt.NDArray[np.int64],
    values: npt.NDArray[np.int32],
) -> Keys:
    """The map of key i, symbols[offsets[i]:offsets[i + 1]], to values[i] >= 0; the first of equals.

    Raises ValueError where a key is empty, too long or holds the number 0.
    """
    sizes = np.diff(offsets)
    if len(sizes) and (sizes.min() < 1 or sizes.max() > LONGEST_KEY or not symbols.all()):
        raise ValueError("a key has one to eight symbols, none of them unknown")
    size = 1 << max(4, int(np.ceil(np.log2(max(1, len(values)) * 2))))
    keys = np.zeros((size, 3), np.uint64)
    _fill(keys, symbols, offsets, values)
    return keys


@kernel
def grown(high, low, symbol):  # type: ignore[no-untyped-def]  # compiled: numba infers the types
    """The key with one symbol (its number) more."""
    return (high << _U(16)) | (low >> _U(48)), (low << _U(16)) | _U(symbol)


@kernel
def _slot(keys, high, low):  # type: ignore[no-untyped-def]
    """Where the key is, or the empty slot where it would be."""
    last = _U(len(keys) - 1)
    at = (((low ^ (high * _TURN)) * _MIX) >> _U(20)) & last
    while (keys[at, _LOW] != low or keys[at, _HIGH] != high) and (
        keys[at, _LOW] != _U(0) or keys[at, _HIGH] != _U(0)
    ):
        at = (at + _U(1)) & last
    return at


@kernel
def value_of(keys, high, low):  # type: ignore[no-untyped-def]
    """The value of a key, or -1."""
    at = _slot(keys, high, low)
    return np.int64(keys[at, _VALUE]) if keys[at, _LOW] != _U(0) else np.int64(-1)


@kernel
def _fill(keys, symbols, offsets, values):  # type: ignore[no-untyped-def]
    for key in range(len(values)):
        high, low = _U(0), _U(0)
        for symbol in symbols[offsets[key] : offsets[key + 1]]:
            high, low = grown(high, low, symbol)
        at = _slot(keys, high, low)
        if keys[at, _LOW] == _U(0):
            keys[at, _HIGH], keys[at, _LOW], keys[at, _VALUE] = high, low, _U(values[key])
