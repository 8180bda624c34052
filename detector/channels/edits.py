"""The steps of a disguise as people see them: from an alignment back to the original characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from detector.channels.candidate import Candidate
from detector.text import align
from detector.text.alphabet import (
    FREE,
    HOMOPHONE_BITS,
    INITIAL_BITS,
    NUMERAL_BITS,
    SPELLED_BITS,
    TOKEN,
    alphabet,
)
from detector.text.fold import plain
from detector.text.reading import read
from detector.text.symbols import SYLLABLE_BASE, Symbol
from detector.types import Edit, EditKind, Kind, Span

# The step that names what was done to a symbol, where several were: the most telling first
_TELLING = (
    EditKind.FLIPPED, EditKind.SPELLED, EditKind.SPLIT, EditKind.EMOJI, EditKind.DOUBLED,
    EditKind.SYNONYM, EditKind.TRANSLATED,
    EditKind.CONFUSABLE, EditKind.KANA, EditKind.RADICAL, EditKind.ENCLOSED, EditKind.VARIANT,
    EditKind.TRADITIONAL, EditKind.NUMERAL, EditKind.COMPATIBILITY,
)  # fmt: skip


def edits_of(candidate: Candidate, text: str) -> tuple[Edit, ...]:
    """Every step between the characters of `text` and the name, in reading order."""
    found = [*_alignment_edits(candidate, text), *_between(candidate, text)]
    return tuple(sorted(found, key=lambda edit: edit.span))


@dataclass(frozen=True, slots=True)
class Structural:
    """A step that neither sound nor shape explains: what was written, what the name has at `at`."""

    kind: EditKind
    query: str
    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Steps:
    """What an alignment did, in the name's own places.

    kept: places of the symbols that are written, or spelled, as they are.
    missounded: a spelled syllable is not the name's own, or a letter its initial in a short brand.
    """

    structural: tuple[Structural, ...]
    kept: frozenset[int]
    missounded: bool


def steps_of(candidate: Candidate) -> Steps:
    """The steps of a candidate's alignment; none for a reordering, where every symbol is kept."""
    likeness = alphabet().likeness
    query_text = candidate.reading.text[candidate.start : candidate.end]
    key_text = _key(candidate)
    query, key = alphabet().encode(query_text), alphabet().encode(key_text)
    cost, steps = align.trace(query, key, likeness)
    if candidate.bits < cost - 0.5:
        return Steps((), frozenset(range(len(key))), False)
    structural: list[Structural] = []
    kept: set[int] = set()
    missounded = False
    for op, i, j in steps:
        if op == align.DROP:
            structural.append(Structural(EditKind.DROPPED, "", key_text[j], j))
        elif op == align.INSERT:
            structural.append(Structural(EditKind.INSERTED, query_text[i], "", j))
        elif op == align.SWAP:
            kept.update((j, j + 1))
        elif op in (align.KEEP, align.REPLACE):
            bits = align.replace_bits(int(query[i]), int(key[j]), likeness)
            if bits >= FREE:
                structural.append(Structural(EditKind.REPLACED, query_text[i], key_text[j], j))
            elif bits <= SPELLED_BITS:
                kept.add(j)
            missounded |= likeness.letter[query[i]] == TOKEN and bits > SPELLED_BITS
            missounded |= bits == INITIAL_BITS and len(key) < 4 and not _well_known(candidate)
    return Steps(tuple(structural), frozenset(kept), missounded)


def _well_known(candidate: Candidate) -> bool:
    """新H社 is read as what every reader knows; 张小Q is not 张小泉."""
    return candidate.entity.kind not in (Kind.ENTERPRISE, Kind.PLATFORM)


def _key(candidate: Candidate) -> str:
    return plain(candidate.alias.text)


def _alignment_edits(candidate: Candidate, text: str) -> Iterator[Edit]:
    letters = alphabet()
    symbols = candidate.reading.symbols[candidate.start : candidate.end]
    key = _key(candidate)
    if candidate.alias.sort == "initials":
        yield Edit(EditKind.INITIAL, text[slice(*candidate.span)], candidate.alias.text,
                   candidate.span)  # fmt: skip
        return
    query_text = "".join(s.char for s in symbols)
    query, name = letters.encode(query_text), letters.encode(key)
    cost, steps = align.trace(query, name, letters.likeness)
    if cost > align.ORDER_BITS and Counter(query_text) == Counter(key):
        yield Edit(EditKind.REORDERED, text[slice(*candidate.span)], key, candidate.span)
        return
    for op, i, j in steps:
        if op in (align.KEEP, align.REPLACE):
            yield from _one(symbols[i], key[j], int(query[i]), int(name[j]), op, text)
        elif op == align.SWAP:
            span = _joined(symbols[i], symbols[i + 1])
            yield Edit(EditKind.SWAPPED, text[slice(*span)], key[j : j + 2], span)
        elif op == align.DROP:
            at = symbols[i - 1].span[1] if i else symbols[0].span[0]
            yield Edit(EditKind.DROPPED, "", key[j], (at, at))
        else:
            kind = EditKind.DOUBLED if op == align.DOUBLE else EditKind.INSERTED
            yield Edit(kind, text[slice(*symbols[i].span)], "", symbols[i].span)


def _joined(left: Symbol, right: Symbol) -> Span:
    return min(left.span[0], right.span[0]), max(left.span[1], right.span[1])


def _one(symbol: Symbol, wanted: str, query: int, name: int, op: int, text: str) -> Iterator[Edit]:
    written = text[slice(*symbol.span)]
    bits = align.replace_bits(query, name, alphabet().likeness) if op == align.REPLACE else 0.0
    kind = _kind(symbol, query, name, bits)
    if kind is not None and written != wanted:
        yield Edit(kind, written, wanted, symbol.span)


def _kind(symbol: Symbol, query: int, name: int, bits: float) -> EditKind | None:
    """What reading this symbol so takes; None for a plain or merely capital letter."""
    if ord(symbol.char) >= SYLLABLE_BASE and bits < FREE:
        return EditKind.SPELLED
    if bits == 0:
        return next((step for step in _TELLING if step in symbol.steps), None)
    likeness = alphabet().likeness
    if bits >= FREE:
        return EditKind.REPLACED
    if bits == NUMERAL_BITS:
        return EditKind.NUMERAL
    if any(
        likeness.shape_to[at] == name and likeness.shape_bits[at] <= bits
        for at in range(likeness.shape_at[query], likeness.shape_at[query + 1])
    ):
        return EditKind.LOOK_ALIKE
    if bits == INITIAL_BITS and 0 <= likeness.letter[query] < TOKEN:
        return EditKind.INITIAL
    return EditKind.HOMOPHONE if bits == HOMOPHONE_BITS else EditKind.NEAR_SOUND


def _between(candidate: Candidate, text: str) -> Iterator[Edit]:
    """Decoration inside the name: hidden characters, separators, emoji. Spaces in Latin are none."""
    start, end = candidate.span
    latin = candidate.alias.text.isascii() and " " in candidate.alias.text
    inside = {
        at for symbol in candidate.reading.symbols[candidate.start : candidate.end]
        for at in range(*symbol.span)
    }  # fmt: skip
    for symbol in candidate.reading.passed_over:
        a, b = symbol.span
        if start < a < end and a not in inside and not (latin and text[a] in " .&'-’"):
            kind = symbol.steps[0] if symbol.steps else EditKind.SEPARATOR
            yield Edit(kind, text[a:b], "", (a, b))


@lru_cache(maxsize=1024)
def base_text(text: str) -> str:
    """The plainest reading of a text."""
    return read(text)[0].text
