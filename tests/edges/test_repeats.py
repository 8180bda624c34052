"""Repeated account ids are all found, and named by their rows."""

from __future__ import annotations

from array import array
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from detector.files import NO_ID, Ids, Repeats, fingerprint


def repeats(accounts: list[str | None], chunk: int = 3) -> Repeats:
    ids = Ids(at_once=5)
    prints = [NO_ID if a is None else fingerprint(a) for a in accounts]
    for start in range(0, len(prints), chunk):
        ids.add(array("Q", prints[start : start + chunk]))
    found = ids.repeats()
    ids.close()
    return found


def test_a_repeated_id_is_named_with_its_first_row() -> None:
    assert repeats(["a", "b", "a", None, None, "a"]) == Repeats(2, ((1, 3), (1, 6)))


def test_nothing_is_repeated_in_an_empty_file() -> None:
    assert repeats([]) == Repeats()


@given(st.lists(st.none() | st.sampled_from("abcdefgh"), max_size=40))
def test_every_repeat_is_counted(accounts: list[str | None]) -> None:
    counted = Counter(a for a in accounts if a is not None)
    found = repeats(accounts)
    assert found.count == sum(count - 1 for count in counted.values())
    for first, again in found.examples:
        assert first < again
        assert accounts[first - 1] == accounts[again - 1] is not None
