"""What a text can be read as: plain symbols, each with its place in the original and how it was read.

Readers see through decoration. `read` undoes, with offsets kept, everything that costs a reader
nothing (width, circles, traditional forms, foreign look-alike letters, hidden characters) and
offers further readings where a reader may choose: an emoji as its word or as decoration, components
as the character they make (弓长 -> 张), Latin letters as pinyin, upside-down runs turned round.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from detector.text import tables
from detector.types import EditKind, Span

MAX_SYMBOLS = 64  # a name field is at most some 30 characters; longer texts are read in windows
MOST_READINGS = 8
SYLLABLE_BASE = 0xF0000  # private-use code points stand for spelled pinyin syllables

_FOLD_KINDS = {
    "traditional": EditKind.TRADITIONAL,
    "variant": EditKind.VARIANT,
    "radical": EditKind.RADICAL,
    "kana": EditKind.KANA,
    "enclosed": EditKind.ENCLOSED,
    "confusable": EditKind.CONFUSABLE,
    "latin_han": EditKind.CONFUSABLE,
    "numeral": EditKind.NUMERAL,
    "math": EditKind.COMPATIBILITY,
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol as read: a plain character or a syllable token, where it stood, how it was read."""

    char: str
    span: Span
    steps: tuple[EditKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text; `passed_over` are the characters that were read as decoration.

    text: the symbols as one string, aligned with `symbols`.
    """

    symbols: tuple[Symbol, ...]
    passed_over: tuple[Symbol, ...]
    text: str


def _reading(symbols: tuple[Symbol, ...], passed_over: tuple[Symbol, ...]) -> Reading:
    kept = symbols[:MAX_SYMBOLS]
    return Reading(kept, passed_over, "".join(s.char for s in kept))


@lru_cache
def _folds() -> dict[str, tuple[str, EditKind]]:
    return {c: (r, _FOLD_KINDS[k]) for c, r, k, *_ in tables.rows("fold", 3)}


@lru_cache
def _ignorable() -> tuple[list[int], list[int]]:
    ranges = sorted((int(a, 16), int(b, 16)) for a, b, *_ in tables.rows("ignorable", 2))
    return [a for a, _ in ranges], [b for _, b in ranges]


@lru_cache
def _separators() -> frozenset[str]:
    return frozenset(c for c, *_ in tables.rows("separators", 1))


# Plain letters and digits that are letters and digits upside down too
_TURNING = dict(zip("0689bdpqnuwmoxszliIHNOSXZMW", "0986qpdbunmwoxszliIHNOSXZWM", strict=True))


@lru_cache
def _flips() -> dict[str, str]:
    return _TURNING | {c: upright for c, upright, *_ in tables.rows("flips", 2)}


@lru_cache
def _upside_down() -> frozenset[str]:
    """Characters that stand on their head for certain."""
    return frozenset(c for c in _flips() if not c.isascii())


@lru_cache
def syllables() -> dict[str, str]:
    """Toneless pinyin syllable -> its token, a private-use code point."""
    names = sorted(name for name, *_ in tables.rows("sound_classes", 1))
    return {name: chr(SYLLABLE_BASE + i) for i, name in enumerate(names)}


@lru_cache
def _merges() -> dict[str, str]:
    """Component sequence -> the character it makes; the first (commonest) character wins."""
    made: dict[str, str] = {}
    for char, sequences in tables.lists("splits").items():
        for sequence in sequences:
            made.setdefault(plain(sequence), char)
    return {seq: char for seq, char in made.items() if len(seq) >= 2}


def _is_ignorable(char: str) -> bool:
    starts, ends = _ignorable()
    at = bisect_right(starts, ord(char)) - 1
    return at >= 0 and ord(char) <= ends[at]


@lru_cache(maxsize=65536)
def fold_char(char: str) -> tuple[str, EditKind | None]:
    """The plain symbols of one character ("" = decoration) and the step that reading it takes.

    >>> fold_char("Ａ"), fold_char("國"), fold_char("\\u200b")
    (('a', <EditKind.COMPATIBILITY: 'compatibility'>), ('国', <EditKind.TRADITIONAL: 'traditional'>), ('', <EditKind.HIDDEN: 'hidden'>))
    """
    if char.isascii() and char.isalnum():
        return char.lower(), None
    if _is_ignorable(char) or unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc", "Cs", "Co"):
        return "", EditKind.HIDDEN
    folded = _folds().get(char)
    if char in _separators():
        return "", EditKind.SEPARATOR
    if folded is not None:
        return plain(folded[0]) if folded[0] != char else char, folded[1]
    wide = unicodedata.normalize("NFKC", char)
    kind: EditKind | None = None
    if wide != char:
        kind = EditKind.ENCLOSED if 0x2460 <= ord(char) < 0x3300 else EditKind.COMPATIBILITY
        wide = "".join(_folds().get(c, (c, None))[0] for c in wide)
    bare = "".join(
        c for c in unicodedata.normalize("NFD", wide.casefold()) if unicodedata.category(c) != "Mn"
    )
    if bare != wide.casefold():
        kind = kind or EditKind.COMPATIBILITY
        if not bare.isascii():  # kana and hangul fall apart in NFD: keep them whole
            bare = wide.casefold()
    kept = "".join(c for c in bare if c.isalnum() and c not in _separators())
    return kept, kind if kept else EditKind.SEPARATOR


def plain(text: str) -> str:
    """The text with every character folded; the normal form in which names are compared.

    >>> plain("ＣＣＴＶ 新聞")
    'cctv新闻'
    """
    return "".join(fold_char(c)[0] for c in text)


@lru_cache
def _pictures() -> dict[str, tuple[str, ...]]:
    """What is decoration but may be read: emoji as their words, a dash as 一, a bar as a letter."""
    drawn = dict(tables.lists("emoji"))
    for char, reading, kind in ((c, r, k) for c, r, k, *_ in tables.rows("letters", 3)):
        if kind == "shape" and not char.isalnum():
            drawn[char] = (*drawn.get(char, ()), reading)
    drawn.update((dash, ("一",)) for dash in _DASHES)
    for char in _separators():
        if char in _folds():
            drawn.setdefault(char, (_folds()[char][0],))
    return drawn


@lru_cache
def _picture_starts() -> frozenset[str]:
    return frozenset(drawn[0] for drawn in _pictures() if not drawn[0].isalnum() or len(drawn) > 1)


def _emoji_at(text: str, at: int) -> tuple[str, int] | None:
    """The longest sequence that starts here and has a reading, with its length."""
    readings = _pictures()
    for length in (8, 7, 6, 5, 4, 3, 2, 1):
        if text[at : at + length] in readings and at + length <= len(text):
            return text[at : at + length], length
    return None


def _scan(text: str) -> Iterator[tuple[Symbol, tuple[str, ...]]]:
    """Symbols in order; decoration has char "". The second part: emoji readings, if any."""
    at = 0
    while at < len(text):
        char = text[at]
        emoji = _emoji_at(text, at) if char in _picture_starts() else None
        if emoji is not None and (emoji[1] > 1 or not fold_char(char)[0]) and _drawn(text, at):
            found, length = emoji
            yield Symbol("", (at, at + length), (EditKind.EMOJI,)), _pictures()[found]
            at += length
            continue
        kept, kind = fold_char(char)
        steps = () if kind is None else (kind,)
        if not kept:
            yield Symbol("", (at, at + 1), steps), ()
        for part in kept:
            yield Symbol(part, (at, at + 1), steps), ()
        at += 1


_DASHES = "-–—―－"


def _drawn(text: str, at: int) -> bool:
    """A dash is read as 一 only where it stands alone beside a Chinese character: 第—财经."""
    if text[at] not in _DASHES:
        return True
    around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    return not any(c in _DASHES for c in around) and any(c > "\u2e7f" for c in around)


def _is_letter(char: str) -> bool:
    return "a" <= char <= "z"


@lru_cache(maxsize=4096)
def spell(letters: str) -> tuple[str, ...] | None:
    """The fewest pinyin syllables that spell `letters`, or None.

    >>> spell("renminribao")
    ('ren', 'min', 'ri', 'bao')
    """
    known = syllables()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 6), end):
            before, piece = best[start], letters[start:end]
            if before is None or piece not in known:
                continue
            here, longer = best[end], (*before, piece)
            if here is None or _clumsiness(longer) < _clumsiness(here):
                best[end] = longer
    return best[-1]


def _clumsiness(pieces: tuple[str, ...]) -> tuple[int, int]:
    """Fewer syllables first, then fewer that begin with a vowel: hu nan, not hun an."""
    return len(pieces), sum(piece[0] in "aeo" for piece in pieces)


_LEET = str.maketrans("01345", "oiees")


def _spelled(symbols: tuple[Symbol, ...], original: str) -> tuple[Symbol, ...]:
    """Latin runs that are pinyin, as syllable tokens; whole runs first, then word by word."""
    out: list[Symbol] = []
    at = 0
    while at < len(symbols):
        if not _is_letter(symbols[at].char):
            out.append(symbols[at])
            at += 1
            continue
        end = at
        while end < len(symbols) and (
            _is_letter(symbols[end].char)
            or (
                symbols[end].char in "01345"
                and end + 1 < len(symbols)
                and _is_letter(symbols[end + 1].char)
            )
            or (symbols[end].char in "01" and end > at and _is_letter(symbols[end - 1].char))
        ):
            end += 1
        out.extend(_spelled_run(symbols[at:end], original))
        at = end
    return tuple(out)


def _spelled_run(run: tuple[Symbol, ...], original: str) -> tuple[Symbol, ...]:
    words = _words(run, original)
    spaced = tuple("".join(s.char for s in word) for word in words)
    if len(spaced) > 1 and all(piece in syllables() for piece in spaced):
        return _tokens(run, spaced)  # xi an shi
    pieces = spell("".join(s.char for s in run).translate(_LEET))
    if pieces is not None:
        return _tokens(run, pieces)
    if len(words) < 2:
        return _spelled_ends(run)
    return tuple(s for word in words for s in _spelled_run(word, original))


def _spelled_ends(run: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    """xinhuashe88x: the longest spelled beginning of at least two syllables, the rest as letters."""
    letters = "".join(s.char for s in run).translate(_LEET)
    for end in range(len(run) - 1, 4, -1):
        pieces = spell(letters[:end])
        if pieces is not None and len(pieces) >= 2:
            return _tokens(run[:end], pieces) + run[end:]
    return run


def _words(run: tuple[Symbol, ...], original: str) -> list[tuple[Symbol, ...]]:
    """Cut where the original has a gap, a digit or a capital after a small letter."""
    words: list[list[Symbol]] = [[]]
    for before, symbol in zip((None, *run), run, strict=False):
        if before is not None and (
            symbol.span[0] > before.span[1]
            or (
                original[symbol.span[0]].isupper()
                and not original[before.span[0]].isupper()
            )
            or symbol.char.isdigit() != before.char.isdigit()
        ):
            words.append([])
        words[-1].append(symbol)
    return [tuple(word) for word in words]


def _tokens(run: tuple[Symbol, ...], pieces: tuple[str, ...]) -> tuple[Symbol, ...]:
    known, out, at = syllables(), [], 0
    for piece in pieces:
        part = run[at : at + len(piece)]
        steps = dict.fromkeys(step for s in part for step in s.steps)
        span = (part[0].span[0], part[-1].span[1])
        out.append(Symbol(known[piece], span, (*steps, EditKind.SPELLED)))
        at += len(piece)
    return tuple(out)


def _merged(symbols: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    """Components side by side, as the character that they make."""
    merges, out, at = _merges(), [], 0
    text = "".join(s.char for s in symbols)
    if not any(text[i : i + 2] in merges or text[i : i + 3] in merges for i in range(len(text))):
        return symbols
    while at < len(symbols):
        for length in (3, 2):
            part = symbols[at : at + length]
            made = merges.get("".join(s.char for s in part)) if len(part) == length else None
            if made is not None:
                steps = dict.fromkeys(step for s in part for step in s.steps)
                span = (part[0].span[0], part[-1].span[1])
                out.append(Symbol(made, span, (*steps, EditKind.SPLIT)))
                at += length
                break
        else:
            out.append(symbols[at])
            at += 1
    return tuple(out)


def _turned(text: str) -> tuple[Symbol, ...] | None:
    """The text with its upside-down runs turned round, or None if nothing stands on its head."""
    flips, certain = _flips(), _upside_down()
    if certain.isdisjoint(text):
        return None
    out: list[Symbol] = []
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and (text[end] in flips or text[end] == " "):
            end += 1
        run = range(at, end)
        if any(text[i] in certain for i in run):
            for i in reversed(run):
                out.extend(
                    Symbol(c, (i, i + 1), (EditKind.FLIPPED,))
                    for c in plain(flips.get(text[i], text[i]))
                )
            at = end
        else:
            kept, kind = fold_char(text[at])
            steps = () if kind is None else (kind,)
            out.extend(Symbol(c, (at, at + 1), steps) for c in kept)
            at += 1
    return tuple(out)


def _collapsed(symbols: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    """Each run of one symbol as one: 人人民民日日报报."""
    out: list[Symbol] = []
    for symbol in symbols:
        if out and out[-1].char == symbol.char and not symbol.char.isascii():
            last = out[-1]
            span = (last.span[0], symbol.span[1])
            out[-1] = Symbol(last.char, span, (*last.steps, EditKind.DOUBLED))
        else:
            out.append(symbol)
    return tuple(out)


# 院察检市汉武: a name that begins with what names end in may be written backwards
SHORTEST_REVERSED = 4
_LAST_SYMBOLS = frozenset("院局会部厅社报台行网学司署委馆府团办处队军关校")
_LEET_LETTERS = {"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g"}


def _unleeted(symbols: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    """Digits between letters as the letters that they look like: 8aidu, 0PP0."""
    return tuple(
        Symbol(_LEET_LETTERS[s.char], s.span, (*s.steps, EditKind.LOOK_ALIKE))
        if s.char in _LEET_LETTERS
        else s
        for s in symbols
    )


def _numerals(symbols: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    """Short numbers between Chinese characters as their numerals: 湖北10堰, 9三学社."""
    out: list[Symbol] = []
    at = 0
    while at < len(symbols):
        end = at
        while end < len(symbols) and symbols[end].char in "0123456789":
            end += 1
        digits = "".join(s.char for s in symbols[at:end])
        if 1 <= len(digits) <= 2:
            spoken = "十" if digits == "10" else "".join("零一二三四五六七八九"[int(d)] for d in digits)
            span = (symbols[at].span[0], symbols[end - 1].span[1])
            out.extend(Symbol(c, span, (EditKind.NUMERAL,)) for c in spoken)
        else:
            out.extend(symbols[at:end])
        if end < len(symbols):
            out.append(symbols[end])
        at = end + 1
    return tuple(out)


def _unlettered(symbols: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    """Single letters strewn between Chinese characters as separators: 复x旦x大x学."""
    strewn = [
        i for i in range(1, len(symbols) - 1)
        if _is_letter(symbols[i].char)
        and not symbols[i - 1].char.isascii() and not symbols[i + 1].char.isascii()
    ]  # fmt: skip
    if len(strewn) < 2:
        return symbols
    return tuple(
        Symbol(s.char, s.span, (*s.steps, EditKind.INSERTED)) if i - 1 in strewn else s
        for i, s in enumerate(symbols)
        if i not in strewn
    )


def _as_written(symbols: tuple[Symbol, ...], original: str) -> tuple[Symbol, ...]:
    """Rare variants as drawn: 冂 is a form of 坰, but stands here for what it looks like, 门."""
    return tuple(
        Symbol(original[s.span[0]], s.span, (EditKind.LOOK_ALIKE,))
        if EditKind.VARIANT in s.steps
        else s
        for s in symbols
    )


_FIGURES = {
    c: str(i)
    for numerals in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖")
    for i, c in enumerate(numerals)
}


def _figures(symbols: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    """Three and more Chinese numerals in a row as digits: 一二三零六 -> 12306."""
    out = list(symbols)
    at = 0
    while at < len(out):
        end = at
        while end < len(out) and out[end].char in _FIGURES:
            end += 1
        if end - at >= 3:
            for i in range(at, end):
                digit = _FIGURES[out[i].char]
                out[i] = Symbol(digit, out[i].span, (*out[i].steps, EditKind.NUMERAL))
        at = max(end, at + 1)
    return tuple(out)


@lru_cache
def _translations() -> dict[str, tuple[str, ...]]:
    return tables.lists("english")


def _translated(symbols: tuple[Symbol, ...], original: str, choice: int) -> tuple[Symbol, ...]:
    """English words between Chinese characters as the Chinese word: 浦发Bank."""
    if not any(not s.char.isascii() for s in symbols):
        return symbols
    out: list[Symbol] = []
    at = 0
    while at < len(symbols):
        end = at
        while end < len(symbols) and _is_letter(symbols[end].char):
            end += 1
        for word in _words(symbols[at:end], original) if end > at else ():
            meant = _translations().get("".join(s.char for s in word))
            if meant is None:
                out.extend(word)
            else:
                span = (word[0].span[0], word[-1].span[1])
                chosen = meant[min(choice, len(meant) - 1)]
                out.extend(Symbol(c, span, (EditKind.TRANSLATED,)) for c in chosen)
        if end < len(symbols):
            out.append(symbols[end])
        at = end + 1
    return tuple(out)


@lru_cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    """Word -> the words that impostors put in its place, weak swaps left out; both ways."""
    pairs = [
        (a, b) for a, b, *note in tables.rows("synonyms", 2) if not (note and note[0][:4] == "weak")
    ]
    found: dict[str, list[str]] = {}
    for a, b in pairs:
        found.setdefault(a, []).append(b)
        found.setdefault(b, []).append(a)
    return {word: tuple(dict.fromkeys(others)) for word, others in found.items()}


MOST_SWAPS = 6


def swapped_words(reading: Reading) -> tuple[Reading, ...]:
    """The reading with one official word exchanged for another of its meaning: 移民事务局, 移民管理局."""
    text, found = reading.text, []
    for at in range(len(text)):
        for end in range(min(len(text), at + 6), at + 1, -1):
            for other in _synonyms().get(text[at:end], ()):
                if len(other) < 2 or other in text:
                    continue
                span = (reading.symbols[at].span[0], reading.symbols[end - 1].span[1])
                put = tuple(Symbol(c, span, (EditKind.SYNONYM,)) for c in other)
                symbols = (*reading.symbols[:at], *put, *reading.symbols[end:])
                found.append(_reading(symbols, reading.passed_over))
    return tuple(found[:MOST_SWAPS])


def read(text: str) -> tuple[Reading, ...]:
    """The readings of a text, the plainest first; at least one, at most MOST_READINGS."""
    scanned = list(_scan(text))
    base = tuple(s for s, _ in scanned if s.char)
    passed = tuple(s for s, _ in scanned if not s.char)
    kept: dict[str, Reading] = {}
    for sequence in _sequences(text, base, scanned):
        reading = _reading(sequence, passed)
        if reading.text not in kept:
            kept[reading.text] = reading
            if len(kept) == MOST_READINGS:
                break
    return tuple(kept.values())


def _sequences(
    text: str, base: tuple[Symbol, ...], scanned: list[tuple[Symbol, tuple[str, ...]]]
) -> Iterator[tuple[Symbol, ...]]:
    """Every way to read the text; each sort is tried only where its mark is in the text."""
    yield base
    chars = [s.char for s in base]
    letters = any(_is_letter(c) for c in chars)
    starts = [base]
    if any(words for _, words in scanned):
        for choice in range(2):
            starts.append(
                tuple(
                    Symbol(c, s.span, (EditKind.EMOJI,)) if not s.char else s
                    for s, words in scanned
                    for c in (_choose(words, choice) if words else s.char)
                )
            )
    if sum(c in _FIGURES for c in chars) >= 3:
        starts.append(_figures(base))
    if any(EditKind.VARIANT in s.steps for s in base):
        starts.append(_as_written(base, text))
    yield from starts[1:]
    for start in starts:
        merged = _merged(start)
        yield merged
        if letters:
            yield _spelled(start, text)
            yield _merged(_spelled(start, text))
    digits = any(c.isdigit() for c in chars)
    if letters and digits:
        yield _unleeted(base)
    elif digits:
        yield _numerals(base)
    if letters:
        for choice in range(2):
            yield _translated(base, text, choice)
        yield _unlettered(base)
    if len(base) >= SHORTEST_REVERSED and chars[0] in _LAST_SYMBOLS:
        yield tuple(Symbol(s.char, s.span, (*s.steps, EditKind.FLIPPED)) for s in base[::-1])
    turned = _turned(text)
    if turned is not None:
        yield turned
        yield _spelled(turned, text)
    if sum(a == b for a, b in zip(chars, chars[1:], strict=False)) >= 2:
        yield _collapsed(base)


def _choose(words: tuple[str, ...], choice: int) -> str:
    return plain(words[min(choice, len(words) - 1)])
