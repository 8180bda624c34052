"""Latin letters as the pinyin syllables that they spell."""

from __future__ import annotations

from functools import lru_cache

from detector.text.symbols import Symbol, is_letter, latin_words, syllables
from detector.types import EditKind


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


def spelled(symbols: tuple[Symbol, ...], original: str) -> tuple[Symbol, ...]:
    """Latin runs that are pinyin, as syllable tokens; whole runs first, then word by word."""
    out: list[Symbol] = []
    at = 0
    while at < len(symbols):
        if not is_letter(symbols[at].char):
            out.append(symbols[at])
            at += 1
            continue
        end = at
        while end < len(symbols) and (
            is_letter(symbols[end].char)
            or (
                symbols[end].char in "01345"
                and end + 1 < len(symbols)
                and is_letter(symbols[end + 1].char)
            )
            or (symbols[end].char in "01" and end > at and is_letter(symbols[end - 1].char))
        ):
            end += 1
        out.extend(_spelled_run(symbols[at:end], original))
        at = end
    return tuple(out)


def _spelled_run(run: tuple[Symbol, ...], original: str) -> tuple[Symbol, ...]:
    words = latin_words(run, original)
    spaced = tuple("".join(s.char for s in word) for word in words)
    if len(spaced) > 1 and all(len(p) > 1 and p in syllables() for p in spaced):
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


def _tokens(run: tuple[Symbol, ...], pieces: tuple[str, ...]) -> tuple[Symbol, ...]:
    known, out, at = syllables(), [], 0
    for piece in pieces:
        part = run[at : at + len(piece)]
        steps = dict.fromkeys(step for s in part for step in s.steps)
        span = (min(s.span[0] for s in part), max(s.span[1] for s in part))
        out.append(Symbol(known[piece], span, (*steps, EditKind.SPELLED)))
        at += len(piece)
    return tuple(out)
