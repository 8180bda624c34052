"""The compiled twins say what the plain modules say: readings, words, likeness, verification."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings

from detector.channels.candidate import CHOSEN
from detector.engine.gate import Gate
from detector.pipeline import swapped
from detector.registry.lookup import BUDGETS, budget
from detector.text import align, blocking, words
from detector.text.alphabet import KIN_BITS, alphabet
from detector.text.compiled import column, keys, lexicon, readings, spell
from detector.text.compiled.letters import RAW, encode
from detector.text.compiled.readings import FURTHER, PLAINEST, SWAPPED
from detector.text.reading import read
from detector.text.symbols import Reading
from tests.core.shipped import screener
from tests.engine import texts

Symbols = tuple[tuple[int, int, int, bool], ...]


@cache
def gate() -> Gate:
    found = screener().gate
    assert found is not None
    return found


def plainly(text: str) -> list[tuple[int, Symbols]]:
    """The readings of a text by the plain modules."""
    of_text = read(text)
    sorted_ = [
        *((FURTHER if i else PLAINEST, r) for i, r in enumerate(of_text)),
        *((SWAPPED, r) for r in swapped(of_text[0])),
    ]
    return [(sort, _symbols(reading)) for sort, reading in sorted_]


def _symbols(reading: Reading) -> Symbols:
    numbers = encode(reading.text, gate().letters.code[:, RAW]).tolist()
    return tuple(
        (number, *symbol.span, any(step in CHOSEN for step in symbol.steps))
        for number, symbol in zip(numbers, reading.symbols, strict=True)
    )


def compiled(names: Sequence[str]) -> list[list[tuple[int, Symbols]] | None]:
    """The same by the kernels; None where a text is strange."""
    whole = column.of_texts(names)
    found: list[list[tuple[int, Symbols]] | None] = []
    at = 0
    while at < len(names):
        room = readings.room(len(names), len(whole.codes))
        stop, made = readings.read(
            whole.codes, whole.offsets, at, len(names), gate().letters, spell.trie(), room
        )
        by_row: dict[int, list[tuple[int, Symbols]]] = defaultdict(list)
        for number in range(len(made.place) - 1):
            row, sort, start = made.place[number].tolist()
            part = made.symbols[start : made.place[number + 1, readings.START]].tolist()
            by_row[row].append((sort, tuple((s, a, e, bool(c)) for s, a, e, c in part)))
        found += [None if made.strange[row - at] else by_row[row] for row in range(at, stop)]
        at = stop
    return found


@settings(max_examples=400, deadline=None)
@given(texts.names())
@example("")
@example("xin hua she")
@example("湖北10堰")
@example("蒙🐮")
@example("浦发Bank")
@example("国家移民事务局")
@example("院察检市汉武")
def test_a_text_is_read_as_by_the_plain_module(text: str) -> None:
    (found,) = compiled([text])
    assert found is None or found == plainly(text)


def test_the_texts_of_the_sets_are_read_as_by_the_plain_module() -> None:
    listed = [text for text in texts.of_the_sets() if len(text) <= readings.LONGEST]
    found = compiled(listed)
    known = [(text, made) for text, made in zip(listed, found, strict=True) if made is not None]
    assert len(known) > 0.9 * len(listed)
    assert [text for text, made in known if made != plainly(text)] == []


@settings(max_examples=200, deadline=None)
@given(texts.names())
def test_words_are_cut_at_the_same_cost(text: str) -> None:
    reading = read(text)[0].text
    symbols = encode(reading, gate().letters.code[:, RAW])
    size = len(symbols) + 1
    pieces, before, after = np.empty((size, 8)), np.empty(size), np.empty(size)
    lexicon.cut(symbols, pieces, before, after, gate().words)
    known = words.cut(reading)
    assert before.tolist() == list(known.before)
    assert after.tolist() == list(known.after)


def test_kin_keeps_no_likely_pair_apart() -> None:
    likeness, rng = alphabet().likeness, np.random.default_rng(5)
    size = len(likeness.letter)
    for left in rng.integers(1, size, 60).tolist():
        alike = likeness.shape_to[likeness.shape_at[left] : likeness.shape_at[left + 1]]
        for right in {*rng.integers(1, size, 60).tolist(), *alike.tolist()}:
            if align.replace_bits(left, right, likeness) <= KIN_BITS:
                assert align.are_kin(left, right, likeness), (left, right)


def test_verification_within_the_budget_is_that_in_full() -> None:
    lookup = screener().registry.built.names
    letters, rng = alphabet(), np.random.default_rng(7)
    listed = texts.registered()[:150]
    codes = letters.encode("".join(listed))
    offsets = np.concatenate([[0], np.cumsum([len(t) for t in listed])]).astype(np.int64)
    hits, _ = blocking.find(
        codes, letters.sound_class[codes], letters.shape_class[codes], offsets, lookup.table
    )
    by_chance = np.column_stack(
        [
            np.zeros(500),
            rng.integers(0, lookup.split, 500),
            np.zeros(500),
            np.full(500, len(listed[0])),
        ]
    ).astype(np.int32)
    hits = np.concatenate([hits, by_chance])
    full = align.verify(codes, offsets, lookup.codes, lookup.offsets, hits, letters.likeness)
    quick = align.verify(
        codes, offsets, lookup.codes, lookup.offsets, hits, letters.likeness, BUDGETS
    )
    most = budget(lookup.lengths[hits[:, blocking.NAME]])
    assert (full <= most).sum() > 100
    assert ((full <= most) == (quick <= most)).all()
    assert (full[full <= most] == quick[full <= most]).all()


COLUMNS: dict[str, pa.Array | pa.ChunkedArray] = {
    "strings": pa.array(["人民", "", "a🐮"]),
    "large strings": pa.array(["人民", "", "a🐮"], pa.large_string()),
    "a slice": pa.array(["x", "人民", "", "a🐮", "y"])[1:4],
    "chunks": pa.chunked_array([["人民"], ["", "a🐮"]]),
    "a null": pa.array(["人民", None, "a🐮"]),
}


@pytest.mark.parametrize("texts_", COLUMNS.values(), ids=COLUMNS)
def test_a_column_of_arrow_is_that_of_its_strings(texts_: pa.Array | pa.ChunkedArray) -> None:
    found, wanted = column.of_arrow(texts_), column.of_texts(["人民", "", "a🐮"])
    assert found.codes.tolist() == wanted.codes.tolist()
    assert found.offsets.tolist() == wanted.offsets.tolist()


def test_an_empty_column_has_no_texts() -> None:
    assert len(column.of_arrow(pa.array([], pa.string()))) == len(column.of_texts([])) == 0


def of_words(*entries: tuple[tuple[int, ...], int]) -> keys.Keys:
    symbols = np.array([s for word, _ in entries for s in word], np.uint16)
    offsets = np.cumsum([0, *(len(word) for word, _ in entries)]).astype(np.int64)
    return keys.build(symbols, offsets, np.array([v for _, v in entries], np.int32))


def looked_up(known: keys.Keys, word: tuple[int, ...]) -> int:
    high, low = np.uint64(0), np.uint64(0)
    for symbol in word:
        high, low = keys.grown(high, low, np.uint16(symbol))
    return int(keys.value_of(known, high, low))


def test_keys_tell_every_word_apart() -> None:
    rng = np.random.default_rng(3)
    listed = {tuple(rng.integers(1, 4, rng.integers(1, 9)).tolist()) for _ in range(500)}
    entries = [(word, number) for number, word in enumerate(sorted(listed))]
    known = of_words(*entries)
    assert all(looked_up(known, word) == number for word, number in entries)
    others = {tuple(rng.integers(1, 5, rng.integers(1, 9)).tolist()) for _ in range(500)}
    assert all(looked_up(known, word) == -1 for word in others - listed)


@pytest.mark.parametrize("word", [(), (1, 0), (1,) * 9], ids=["empty", "unknown", "too long"])
def test_what_is_no_key_is_refused(word: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="one to eight symbols"):
        of_words((word, 1))
