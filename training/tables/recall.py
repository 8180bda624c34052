"""Measure shapes.tsv and shape_classes.tsv: `python -m training.tables.recall`.

The probe was written by hand before any weight was chosen and feeds no table. The research sets
(SIGHAN-2013, lemon) state no licence: they are counted against, never copied.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import cast

from training.tables.table import OUTPUT, SourceMissing, curated, read_rows, shared_lines

Pair = tuple[str, str]
SETS = "confusion_sets/"


def main() -> None:
    """Print every figure."""
    known = {_ordered(a, b): float(s) for a, b, s in read_rows(OUTPUT / "shapes.tsv")}
    probe = [(_ordered(row[0], row[1]), row[2]) for row in curated("shape_pairs_probe")]
    for grade in ("1.0", "0.7"):
        _print(f"probe, expected {grade}", (pair for pair, g in probe if g == grade), known)
    for name, pairs in _research_sets():
        _print(name, pairs, known)
    _print_neighbours(known)
    _print_classes(known)


def _say(*parts: str) -> None:
    sys.stdout.write(" ".join(parts) + "\n")


def _ordered(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def _print(name: str, wanted: Iterable[Pair], known: dict[Pair, float]) -> None:
    """How many of the wanted pairs the table has, by similarity; folded pairs count as found."""
    folds = {row[0]: row[1] for row in read_rows(OUTPUT / "fold.tsv")}
    pairs = set(wanted)
    found = [1.0 if _folded(p, folds) else known.get(p, 0.0) for p in pairs]
    shares = (f">={least}: {sum(s >= least for s in found) / len(pairs):.1%}" for least in _LEASTS)
    _say(f"{name}: {len(pairs)} pairs,", ", ".join(shares))


_LEASTS = (0.6, 0.7, 0.75, 0.8, 0.9)


def _folded(pair: Pair, folds: dict[str, str]) -> bool:
    return folds.get(pair[0], pair[0]) == folds.get(pair[1], pair[1])


def _research_sets() -> Iterator[tuple[str, list[Pair]]]:
    try:
        yield "SIGHAN-2013 shape", list(_sighan())
        yield "lemon stroke", list(_lemon())
        yield "pycorrector same_stroke", list(_pycorrector())
    except SourceMissing as missing:
        _say(f"not measured, missing {missing}")


def _sighan() -> Iterator[Pair]:
    for line in shared_lines(f"{SETS}sighan2013_SimilarShape_simplied.txt"):
        char, _, others = line.partition(",")
        yield from (_ordered(char, other) for other in others if other != char)


def _lemon() -> Iterator[Pair]:
    raw = json.loads("\n".join(shared_lines(f"{SETS}lemon_stroke.json")))
    for char, others in cast(dict[str, list[str]], raw).items():
        yield from (_ordered(char, other) for other in others if other != char)


def _pycorrector() -> Iterator[Pair]:
    for line in shared_lines(f"{SETS}pycorrector_same_stroke.txt"):
        char, *others = line.split() or [""]
        yield from (_ordered(char, other) for other in others if len(other) == len(char) == 1)


def _print_neighbours(known: dict[Pair, float]) -> None:
    """How many look-alikes a character has."""
    counts = Counter(char for pair in known for char in pair)
    ordered = sorted(counts.values())
    tenths = [ordered[len(ordered) * n // 10] for n in range(1, 10)]
    _say(f"{len(counts)} characters have look-alikes; deciles of how many: {tenths}")


def _print_classes(known: dict[Pair, float]) -> None:
    """Share of the likest pairs that have a class in common."""
    of = {row[0]: set(row[1:]) - {""} for row in read_rows(OUTPUT / "shape_classes.tsv")}
    for least in (0.75, 0.8, 0.9):
        close = [p for p, s in known.items() if s >= least]
        share = sum(bool(of.get(a, set()) & of.get(b, set())) for a, b in close) / len(close)
        _say(f"classes: of {len(close)} pairs >= {least}, {share:.1%} share one")
    sizes = Counter(number for numbers in of.values() for number in numbers)
    _say(f"{len(sizes)} classes, sizes {sorted(Counter(sizes.values()).items())}")


if __name__ == "__main__":
    main()
