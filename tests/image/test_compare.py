"""A drawn mark is found under what people do to it, where it lies, and not in what does not show it."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from detector.errors import MarkError
from detector.image import canonical
from detector.image.compare import FIGURES, Comparer
from detector.image.description import Description, describe, described, packed
from detector.image.embedding import Embedding
from detector.image.likeness import Likeness
from detector.image.look import Look, Looker
from detector.image.picture import over
from detector.settings import Settings
from detector.types import Proved
from tests.image.pictures import badge, file

NETWORK = Settings().network


def ring(side: int = 160) -> Image.Image:
    """Another mark: rings and a cross."""
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((2, 2, side - 3, side - 3), (0, 110, 70, 255))
    draw.rectangle((side * 0.44, side * 0.2, side * 0.56, side * 0.8), (255, 255, 255, 255))
    draw.rectangle((side * 0.2, side * 0.44, side * 0.8, side * 0.56), (255, 255, 255, 255))
    for x, y in ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)):
        draw.ellipse((side * x - 9, side * y - 9, side * x + 9, side * y + 9), (250, 220, 80, 255))
    return picture


@cache
def descriptions() -> tuple[Description, ...]:
    """The two marks, described."""
    network = Embedding(NETWORK)
    return tuple(describe(np.asarray(mark), network) for mark in (badge(), ring()))


@cache
def looker() -> Looker:
    """What looks for the two marks."""
    comparer = Comparer(descriptions(), Embedding(NETWORK))
    return Looker(comparer, Likeness.load(NETWORK / "likeness.npz"), lambda rgb: [], None)


def look(picture: Image.Image) -> Look:
    """What is seen in a picture."""
    return looker().look(file(picture, "PNG"), "a picture")


def on(
    share: float, ground: tuple[int, int, int] = (235, 235, 220), at: float = 0.5
) -> Image.Image:
    """The badge at a share of the side of an even ground of 256 px."""
    size = round(256 * share)
    picture = Image.new("RGBA", (256, 256), (*ground, 255))
    corner = round((256 - size) * at)
    picture.alpha_composite(badge(size), (corner, corner))
    return picture.convert("RGB")


EDITS: dict[str, Callable[[], Image.Image]] = {
    "as it is": lambda: on(0.9, (255, 255, 255)),
    "smaller on a ground": lambda: on(0.55),
    "small in a corner": lambda: on(0.42, at=0.95),
    "turned by 20 degrees": lambda: on(0.8).rotate(20, fillcolor=(235, 235, 220)),
    "upside down": lambda: on(0.8).rotate(180),
    "mirrored": lambda: on(0.8).transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    "the negative": lambda: Image.fromarray(255 - np.asarray(on(0.8))),
    "grey": lambda: on(0.8).convert("L").convert("RGB"),
    "cut at the edge": lambda: on(0.95).crop((0, 0, 205, 205)),
    "blurred": lambda: on(0.85).filter(ImageFilter.GaussianBlur(2.5)),
    "of 48 pixels": lambda: on(0.9).resize((48, 48), Image.Resampling.LANCZOS),
}


@pytest.mark.parametrize("name", EDITS)
def test_the_mark_is_found(name: str) -> None:
    found = look(EDITS[name]()).sightings
    assert found, "nothing was seen"
    assert found[0].mark == 0
    assert found[0].similarity >= 0.5


def test_its_region_is_where_it_lies() -> None:
    (seen,) = look(on(0.5, at=0.9)).sightings[:1]
    left = round((256 - 128) * 0.9)
    assert np.allclose(seen.region, (left, left, left + 128, left + 128), atol=10)
    assert seen.share == pytest.approx(0.25, abs=0.05)


def test_the_region_is_in_pixels_of_the_original() -> None:
    large = on(0.5, at=0.9).resize((1024, 1024))
    (seen,) = look(large).sightings[:1]
    left = round((256 - 128) * 0.9) * 4
    assert np.allclose(seen.region, (left, left, left + 512, left + 512), atol=40)


def test_what_was_undone_is_said() -> None:
    (seen,) = look(EDITS["mirrored"]()).sightings[:1]
    assert "mirrored" in seen.transformation
    (seen,) = look(EDITS["turned by 20 degrees"]()).sightings[:1]
    assert any(told.startswith("turned") for told in seen.transformation)


def photo(seed: int) -> Image.Image:
    """Smooth random colours, as of an ordinary photo."""
    rough = np.random.default_rng(seed).integers(0, 256, (9, 9, 3), np.uint8)
    return Image.fromarray(rough).resize((256, 256), Image.Resampling.BICUBIC)


OTHERS = {
    "an even ground": lambda: Image.new("RGB", (128, 128), (200, 30, 30)),
    "a photo": lambda: photo(1),
    "another photo": lambda: photo(2),
    "noise": lambda: Image.fromarray(
        np.random.default_rng(3).integers(0, 256, (128, 128, 3), np.uint8)
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_no_mark_is_seen_in(name: str) -> None:
    assert [s for s in look(OTHERS[name]()).sightings if s.similarity >= 0.5] == []


def test_the_same_picture_is_looked_at_once() -> None:
    own = Looker(
        Comparer(descriptions(), Embedding(NETWORK)), Likeness.load(NETWORK / "likeness.npz"),
        lambda rgb: [], None, kept=2,
    )  # fmt: skip
    first = file(on(0.8), "PNG")
    assert own.look(first, "a") == own.look(first, "b")
    assert (own.hits, own.misses) == (1, 1)
    for seed in range(3):  # a bound on what is kept
        own.look(file(photo(seed), "PNG"), "p")
    own.look(first, "a")
    assert own.misses == 5


def test_the_same_picture_gives_the_same_figures() -> None:
    comparer = Comparer(descriptions(), Embedding(NETWORK))
    one, two = (comparer.compare(np.asarray(on(0.7))) for _ in range(2))
    assert [a.mark for a in one] == [a.mark for a in two]
    assert all((a.figures == b.figures).all() for a, b in zip(one, two, strict=True))
    assert all(a.figures.shape == (len(FIGURES),) for a in one)


def test_without_marks_nothing_is_seen() -> None:
    assert Comparer((), Embedding(NETWORK)).compare(np.asarray(on(0.8))) == []


def test_a_description_survives_its_file() -> None:
    one = descriptions()[0]
    two = described(packed(one), "x")
    assert (one.hashes == two.hashes).all()
    assert np.allclose(one.vectors, two.vectors, atol=1e-3)
    assert (one.keypoints[0].bits == two.keypoints[0].bits).all()
    comparer = Comparer([two], Embedding(NETWORK))
    assert comparer.compare(np.asarray(on(0.8)))[0].mark == 0


def test_a_broken_description_is_named() -> None:
    with pytest.raises(MarkError, match=r"broken\.npz"):
        described(b"PK nothing", "broken.npz")


def test_a_hash_alone_proves_nothing() -> None:
    blurred = on(0.9).resize((18, 18), Image.Resampling.BOX).resize((200, 200))
    for seen in look(blurred).sightings:
        assert seen.proved is not Proved.GEOMETRY


BOXES = {
    "a mark on white": (on(0.5, (255, 255, 255)), (64, 64, 192, 192)),
    "no border": (photo(4), (0, 0, 256, 256)),
    "one colour": (Image.new("RGB", (256, 256), (9, 9, 9)), (0, 0, 256, 256)),
}


@pytest.mark.parametrize("name", BOXES)
def test_the_content_is_all_but_an_even_border(name: str) -> None:
    picture, expected = BOXES[name]
    found = canonical.box(np.asarray(picture))
    assert np.allclose(found, expected, atol=4)


def test_a_hairline_round_an_empty_border_is_no_content() -> None:
    picture = on(0.5, (255, 255, 255))
    ImageDraw.Draw(picture).rectangle((0, 0, 255, 255), outline=(0, 0, 0), width=2)
    assert np.allclose(canonical.box(np.asarray(picture)), (64, 64, 192, 192), atol=4)


def test_a_white_mark_is_described_on_black() -> None:
    white = np.asarray(badge()).copy()
    white[..., :3] = 255
    assert canonical.ground_of(white) == 0
    assert canonical.ground_of(np.asarray(badge())) == 255
    assert over(white, 0).max() == 255
