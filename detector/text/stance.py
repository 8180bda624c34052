"""What the rest of a text says of the body whose name it holds.

Chinese puts the head of a noun phrase last: 人民日报评论部 is a department, 人民日报的老读者 a reader. So the
last word that the cue lexicon (data/text/cues.tsv) knows decides, then the words before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from detector.text import tables, words
from detector.types import Cue, Stance

CLAIMS = frozenset(
    (Cue.OFFICIAL, Cue.SERVICE, Cue.OFFICE, Cue.SPOKESMAN, Cue.CHANNEL, Cue.COMMERCE,
     Cue.RECRUIT, Cue.CAMPAIGN, Cue.NEWS, Cue.SOFT_NEWS, Cue.PRODUCT)
)  # fmt: skip
SILENT = frozenset((Cue.DECOR, Cue.PARTICLE))
# An unknown remainder of so many symbols or more speaks of something else than the body
LONG_REMAINDER = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the remainder with its cue (None = the lexicon does not know it) and place."""

    text: str
    cue: Cue | None
    start: int


@lru_cache
def _cues() -> dict[str, Cue]:
    return {word: Cue(cue) for word, cue, *_ in tables.rows("cues", 2)}


def cue_of(word: str) -> Cue | None:
    """The cue of a word, by its whole or by its end (拍卖直播间); short letter runs are decoration."""
    known = _cues()
    if word in known:
        return known[word]
    if word.isdigit() or (word.isascii() and len(word) <= 2):
        return Cue.DECOR
    for start in range(1, len(word) - 1):
        if word[start:] in known:
            return known[word[start:]]
    return None


def tokens(text: str, start: int = 0) -> tuple[Token, ...]:
    """The words of a read text with their cues; letters in a row are one word."""
    found: list[Token] = []
    at = start
    for word in _longest_first(text):
        if found and word.isascii() and found[-1].text.isascii():
            last = found.pop()
            joined = last.text + word
            found.append(Token(joined, cue_of(joined), last.start))
        else:
            found.append(Token(word, cue_of(word), at))
        at += len(word)
    return tuple(found)


@lru_cache(maxsize=8192)
def _longest_first(text: str) -> tuple[str, ...]:
    """The cheapest segmentation, with cue words that it cut through put together again."""
    known = _cues()
    pieces = list(words.cut(text).words)
    at = 0
    while at < len(pieces):
        for end in range(min(len(pieces), at + 5), at + 1, -1):
            joined = "".join(pieces[at:end])
            if joined in known:
                pieces[at:end] = [joined]
                break
        at += 1
    return tuple(pieces)


def judge(before: tuple[Token, ...], after: tuple[Token, ...]) -> Stance:
    """The stance of a text that reads `before` + the body's name + `after`."""
    spoken_after = [t for t in after if t.cue not in SILENT]
    spoken_before = [t for t in before if t.cue not in SILENT]
    if not spoken_after and not spoken_before:
        return _of_particles(before, after)
    cues = [t.cue for t in (*spoken_before, *spoken_after)]
    if Cue.WALL in cues:
        return Stance.UNCLEAR
    about = any(c is not None and c not in CLAIMS for c in cues)
    if spoken_after:
        head = spoken_after[-1].cue
        if head in CLAIMS:
            return Stance.ABOUT if _spoken_about(spoken_before, before) else Stance.ARM
        if about:
            return Stance.ABOUT
        if spoken_after[0].cue in CLAIMS:
            return Stance.ARM
        return Stance.UNCLEAR
    if about or _spoken_about(spoken_before, before):
        return Stance.ABOUT
    if all(t.cue in CLAIMS for t in spoken_before):
        return Stance.ARM
    return Stance.UNCLEAR


def _spoken_about(spoken: list[Token], before: tuple[Token, ...]) -> bool:
    """A word before the name that makes it an object: 订了三年南方周末, 爱上北京大学."""
    if any(t.cue is not None and t.cue not in CLAIMS for t in spoken):
        return True
    return any(t.cue is Cue.PARTICLE and t.text in _OBJECT_MAKERS for t in before)


_OBJECT_MAKERS = frozenset("在 被 把 给 让 对 向 从 到 跟 同 和 与 没 没有 不 了 过 的 说 看 想".split())


def _of_particles(before: tuple[Token, ...], after: tuple[Token, ...]) -> Stance:
    if any(t.cue is Cue.PARTICLE and t.text in _OBJECT_MAKERS for t in before):
        return Stance.ABOUT
    particles = [t for t in after if t.cue is Cue.PARTICLE and t.text not in ("之", "个")]
    return Stance.UNCLEAR if len(particles) > 1 else Stance.IS
