"""What the rest of a text says of the body whose name it holds.

Chinese puts the head of a noun phrase last: 人民日报评论部 is a department, 人民日报的老读者 a reader. So the
last word that the cue lexicon (data/text/cues.tsv) knows decides, then the words before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from detector.text import tables, words
from detector.text.spelling import in_characters
from detector.types import Cue, Stance

CLAIMS = frozenset(
    (Cue.OFFICIAL, Cue.SERVICE, Cue.OFFICE, Cue.SPOKESMAN, Cue.CHANNEL, Cue.COMMERCE,
     Cue.RECRUIT, Cue.CAMPAIGN, Cue.NEWS, Cue.SOFT_NEWS, Cue.PRODUCT)
)  # fmt: skip
SILENT = frozenset((Cue.DECOR, Cue.PARTICLE, Cue.PLACE))


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
            cue = known[word[start:]]
            before = cue_of(word[:start]) if word.isascii() and cue in SILENT else None
            return before if before in CLAIMS else cue  # embassy + in + china
    if known.get(word[-1]) is Cue.OFFICE and known.get(word[:-1]) in CLAIMS:
        return Cue.OFFICE  # 挂号 + 处
    return Cue.PLACE if words.means_place(word) else None


def tokens(text: str, start: int = 0) -> tuple[Token, ...]:
    """The words of a read text with their cues; letters in a row are one word."""
    found: list[Token] = []
    at = start
    for word in _longest_first(in_characters(text)):
        if found and word.isascii() and found[-1].text.isascii():
            last = found.pop()
            joined = last.text + word
            found.append(Token(joined, cue_of(joined), last.start))
        else:
            found.append(Token(word, cue_of(word), at))
        at += len(word)
    return _with_nicknames(found)


def _with_nicknames(found: list[Token]) -> tuple[Token, ...]:
    """小 and 慧 side by side are a clerk's nickname, one word."""
    out: list[Token] = []
    for token in found:
        if out and out[-1].text in ("小", "老", "阿") and len(token.text) == 1:
            nick = out.pop()
            out.append(Token(nick.text + token.text, Cue.PERSON, nick.start))
        else:
            out.append(token)
    return tuple(out)


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


@dataclass(frozen=True, slots=True)
class Subject:
    """What is spoken about: a place is not posed as by products, a weak name needs plain words."""

    place: bool = False
    weak: bool = False
    brand: bool = False
    disguised: bool = False


def judge(
    before: tuple[Token, ...], after: tuple[Token, ...], subject: Subject = Subject()
) -> Stance:
    """The stance of a text that reads `before` + the body's name + `after`."""
    spoken_after = [t for t in after if t.cue not in SILENT]
    spoken_before = [t for t in before if t.cue not in SILENT]
    exact_body = not (subject.place or subject.weak or subject.brand or subject.disguised)
    if not spoken_before and exact_body and _is_stray(after):
        spoken_after = []  # 国家外汇管理局㊡
    if not spoken_after and not spoken_before:
        return _of_silence(before, after, subject)
    spoken = [*spoken_before, *spoken_after]
    cues = [t.cue for t in spoken]
    if Cue.WALL in cues and Cue.OFFICIAL not in cues:
        return Stance.UNCLEAR
    if subject.place or subject.weak:
        if subject.place and any(t.cue is not Cue.OFFICIAL for t in spoken_before):
            return Stance.ABOUT if about_cues(cues) else Stance.UNCLEAR
        return _of_careful(spoken, before, PLACE_CLAIMS if subject.place else _BESIDE_PLAIN)
    about = about_cues(cues)
    if spoken_after:
        head = spoken_after[-1].cue
        if head is Cue.SPOKESMAN and Cue.PAST in cues:
            return Stance.ABOUT  # 公安部退休民警
        if head in CLAIMS:
            return Stance.ABOUT if _spoken_about(spoken_before, before) else Stance.ARM
        first = spoken_after[0].cue
        if first in PLAIN_CLAIMS and all(c in CLAIMS or c is Cue.PERSON for c in cues):
            return Stance.ARM  # 建行客服小慧: the clerk's name behind the service's
        if about:
            return Stance.ABOUT
        if Cue.OFFICIAL in cues or (first in CLAIMS and first is not Cue.SPOKESMAN):
            return Stance.ARM
        return Stance.UNCLEAR
    if about or _spoken_about(spoken_before, before):
        return Stance.ABOUT
    # the body's name comes last, so it is the head: 国考报名中心国家公务员局
    return Stance.ARM if any(t.cue in CLAIMS for t in spoken_before) else Stance.UNCLEAR


# What a place's own authorities and media are called by: 天水文旅官方, 武汉热点
PLACE_CLAIMS = frozenset(
    (Cue.OFFICIAL, Cue.SERVICE, Cue.OFFICE, Cue.SPOKESMAN, Cue.CHANNEL, Cue.NEWS, Cue.SOFT_NEWS,
     Cue.RECRUIT)
)  # fmt: skip
# What makes an everyday word the body's name: 小米官方, 苹果售后, 希望工程助学金发放办
PLAIN_CLAIMS = frozenset((Cue.OFFICIAL, Cue.SERVICE, Cue.RECRUIT, Cue.OFFICE))
_BESIDE_PLAIN = PLAIN_CLAIMS | {Cue.SPOKESMAN, Cue.CHANNEL}
# 玉溪城事发布: whatever the field, the authority proclaims
PROCLAIMING = frozenset("发布 通报 公告 播报 政务 官微 官号 日报 晚报 电视台".split())
_DECISIVE = PLAIN_CLAIMS - {Cue.OFFICE}


def _is_decisive(token: Token) -> bool:
    """An official word that no everyday name holds: 客服, 招生, 执行局; not 处 or 站."""
    return token.cue in _DECISIVE or (token.cue is Cue.OFFICE and len(token.text) >= 3)


def about_cues(cues: Sequence[Cue | None]) -> bool:
    """Whether a word among them speaks about the body instead of for it."""
    return any(c is not None and c not in CLAIMS for c in cues)


def _of_careful(spoken: list[Token], before: tuple[Token, ...], wanted: frozenset[Cue]) -> Stance:
    """A place or an everyday word is posed as only where every word beside it keeps up the claim."""
    cues = [t.cue for t in spoken]
    if about_cues(cues) or _spoken_about(spoken, before):
        return Stance.ABOUT
    if (
        Cue.OFFICIAL in cues
        or (wanted is PLACE_CLAIMS and spoken[-1].text in PROCLAIMING)
        or (
            all(c in wanted for c in cues)
            and (wanted is PLACE_CLAIMS or any(map(_is_decisive, spoken)))
        )
    ):
        return Stance.ARM
    return Stance.UNCLEAR


def _spoken_about(spoken: list[Token], before: tuple[Token, ...]) -> bool:
    """A word before the name that makes it an object: 订了三年南方周末, 爱上北京大学."""
    if any(t.cue is not None and t.cue not in CLAIMS for t in spoken):
        return True
    return any(t.cue is Cue.PARTICLE and t.text in _OBJECT_MAKERS for t in before)


_OBJECT_MAKERS = frozenset(
    "在 被 把 给 让 对 向 从 到 跟 同 和 与 没 没有 不 了 过 的 说 看 想".split()
)


def _of_silence(before: tuple[Token, ...], after: tuple[Token, ...], subject: Subject) -> Stance:
    """Only particles and decoration beside the name."""
    if any(t.cue is Cue.PARTICLE and t.text in _OBJECT_MAKERS for t in before):
        return Stance.ABOUT
    particles = [t for t in after if t.cue is Cue.PARTICLE and t.text not in ("之", "个")]
    if len(particles) > 1:
        return Stance.UNCLEAR
    silent = [t for t in (*before, *after) if t.text not in _STATE]
    if (subject.place and silent) or (subject.brand and any(_is_tag(t) for t in silent)):
        return Stance.UNCLEAR  # In兰州, 每日南京, 费列罗911
    return Stance.IS


_STATE = ("中国", "中华")


def _is_stray(after: tuple[Token, ...]) -> bool:
    """One symbol that is no word, appended to escape an exact comparison."""
    return len(after) == 1 and len(after[0].text) == 1 and after[0].cue is None


def _is_tag(token: Token) -> bool:
    """Letters or digits of a person's own: 费列罗911, 厦门5203; not 央广新闻TB or 人民日报2号."""
    return token.text.isascii() and (len(token.text) > 2 or token.text.isdigit())
