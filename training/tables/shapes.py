"""shapes.tsv: pairs of Han characters that look alike, and how much."""

from collections.abc import Iterator
from functools import cache

import numpy as np

from training.tables.decomposition import Build, Part, builds, stroke_orders, strokes
from training.tables.fold import rows as fold_rows
from training.tables.glyphs import characters, positions, vectors
from training.tables.sources import unihan
from training.tables.standard import standard
from training.tables.table import Row, Table

# Weights of the three views of a pair, of which the sum is calibrated below.
LOOKS, BUILD, STROKES = 0.5, 0.3, 0.2

# Calibration: weighted sum -> similarity, with the pairs that set it.
#   0.50 江汪 海悔 (same skeleton, one component changed)    0.65 视祝 学字
#   0.80 大太 央夬 (passes at a glance)                      0.92 土士 (hard to tell apart)
CALIBRATION = (
    (0.0, 0.0),
    (0.42, 0.54),
    (0.50, 0.60),
    (0.65, 0.74),
    (0.80, 0.88),
    (0.92, 1.0),
    (1.0, 1.0),
)

LEAST = 0.60  # similarity: less is dropped, except that
FEWEST_NEIGHBOURS = 5  # a standard character keeps so many, while they reach
LEAST_FEW = 0.54  # this similarity
LEAST_RARE = 0.78  # similarity to a standard character that a rare one must have
MOST_NEIGHBOURS = 25  # a standard character keeps its nearest
_COMPARED = 100  # nearest in looks among standard characters that are compared in full
_COMPARED_RARE = 25  # the same among the rare ones

# Two characters with the same parts and strokes (曰日) differ in proportion only. Not where strokes
# cross (⿻): 甲 and 申 are both 日 crossed by 丨, and such likeness counts for so much only.
SAME_PARTS, CROSSED = 0.97, 0.8
# What Unicode says may be used to spoof.
SPOOFING = 0.95
# A character with its lesser part left out (京凉): sum = base + slope * share of strokes kept.
DROPPED_BASE, DROPPED_SLOPE, LEAST_KEPT = 0.35, 0.30, 0.5


def rows() -> Iterator[Row]:
    """Each pair once, the lesser code point first."""
    for (a, b), similarity in sorted(pairs().items()):
        yield a, b, f"{similarity:.2f}"


@cache
def pairs() -> dict[tuple[str, str], float]:
    """The pairs kept: of each standard character the nearest, where similar enough."""
    near: dict[str, list[tuple[float, str]]] = {}
    for (a, b), similarity in _judged().items():
        for char, other in ((a, b), (b, a)):
            near.setdefault(char, []).append((-similarity, other))
    kept: dict[tuple[str, str], float] = {}
    for char, found in near.items():
        for rank, (negative, other) in enumerate(sorted(found)[: _most(char)]):
            if -negative >= LEAST or rank < FEWEST_NEIGHBOURS:
                kept[_ordered(char, other)] = -negative
    return kept


def _most(char: str) -> int:
    """A rare character is kept for the few standard ones that it stands in for."""
    return MOST_NEIGHBOURS if char in standard() else 3


def _ordered(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _judged() -> dict[tuple[str, str], float]:
    """Every candidate pair that reaches the least similarity."""
    judged: dict[tuple[str, str], float] = {}
    for a, b in _candidates():
        value = round(similarity(a, b), 2)
        if value >= (LEAST_FEW if a in standard() and b in standard() else LEAST_RARE):
            judged[a, b] = value
    return judged


def _candidates() -> set[tuple[str, str]]:
    found = {_ordered(a, b) for a, b in (*_near_in_looks(), *_dropped_parts(), *_spoofing())}
    folds = {row[0]: row[1] for row in fold_rows()}
    return {(a, b) for a, b in found if a != b and folds.get(a) != b and folds.get(b) != a}


def _near_in_looks() -> Iterator[tuple[str, str]]:
    chars, rows_, size = characters(), vectors(), len(standard())
    for start in range(0, size, 500):
        likeness = rows_[start : min(start + 500, size)] @ rows_.T
        for offset, row in enumerate(likeness):
            row[start + offset] = -1
            plain = np.argpartition(-row[:size], _COMPARED)[:_COMPARED]
            rare = size + np.argpartition(-row[size:], _COMPARED_RARE)[:_COMPARED_RARE]
            yield from ((chars[start + offset], chars[i]) for i in (*plain, *rare))


def _dropped_parts() -> Iterator[tuple[str, str]]:
    for char in standard():
        for build in builds(char):
            yield from ((char, p) for p in build.parts if isinstance(p, str) and p in standard())


def _spoofing() -> Iterator[tuple[str, str]]:
    for char, others in unihan("kSpoofingVariant").items():
        for other in others:
            if char in positions() and other in positions() and {char, other} & standard():
                yield char, other


def similarity(a: str, b: str) -> float:
    """How alike two characters look, 0..1; symmetric."""
    if b in unihan("kSpoofingVariant").get(a, ()) or a in unihan("kSpoofingVariant").get(b, ()):
        return SPOOFING
    build, order = _part_likeness(a, b), _order_likeness(a, b)
    if build == 1.0 and order == 1.0:
        return SAME_PARTS
    looks = _looks(a, b)
    weighted = LOOKS * looks + BUILD * build + STROKES * (looks if order is None else order)
    kept = max(_share(a, b), _share(b, a))
    if kept >= LEAST_KEPT:
        weighted = max(weighted, DROPPED_BASE + DROPPED_SLOPE * kept)
    return _calibrated(weighted)


def _calibrated(weighted: float) -> float:
    sums, values = zip(*CALIBRATION, strict=True)
    return float(np.interp(weighted, sums, values))


def _looks(a: str, b: str) -> float:
    """Likeness of the rendered glyphs, 0..1; 0 where the font lacks one."""
    rows_, at = vectors(), positions()
    if a not in at or b not in at:
        return 0.0
    return max(0.0, float(rows_[at[a]] @ rows_[at[b]]))


@cache
def _part_likeness(a: Part, b: Part, depth: int = 0) -> float:
    """Likeness of two parts, 0..1: as they look, or part by part where they are built alike."""
    if a == b:
        return 1.0
    best = _looks(a, b) if isinstance(a, str) and isinstance(b, str) else 0.0
    if depth == 3:
        return best
    matches = (_match(x, y, depth + 1) for x in _ways(a) for y in _ways(b))
    return max((best, *matches))


def _ways(part: Part) -> tuple[Build, ...]:
    return builds(part) if isinstance(part, str) else (part,)


def _match(x: Build, y: Build, depth: int) -> float:
    """The mean likeness of corresponding parts, weighted by strokes."""
    if x.placing != y.placing or len(x.parts) != len(y.parts):
        return 0.0
    weights = [strokes(p) + strokes(q) for p, q in zip(x.parts, y.parts, strict=True)]
    alike = [_part_likeness(p, q, depth) for p, q in zip(x.parts, y.parts, strict=True)]
    likeness = sum(w * s for w, s in zip(weights, alike, strict=True)) / sum(weights)
    return min(likeness, CROSSED) if x.placing == "⿻" else likeness


def _share(whole: str, part: str) -> float:
    """Share of the whole's strokes that a direct part has; 0 when it is no part of it."""
    return max(
        (strokes(part) / strokes(build) for build in builds(whole) if part in build.parts),
        default=0.0,
    )


def _order_likeness(a: str, b: str) -> float | None:
    """1 - edit distance / length of the stroke orders; None where one is unknown."""
    x, y = stroke_orders().get(a), stroke_orders().get(b)
    return 1 - _distance(x, y) / max(len(x), len(y)) if x and y else None


def _distance(x: str, y: str) -> int:
    """Levenshtein distance."""
    above = list(range(len(y) + 1))
    for i, p in enumerate(x, 1):
        row = [i]
        for j, q in enumerate(y, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (p != q)))
        above = row
    return above[-1]


TABLE = Table(
    name="shapes",
    meaning="Pairs of Han characters that look alike.",
    notes=(
        "1.0 = indistinguishable at name size (未末), 0.8 = passes at a glance (大太), 0.6 = same",
        "skeleton, one component changed (法祛). Symmetric; each pair once. At least one of them",
        "is a standard character. A pair that fold.tsv already unites is left out.",
        "Below 0.6 only where a character has fewer than five nearer.",
    ),
    columns=("a", "b", "similarity 0..1"),
    sources=(
        "rendered glyphs of Noto Sans CJK SC and Noto Serif CJK SC (Debian fonts-noto-cjk"
        " 20220127, SIL OFL 1.1; no outline is copied)",
        "yi-bai/ids 718bde0 (MIT): decompositions",
        "yongzhuo/char-similar c9714cc (Apache-2.0): stroke order",
        "Unihan kSpoofingVariant (Unicode License v3)",
    ),
    licence="that of this project; stroke order Apache-2.0, decompositions MIT",
    rows=rows,
)
