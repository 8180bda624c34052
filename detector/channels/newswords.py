"""Channel "news_word": words with the attribute of news, used as the name of a medium (Art. 8(4))."""

from __future__ import annotations

from functools import lru_cache

from detector.channels.view import View
from detector.text import stance, tables, words
from detector.text.spelling import in_characters
from detector.text.symbols import Reading, cuts_a_run
from detector.types import Cue, CueWord, Evidence, Field, Stance

CHANNEL = "news_word"


@lru_cache
def _words() -> dict[str, tuple[Cue, bool]]:
    """Word -> its cue, and whether it counts only beside a place (武汉热点, but not 热点 alone)."""
    return {
        word: (Cue.NEWS if sort == "news" else Cue.SOFT_NEWS, sort == "place_news")
        for word, sort, *_ in tables.rows("news_words", 2)
    }


def find(view: View) -> tuple[Evidence, ...]:
    """News words in the first reading that has any, outside the names of bodies."""
    for reading in view.readings:
        found = news_words(reading, view.text, view.field, view.place)
        if found:
            return tuple(v for v in found if not view.is_named(v.span))
    return ()


def news_words(reading: Reading, text: str, field: Field, place: str) -> tuple[Evidence, ...]:
    """One evidence a news word that stands in the text as a word; `place`: a region in the name."""
    spoken = in_characters(reading.text)
    breaks = words.cut(spoken).breaks()
    found: list[Evidence] = []
    taken = 0
    for start in range(len(spoken)):
        for end in range(min(len(spoken), start + 6), start + 1, -1):
            word = spoken[start:end]
            if start < taken or word not in _words() or (_words()[word][1] and not place):
                continue
            if not _is_word(spoken, start, end, breaks):
                continue
            evidence = _evidence(reading, spoken, text, field, place, (start, end))
            if cuts_a_run(text, evidence.span):
                continue
            found.append(evidence)
            taken = end
            break
    return tuple(found)


def _is_word(text: str, start: int, end: int, breaks: frozenset[int]) -> bool:
    """The characters are a word here, begin one such as 新闻热线, or end one such as 焦点新闻.

    海报 and 报到 hold no 报, 新闻系 no 新闻.
    """
    if end in breaks:
        whole = not any(start < at < end for at in breaks)
        return start in breaks or (whole and _words()[text[start:end]][0] is Cue.NEWS)
    if start not in breaks:
        return False
    after = next(b for b in sorted(breaks) if b >= end)
    return stance.cue_of(text[end:after]) in stance.CLAIMS


def _evidence(
    reading: Reading, spoken: str, text: str, field: Field, place: str, at: tuple[int, int]
) -> Evidence:
    start, end = at
    word = spoken[start:end]
    sort, _ = _words()[word]
    span = (reading.symbols[start].span[0], reading.symbols[end - 1].span[1])
    before = stance.tokens(spoken[:start])
    after = stance.tokens(spoken[end:], end)
    return Evidence(
        CHANNEL, field, 1.0, text[slice(*span)], word, span,
        stance=_stance(before, after), cues=(CueWord(sort, word, span),), place=place,
    )  # fmt: skip


def _stance(before: tuple[stance.Token, ...], after: tuple[stance.Token, ...]) -> Stance:
    """A news word names a medium unless what follows it, or a verb before it, speaks otherwise."""
    spoken = [t for t in after if t.cue not in stance.SILENT]
    if any(t.cue is not None and t.cue not in stance.CLAIMS for t in spoken):
        return Stance.ABOUT
    if before and before[-1].text in _VERBS:
        return Stance.ABOUT
    if any(t.cue in (Cue.DENIAL, Cue.PAST) for t in before):
        return Stance.ABOUT
    if len(spoken) > 1 and spoken[-1].cue is None:
        return Stance.UNCLEAR
    return Stance.IS


_VERBS = frozenset(
    "说 看 聊 谈 听 读 爱看 爱 不 跑 做 写 刷 追 上 的 没有 没 等 想 报告 早 别".split()
)
