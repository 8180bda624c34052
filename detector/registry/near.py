"""Words of two symbols in disguise: 岳扬 beside 公安, 交井 beside 德州.

Two symbols are too few to be looked for by sound and shape everywhere. Where they are all that is
left of a text beside a division or an organ's word as written, they are enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from detector.text import align
from detector.text.alphabet import alphabet

SIZE = 2  # symbols of the words looked for
# One symbol of the same or nearly the same sound, or of much the same look
MOST_BITS = 7.0


class NearWords:
    """Finds the words that two symbols may stand for, one of them disguised."""

    def __init__(self, words: Iterable[str]) -> None:
        self._letters = alphabet()
        self._alike: dict[tuple[int, int, int], list[str]] = defaultdict(list)
        for word in sorted({w for w in words if len(w) == SIZE and not w.isascii()}):
            for key in self._keys(word):
                self._alike[key].append(word)
        self.near = lru_cache(maxsize=8192)(self._near)

    def _keys(self, text: str) -> list[tuple[int, int, int]]:
        """The text's two symbols by sound and by shape."""
        codes = self._letters.encode(text)
        sound, shape = self._letters.sound_class[codes], self._letters.shape_class[codes]
        return [(0, int(sound[0]), int(sound[1])), (1, int(shape[0]), int(shape[1]))]

    def _near(self, text: str) -> tuple[tuple[str, float], ...]:
        """Words one disguised symbol away from two symbols, with the bits of the reading."""
        found: dict[str, float] = {}
        codes = self._letters.encode(text)
        for key in self._keys(text):
            for word in self._alike.get(key, ()):
                other = [a == b for a, b in zip(text, word, strict=True)]
                if sum(other) != 1:
                    continue
                at = other.index(False)
                wanted = self._letters.encode(word)
                bits = align.replace_bits(int(codes[at]), int(wanted[at]), self._letters.likeness)
                if bits <= MOST_BITS:
                    found[word] = bits
        return tuple(found.items())
