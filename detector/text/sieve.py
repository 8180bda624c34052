"""Which texts can meet one of a few names at all? A count of shared symbols, before any blocking.

Whatever blocking finds (`blocking`), the text shares with the name all of its symbols but one, in
the same class of sound or in the same class of shape; all of them, where the name is only looked
for as written. Counting them costs a twentieth of blocking, and with few names few texts pass. It
may let through too many, and never too few.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

# Beyond so many names the lists grow long, and blocking itself is as quick
MOST_NAMES = 5_000
_CLASSES = 65_536


class Sieve(NamedTuple):
    """Names by symbol; name i needs `needed[i]` shared symbols (int32[names]).

    at: int32[3, classes + 1], bounds in `names` (int32[3, symbols of all names]); rows: as written,
    sound, shape. A name stands in the first row alone or in the other two.
    """

    needed: npt.NDArray[np.int32]
    at: npt.NDArray[np.int32]
    names: npt.NDArray[np.int32]


class Symbols(NamedTuple):
    """Joined texts or names: symbols and their classes of sound and shape; i is at[i]:at[i + 1]."""

    plain: npt.NDArray[np.uint16]
    sound: npt.NDArray[np.uint16]
    shape: npt.NDArray[np.uint16]
    at: npt.NDArray[np.int64]


def build(named: Symbols, exact: npt.NDArray[np.bool_]) -> Sieve:
    """The sieve of some names. exact: bool per name, looked for only as written."""
    lengths = np.diff(named.at)
    owners = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    at = np.zeros((3, _CLASSES + 1), np.int32)
    names = np.zeros((3, len(owners)), np.int32)
    for row, classes in enumerate((named.plain, named.sound, named.shape)):
        mine = exact[owners] if row == 0 else ~exact[owners]
        order = np.argsort(classes[mine], kind="stable")
        names[row, : len(order)] = owners[mine][order]
        at[row] = np.searchsorted(classes[mine][order], np.arange(_CLASSES + 1))
    needed = np.where(exact | (lengths <= 2), lengths, lengths - 1).astype(np.int32)
    return Sieve(needed, at, names)


@njit(cache=True, nogil=True)
def _passes(texts, sieve, out):  # type: ignore[no-untyped-def]  # compiled: numba infers the types
    shared = np.zeros((3, len(sieve.needed)), np.int32)
    counted_for = np.full((3, len(sieve.needed)), -1, np.int64)
    for text in range(len(texts.at) - 1):
        for place in range(texts.at[text], texts.at[text + 1]):
            for row in range(3):
                symbol = texts.plain[place]
                if row > 0:
                    symbol = texts.sound[place] if row == 1 else texts.shape[place]
                for i in range(sieve.at[row, symbol], sieve.at[row, symbol + 1]):
                    name = sieve.names[row, i]
                    if counted_for[row, name] != text:
                        counted_for[row, name] = text
                        shared[row, name] = 0
                    shared[row, name] += 1
                    if shared[row, name] >= sieve.needed[name]:
                        out[text] = True


def passes(texts: Symbols, sieve: Sieve) -> npt.NDArray[np.bool_]:
    """bool per text: blocking may find something in it."""
    out = np.zeros(len(texts.at) - 1, np.bool_)
    _passes(texts, sieve, out)
    return out
