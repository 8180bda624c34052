"""Which candidates may explain their text: a quick twin of `detector.channels.weighing`.

The margin is computed as there, number by number. Of the rules that take a name away in spite of its
margin only the cheap ones are asked, so what is alive here may still be none there, never the reverse.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from detector.channels.weighing import (
    CUT_BITS,
    LEAST_CUT_MARGIN,
    LONGEST_CUT,
    MOST_LATIN_BITS,
    POSSIBLE_MARGIN,
)
from detector.engine.names import ALNUM, PLACE, REGION
from detector.engine.triggers import STATE, claims
from detector.text.alphabet import FIGURE
from detector.text.blocking import FROM, NAME, SIZE
from detector.text.blocking import ROW as TEXT
from detector.text.compiled import lexicon
from detector.text.compiled.letters import FLAGS, LETTER, RAW, UPPER
from detector.text.compiled.readings import PLAINEST, ROW, SORT, START
from detector.text.compiled.spell import AT, CHOSEN, END, SYMBOL

# Bits are sums of the same numbers in the same order as in the plain twin; this is for doubt only
_SLACK = 1e-6


@njit(cache=True, nogil=True, _nrt=False)
def _is_ascii(symbol, symbols):  # type: ignore[no-untyped-def]  # compiled: numba infers the types
    letter = symbols[symbol, LETTER]
    return letter < 26 or letter == FIGURE


@njit(cache=True, nogil=True, _nrt=False)
def _parted(seq, inner, outer, codes, code, symbols):  # type: ignore[no-untyped-def]
    """Whether something stands between two neighbours of a Latin name's edge, or case tells them apart."""
    if outer < 0 or outer >= len(seq):
        return True
    left, right = inner, outer
    if (seq[outer, AT], seq[outer, END]) < (seq[inner, AT], seq[inner, END]):
        left, right = outer, inner
    a, b = seq[left, SYMBOL], seq[right, SYMBOL]
    if seq[left, END] < seq[right, AT] or not _is_ascii(a, symbols) or not _is_ascii(b, symbols):
        return True
    if (symbols[a, LETTER] == FIGURE) != (symbols[b, LETTER] == FIGURE):
        return True
    upper = code[codes[seq[right, AT]], FLAGS] & UPPER != 0
    return upper and code[codes[seq[left, AT]], FLAGS] & UPPER == 0


@njit(cache=True, nogil=True, _nrt=False)
def _bounded(seq, start, end, alnum, codes, code, symbols):  # type: ignore[no-untyped-def]
    """Latin names and numbers stand between breaks (`weighing._bounded`, short names aside)."""
    spaced = False
    for at in range(start, end):
        if not _is_ascii(seq[at, SYMBOL], symbols):
            return True
        spaced |= at > start and seq[at - 1, END] < seq[at, AT]
    if spaced and alnum and end - start < len(seq):
        return False
    return _parted(seq, start, start - 1, codes, code, symbols) and _parted(
        seq, end - 1, end, codes, code, symbols
    )


@njit(cache=True, nogil=True, _nrt=False)
def _latin(seq, symbols):  # type: ignore[no-untyped-def]
    for at in range(len(seq)):
        if not _is_ascii(seq[at, SYMBOL], symbols):
            return False
    return True


@njit(cache=True, nogil=True, _nrt=False)
def _chosen(seq, start, end):  # type: ignore[no-untyped-def]
    for at in range(start, end):
        if seq[at, CHOSEN]:
            return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def _explains(  # type: ignore[no-untyped-def]
    seq, hit, bits, plainest, base_bits, cuts, names, codes, code, symbols, words
):
    """Whether one candidate may explain its reading better than ordinary Chinese."""
    pieces, before, after, scratch, spoken = cuts
    start, end = hit[FROM], hit[FROM] + hit[SIZE]
    respelled = _chosen(seq, start, end)
    if not plainest and not respelled:
        return False  # what the plainest reading holds too
    if not _bounded(seq, start, end, names.marks[hit[NAME]] & ALNUM, codes, code, symbols):
        return False
    own = before[len(seq)]
    ordinary = max(own, base_bits) if respelled else own
    margin = ordinary - (before[start] + names.prior[hit[NAME]] + bits + after[end])
    if bits == 0 and not respelled:
        if margin >= LEAST_CUT_MARGIN - _SLACK or end - start >= LONGEST_CUT:
            return True
        alone = lexicon.bits_of(spoken, start, end, pieces, scratch, words)
        return before[start] + alone + after[end] - own <= CUT_BITS + _SLACK
    if margin < POSSIBLE_MARGIN - _SLACK:
        return False
    return bits <= MOST_LATIN_BITS or not _latin(seq, symbols)


@njit(cache=True, nogil=True, _nrt=False)
def _harmless(seq, hit, bits, plainest, names, passing, codes, code, marks):  # type: ignore[no-untyped-def]
    """Whether a name that the law lets pass is written exactly as registered, among other words."""
    start, end = hit[FROM], hit[FROM] + hit[SIZE]
    if not passing[hit[NAME]] or not plainest or bits != 0 or end - start >= len(seq):
        return False
    for at in range(start, end):
        written = codes[seq[at, AT]]
        if seq[at, CHOSEN] or (written > 127 and code[written, RAW] != seq[at, SYMBOL]):
            return False
        if at > start and seq[at - 1, END] != seq[at, AT]:
            return False
    if (start == 1 and seq[0, SYMBOL] == seq[1, SYMBOL]) or (
        end == len(seq) - 1 and seq[end, SYMBOL] == seq[end - 1, SYMBOL]
    ):
        return False
    if not names.marks[hit[NAME]] & PLACE:
        return True
    for at in range(len(seq)):  # 中国北京 is still the place's own name
        if (at < start or at >= end) and not marks[seq[at, SYMBOL], 0] & STATE:
            return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def mark(  # type: ignore[no-untyped-def]
    place, sequence, hits, bits, names, codes, offsets, code, symbols, words, cuts, passing,
    triggers, mask, beside, alive,
):
    """Mark the texts of which a hit may be a case; hits: of `blocking.find`, by reading.

    cuts: scratch space (pieces, before, after, spare, symbols of the reading as one array).
    passing: bool by name, harmless beside words without a cue of `mask`; such a name alone in its
    text marks nothing. beside: bool by text, says something beside a written division.
    """
    pieces, before, after, scratch, spoken = cuts
    cut_of, base_of, base_bits, passed = -1, -1, 0.0, -1
    for h in range(len(hits)):
        reading = hits[h, TEXT]
        row = place[reading, ROW]
        if alive[row]:
            continue
        if base_of != row:
            base_of, passed = row, -1
            first = reading
            while place[first, SORT] != PLAINEST:
                first -= 1
            size = place[first + 1, START] - place[first, START]
            for i in range(size):
                spoken[i] = sequence[place[first, START] + i, SYMBOL]
            lexicon.cut(spoken[:size], pieces, before, after, words)
            base_bits, cut_of = before[size], first
        a, b = place[reading, START], place[reading + 1, START]
        if cut_of != reading:
            for i in range(b - a):
                spoken[i] = sequence[a + i, SYMBOL]
            lexicon.cut(spoken[: b - a], pieces, before, after, words)
            cut_of = reading
        seq, plainest = sequence[a:b], place[reading, SORT] == PLAINEST
        if beside[row] and plainest and bits[h] == 0 and names.marks[hits[h, NAME]] & REGION:
            alive[row] = True
            continue
        of_text = codes[offsets[row] : offsets[row + 1]]
        if not _explains(
            seq, hits[h], bits[h], plainest, base_bits, cuts, names, of_text, code, symbols, words
        ):
            continue
        window = hits[h, FROM] << 8 | hits[h, SIZE]
        if (
            (passed < 0 or passed == window)
            and _harmless(
                seq, hits[h], bits[h], plainest, names, passing, of_text, code, triggers.symbol
            )
            and (passed == window or not claims(seq, mask, triggers.cues))
        ):
            passed = window
        else:
            alive[row] = True


@njit(cache=True, nogil=True, _nrt=False)
def mark_composed(place, hits, pieces, names, alive):  # type: ignore[no-untyped-def]
    """Mark the texts in which a division stands right beside a piece of an organ's name."""
    first = 0
    for p in range(len(pieces)):
        reading = pieces[p, TEXT]
        while first < len(hits) and hits[first, TEXT] < reading:
            first += 1
        h = first
        while h < len(hits) and hits[h, TEXT] == reading:
            if names.marks[hits[h, NAME]] & REGION and (
                hits[h, FROM] == pieces[p, FROM] + pieces[p, SIZE]
                or hits[h, FROM] + hits[h, SIZE] == pieces[p, FROM]
            ):
                alive[place[reading, ROW]] = True
            h += 1
