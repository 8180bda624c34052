"""What blocking finds, what it gives up by design, and what it loses: brute force on random names."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest

from detector.text import blocking

# A small alphabet, so that chance meetings are frequent: symbols 1..12, sounds in twos, shapes in threes.
SYMBOLS = range(1, 13)
Word = tuple[int, ...]


def sound(word: Word) -> Word:
    return tuple(100 + (symbol - 1) // 2 for symbol in word)


def shape(word: Word) -> Word:
    return tuple(200 + (symbol - 1) % 4 for symbol in word)


@dataclass(frozen=True)
class Codes:
    """Words as the concatenated class codes that the index takes."""

    plain: npt.NDArray[np.uint16]
    sound: npt.NDArray[np.uint16]
    shape: npt.NDArray[np.uint16]
    offsets: npt.NDArray[np.int64]


def coded(words: Sequence[Word]) -> Codes:
    joined = tuple(symbol for word in words for symbol in word)
    offsets = np.concatenate([[0], np.cumsum([len(word) for word in words])])
    return Codes(
        np.array(joined, np.uint16), np.array(sound(joined), np.uint16),
        np.array(shape(joined), np.uint16), offsets.astype(np.int64),
    )  # fmt: skip


def found(
    names: Sequence[Word], texts: Sequence[Word], coarse: bool = True, exact: bool = False
) -> tuple[list[set[int]], list[bool]]:
    """The numbers of the names found in every text, and whether the text was capped."""
    n, t = coded(names), coded(texts)
    table = blocking.build(
        n.plain, n.sound, n.shape, n.offsets, np.full(len(names), coarse),
        np.full(len(names), exact), 7,
    )  # fmt: skip
    hits, capped = blocking.find(t.plain, t.sound, t.shape, t.offsets, table)
    sets: list[set[int]] = [set() for _ in texts]
    for text, name, start, length in hits.tolist():
        assert 0 <= start <= start + length <= len(texts[text])
        sets[text].add(name)
    return sets, capped.tolist()


def one_step(left: Word, right: Word) -> bool:
    """At most one symbol replaced, inserted or dropped, or two neighbours swapped."""
    if abs(len(left) - len(right)) > 1:
        return False
    head = next(
        (i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
        min(len(left), len(right)),
    )
    a, b = left[head:], right[head:]
    return (
        a == b
        or a[1:] == b[1:]
        or a[1:] == b
        or a == b[1:]
        or (len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:])
    )


def test_the_brute_force_itself_knows_one_step() -> None:
    name = (1, 2, 3, 4)
    near = [(1, 2, 3, 4), (1, 9, 3, 4), (1, 2, 4), (1, 2, 9, 3, 4), (2, 1, 3, 4), (1, 2, 4, 3)]
    far = [(1, 2), (9, 9, 3, 4), (3, 2, 1, 4), (1, 2, 9, 4, 3), (2, 1, 4, 3)]
    assert all(one_step(name, word) for word in near)
    assert not any(one_step(name, word) for word in far)


def windows(text: Word, sizes: range) -> Iterator[tuple[int, int]]:
    for size in sizes:
        for start in range(len(text) - size + 1):
            yield start, start + size


def must_be_found(name: Word, text: Word, longer: Sequence[bool]) -> bool:
    """Whether some window of the text reads as the name, the documented exceptions aside."""
    size = len(name)
    for start, end in windows(text, range(max(2, size - 1), size + 2)):
        window = text[start:end]
        if window == name:
            return True
        if longer[start] and longer[end - 1]:
            continue  # inside a longer name
        edge = start == 0 or end == len(text)
        for classes in (sound, shape):
            there, wanted = classes(window), classes(name)
            if there == wanted:
                if size >= 3 or start == 0:
                    return True
            elif one_step(there, wanted):
                if size < 3:
                    continue  # of a name of two symbols no step is forgiven
                if size == 3 and end - start == 2:
                    continue  # nor may a name of three symbols lose one: its budget is smaller
                if size >= 5 or edge:
                    return True
    return False


def held_plainly(names: Sequence[Word], text: Word) -> list[bool]:
    """The symbols inside a name of five or more symbols that the text holds as it is."""
    covered = [False] * len(text)
    for name in names:
        for start, end in windows(text, range(len(name), len(name) + 1)):
            if len(name) >= 5 and text[start:end] == name:
                covered[start:end] = [True] * len(name)
    return covered


def disguised(name: Word, rng: random.Random) -> Word:
    """Symbols exchanged within their sound or shape classes, then one step of any sort."""
    classes = rng.choice((sound, shape))
    word = [rng.choice([s for s in SYMBOLS if classes((s,)) == classes((c,))]) for c in name]
    at = rng.randrange(len(word))
    step = rng.choice("replace insert drop swap none".split())
    if step == "replace":
        word[at] = rng.choice(SYMBOLS)
    elif step == "insert":
        word.insert(at, rng.choice(SYMBOLS))
    elif step == "drop":
        del word[at]
    elif step == "swap":
        at = min(at, len(word) - 2)
        word[at], word[at + 1] = word[at + 1], word[at]
    return tuple(word)


def some(rng: random.Random, least: int, most: int) -> Word:
    return tuple(rng.choices(SYMBOLS, k=rng.randint(least, most)))


@pytest.mark.parametrize("seed", range(4))
def test_every_name_within_one_step_is_found(seed: int) -> None:
    rng = random.Random(seed)
    names = sorted({some(rng, 2, 9) for _ in range(90)})
    texts = [some(rng, 0, 2) + disguised(rng.choice(names), rng) + some(rng, 0, 2)
             for _ in range(250)]  # fmt: skip
    sets, capped = found(names, texts)
    assert not any(capped)
    wanted = 0
    for text, numbers in zip(texts, sets, strict=True):
        covered = held_plainly(names, text)
        for number, name in enumerate(names):
            if must_be_found(name, text, covered):
                wanted += 1
                assert number in numbers, (name, text)
    assert wanted > 500


@pytest.mark.parametrize("seed", range(3))
def test_names_indexed_as_written_are_found_where_they_are_written_and_nowhere_else(
    seed: int,
) -> None:
    rng = random.Random(seed)
    names = sorted({some(rng, 2, 6) for _ in range(120)})
    texts = [some(rng, 0, 3) + rng.choice(names) + some(rng, 0, 3) for _ in range(200)]
    sets, _ = found(names, texts, coarse=False)
    for text, numbers in zip(texts, sets, strict=True):
        held = {
            number
            for number, name in enumerate(names)
            if any(text[a:b] == name for a, b in windows(text, range(len(name), len(name) + 1)))
        }
        assert numbers == held


NAME = (1, 3, 5, 7, 9, 11)
FORMS: dict[str, tuple[Word, Word, bool]] = {
    "the name itself": (NAME, NAME, True),
    "in another text": (NAME, (12, *NAME, 12), True),
    "by sound throughout": (NAME, (2, 4, 6, 8, 10, 12), True),
    "by shape throughout": (NAME, (5, 7, 9, 11, 1, 3), True),
    "its symbols in another order, ": (NAME, (11, 1, 9, 3, 7, 5), True),
    "another order in another text": (NAME, (12, 11, 1, 9, 3, 7, 5, 12), True),
    "two symbols plainly anywhere": ((1, 3), (12, 12, 1, 3, 12), True),
    "two symbols by sound at the beginning": ((1, 3), (2, 4, 12), True),
    "two symbols by sound later": ((1, 3), (12, 2, 4, 12), False),
    "three symbols, one replaced, alone": ((1, 3, 5), (1, 8, 5), True),
    "three symbols, one replaced, text on both sides": ((1, 3, 5), (12, 1, 8, 5, 12), False),
    "one symbol of five replaced, text on both sides": (NAME[:5], (12, 1, 3, 11, 7, 9, 12), True),
    "one step beyond sound": (NAME, (2, 4, 10, 8, 10, 12), True),
    "nothing of it": (NAME, (8, 8, 2, 8, 8, 2), False),
    "an empty text": (NAME, (), False),
    "one symbol": (NAME, (1,), False),
}


@pytest.mark.parametrize(("name", "text", "wanted"), FORMS.values(), ids=FORMS)
def test_a_name_is_found_in_these_forms(name: Word, text: Word, wanted: bool) -> None:
    assert found([name], [text])[0] == [{0} if wanted else set()]


def test_a_name_inside_another_ones_symbols_in_disorder_is_found() -> None:
    text, other = (3, 1, 5, 9, 7), (1, 3, 5, 7, 9)
    alike = (4, 2, 6, 10, 8)
    assert sound(alike) == sound(text)
    assert found([alike, other], [text])[0] == [{0, 1}]


def test_a_text_is_searched_the_same_alone_and_in_a_batch() -> None:
    rng = random.Random(5)
    names = sorted({some(rng, 2, 7) for _ in range(60)})
    texts = [some(rng, 0, 9) for _ in range(60)]
    together, _ = found(names, texts)
    assert together == [found(names, [text])[0][0] for text in texts]


def test_the_longest_name_that_is_indexed_is_found_and_a_longer_one_is_not() -> None:
    rng = random.Random(6)
    longest, longer = some(rng, blocking.LONGEST, blocking.LONGEST), some(rng, 40, 40)
    assert found([longest, longer], [longest, longer])[0] == [{0}, set()]


def test_a_flood_of_candidates_is_cut_off_and_reported() -> None:
    names = [(1 + n % 2, 3 + n // 2 % 2, *some(random.Random(n), 4, 4)) for n in range(4000)]
    flood = [n for n in names if sound(n)[:2] == sound((1, 3))]
    texts = [tuple(s for name in flood[:60] for s in name), (8, 8), flood[0]]
    started = time.perf_counter()
    sets, capped = found(flood, texts)
    assert time.perf_counter() - started < 20
    assert capped[0]
    assert not capped[1]
    assert all(len(numbers) <= blocking.MOST_HITS for numbers in sets)


def test_the_cap_of_one_text_takes_nothing_from_the_next() -> None:
    names = [(1, 3, *some(random.Random(n), 3, 3)) for n in range(3000)]
    flood = tuple(s for name in names[:80] for s in name)
    alone = found(names, [names[0]])[0]
    assert found(names, [flood, names[0], flood, names[0]])[0][1::2] == alone * 2
