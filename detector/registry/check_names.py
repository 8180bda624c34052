"""Are the names fit to look for? Everyday words, names too short, names that two bodies claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import jieba
from rapidfuzz.distance import Levenshtein

from detector.registry.problem import Problem, error, warning
from detector.registry.survey import Placed
from detector.text import tables
from detector.text.alphabet import alphabet
from detector.text.fold import plain
from detector.text.words import word_bits
from detector.types import Alias, Cue, Kind, NameSort

# Bits of a word, -log2 of its share of jieba's corpus counts: fewer bits, commoner word.
# 浪潮, 17.0: a wave before it is a maker of computers. Of the shipped names that are as common and
# not marked as names by jieba, 74 carried needs_cue and 11 did not (2026-11-23)
ERROR_BITS = 17.0
# 三叶草, 21.9: clover before it is a sports brand. Up to here 358 of 454 carried needs_cue, beyond
# it soon no more than half
WARNING_BITS = 22.0

# jieba's marks of names: persons, places, organisations, other proper names, abbreviations.
# 腾讯 nz, 新华社 nt, 北大 j: dictionary words, but words for the body itself
_NAME_TAGS = ("nr", "ns", "nt", "nz", "j")
# 抖音 (spokesman) and 新闻联播 (news) stand in the cue lexicon although they are bodies' names
_BODY_CUES = frozenset({Cue.SPOKESMAN, Cue.NEWS, Cue.SOFT_NEWS})
# 审计署 is marked as a verb and 人民网 as a noun: what ends like a body is read as one
_BODY_ENDINGS = (
    "部",
    "署",
    "委",
    "厅",
    "局",
    "社",
    "报",
    "网",
    "行",
    "司",
    "警",
    "宫",
    "公司",
    "机场",
    "机构",
)


def everyday_bits(name: str) -> float | None:
    """Bits of a name that is an everyday word, None where it is none.

    A word of the cue lexicon always is; a dictionary word where it is not marked as a name, does
    not end like a body and stays under WARNING_BITS.

    >>> everyday_bits("苹果") is not None, everyday_bits("腾讯") is None
    (True, True)
    """
    if name in _cues():
        return 0.0
    bits = word_bits(name)
    if bits is None or bits > WARNING_BITS or name in PROPER:
        return None
    tag = _tags().get(name)
    if (
        tag is None
        or tag.startswith(_NAME_TAGS)
        or name.endswith((*_BODY_ENDINGS, *_organ_nouns()))
    ):
        return None
    return bits


@lru_cache
def _tags() -> dict[str, str]:
    """Word -> part of speech, from the lines `word count tag` of jieba's dictionary."""
    with jieba.dt.get_dict_file() as dictionary:
        lines = dictionary.read().decode("utf-8").splitlines()
    return {word: tag for word, _, tag in (line.split(" ") for line in lines)}


@lru_cache
def _cues() -> frozenset[str]:
    return frozenset(
        word for word, cue, *_ in tables.rows("cues", 2) if len(word) > 1 and cue not in _BODY_CUES
    )


@lru_cache
def _organ_nouns() -> tuple[str, ...]:
    return tuple(noun for noun, *_ in tables.rows("organ_nouns", 3))


def check_names(rows: Sequence[Placed]) -> Iterator[Problem]:
    """Faults of single names, names claimed twice, and names that look like a slip of another."""
    for placed in rows:
        for alias in placed.row.aliases():
            yield from _name(placed, alias)
    yield from _claimed_twice(rows)
    yield from _slips(rows)


def _name(placed: Placed, alias: Alias) -> Iterator[Problem]:
    """One name: what folding leaves of it is long enough, and it is no everyday word unmarked."""
    at, said = (placed.file, placed.line), (placed.row.id, alias.text)
    read = alias.text if alias.text.isascii() and alias.text.isalnum() else plain(alias.text)
    if len(read) < 2:
        told = f"too short: without its decoration it reads {read!r}"
        yield error(*at, told, entity=said[0], value=said[1])
    if alias.needs_cue or alias.sort is NameSort.NUMBER or placed.row.kind is Kind.CLOSED:
        return
    if len(read) == 2 and read.isascii():
        told = f"reads {read!r}: two letters or digits stand for many things: put it in needs_cue"
        yield error(*at, told, entity=said[0], value=said[1])
    if alias.sort is NameSort.ENGLISH and not any("a" <= c <= "z" for c in alias.text.lower()):
        told = "an English name without a Latin letter: short_names or brand_accounts"
        yield warning(*at, told, entity=said[0], value=said[1])
    bits = everyday_bits(alias.text)
    # jieba marks hundreds of place names as ordinary words; regions are held to the commonest only
    place = placed.row.kind in (Kind.REGION, Kind.COUNTRY)
    if bits is not None and (bits <= ERROR_BITS or not place):
        made = error if bits <= ERROR_BITS else warning
        told = f"an everyday word ({bits:.1f} bits): put it in needs_cue"
        yield made(*at, told, entity=said[0], value=said[1])


def _claimed_twice(rows: Sequence[Placed]) -> Iterator[Problem]:
    """Names that stand without a cue for bodies of different kinds, or twice as official."""
    claims: dict[str, dict[str, tuple[Placed, Alias]]] = defaultdict(dict)
    for placed in rows:
        for alias in placed.row.aliases():
            if not alias.needs_cue and alias.sort is not NameSort.NUMBER:
                text = plain(alias.text).casefold()
                claims[text].setdefault(placed.row.id, (placed, alias))
    for by_entity in claims.values():
        if len(by_entity) < 2:
            continue
        uses = list(by_entity.values())
        official = [p for p, alias in uses if alias.sort is NameSort.OFFICIAL]
        kinds, official_kinds = {p.row.kind for p, _ in uses}, {p.row.kind for p in official}
        placed, alias = uses[-1]
        others = ", ".join(f"{p.row.id} ({p.file}:{p.line})" for p, _ in uses[:-1])
        if len(official_kinds) > 1:
            told = f"official name of bodies of different kinds, also {others}: merge, or needs_cue"
            yield error(placed.file, placed.line, told, entity=placed.row.id, value=alias.text)
        elif len(kinds) > 1:
            told = f"also a name of {others}, of another kind: needs_cue for one of them"
            yield warning(placed.file, placed.line, told, entity=placed.row.id, value=alias.text)
        elif len(official) > 1 and kinds != {Kind.REGION}:
            told = f"also the official name of {others}: the same body twice?"
            yield warning(placed.file, placed.line, told, entity=placed.row.id, value=alias.text)


# Characters that come and go in one body's name without making another's: 平顶山(市)第二人民医院
_FILLERS = frozenset("市省县区州牌号的之和与及·•、-（）()《》“” ")


def _slips(rows: Sequence[Placed]) -> Iterator[Problem]:
    """Official names of one source and kind, one step apart, that read like the same body twice."""
    groups: dict[tuple[str, Kind], dict[str, Placed]] = defaultdict(dict)
    for placed in rows:
        if placed.row.kind not in (Kind.REGION, Kind.CLOSED):
            groups[placed.source, placed.row.kind][placed.row.name] = placed
    for group in groups.values():
        for first, second in _one_apart(group):
            if _is_slip(first, second):
                placed, other = group[second], group[first]
                told = f"one character from {first!r} ({other.row.id}): a slip of the pen?"
                yield warning(placed.file, placed.line, told, entity=placed.row.id, value=second)


def _one_apart(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs one edit apart: they share what is left when a character of one or of each is taken."""
    left: dict[str, set[str]] = defaultdict(set)
    for name in names:
        left[name].add(name)
        for place in range(len(name)):
            left[name[:place] + name[place + 1 :]].add(name)
    pairs = {
        pair
        for shared in left.values()
        if len(shared) > 1
        for pair in _pairs(sorted(shared))
    }  # fmt: skip
    return sorted(pairs)


def _pairs(names: list[str]) -> Iterator[tuple[str, str]]:
    for place, second in enumerate(names):
        for first in names[:place]:
            yield first, second


def _is_slip(first: str, second: str) -> bool:
    """A filler more or less, or one character written for another."""
    if Levenshtein.distance(first, second, score_cutoff=1) != 1:
        return False
    same = [a == b for a, b in zip(first, second, strict=False)]
    place = same.index(False) if False in same else len(same)
    if len(first) == len(second):
        return _alike(first[place], second[place])
    return max(first, second, key=len)[place] in _FILLERS


def _alike(first: str, second: str) -> bool:
    """One character written for the other: variants, or look-alikes of one sound (像 象)."""
    if plain(first) == plain(second):
        return True
    letters = alphabet()
    sounds = letters.sound_class[letters.encode(first + second)]
    return bool(sounds[0] == sounds[1]) and frozenset((first, second)) in _look_alikes()


@lru_cache
def _look_alikes() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for *pair, _ in tables.rows("shapes", 3))


# Names that jieba marks as ordinary words though they mean nothing but the body; read 2026-11-23
PROPER = frozenset(
    "二炮 五粮液 佳能 保定 创维 劳力士 北外 半月谈 参考消息 双汇 可口可乐 商汤 喜来登 "
    "圆明园 大本钟 大连 天威保变 太钢 平安保险 平高电气 微软 必胜客 总参 总政 恭王府 "
    "悬空寺 拙政园 携程 攀钢 日立 易趣 林内 格力 欧米茄 殷墟 毛主席纪念堂 汾酒 清华同方 "
    "烟台 用友 申能 百事可乐 百度 神农架 网易 茅台酒 记协 趵突泉 通用电气 金蝶 铁通 鞍钢 "
    "首开 首钢 鼓浪屿".split()
)
