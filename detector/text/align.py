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
    KIN_BITS,
    NUMERAL_BITS,
    SPELLED_BITS,
    TOKEN,
    Ids,
    Likeness,
)
from detector.text.kernel import kernel

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


@kernel
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


@kernel
def _drop_bits(c, k):  # type: ignore[no-untyped-def]
    return DIGIT_BITS if k.letter[c] == FIGURE else DROP_BITS


@kernel
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


@kernel
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


def are_kin(query: int, candidate: int, likeness: Likeness) -> bool:
    """False only where reading one symbol as the other costs more than KIN_BITS."""
    return bool(_kin(query, candidate, likeness))


def scratch(longest: int) -> npt.NDArray[np.float32]:
    """Space for `bits_between` on texts up to `longest` symbols."""
    return np.empty((longest + 1, longest + 1), np.float32)


# 检察院广东省人民: the same symbols in another order
ORDER_BITS = 7.0


@kernel
def _same_symbols(query, candidate, k):  # type: ignore[no-untyped-def]
    if len(query) != len(candidate) or len(query) < 3 or k.letter[candidate[0]] >= 0:
        return False
    total = np.int64(0)
    for i in range(len(query)):
        total += np.int64(query[i]) - np.int64(candidate[i])
    if total != 0:
        return False
    for symbol in candidate:
        surplus = 0
        for i in range(len(query)):
            surplus += int(query[i] == symbol) - int(candidate[i] == symbol)
        if surplus != 0:
            return False
    return True


# Slots in which the bits between two symbols are kept while a batch is verified
_KEPT = 1 << 15
_KEPT_MIX = np.uint32(0x9E3779B1)


@kernel
def _kept_bits(q, c, k, pairs, bits):  # type: ignore[no-untyped-def]
    """`_replace_bits`, computed once for pairs that come often. pairs, bits: one slot a pair."""
    if q == c and q != 0:
        return np.float32(0.0)
    pair = np.uint32(q) << np.uint32(16) | np.uint32(c)
    slot = np.uint32(pair * _KEPT_MIX) >> np.uint32(17)
    if pairs[slot] != pair:
        pairs[slot], bits[slot] = pair, _replace_bits(q, c, k)
    return bits[slot]


_BEYOND = np.float32(1e9)


@kernel
def _bits_within(query, candidate, budget, k, table, pairs, kept):  # type: ignore[no-untyped-def]
    """`bits_between` where it is at most `budget`, else any number above that.

    Only cells that the budget can reach are filled: so many symbols dropped, so many doubled. It
    stops where every way to read the first symbols costs more; a swap looks two rows back.
    """
    n, m = len(query), len(candidate)
    most_dropped, most_inserted = int(budget / DROP_BITS), int(budget / DOUBLE_BITS)
    if m - n > most_dropped or n - m > most_inserted:
        return _BEYOND
    table[0, 0] = 0.0
    for j in range(1, min(m, most_dropped + 1) + 1):
        table[0, j] = table[0, j - 1] + _drop_bits(candidate[j - 1], k)
    before = np.float32(0.0)
    for i in range(1, n + 1):
        q = query[i - 1]
        insert = DOUBLE_BITS if i > 1 and q == query[i - 2] else INSERT_BITS
        if k.letter[q] == FIGURE:
            insert = DIGIT_BITS
        low, high = max(1, i - most_inserted), min(m, i + most_dropped)
        table[i, low - 1] = table[i - 1, 0] + INSERT_BITS if low == 1 else _BEYOND
        least = table[i, low - 1]
        for j in range(low, high + 1):
            c = candidate[j - 1]
            best = table[i, j - 1] + _drop_bits(c, k)
            best = min(best, table[i - 1, j] + insert)
            if table[i - 1, j - 1] < min(best, budget + 1.0):
                best = min(best, table[i - 1, j - 1] + _kept_bits(q, c, k, pairs, kept))
            if (
                i > 1
                and j > 1
                and q == candidate[j - 2]
                and query[i - 2] == c
                and q != query[i - 2]
            ):
                best = min(best, table[i - 2, j - 2] + SWAP_BITS)
            table[i, j] = best
            least = min(least, best)
        if high < m:
            table[i, high + 1] = _BEYOND
        if least > budget and before + SWAP_BITS > budget:
            return least
        before = least
    return table[n, m]


@kernel
def _kin(q, c, k):  # type: ignore[no-untyped-def]
    """False only where reading one symbol as the other costs more than KIN_BITS."""
    kin = k.kin
    return (
        q == c or kin[q, 0] & kin[c, 0] != 0 or (kin[q, 1] >> np.uint64(c & 63)) & np.uint64(1) != 0
    )


@kernel
def _hopeless(query, candidate, budget, k):  # type: ignore[no-untyped-def]
    """A name of three symbols, none of which may be lost, has one that the text's cannot be."""
    if budget > KIN_BITS or len(query) != 3 or len(candidate) != 3:
        return False
    apart = 0
    for i in range(3):
        apart += not _kin(query[i], candidate[i], k)
    if apart == 0:
        return False
    return not (
        (query[0] == candidate[1] and query[1] == candidate[0])
        or (query[1] == candidate[2] and query[2] == candidate[1])
        or (query[0] == candidate[2] and query[2] == candidate[0])
        or (query[0] == candidate[1] and query[1] == candidate[2])
        or (query[0] == candidate[2] and query[1] == candidate[0])
    )


@kernel
def _verify(  # type: ignore[no-untyped-def]
    codes, offsets, names, name_offsets, hits, budgets, k, table, pairs, kept, out
):
    for h in range(len(hits)):
        start = offsets[hits[h, 0]] + hits[h, 2]
        query = codes[start : start + hits[h, 3]]
        name = hits[h, 1]
        candidate = names[name_offsets[name] : name_offsets[name + 1]]
        budget = budgets[min(len(candidate), len(budgets) - 1)]
        if _hopeless(query, candidate, budget, k):
            out[h] = _BEYOND
            continue
        bits = _bits_within(query, candidate, budget, k, table, pairs, kept)
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
    budgets: npt.NDArray[np.float64] | None = None,
) -> npt.NDArray[np.float32]:
    """The bits of every hit of `blocking.find`: its window read as its name.

    budgets: by the length of the name, the last for all longer ones; of a reading that costs more
    than its budget any number above it is given. None: every cost in full.
    """
    out = np.empty(len(hits), np.float32)
    longest = int(hits[:, 3].max()) if len(hits) else 0
    if budgets is None:
        budgets = np.full(1, FREE * 64)
    space = scratch(max(longest, 64))
    pairs, kept = np.zeros(_KEPT, np.uint32), np.zeros(_KEPT, np.float32)
    _verify(codes, offsets, names, name_offsets, hits, budgets, likeness, space, pairs, kept, out)
    return out
