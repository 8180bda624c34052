"""sound_classes.tsv: each toneless syllable taken apart, with a class for blocking."""

from collections.abc import Iterator

from training.tables.sounds import sounds
from training.tables.table import Row, Table

_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcs")

_HISSING = ("zh", "ch", "sh", "r", "z", "c", "s")

# Spellings of syllables without an initial -> the final they stand for (GB/T 16159).
_ZERO_INITIAL = {
    "yi": "i", "ya": "ia", "ye": "ie", "yao": "iao", "you": "iu", "yan": "ian", "yin": "in",
    "yang": "iang", "ying": "ing", "yong": "iong", "yo": "o", "yu": "v", "yue": "ve",
    "yuan": "van", "yun": "vn", "wu": "u", "wa": "ua", "wo": "uo", "wai": "uai", "wei": "ui",
    "wan": "uan", "wen": "un", "wang": "uang", "weng": "ong", "yai": "ai",
}  # fmt: skip

# What the coarse class does not tell apart: how Chinese speakers of one region or another hear it.
_COARSE_INITIAL = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "r": "l", "f": "h"}
_COARSE_FINAL = {
    "ang": "an", "eng": "en", "ing": "in", "iang": "ian", "uang": "uan", "ong": "un",
    "iong": "vn", "uo": "o",
}  # fmt: skip


def split_syllable(syllable: str) -> tuple[str, str]:
    """A toneless syllable as (initial, final); the initial of a vowel syllable is empty.

    After j, q, x the letter u is the vowel v: ju -> (j, v). The i of zhi, zi, ri is written ih.
    """
    if syllable in _ZERO_INITIAL:
        return "", _ZERO_INITIAL[syllable]
    initial = next((i for i in _INITIALS if syllable.startswith(i)), "")
    final = syllable[len(initial) :]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "v" + final[1:]
    if final == "i" and initial in _HISSING:
        final = "ih"
    return initial, "ve" if final == "ue" else final


def coarse_class(syllable: str) -> str:
    """The class that a syllable shares with those it is confused with: zhang and zan -> z.an."""
    initial, final = split_syllable(syllable)
    merged = _COARSE_FINAL.get(final, final)
    # After l and n only: lv is typed lu as often as not.
    vowel = "u" if merged == "v" and initial in ("l", "n") else merged
    return f"{_COARSE_INITIAL.get(initial, initial)}.{vowel}"


def rows() -> Iterator[Row]:
    """Every syllable that sounds.tsv uses."""
    for syllable in {reading for found in sounds().values() for reading in found}:
        yield syllable, *split_syllable(syllable), coarse_class(syllable)


TABLE = Table(
    name="sound_classes",
    meaning="Each toneless syllable: its initial, its final and a coarse class for blocking.",
    notes=(
        "The class merges z zh, c ch, s sh, n l r, f h; an ang, en eng, in ing, ian iang,",
        "uan uang, un ong, vn iong, o uo; lu lv, nu nv. Costs are in sound_confusions.tsv.",
    ),
    columns=("syllable", "initial", "final", "class"),
    sources=("training/tables/sound_classes.py (this project), after GB/T 16159 spelling",),
    licence="that of this project",
    rows=rows,
)
