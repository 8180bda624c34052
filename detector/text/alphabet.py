"""The alphabet of readings: every symbol as a small number, with its sounds, classes and likenesses.

The native kernels (`align`, `blocking`) see only these arrays. Costs are bits, -log2 of how often
an impostor takes that step: the fewer, the more readily a reader reads one symbol as the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detector.text import tables
from detector.text.symbols import SYLLABLE_BASE, syllables

TOKEN, FIGURE = 26, 27  # in Likeness.letter: a spelled syllable, a digit
OTHER = 0  # every symbol the tables do not know; equal to nothing
MAX_READINGS = 3

# Bits of one step, each set by the example above it. `FREE` stands for "no relation at all".
# 壹 for 一: any reader knows it
NUMERAL_BITS = 1.0
# 申阳 for 沈阳: same syllable
HOMOPHONE_BITS = 5.0
# 蓝京 for 南京: a fuzzy initial or final; grows with the distance in sound_classes.tsv
NEAR_SOUND_BITS = 6.0
NEAR_SOUND_STEP = 4.0
# 曰 for 日 is nearly invisible, 杜 for 社 is seen at a second glance
LOOK_ALIKE_BITS = 3.0
LOOK_ALIKE_STEP = 12.0
# renmin日报: the very syllable, in letters
SPELLED_BITS = 1.0
# 新H社: a letter for the initial of the sound
INITIAL_BITS = 5.5
# 联X国: any other symbol in the place
FREE = 14.0
# Steps up to here are those of a name of three symbols: 星华社
KIN_BITS = 7.2

Ids = npt.NDArray[np.uint16]


class Likeness(NamedTuple):
    """What the alignment kernel reads; `n` symbols, `s` syllables.

    readings: int16[n, 3] syllable numbers or -1. letter: int8[n], 0..25 for a-z, TOKEN for a spelled syllable,
    FIGURE for 0-9, else -1.
    initials: int8[n, 3] letter of each reading or -1. digit: int8[n] 0..10 or -1.
    sound_bits: float32[s, s]. shape_at: int32[n + 1], shape_to: uint16[k], shape_bits: float32[k]:
    the look-alikes of symbol i are shape_to[shape_at[i]:shape_at[i + 1]].
    kin: uint64[n, 2]; symbols that are read for one another within KIN_BITS share a bit of the first
    column (groups of initials), or have in the second the bit of the other's number modulo 64.
    """

    readings: npt.NDArray[np.int16]
    letter: npt.NDArray[np.int8]
    initials: npt.NDArray[np.int8]
    digit: npt.NDArray[np.int8]
    sound_bits: npt.NDArray[np.float32]
    shape_at: npt.NDArray[np.int32]
    shape_to: npt.NDArray[np.uint16]
    shape_bits: npt.NDArray[np.float32]
    kin: npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Alphabet:
    """number: uint16[0x110000] code point -> symbol number. sound_class, shape_class: uint16[n]."""

    number: Ids
    sound_class: Ids
    shape_class: Ids
    likeness: Likeness

    def encode(self, text: str) -> Ids:
        """The symbol numbers of a read (folded) text."""
        return self.number[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)]


_NUMERALS = "零一二三四五六七八九十"
_DIGIT_SOUNDS = ("ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu")
# Letters and digits that share a silhouette
_LATIN_SHAPES = (
    "0oqd",
    "1li",
    "5s",
    "6gc",
    "7t",
    "uvy",
    "8b",
    "2z",
    "9gq",
    "nmh",
    "3e",
    "wvv",
    "ce",
)


@lru_cache
def alphabet() -> Alphabet:
    """The alphabet of the shipped tables."""
    sounds = {c: tuple(r.split(",")) for c, r, *_ in tables.rows("sounds", 2)}
    tokens = syllables()
    symbols = sorted(
        {*sounds, *tokens.values(), *map(chr, range(0x61, 0x7B)), *"0123456789"}
        | {c for row in tables.rows("shapes", 3) for c in row[:2]}
        | set(map(chr, range(0x3041, 0x3100)))
    )
    number = np.zeros(0x110000, np.uint16)
    number[[ord(c) for c in symbols]] = np.arange(1, len(symbols) + 1, dtype=np.uint16)
    for digit, sound in enumerate(_DIGIT_SOUNDS):
        sounds[str(digit)] = (sound,)
    sounds.update({token: (name,) for name, token in tokens.items()})
    names = sorted(tokens)
    readings, letters = _readings(symbols, sounds, names), _letters(symbols)
    sound_bits = _sound_bits(names)
    shapes = _look_alikes(number, len(symbols) + 1)
    kin = _kin(readings, letters, names, sound_bits, shapes)
    return Alphabet(
        number,
        _sound_classes(symbols, sounds),
        _shape_classes(symbols),
        Likeness(
            readings,
            letters,
            _initials(symbols, sounds),
            _digits(symbols),
            sound_bits,
            *shapes,
            kin,
        ),
    )


def _kin(
    readings: npt.NDArray[np.int16],
    letters: npt.NDArray[np.int8],
    names: list[str],
    sound_bits: npt.NDArray[np.float32],
    shapes: tuple[npt.NDArray[np.int32], npt.NDArray[np.uint16], npt.NDArray[np.float32]],
) -> npt.NDArray[np.uint64]:
    """The quick look of `Likeness.kin`: two symbols that it keeps apart are no kin."""
    first = np.array([ord(name[0]) - 97 for name in names])
    group = np.arange(26)
    for left, right in zip(*np.nonzero(sound_bits <= KIN_BITS), strict=True):
        one, other = group[first[left]], group[first[right]]
        group[group == max(one, other)] = min(one, other)
    bit = np.uint64(1) << group.astype(np.uint64)
    kin = np.zeros((len(letters), 2), np.uint64)
    for column in range(readings.shape[1]):
        known = readings[:, column] >= 0
        kin[known, 0] |= bit[first[readings[known, column]]]
    latin = (letters >= 0) & (letters < TOKEN)
    kin[latin, 0] |= bit[letters[latin]]
    at, to, bits = shapes
    near = bits <= KIN_BITS
    symbol = np.repeat(np.arange(len(letters)), np.diff(at))[near]
    np.bitwise_or.at(kin[:, 1], symbol, np.uint64(1) << (to[near] & 63).astype(np.uint64))
    return kin


def _readings(
    symbols: list[str], sounds: dict[str, tuple[str, ...]], names: list[str]
) -> npt.NDArray[np.int16]:
    at = {name: i for i, name in enumerate(names)}
    table = np.full((len(symbols) + 1, MAX_READINGS), -1, np.int16)
    for i, symbol in enumerate(symbols, 1):
        known = [at[r] for r in sounds.get(symbol, ()) if r in at][:MAX_READINGS]
        table[i, : len(known)] = known
    return table


def _letters(symbols: list[str]) -> npt.NDArray[np.int8]:
    return np.array(
        [
            -1,
            *(
                ord(s) - 97
                if "a" <= s <= "z"
                else FIGURE
                if s.isdigit() and s.isascii()
                else TOKEN
                if ord(s) >= SYLLABLE_BASE
                else -1
                for s in symbols
            ),
        ],
        np.int8,
    )


def _initials(symbols: list[str], sounds: dict[str, tuple[str, ...]]) -> npt.NDArray[np.int8]:
    table = np.full((len(symbols) + 1, MAX_READINGS), -1, np.int8)
    for i, symbol in enumerate(symbols, 1):
        if not symbol.isascii():
            for k, reading_ in enumerate(sounds.get(symbol, ())[:MAX_READINGS]):
                table[i, k] = ord(reading_[0]) - 97
    return table


def _digits(symbols: list[str]) -> npt.NDArray[np.int8]:
    values = {c: i for i, c in enumerate(_NUMERALS)} | {str(i): i for i in range(10)}
    return np.array([-1, *(values.get(s, -1) for s in symbols)], np.int8)


def _sound_classes(symbols: list[str], sounds: dict[str, tuple[str, ...]]) -> Ids:
    """Coarse class of the commonest reading; symbols without a sound are classes of their own."""
    coarse = {syllable: c for syllable, _, _, c, *_ in tables.rows("sound_classes", 4)}
    numbers = {c: i for i, c in enumerate(sorted(set(coarse.values())), 1)}
    classes = [0]
    for i, symbol in enumerate(symbols):
        first = next((coarse[r] for r in sounds.get(symbol, ()) if r in coarse), None)
        classes.append(numbers[first] if first is not None else len(numbers) + 1 + i)
    return np.array(classes, np.uint16)


def _shape_classes(symbols: list[str]) -> Ids:
    named = {c: k for c, k, *_ in tables.rows("shape_classes", 2)}
    named.update({c: f"latin-{group}" for group in reversed(_LATIN_SHAPES) for c in group})
    named.update({c: f"digit-{i}" for i, c in enumerate(_NUMERALS[2:], 2)})
    for digit in "1234567890":
        named.setdefault(digit, f"digit-{digit}")
    numbers = {k: i for i, k in enumerate(sorted(set(named.values())), 1)}
    return np.array(
        [
            0,
            *(
                numbers[named[s]] if s in named else len(numbers) + 1 + i
                for i, s in enumerate(symbols)
            ),
        ],
        np.uint16,
    )


def _sound_bits(names: list[str]) -> npt.NDArray[np.float32]:
    """Bits between syllables: same = homophone, fuzzy initial and / or final, else FREE."""
    parts = {s: (initial, final) for s, initial, final, *_ in tables.rows("sound_classes", 3)}
    fuzzy = {
        (kind, a, b): float(cost) for kind, a, b, cost, *_ in tables.rows("sound_confusions", 4)
    }
    fuzzy |= {(kind, b, a): cost for (kind, a, b), cost in fuzzy.items()}
    bits = np.full((len(names), len(names)), FREE, np.float32)
    for i, left in enumerate(names):
        for j, right in enumerate(names):
            (li, lf), (ri, rf) = parts[left], parts[right]
            head = 0.0 if li == ri else fuzzy.get(("initial", li, ri))
            tail = 0.0 if lf == rf else fuzzy.get(("final", lf, rf))
            if head is not None and tail is not None:
                near = NEAR_SOUND_BITS + NEAR_SOUND_STEP * (head + tail)
                bits[i, j] = HOMOPHONE_BITS if left == right else min(near, FREE)
    return bits


def _look_alikes(
    number: Ids, size: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint16], npt.NDArray[np.float32]]:
    pairs: dict[tuple[int, int], float] = {}
    for a, b, similarity, *_ in tables.rows("shapes", 3):
        bits = LOOK_ALIKE_BITS + (1.0 - float(similarity)) * LOOK_ALIKE_STEP
        left, right = int(number[ord(a)]), int(number[ord(b)])
        pairs[left, right] = pairs[right, left] = bits
    for group in _LATIN_SHAPES:
        for a in group:
            for b in group:
                if a != b:
                    pairs[int(number[ord(a)]), int(number[ord(b)])] = LOOK_ALIKE_BITS + 2.0
    keys = sorted(pairs)
    at = np.searchsorted(np.array([k[0] for k in keys]), np.arange(size + 1)).astype(np.int32)
    to = np.array([k[1] for k in keys], np.uint16)
    return at, to, np.array([pairs[k] for k in keys], np.float32)
