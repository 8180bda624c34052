"""The compiled alignment against a slow readable twin, and what each step costs."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.text import align
from detector.text.align import DOUBLE, DROP, INSERT, KEEP, REPLACE, SWAP
from detector.text.alphabet import (
    FIGURE,
    FREE,
    HOMOPHONE_BITS,
    INITIAL_BITS,
    LOOK_ALIKE_BITS,
    LOOK_ALIKE_STEP,
    NEAR_SOUND_BITS,
    NUMERAL_BITS,
    SPELLED_BITS,
    Ids,
    alphabet,
)
from detector.text.symbols import syllables

# Small alphabets, rich in relations: same sound, near sound, look-alike, numeral, letter, token
RELATED = "日曰目人仁认民敏一壹1lr报抱社杜" + syllables()["ren"] + syllables()["min"]
FEW = "日曰人"
texts = st.text(st.sampled_from(RELATED), max_size=6) | st.text(st.sampled_from(FEW), max_size=7)


def replaced(query: int, candidate: int) -> float:
    return align.replace_bits(query, candidate, alphabet().likeness)


def is_figure(symbol: int) -> bool:
    return bool(alphabet().likeness.letter[symbol] == FIGURE)


def dropped(symbol: int) -> float:
    return align.DIGIT_BITS if is_figure(symbol) else align.DROP_BITS


def inserted(symbol: int, repeated: bool) -> float:
    if is_figure(symbol):
        return align.DIGIT_BITS
    return align.DOUBLE_BITS if repeated else align.INSERT_BITS


def slow_bits(query: list[int], candidate: list[int]) -> float:
    """The cheapest way to turn the query into the candidate, by trying every last step."""

    @cache
    def best(i: int, j: int) -> float:
        if i == 0:
            return sum(dropped(symbol) for symbol in candidate[:j])
        if j == 0:
            return i * align.INSERT_BITS
        repeated = i > 1 and query[i - 1] == query[i - 2]
        ways = [
            best(i - 1, j - 1) + replaced(query[i - 1], candidate[j - 1]),
            best(i - 1, j) + inserted(query[i - 1], repeated),
            best(i, j - 1) + dropped(candidate[j - 1]),
        ]
        if i > 1 and j > 1:
            turned = [query[i - 1], query[i - 2]] == candidate[j - 2 : j]
            if turned and query[i - 1] != query[i - 2]:
                ways.append(best(i - 2, j - 2) + align.SWAP_BITS)
        return min(ways)

    return best(len(query), len(candidate))


def encoded(text: str) -> Ids:
    return alphabet().encode(text)


def traced(query: str, candidate: str) -> tuple[float, tuple[align.Step, ...]]:
    return align.trace(encoded(query), encoded(candidate), alphabet().likeness)


def step_bits(step: align.Step, query: Ids, candidate: Ids) -> float:
    op, i, j = step
    if op in (KEEP, REPLACE):
        return replaced(int(query[i]), int(candidate[j]))
    if op == SWAP:
        return align.SWAP_BITS
    if op == DROP:
        return dropped(int(candidate[j]))
    return align.INSERT_BITS if j == 0 else inserted(int(query[i]), op == DOUBLE)


@settings(max_examples=400)
@given(texts, texts)
def test_the_compiled_alignment_equals_its_slow_twin(query: str, candidate: str) -> None:
    left, right = encoded(query), encoded(candidate)
    slow = slow_bits(left.tolist(), right.tolist())
    assert traced(query, candidate)[0] == pytest.approx(slow, abs=1e-3)
    fast = align.bits_between(left, right, alphabet().likeness, align.scratch(8))
    assert float(fast) == pytest.approx(slow, abs=1e-3)


@settings(max_examples=400)
@given(texts, texts)
def test_the_steps_turn_the_query_into_the_candidate_at_the_cost(
    query: str, candidate: str
) -> None:
    left, right = encoded(query), encoded(candidate)
    cost, steps = traced(query, candidate)
    assert sum(step_bits(s, left, right) for s in steps) == pytest.approx(cost, abs=1e-2)
    read, written = 0, 0
    for op, i, j in steps:
        assert (i, j) == (read, written)
        if op == KEEP:
            assert left[i] == right[j]
        elif op == REPLACE:
            assert left[i] != right[j]
        elif op == DOUBLE:
            assert left[i] == left[i - 1]
        elif op == SWAP:
            assert left[i : i + 2].tolist() == right[j : j + 2].tolist()[::-1]
        read += {DROP: 0, SWAP: 2}.get(op, 1)
        written += {INSERT: 0, DOUBLE: 0, SWAP: 2}.get(op, 1)
    assert (read, written) == (len(left), len(right))


@given(texts)
def test_a_text_is_read_as_itself_for_nothing(text: str) -> None:
    cost, steps = traced(text, text)
    assert cost == 0
    assert all(op == KEEP for op, *_ in steps)


@given(texts, texts)
def test_an_alignment_costs_at_most_dropping_all_and_inserting_all(
    query: str, candidate: str
) -> None:
    left, right = encoded(query).tolist(), encoded(candidate).tolist()
    most = sum(inserted(c, False) for c in left) + sum(map(dropped, right))
    assert 0 <= traced(query, candidate)[0] <= most


STEPS = {
    "nothing": ("人民日报", "人民日报", []),
    "a look-alike": ("人民曰报", "人民日报", [REPLACE]),
    "a symbol more": ("新华通社", "新华社", [INSERT]),
    "a symbol less": ("最高人检察院", "最高人民检察院", [DROP]),
    "a symbol twice": ("交通运输输部", "交通运输部", [DOUBLE]),
    "two symbols swapped": ("清大华学", "清华大学", [SWAP]),
    "two steps": ("人民曰报报", "人民日报", [REPLACE, DOUBLE]),
    "another symbol": ("联X国".lower(), "联合国", [REPLACE]),
}


@pytest.mark.parametrize(("query", "candidate", "wanted"), STEPS.values(), ids=STEPS)
def test_a_disguise_is_traced_as_its_steps(query: str, candidate: str, wanted: list[int]) -> None:
    _, steps = traced(query, candidate)
    assert [op for op, *_ in steps if op != KEEP] == wanted


def one(left: str, right: str) -> float:
    return replaced(int(encoded(left)[0]), int(encoded(right)[0]))


COSTS = {
    "the same symbol": ("日", "日", 0.0),
    "a numeral and its value": ("1", "一", NUMERAL_BITS),
    "the same sound": ("申", "深", HOMOPHONE_BITS),
    "another reading of a polyphone": ("重", "虫", HOMOPHONE_BITS),
    "a spelled syllable": (syllables()["ren"], "人", SPELLED_BITS),
    "a letter for the initial": ("h", "华", INITIAL_BITS),
    "nothing in common": ("猫", "国", FREE),
    "a digit and another": ("6", "4", align.DIGIT_BITS),
    "a letter and a character of another initial": ("x", "国", FREE),
}


@pytest.mark.parametrize(("query", "candidate", "wanted"), COSTS.values(), ids=COSTS)
def test_reading_one_symbol_as_another_costs(query: str, candidate: str, wanted: float) -> None:
    assert one(query, candidate) == pytest.approx(wanted)


CHEAPER = {
    "the same sound before a near one": (("申", "深"), ("蓝", "南")),
    "a near sound before nothing in common": (("蓝", "南"), ("猫", "南")),
    "an invisible look-alike before a visible one": (("曰", "日"), ("杜", "社")),
    "a visible look-alike before nothing in common": (("杜", "社"), ("猫", "社")),
    "a numeral before a homophone": (("1", "一"), ("衣", "一")),
}


@pytest.mark.parametrize(("cheap", "dear"), CHEAPER.values(), ids=CHEAPER)
def test_the_readier_step_is_cheaper(cheap: tuple[str, str], dear: tuple[str, str]) -> None:
    assert one(*cheap) < one(*dear)


CHEAPER_READINGS = {
    "a homophone before a replaced symbol": ("申阳日报", "猫阳日报", "沈阳日报"),
    "a look-alike before a dropped symbol": ("人民曰报", "人民报", "人民日报"),
    "a doubled symbol before an inserted one": ("交通运输输部", "交通运输猫部", "交通运输部"),
    "a swap before two replaced symbols": ("清大华学", "清猫狗学", "清华大学"),
    "one step before two": ("人民曰报", "人氏曰报", "人民日报"),
}


@pytest.mark.parametrize(("near", "far", "name"), CHEAPER_READINGS.values(), ids=CHEAPER_READINGS)
def test_the_nearer_text_is_the_cheaper_reading(near: str, far: str, name: str) -> None:
    assert traced(near, name)[0] < traced(far, name)[0]


han = st.sampled_from("日曰目人仁认民敏一壹十千报抱社杜祖南蓝难京惊公工安按局居国囯")


@given(han, han)
def test_sound_and_shape_cost_the_same_both_ways(left: str, right: str) -> None:
    assert one(left, right) == pytest.approx(one(right, left))
    assert (one(left, right) == 0) == (left == right)
    assert 0 <= one(left, right) <= FREE


def test_the_tables_of_sounds_and_shapes_are_symmetric() -> None:
    likeness = alphabet().likeness
    assert np.array_equal(likeness.sound_bits, likeness.sound_bits.T)
    sources = np.repeat(np.arange(len(likeness.shape_at) - 1), np.diff(likeness.shape_at))
    pairs = dict(
        zip(zip(sources.tolist(), likeness.shape_to.tolist(), strict=True),
            likeness.shape_bits.tolist(), strict=True)
    )  # fmt: skip
    assert all(pairs[b, a] == bits for (a, b), bits in pairs.items())


def test_every_likeness_lies_between_its_bounds() -> None:
    likeness = alphabet().likeness
    assert likeness.shape_bits.min() >= LOOK_ALIKE_BITS
    assert likeness.shape_bits.max() <= LOOK_ALIKE_BITS + LOOK_ALIKE_STEP
    assert set(np.diag(likeness.sound_bits).tolist()) == {HOMOPHONE_BITS}
    others = likeness.sound_bits[~np.eye(len(likeness.sound_bits), dtype=bool)]
    assert others.min() >= NEAR_SOUND_BITS
    assert others.max() == FREE


def test_symbols_that_no_table_knows_equal_nothing_not_even_themselves() -> None:
    assert encoded("\U0001f42e\ud800").tolist() == [0, 0]
    assert replaced(0, 0) == FREE
