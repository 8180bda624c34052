"""Which hits of blocking a name owes to a half of its own.

Blocking tries a window where a half of *some* name stands, which it looks up in a table of bits: so now
and then a name is found by the half of another, or by a collision. Whether it is would hang on names
that have nothing to do with it. What is kept here follows from the text and the one name alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detector.text.blocking import FROM, NAME, ROW, SIZE
from detector.text.kernel import kernel

# Shorter names have no halves
_SHORTEST = 4


class Symbols(NamedTuple):
    """Joined texts or names, as written, by sound and by shape; number i is offsets[i]:offsets[i + 1]."""

    plain: npt.NDArray[np.uint16]
    sound: npt.NDArray[np.uint16]
    shape: npt.NDArray[np.uint16]
    offsets: npt.NDArray[np.int64]


@kernel
def _same(one, other):  # type: ignore[no-untyped-def]  # compiled: numba infers the types
    if len(one) != len(other):
        return False
    for i in range(len(one)):  # noqa: SIM110  kernels know no generators
        if one[i] != other[i]:
            return False
    return True


@kernel
def _reordered(one, other):  # type: ignore[no-untyped-def]
    """Whether both hold the same symbols."""
    if len(one) != len(other):
        return False
    for symbol in other:
        surplus = 0
        for i in range(len(one)):
            surplus += int(one[i] == symbol) - int(other[i] == symbol)
        if surplus != 0:
            return False
    return True


@kernel
def _less_one(longer, shorter, low, high):  # type: ignore[no-untyped-def]
    """Whether one symbol less, of those from low to high, makes the longer the shorter."""
    n, before, behind = len(shorter), 0, 0
    while before < n and longer[before] == shorter[before]:
        before += 1
    while behind < n and longer[n - behind] == shorter[n - 1 - behind]:
        behind += 1
    return max(low, n - behind) <= min(high - 1, before)


@kernel
def _both_less_one(window, name, low, high):  # type: ignore[no-untyped-def]
    """Whether a symbol of the window, from low to high, less is the name less any one."""
    n = len(name)
    for left in range(low, high):
        for lost in range(n):
            at = 0
            while at < n - 1:
                if window[at + int(at >= left)] != name[at + int(at >= lost)]:
                    break
                at += 1
            if at == n - 1:
                return True
    return False


@kernel
def _apart(window, name, low, high, step):  # type: ignore[no-untyped-def]
    """Whether window and name meet, what is lost of the window standing from low to high.

    step: one symbol may stand for another, or be missing.
    """
    n, size = len(name), len(window)
    if size == n + 1:
        return _less_one(window, name, max(low, 1), min(high, size - 1))
    if size == n:
        return _same(window, name) or (step and _both_less_one(window, name, low, high))
    return size == n - 1 and step and _less_one(name, window, 0, n)


@kernel
def _by_half(window, name, step):  # type: ignore[no-untyped-def]
    """Whether the window holds a half of the name where it belongs, and the rest as blocking asks.

    A swap across the middle leaves the first half with the symbol behind it as its last.
    """
    n, size = len(name), len(window)
    middle = n // 2
    if size < n - 1:
        return False
    begins = _same(window[: middle - 1], name[: middle - 1]) and (
        window[middle - 1] == name[middle - 1] or window[middle - 1] == name[middle]
    )
    if begins and _apart(window, name, middle, size, step):
        return True
    behind = size - (n - middle)
    return _same(window[behind:], name[middle:]) and _apart(window, name, 0, behind, step)


@kernel
def _own(texts, names, hits, out):  # type: ignore[no-untyped-def]
    for h in range(len(hits)):
        first, last = texts.offsets[hits[h, ROW]], texts.offsets[hits[h, ROW] + 1]
        a, n = names.offsets[hits[h, NAME]], names.offsets[hits[h, NAME] + 1]
        start = first + hits[h, FROM]
        end = start + hits[h, SIZE]
        window, name = texts.plain[start:end], names.plain[a:n]
        whole = start == first and end == last
        out[h] = (
            len(name) < _SHORTEST
            or _same(window, name)
            or ((whole or len(name) > _SHORTEST) and _reordered(window, name))
        )
        step = len(name) > _SHORTEST or start == first or end == last
        if not out[h]:
            out[h] = _by_half(texts.sound[start:end], names.sound[a:n], step) or _by_half(
                texts.shape[start:end], names.shape[a:n], step
            )


def own(texts: Symbols, names: Symbols, hits: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """bool per hit of `blocking.find`: the name would be found there whatever other names there are."""
    out = np.zeros(len(hits), np.bool_)
    _own(texts, names, hits, out)
    return out
