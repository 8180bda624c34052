"""What a text can be read as.

Readers see through decoration. `read` undoes, with offsets kept, everything that costs a reader
nothing (width, circles, traditional forms, foreign look-alike letters, hidden characters) and
offers further readings where a reader may choose: an emoji as its word or as decoration,
components as the character they make (弓长 -> 张), Latin letters as pinyin, runs turned round.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from detector.text import tables, words
from detector.text.figures import figures, is_figure, numerals, unleeted
from detector.text.flips import backwards, turned
from detector.text.fold import plain
from detector.text.pinyin import spelled
from detector.text.scan import scan
from detector.text.swaps import translated
from detector.text.symbols import Reading, Symbol, is_letter, make_reading
from detector.types import EditKind

MOST_READINGS = 8
MOST_CHARACTERS = 512  # of the original; what stands behind them is not read


@lru_cache
def component_merges() -> dict[str, str]:
    """Component sequence -> the character that it most readily makes.

    What official names are made of is no sequence of components: 中心 in 反讠乍中心 is no 忠.
    """
    ways = [
        (rank + (words.word_bits(char) or words.UNKNOWN_BITS), plain(sequence), char)
        for char, sequences in tables.lists("splits").items()
        for rank, sequence in enumerate(sequences)
    ]
    made: dict[str, str] = {}
    for _, sequence, char in sorted(ways):  # a common character by an early way of splitting it
        made.setdefault(sequence, char)
    official = {word for table in ("fields", "organ_nouns") for word, *_ in tables.rows(table, 1)}
    return {seq: char for seq, char in made.items() if len(seq) >= 2 and seq not in official}


def _merged(symbols: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    """Components side by side, as the character that they make."""
    merges, out, at = component_merges(), [], 0
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


def _unlettered(symbols: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    """Single letters strewn between Chinese characters as separators: 复x旦x大x学."""
    strewn = [
        i for i in range(1, len(symbols) - 1)
        if is_letter(symbols[i].char)
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


def read(text: str) -> tuple[Reading, ...]:
    """The readings of a text, the plainest first; at least one, at most MOST_READINGS."""
    text = text[:MOST_CHARACTERS]
    scanned = list(scan(text))
    base = tuple(s for s, _ in scanned if s.char)
    passed = tuple(s for s, _ in scanned if not s.char)
    kept: dict[str, Reading] = {}
    for sequence in _sequences(text, base, scanned):
        reading = make_reading(sequence, passed)
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
    letters = any(is_letter(c) for c in chars)
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
    if sum(map(is_figure, chars)) >= 3:
        starts.append(figures(base))
    if any(EditKind.VARIANT in s.steps for s in base):
        starts.append(_as_written(base, text))
    yield from starts[1:]
    for start in starts:
        merged = _merged(start)
        yield merged
        if letters:
            yield spelled(start, text)
            yield _merged(spelled(start, text))
    digits = any(c.isdigit() for c in chars)
    if letters and digits:
        yield unleeted(base)
    elif digits:
        yield numerals(base)
    if letters:
        for choice in range(2):
            yield translated(base, text, choice)
        yield _unlettered(base)
    yield from backwards(base)
    upright = turned(text)
    if upright is not None:
        yield upright
        yield spelled(upright, text)
    if sum(a == b for a, b in pairwise(chars)) >= 2:
        yield _collapsed(base)


def _choose(words: tuple[str, ...], choice: int) -> str:
    return plain(words[min(choice, len(words) - 1)])
