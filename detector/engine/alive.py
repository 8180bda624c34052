"""Which candidates may explain their text: a quick twin of `detector.channels.weighing`.

The margin is computed as there, number by number. Of the rules that take a name away in spite of its
margin only the cheap ones are asked, so what is alive here may still be none there, never the reverse.
"""

from __future__ import annotations

from detector.channels.farfetched import MOST_LATIN_BITS
from detector.channels.names import DRAWN_BITS, LONG_DISGUISE, LONG_MARGIN
from detector.channels.weighing import (
    CUT_BITS,
    LEAST_CUT_MARGIN,
    LEET_BITS,
    LONGEST_CUT,
    ODD_ORDER_BITS,
    POSSIBLE_MARGIN,
)
from detector.engine.harmless import BESIDE_WORD
from detector.engine.names import ALNUM, PLACE, REGION
from detector.engine.triggers import SILENT_END, STATE, claims
from detector.text.align import ORDER_BITS
from detector.text.alphabet import FIGURE, TOKEN
from detector.text.blocking import FROM, NAME, SIZE
from detector.text.blocking import ROW as TEXT
from detector.text.compiled import lexicon
from detector.text.compiled.letters import FLAGS, LETTER, RAW, UPPER
from detector.text.compiled.readings import PLAINEST, ROW, SORT, START
from detector.text.compiled.spell import AT, CHOSEN, END, SYMBOL
from detector.text.kernel import kernel

# Bits are sums of the same numbers in the same order as in the plain twin; this is for doubt only
_SLACK = 1e-6
# How a candidate explains its text
_NOT, _WRITTEN, _DISGUISED, _CLEAR = 0, 1, 2, 3


@kernel
def _is_ascii(symbol, symbols):  # type: ignore[no-untyped-def]  # compiled: numba infers the types
    letter = symbols[symbol, LETTER]
    return letter < 26 or letter == FIGURE


@kernel
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


@kernel
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


@kernel
def _latin(seq, symbols):  # type: ignore[no-untyped-def]
    for at in range(len(seq)):  # noqa: SIM110  kernels know no generators
        if not _is_ascii(seq[at, SYMBOL], symbols):
            return False
    return True


@kernel
def _chosen(seq, start, end):  # type: ignore[no-untyped-def]
    for at in range(start, end):  # noqa: SIM110
        if seq[at, CHOSEN]:
            return True
    return False


@kernel
def _explains(  # type: ignore[no-untyped-def]
    seq, hit, bits, plainest, base_bits, cuts, names, codes, code, symbols, words
):
    """How one candidate may explain its reading better than ordinary Chinese: not, written as
    registered, in disguise, or in a disguise so long and clear that nothing else matters."""
    pieces, before, after, scratch, spoken = cuts
    start, end = hit[FROM], hit[FROM] + hit[SIZE]
    respelled = _chosen(seq, start, end)
    if not plainest and not respelled:
        return _NOT  # what the plainest reading holds too
    if not _bounded(seq, start, end, names.marks[hit[NAME]] & ALNUM, codes, code, symbols):
        return _NOT
    own = before[len(seq)]
    ordinary = max(own, base_bits) if respelled else own
    if start == 0 and end == len(seq):
        if bits == ORDER_BITS:
            ordinary += ODD_ORDER_BITS
        if respelled and _latin(seq, symbols):
            ordinary += LEET_BITS * end / 2
    margin = ordinary - (before[start] + names.prior[hit[NAME]] + bits + after[end])
    if bits == 0 and not respelled:
        if margin >= LEAST_CUT_MARGIN - _SLACK or end - start >= LONGEST_CUT:
            return _WRITTEN
        alone = lexicon.bits_of(spoken, start, end, pieces, scratch, words)
        across = before[start] + alone + after[end] - own
        return _WRITTEN if across <= CUT_BITS + _SLACK else _NOT
    if margin < POSSIBLE_MARGIN - _SLACK or (bits > MOST_LATIN_BITS and _latin(seq, symbols)):
        return _NOT
    if end - start >= LONG_DISGUISE and margin >= LONG_MARGIN - _SLACK:
        return _CLEAR
    return _DISGUISED


@kernel
def _doubled(seq, start, end):  # type: ignore[no-untyped-def]
    """The name's first or last symbol stands doubled and alone beside it: 国国资委."""
    return (start == 1 and seq[0, SYMBOL] == seq[1, SYMBOL]) or (
        end == len(seq) - 1 and seq[end, SYMBOL] == seq[end - 1, SYMBOL]
    )


@kernel
def _beside_word(seq, start, end, symbols, marks):  # type: ignore[no-untyped-def]
    """Whether a word beside the name surely says something: what it ends in ends no silent word.

    A single symbol behind the name may be a stray one (`stance`). Spelled syllables may be anything.
    """
    for at in range(len(seq)):
        if (at < start or at >= end) and symbols[seq[at, SYMBOL], LETTER] == TOKEN:
            return False
    if start > 0 and not marks[seq[start - 1, SYMBOL], 0] & SILENT_END:
        return True
    return end < len(seq) - 1 and not marks[seq[len(seq) - 1, SYMBOL], 0] & SILENT_END


@kernel
def _beside_more(seq, start, end, marks):  # type: ignore[no-untyped-def]
    """Whether something but 中国 and 中华 stands beside the name."""
    for at in range(len(seq)):  # noqa: SIM110
        if (at < start or at >= end) and not marks[seq[at, SYMBOL], 0] & STATE:
            return True
    return False


@kernel
def _harmless(seq, hit, plainest, names, passing, codes, code, symbols, marks):  # type: ignore[no-untyped-def]
    """Whether a name that the law lets pass is written exactly as registered, among other words."""
    start, end = hit[FROM], hit[FROM] + hit[SIZE]
    beside = passing[hit[NAME]]
    if beside == 0 or not plainest or end - start >= len(seq) or _doubled(seq, start, end):
        return False
    for at in range(start, end):
        written = codes[seq[at, AT]]
        if seq[at, CHOSEN] or (written > 127 and code[written, RAW] != seq[at, SYMBOL]):
            return False
        if at > start and seq[at - 1, END] != seq[at, AT]:
            return False
    if beside == BESIDE_WORD:
        return _beside_word(seq, start, end, symbols, marks)
    return not names.marks[hit[NAME]] & PLACE or _beside_more(seq, start, end, marks)


@kernel
def _implausible(seq, hit, bits, symbols, marks):  # type: ignore[no-untyped-def]
    """Whether a disguise is no more than chance, where no word of the text claims anything.

    `names._plausible`: two symbols need an official word; others stand alone or beside one.
    """
    start, end = hit[FROM], hit[FROM] + hit[SIZE]
    if end - start <= 2 and bits > DRAWN_BITS:
        if end - start == len(seq):
            return False  # 萌牛 by itself, which everybody knows
        for at in range(len(seq)):
            if (at < start or at >= end) and symbols[seq[at, SYMBOL], LETTER] == TOKEN:
                return False
        return True
    return not _doubled(seq, start, end) and _beside_word(seq, start, end, symbols, marks)


@kernel
def mark(  # type: ignore[no-untyped-def]
    place,
    sequence,
    hits,
    bits,
    names,
    codes,
    offsets,
    code,
    symbols,
    words,
    cuts,
    passing,
    triggers,
    mask,
    beside,
    alive,
):
    """Mark the texts of which a hit may be a case; hits: of `blocking.find`, by reading.

    cuts: scratch space (pieces, before, after, spare, symbols of the reading as one array).
    passing: uint8 by name, beside what it is harmless where no word has a cue of `mask`.
    beside: bool by text, says something beside a written division.
    """
    pieces, before, after, _scratch, spoken = cuts
    cut_of, base_of, base_bits = -1, -1, 0.0
    passed, low, high = -1, 0, 0
    for h in range(len(hits)):
        reading = hits[h, TEXT]
        row = place[reading, ROW]
        if alive[row]:
            continue
        if base_of != row:
            base_of = row
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
        sort = _explains(
            seq, hits[h], bits[h], plainest, base_bits, cuts, names, of_text, code, symbols, words
        )
        if sort == _NOT:
            continue
        quiet = False
        if sort == _WRITTEN:
            quiet = _harmless(
                seq, hits[h], plainest, names, passing, of_text, code, symbols, triggers.symbol
            )
        elif sort == _DISGUISED:
            quiet = _implausible(seq, hits[h], bits[h], symbols, triggers.symbol)
        if (
            passed != reading
        ):  # the names of one reading may claim for each other, unless they overlap
            passed, low, high = reading, 0, b - a
        low, high = max(low, hits[h, FROM]), min(high, hits[h, FROM] + hits[h, SIZE])
        alive[row] = not quiet or low >= high or claims(seq, mask, triggers.cues)


@kernel
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
