"""Derived organs are found where a text holds exactly what the grammar derives, and nowhere else."""

from __future__ import annotations

import random
import re
from functools import cache

import pytest

from detector.registry.derive import Grammar, Region, load_grammar, organ_of, organs, regions
from detector.registry.registry import DERIVED, Match, sources
from detector.settings import Settings
from detector.text.fold import plain
from detector.text.symbols import MAX_SYMBOLS
from detector.types import Entity
from tests.core.shipped import registry

SEED, SAMPLES = 20261123, 600


@cache
def grammar() -> Grammar:
    return load_grammar(Settings.from_environment().registries / DERIVED)


@cache
def divisions() -> tuple[Region, ...]:
    loaded = sources(Settings.from_environment().registries)
    return tuple(regions(row for source in loaded for row in source.rows))


@cache
def sampled() -> tuple[tuple[Entity, str], ...]:
    """Random organs of random regions, each with one of its names, all sorts of patterns among them."""
    rng = random.Random(SEED)
    found: list[tuple[Entity, str]] = []
    while len(found) < SAMPLES:
        region = rng.choice(divisions())
        pattern = rng.choice(grammar().patterns)
        if region.region_class not in pattern.applies_to:
            continue
        organ = organ_of(grammar(), pattern, region)
        if organ is not None:
            found.append((organ, rng.choice(organ.aliases).text))
    return tuple(found)


@cache
def matched() -> tuple[tuple[Match, ...], ...]:
    matches, capped = registry().find([plain(name) for _, name in sampled()])
    assert not capped
    by_text: list[list[Match]] = [[] for _ in sampled()]
    for match in matches:
        by_text[match.text].append(match)
    return tuple(map(tuple, by_text))


def literal_parts(template: str) -> list[str]:
    return [plain(part) for part in re.split(r"\{\w+\}", template) if part]


def by_one_symbol(organ: Entity, name: str) -> bool:
    """Whether the name may be a region and a single symbol: 宜章县 + 委, 爱 + 镇安."""
    pattern = next(p for p in grammar().patterns if p.id == organ.id.partition("@")[0])
    return any(
        re.fullmatch(re.sub(r"\{\w+\}", ".+", template), name)
        for template, *_ in pattern.named()
        if min(map(len, literal_parts(template)), default=2) < 2
    )


def missed(one_symbol: bool) -> list[tuple[str, str]]:
    return [
        (organ.id, name)
        for (organ, name), matches in zip(sampled(), matched(), strict=True)
        if by_one_symbol(organ, name) is one_symbol
        and organ.id not in {m.entity.id for m in matches if m.bits == 0 and m.length == len(plain(name))}
    ]  # fmt: skip


def test_every_organ_that_the_grammar_derives_is_found_under_each_of_its_names() -> None:
    assert missed(one_symbol=False) == []


@pytest.mark.xfail(
    strict=True,
    raises=AssertionError,
    reason="pieces of one symbol are not indexed: {full}委, 爱{short}",
)
def test_an_organ_named_by_one_symbol_and_its_region_is_found_too() -> None:
    assert missed(one_symbol=True) == []


def test_an_organ_found_as_written_bears_the_name_that_is_written() -> None:
    for (_, name), matches in zip(sampled(), matched(), strict=True):
        for m in matches:
            if m.bits == 0 and "@" in m.entity.id:
                written = plain(name)[m.start : m.start + m.length]
                assert written in {plain(a.text) for a in m.entity.aliases} | {plain(m.alias.text)}
                assert plain(m.alias.text) == written


def test_a_found_organ_is_the_very_one_that_the_grammar_derives() -> None:
    for (organ, _), matches in zip(sampled(), matched(), strict=True):
        for m in matches:
            if m.entity.id == organ.id:
                assert (m.entity.name, m.entity.aliases) == (organ.name, organ.aliases)
                assert m.entity.kind is organ.kind


def test_an_organ_is_found_inside_other_words_at_its_place() -> None:
    rng = random.Random(SEED + 1)
    chosen = rng.sample(sampled(), 150)
    before, after = "囧囧", "囧"
    texts = [before + plain(name) + after for _, name in chosen]
    matches, _ = registry().find(texts)
    places = {(m.text, m.entity.id, m.start, m.length) for m in matches if m.bits == 0}
    for number, (organ, name) in enumerate(chosen):
        if not by_one_symbol(organ, name) and len(plain(name)) < MAX_SYMBOLS - 3:
            assert (number, organ.id, len(before), len(plain(name))) in places


def test_a_region_beside_a_piece_that_does_not_apply_to_it_is_no_organ() -> None:
    names = ("杭州市公安厅", "浙江省街道办事处", "西湖区高级人民法院", "浙江省分局")
    for match in registry().find(names)[0]:
        if "@" in match.entity.id and match.bits == 0:
            assert match.length < len(names[match.text])


def test_a_region_has_no_organ_twice() -> None:
    rng = random.Random(SEED)
    for region in rng.sample(divisions(), 60):
        ids = [organ.id for organ in organs(grammar(), region)]
        assert len(ids) == len(set(ids))
        assert all(id_.endswith(f"@{region.code}") for id_ in ids)


DISGUISED = {
    "the organ noun": ("杭州市公鞍局", "organ.police.city@330100"),
    "the region": ("抗州市公安局", "organ.police.city@330100"),
    "both": ("抗州市公鞍局", "organ.police.city@330100"),
}


@pytest.mark.parametrize(("text", "id_"), DISGUISED.values(), ids=DISGUISED)
def test_either_part_may_be_disguised_for_itself(text: str, id_: str) -> None:
    assert id_ in {m.entity.id for m in registry().find([text])[0] if m.bits > 0}
