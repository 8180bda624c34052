"""Every kind of edit gives a picture of the wanted size, the same for the same seed, and changes it."""

import numpy as np
import pytest

from training.bench.pictures.measure import Result, recall, threshold
from training.edits import KINDS, Edit, Stock, edited
from training.edits.drawn import drawn_mark
from training.marks.symbols import RED, YELLOW, national_flag

MARK = drawn_mark(np.random.default_rng(2))
PHOTO = np.random.default_rng(3).integers(0, 256, (90, 120, 3), np.uint8)
STOCK = Stock([PHOTO], [drawn_mark(np.random.default_rng(4))], 128)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_edit_gives_a_picture_that_its_seed_decides(kind: Edit) -> None:
    one, two = (edited(kind, MARK, STOCK, np.random.default_rng(7)) for _ in range(2))
    assert one.shape == (128, 128, 3)
    assert one.dtype == np.uint8
    assert (one == two).all()
    assert one.std() > 3, "the mark is gone"


def test_kinds_have_names_of_their_own_and_say_what_they_do() -> None:
    assert len({kind.__name__ for kind in KINDS}) == len(KINDS) >= 20
    assert all(kind.__doc__ for kind in KINDS)


def test_drawn_marks_differ() -> None:
    rng = np.random.default_rng(1)
    assert len({drawn_mark(rng).tobytes() for _ in range(8)}) == 8


def test_the_flag_is_drawn_by_its_rules() -> None:
    flag = np.asarray(national_flag(960))
    assert flag.shape == (640, 960, 3)
    unit = 960 / 30
    assert tuple(flag[-1, -1]) == RED
    for x, y in ((5, 5), (10, 2), (12, 4), (12, 7), (10, 9)):  # the middles of the five stars
        assert tuple(flag[round(y * unit), round(x * unit)]) == YELLOW
    assert (
        tuple(flag[round(1.9 * unit), round(5 * unit)]) == RED
    )  # just above the large star's point
    assert tuple(flag[round(2.2 * unit), round(5 * unit)]) == YELLOW
    yellow = (flag == YELLOW).all(axis=2).mean()
    # a star of radius r covers 1.1226 r^2
    assert yellow == pytest.approx(1.1226 * (3**2 + 4) / 600, abs=0.0015)


def result(sort: str, score: float, body: str = "", found: str = "x") -> Result:
    return Result(sort, "g", 0, 0, body, found, score)


def test_recall_counts_right_marks_above_the_bar_that_strangers_set() -> None:
    strangers = [result("stranger", n / 1000) for n in range(1000)]
    bar = threshold(strangers, 1e-2)
    assert bar == pytest.approx(0.989)
    asked = [
        result("syn", 0.995, "x"),  # right and above
        result("syn", 0.5, "x"),  # right, below
        result("syn", 0.995, "y"),  # another body's
    ]
    assert recall([*strangers, *asked], "syn", "", bar).good == 1
    assert recall([*strangers, *asked], "syn", "", bar).of == 3
