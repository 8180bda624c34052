"""A change over an index gives the answers of an index built anew."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from detector.errors import RegistryError
from detector.registry.catalogue import Catalogue
from detector.registry.derive import Grammar
from detector.registry.index import Index, compile_index
from detector.registry.layers import LayeredIndex, changed
from detector.types import Alias, Entity, Kind, Level, NameSort

NO_PLACES = Catalogue((), Grammar(None, (), {}), frozenset(), frozenset())
PIECES = ("公安局", "人力资源和社会保障局", "人民法院")
# Few symbols, so that names hold, meet and resemble one another often
SYMBOLS = "江海山河日报大学新闻社曰抱电台清华北"


def entity(number: int, rng: random.Random, kind: Kind = Kind.MEDIA) -> Entity:
    names = ["".join(rng.choices(SYMBOLS, k=rng.randint(2, 8))) for _ in range(rng.randint(1, 3))]
    aliases = tuple(Alias(name, NameSort.OFFICIAL) for name in dict.fromkeys(names))
    return Entity(f"body.{number}", names[0], aliases, kind, Level.NONE, "", "tests")


def built(entities: Sequence[Entity], folder: Path) -> Index:
    compile_index(entities, PIECES, NO_PLACES, folder, "0123456789abcdef" * 4)
    return Index(folder)


Answer = tuple[str, str, int, int, float]


def answers(index: Index | LayeredIndex, texts: Sequence[str]) -> list[set[Answer]]:
    """What every text holds: whose name, which, where, at what cost; pieces by their place in the list."""
    found: list[set[Answer]] = [set() for _ in texts]
    hits = index.names.find(texts)
    for text, name, start, length, bits in zip(
        hits.text.tolist(), hits.name.tolist(), hits.start.tolist(), hits.length.tolist(),
        hits.bits.tolist(), strict=True,
    ):  # fmt: skip
        if name >= index.names.split:
            found[text].add(("piece", PIECES[name - index.names.split], start, length, bits))
        else:
            whose, what = index.owner(name).id, index.alias(name)
            found[text].add((whose, f"{what.text} {what.sort}", start, length, bits))
    assert not hits.capped.any()
    return found


@pytest.mark.parametrize("seed", range(8))
def test_a_change_answers_as_an_index_built_anew(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    before = [entity(number, rng) for number in range(120)]
    gone = {e.id for e in rng.sample(before, 30)}
    # some come under new ids, some are renamed
    added = [entity(number, rng) for number in [*range(120, 150), *map(_number, sorted(gone)[:10])]]
    after = [e for e in before if e.id not in gone] + added
    layered = changed(built(before, tmp_path / "before"), added, gone, tmp_path)
    anew = built(after, tmp_path / "after")
    names = [alias.text for e in (*before, *added) for alias in e.aliases]
    texts = [
        "".join(rng.choices(SYMBOLS, k=rng.randint(0, 3))) + written(rng.choice(names), rng)
        for _ in range(400)
    ]
    texts += ["江海市公安局", "清河人力资源和社会保障局"]
    assert answers(layered, texts) == answers(anew, texts)
    assert set(layered.numbers) == set(anew.numbers)
    assert {layered.entity(n) for n in layered.numbers.values()} == set(after)


def _number(id_: str) -> int:
    return int(id_.partition(".")[2])


def written(name: str, rng: random.Random) -> str:
    """The name, or the name less or with a symbol."""
    at = rng.randrange(len(name))
    return rng.choice(
        [name, name[:at] + name[at + 1 :], name[:at] + rng.choice(SYMBOLS) + name[at:]]
    )


def test_nothing_changed_answers_as_before(tmp_path: Path) -> None:
    rng = random.Random(1)
    base = built([entity(number, rng) for number in range(40)], tmp_path / "base")
    texts = ["".join(rng.choices(SYMBOLS, k=6)) for _ in range(200)]
    assert answers(changed(base, (), (), tmp_path), texts) == answers(base, texts)


REFUSED: dict[str, tuple[list[Entity], list[str], str]] = {
    "goes, but is not there": ([], ["body.99"], "not in the registry"),
    "comes, but is there": ([entity(1, random.Random(2))], [], "already there"),
    "a region": ([entity(50, random.Random(3), Kind.REGION)], [], "build anew"),
}


@pytest.mark.parametrize(("added", "gone", "message"), REFUSED.values(), ids=REFUSED)
def test_a_change_that_cannot_be_is_refused(
    added: list[Entity], gone: list[str], message: str, tmp_path: Path
) -> None:
    rng = random.Random(1)
    base = built([entity(number, rng) for number in range(5)], tmp_path / "base")
    with pytest.raises(RegistryError, match=message):
        changed(base, added, gone, tmp_path)
