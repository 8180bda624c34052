"""sounds.tsv: the toneless pinyin readings of each Han character, most frequent first."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from training.tables.fold import rows as fold_rows
from training.tables.standard import readings, standard
from training.tables.table import Row, SourceMissing, Table

# At most this many readings a character: a fourth is never how a name is read.
MOST_READINGS = 3

# A second reading of a standard character stays when this share of its dictionary phrases has it
# (乐 yue 0.2 of its phrases; 六 lu 0.01 goes).
LEAST_SHARE = 0.06

_TONE_MARKS = frozenset("\u0300\u0301\u0304\u030c")
_RARE_SYLLABLES = frozenset(("hm", "hng", "ng", "m", "n", "ê"))


def toneless(pinyin: str) -> str:
    """lǜ -> lv."""
    plain = "".join(c for c in unicodedata.normalize("NFD", pinyin) if c not in _TONE_MARKS)
    return unicodedata.normalize("NFC", plain).replace("ü", "v")


def rows() -> Iterator[Row]:
    """Character and its readings, for the basic block, Extension A and the folded characters."""
    for char, found in sorted(sounds().items()):
        yield char, ",".join(found)


@cache
def sounds() -> dict[str, tuple[str, ...]]:
    """Character -> toneless readings; a folded character has those of what it folds to."""
    plain = {c: _standard_readings(c) for c in standard()}
    others = {c: r for c, r in _listed().items() if c not in plain and _in_range(c)}
    return {**{c: _like_folded(c, r, plain) for c, r in others.items()}, **plain}


def _in_range(char: str) -> bool:
    return char == "〇" or "\u3400" <= char <= "\u9fff" or char in _folds()


@cache
def _folds() -> dict[str, str]:
    return {row[0]: row[1] for row in fold_rows()}


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    """Every character of pinyin-data with all its readings."""
    found = {c: _clean(r) for c, r in readings("pinyin.txt").items()}
    return {c: r for c, r in found.items() if r}


def _clean(marked: tuple[str, ...]) -> tuple[str, ...]:
    plain = dict.fromkeys(toneless(r) for r in marked)
    return tuple(r for r in plain if r not in _RARE_SYLLABLES)


def _standard_readings(char: str) -> tuple[str, ...]:
    """The main reading and those that enough dictionary phrases use.

    The main one stands first unless phrases use another twice as often (佛 fo).
    """
    main = toneless(readings("kMandarin_8105.txt")[char][0])
    counts = _phrase_counts().get(char, Counter[str]())
    enough = {r for r, n in counts.items() if n >= max(2, LEAST_SHARE * counts.total())}
    weight = {r: counts[r] * (2 if r == main else 1) for r in enough | {main}}
    return tuple(sorted(weight, key=lambda r: (-weight[r], r != main, r)))[:MOST_READINGS]


def _like_folded(
    char: str, own: tuple[str, ...], plain: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """乾 folds to 干: of its own readings those that 干 has too; else its first."""
    shared = tuple(r for r in plain.get(_folds().get(char, ""), ()) if r in own)
    return shared or own[:1]


@cache
def _phrase_counts() -> dict[str, Counter[str]]:
    """Character -> how many dictionary phrases read it so."""
    try:
        from pypinyin.phrases_dict import phrases_dict
    except ImportError as error:
        raise SourceMissing("the pypinyin package") from error
    counts: dict[str, Counter[str]] = {}
    for phrase, syllables in phrases_dict.items():
        for char, syllable in zip(phrase, syllables, strict=False):
            reading = toneless(syllable[0])
            if reading in _listed().get(char, ()):
                counts.setdefault(char, Counter())[reading] += 1
    return counts


TABLE = Table(
    name="sounds",
    meaning="Toneless pinyin readings of Han characters, most frequent first, ü written v.",
    notes=(
        "Standard characters keep the readings that phrases use (at most three), rare ones one.",
    ),
    columns=("char", "readings (comma-separated)"),
    sources=(
        "mozillazg/pinyin-data 82759f9 (MIT): kMandarin_8105.txt, pinyin.txt",
        "PyPI pypinyin 0.55.0 (MIT): phrases_dict, for how often a reading is used",
    ),
    licence="MIT",
    rows=rows,
)
