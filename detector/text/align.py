"""How cheaply can this text be read as that name? An alignment of typed steps, in bits.

A restricted Damerau-Levenshtein alignment (Boytsov 2011) whose substitutions are weighed by sound,
shape and numeral value, whose insertions know doubled symbols and particles, compiled for
batches. `trace` gives the steps of one alignment; `bits` only its cost.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from detector.text.alphabet import (
    FIGURE,
    FREE,
    INITIAL_BITS,
    NUMERAL_BITS,
    SPELLED_BITS,
    TOKEN,
    Ids,
    Likeness,
)

# Each number with the example that set it.
# 新华通社: a symbol more
INSERT_BITS = 10.0
# 最高人检察院: a symbol less
DROP_BITS = 8.0
# 交通运输输部
DOUBLE_BITS = 3.0
# 清大华学
SWAP_BITS = 6.0
# 12306 against 12307: digits are either right or wrong
DIGIT_BITS = 20.0

KEEP, REPLACE, INSERT, DROP, SWAP, DOUBLE = 0, 1, 2, 3, 4, 5


@njit(cache=True, nogil=True, inline="always")
def _replace_bits(q, c, k):  # type: ignore[no-untyped-def]  # compiled: numba infers the types
    if q == c:
        return np.float32(0.0) if q != 0 else np.float32(FREE)
    if k.digit[q] >= 0 and k.digit[q] == k.digit[c]:
        return np.float32(NUMERAL_BITS)
    if k.letter[q] == FIGURE and k.letter[c] == FIGURE:
        return np.float32(DIGIT_BITS)
    best = np.float32(FREE)
    for i in range(k.readings.shape[1]):
        left = k.readings[q, i]
        if left < 0:
            break
        for j in range(k.readings.shape[1]):
            right = k.readings[c, j]
            if right < 0:
                break
            bits = k.sound_bits[left, right]
            if left == right and (k.letter[q] == TOKEN or k.letter[c] == TOKEN):
                bits = np.float32(SPELLED_BITS)
            best = min(best, bits)
    for at in range(k.shape_at[q], k.shape_at[q + 1]):
        if k.shape_to[at] == c:
            best = min(best, k.shape_bits[at])
    if 0 <= k.letter[q] < TOKEN:
        for j in range(k.initials.shape[1]):
            if k.initials[c, j] == k.letter[q]:
                best = min(best, np.float32(INITIAL_BITS))
    return best


@njit(cache=True, nogil=True, inline="always")
def _drop_bits(c, k):  # type: ignore[no-untyped-def]
    return DIGIT_BITS if k.letter[c] == FIGURE else DROP_BITS


@njit(cache=True, nogil=True)
def _fill(query, candidate, k, table):  # type: ignore[no-untyped-def]
    """table[i, j]: fewest bits to read query[:i] as candidate[:j]."""
    n, m = len(query), len(candidate)
    table[0, 0] = 0.0
    for j in range(1, m + 1):
        table[0, j] = table[0, j - 1] + _drop_bits(candidate[j - 1], k)
    for i in range(1, n + 1):
        doubled = i > 1 and query[i - 1] == query[i - 2]
        insert = DOUBLE_BITS if doubled else INSERT_BITS
        if k.letter[query[i - 1]] == FIGURE:
            insert = DIGIT_BITS
        table[i, 0] = table[i - 1, 0] + INSERT_BITS
        for j in range(1, m + 1):
            best = table[i - 1, j - 1] + _replace_bits(query[i - 1], candidate[j - 1], k)
            drop = _drop_bits(candidate[j - 1], k)
            best = min(best, table[i - 1, j] + insert, table[i, j - 1] + drop)
            if (
                i > 1
                and j > 1
                and query[i - 1] == candidate[j - 2]
                and query[i - 2] == candidate[j - 1]
                and query[i - 1] != query[i - 2]
            ):
                best = min(best, table[i - 2, j - 2] + SWAP_BITS)
            table[i, j] = best


@njit(cache=True, nogil=True)
def bits_between(query, candidate, k, table):  # type: ignore[no-untyped-def]
    """Fewest bits to read all of `query` as all of `candidate`; `table` is scratch space."""
    _fill(query, candidate, k, table)
    return table[len(query), len(candidate)]


@njit(cache=True, nogil=True)
def _trace(query, candidate, k):  # type: ignore[no-untyped-def]
    n, m = len(query), len(candidate)
    table = np.empty((n + 1, m + 1), np.float32)
    _fill(query, candidate, k, table)
    steps = np.empty((n + m, 3), np.int32)
    count, i, j = 0, n, m
    while i > 0 or j > 0:
        here = table[i, j]
        if i > 0 and j > 0:
            bits = _replace_bits(query[i - 1], candidate[j - 1], k)
            if abs(table[i - 1, j - 1] + bits - here) < 1e-3:
                i, j = i - 1, j - 1
                steps[count] = (KEEP if bits == 0 else REPLACE, i, j)
                count += 1
                continue
        if (
            i > 1
            and j > 1
            and query[i - 1] == candidate[j - 2]
            and query[i - 2] == candidate[j - 1]
            and abs(table[i - 2, j - 2] + SWAP_BITS - here) < 1e-3
        ):
            i, j = i - 2, j - 2
            steps[count] = (SWAP, i, j)
            count += 1
            continue
        if j > 0 and abs(table[i, j - 1] + _drop_bits(candidate[j - 1], k) - here) < 1e-3:
            j -= 1
            steps[count] = (DROP, i, j)
            count += 1
            continue
        i -= 1
        doubled = i > 0 and query[i] == query[i - 1] and j > 0
        steps[count] = (DOUBLE if doubled else INSERT, i, j)
        count += 1
    return table[n, m], steps[:count][::-1].copy()


Step = tuple[int, int, int]  # operation, place in the query, place in the candidate


def trace(query: Ids, candidate: Ids, likeness: Likeness) -> tuple[float, tuple[Step, ...]]:
    """The cheapest alignment: its bits and its steps in reading order."""
    cost, steps = _trace(query, candidate, likeness)
    return float(cost), tuple((int(a), int(b), int(c)) for a, b, c in steps)


def replace_bits(query: int, candidate: int, likeness: Likeness) -> float:
    """Bits of reading one symbol as another: 0 the same, FREE unrelated."""
    return float(_replace_bits(query, candidate, likeness))


def scratch(longest: int) -> npt.NDArray[np.float32]:
    """Space for `bits_between` on texts up to `longest` symbols."""
    return np.empty((longest + 1, longest + 1), np.float32)


# 检察院广东省人民: the same symbols in another order
ORDER_BITS = 7.0


@njit(cache=True, nogil=True)
def _same_symbols(query, candidate, k):  # type: ignore[no-untyped-def]
    if len(query) != len(candidate) or len(query) < 3 or k.letter[candidate[0]] >= 0:
        return False
    left, right = np.sort(query), np.sort(candidate)
    return bool((left == right).all())


@njit(cache=True, nogil=True)
def _verify(codes, offsets, names, name_offsets, hits, k, table, out):  # type: ignore[no-untyped-def]
    for h in range(len(hits)):
        start = offsets[hits[h, 0]] + hits[h, 2]
        query = codes[start : start + hits[h, 3]]
        name = hits[h, 1]
        candidate = names[name_offsets[name] : name_offsets[name + 1]]
        bits = bits_between(query, candidate, k, table)
        if bits > ORDER_BITS and _same_symbols(query, candidate, k):
            bits = ORDER_BITS
        out[h] = bits


def verify(
    codes: Ids,
    offsets: npt.NDArray[np.int64],
    names: Ids,
    name_offsets: npt.NDArray[np.int64],
    hits: npt.NDArray[np.int32],
    likeness: Likeness,
) -> npt.NDArray[np.float32]:
    """The bits of every hit of `blocking.find`: its window read as its name."""
    out = np.empty(len(hits), np.float32)
    longest = int(hits[:, 3].max()) if len(hits) else 0
    _verify(codes, offsets, names, name_offsets, hits, likeness, scratch(max(longest, 64)), out)
    return out
