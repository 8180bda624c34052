"""The string measures that the detector is compared with: rapidfuzz's OSA, raw and normalised.

text-peers.md, section 0: the best single scorer of the libraries that were measured there.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from detector.text.fold import fold_char
from detector.types import EditKind

_CHUNK = 256  # queries at once: against 200,000 names 200 MB of scores
_TIMED = 256  # queries of which the speed is told


def raw(text: str) -> str:
    """The text as it is."""
    return text


def norm(text: str) -> str:
    """NFKC, letters and digits only, simplified characters, lower case (text-peers.md, "+norm").

    >>> norm("人民·日報　ＣＣＴＶ")
    '人民日报cctv'
    """
    wide = unicodedata.normalize("NFKC", text)
    kept = (c for c in wide if unicodedata.category(c)[0] in "LN")
    return "".join(map(_simplified, kept)).lower()


def _simplified(char: str) -> str:
    plain, step = fold_char(char)
    return plain if step is EditKind.TRADITIONAL else char


class Best(NamedTuple):
    """The nearest registered name of a query, by number, and its similarity 0..1."""

    name: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Rival:
    """Optimal string alignment distance, normalised by the longer length, over a list of names."""

    title: str
    names: tuple[str, ...]
    form: Callable[[str], str]

    def best(self, queries: Sequence[str], workers: int = -1) -> list[Best]:
        """The nearest name of each query."""
        choices = [self.form(name) for name in self.names]
        found: list[Best] = []
        for start in range(0, len(queries), _CHUNK):
            chunk = [self.form(query) for query in queries[start : start + _CHUNK]]
            scores = process.cdist(
                chunk, choices, scorer=OSA.normalized_similarity, dtype=np.float32, workers=workers
            )
            at = scores.argmax(axis=1)
            found += [Best(int(i), float(row[i])) for i, row in zip(at, scores, strict=True)]
        return found

    def speed(self, queries: Sequence[str]) -> float:
        """Names a second on one core."""
        timed = queries[:_TIMED]
        start = time.perf_counter()
        self.best(timed, workers=1)
        return len(timed) / (time.perf_counter() - start)


def threshold(similarities: Sequence[float], rate: float) -> float:
    """The lowest similarity that at most `rate` of the negatives reach: just above the next one.

    >>> round(threshold([0.9, 0.5, 0.5, 0.1], 0.25), 6)
    0.5
    """
    allowed = int(rate * len(similarities) + 1e-9)
    ranked = sorted(similarities, reverse=True)
    if allowed >= len(ranked):
        return 0.0
    return float(np.nextafter(ranked[allowed], 2.0))
