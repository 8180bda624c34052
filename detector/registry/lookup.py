"""A list of names as arrays on disk, asked in batches: which of them do these texts hold?

Built once, opened by mmap. The core of the registry's index, twice: for the names of listed bodies
and for the pieces of which derived names are composed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from detector.errors import IndexFileError
from detector.text import align, blocking, sieve
from detector.text.alphabet import Ids, alphabet

# A reading may cost so many bits at most, by the symbols of the name: one step in three (星华社), two by
# sound or one exchanged outright in four (环求司报, 人艮日报). Longer names carry more evidence.
BUDGET_FIXED, BUDGET_PER_SYMBOL, BUDGET_LEAST, BUDGET_OF_THREE = 2.5, 2.35, 14.1, 7.2


def budget(lengths: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
    """The most bits that a reading of names of these lengths may cost."""
    longer = np.maximum(BUDGET_LEAST, BUDGET_FIXED + BUDGET_PER_SYMBOL * lengths)
    return np.where(lengths <= 3, BUDGET_OF_THREE, longer)


class Key(NamedTuple):
    """A folded name. disguises: look for disguises of it too; steps: also with a step missing."""

    text: str
    disguises: bool
    steps: bool


class Hits(NamedTuple):
    """Columns of equal length, grouped by text: text, name (numbers), start, length, bits.

    capped: bool per text; some of its candidates were cut off by a limit.
    """

    text: npt.NDArray[np.int32]
    name: npt.NDArray[np.int32]
    start: npt.NDArray[np.int32]
    length: npt.NDArray[np.int32]
    bits: npt.NDArray[np.float32]
    capped: npt.NDArray[np.bool_]


def build(keys: Sequence[Key], folder: Path, seed: int) -> None:
    """Write the lookup of `keys` into `folder` (created)."""
    letters = alphabet()
    codes = letters.encode("".join(k.text for k in keys))
    lengths = np.fromiter((len(k.text) for k in keys), np.int32, len(keys))
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    table = blocking.build(
        codes, letters.sound_class[codes], letters.shape_class[codes], offsets,
        np.array([k.disguises for k in keys], bool),
        np.array([not k.steps for k in keys], bool), seed,
    )  # fmt: skip
    folder.mkdir(parents=True)
    arrays: dict[str, npt.NDArray[Any]] = {"codes": codes, "offsets": offsets, "lengths": lengths}
    arrays.update({f"table_{field}": value for field, value in table._asdict().items()})
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)


def mapped(path: Path) -> npt.NDArray[Any]:
    """An array on disk, read only when touched; as a plain array, whose slices are cheap."""
    array: npt.NDArray[Any] = np.load(path, mmap_mode="r").view(np.ndarray)
    return array


class Lookup:
    """The opened lookup. Raises IndexFileError where a file is missing or damaged."""

    def __init__(self, folder: Path) -> None:
        try:
            wanted = (
                "codes",
                "offsets",
                "lengths",
                *(f"table_{f}" for f in blocking.Table._fields),
            )
            arrays = {name: mapped(folder / f"{name}.npy") for name in wanted}
        except (OSError, ValueError) as error:
            raise IndexFileError(f"{folder}: not a readable index ({error}); delete it") from error
        self.codes: Ids = arrays["codes"]
        self.offsets: npt.NDArray[np.int64] = arrays["offsets"]
        self.lengths: npt.NDArray[np.int32] = arrays["lengths"]
        self._table = blocking.Table(*(arrays[f"table_{f}"] for f in blocking.Table._fields))

    def find(self, texts: Sequence[str]) -> Hits:
        """Names that the read texts (`Reading.text`) hold, plainly or disguised within budget.

        Of one name in one text only the cheapest place is given, the longest of equals.
        """
        codes, offsets, hits, capped = self._blocked(texts)
        if len(hits):
            hits = np.unique(hits, axis=0)
        likeness = alphabet().likeness
        bits = align.verify(codes, offsets, self.codes, self.offsets, hits, likeness)
        kept = bits <= budget(self.lengths[hits[:, 1]])
        hits, bits = hits[kept], bits[kept]
        order = np.lexsort((-hits[:, 3], bits, hits[:, 1], hits[:, 0]))
        hits, bits = hits[order], bits[order]
        first = np.ones(len(hits), bool)
        first[1:] = (hits[1:, 0] != hits[:-1, 0]) | (hits[1:, 1] != hits[:-1, 1])
        hits = hits[first]
        return Hits(hits[:, 0], hits[:, 1], hits[:, 2], hits[:, 3], bits[first], capped)

    def meets(self, texts: Sequence[str]) -> npt.NDArray[np.bool_]:
        """bool per text: blocking finds some name in it, whether or not it can be read so.

        False proves that `find` finds nothing, in this lookup and, of these names, in any other.
        """
        met = np.ones(len(texts), np.bool_)
        if self._sieve is not None:
            met = sieve.passes(_symbols(*_encoded(texts)), self._sieve)
        passed = met.nonzero()[0]
        *_, hits, capped = self._blocked([texts[at] for at in passed.tolist()])
        capped[hits[:, 0]] = True
        met[passed] = capped
        return met

    @cached_property
    def _sieve(self) -> sieve.Sieve | None:
        """Of few names, what spares most texts the blocking."""
        if len(self.lengths) > sieve.MOST_NAMES:
            return None
        forms = np.bincount(self._table.name, minlength=len(self.lengths))
        exact = forms <= 1  # a name that is looked for in disguise is stored in several forms
        return sieve.build(_symbols(self.codes, self.offsets), exact)

    def _blocked(
        self, texts: Sequence[str]
    ) -> tuple[Ids, npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
        """Codes and offsets of the joined texts, and what blocking finds in them."""
        codes, offsets = _encoded(texts)
        plain, sound, shape, at = _symbols(codes, offsets)
        hits, capped = blocking.find(plain, sound, shape, at, self._table)
        return codes, offsets, hits, capped


def _encoded(texts: Sequence[str]) -> tuple[Ids, npt.NDArray[np.int64]]:
    """The joined texts as symbol numbers, and where each begins and ends."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    return alphabet().encode("".join(texts)), np.concatenate([[0], np.cumsum(sizes)])


def _symbols(codes: Ids, offsets: npt.NDArray[np.int64]) -> sieve.Symbols:
    letters = alphabet()
    return sieve.Symbols(codes, letters.sound_class[codes], letters.shape_class[codes], offsets)


class Blob:
    """Strings as one byte array with offsets, read one at a time from a memory map."""

    def __init__(self, folder: Path, name: str) -> None:
        try:
            self._bytes = mapped(folder / f"{name}.npy")
            self._at = mapped(folder / f"{name}_at.npy")
        except (OSError, ValueError) as error:
            raise IndexFileError(f"{folder}: not a readable index ({error}); delete it") from error

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, number: int) -> str:
        return self._bytes[self._at[number] : self._at[number + 1]].tobytes().decode("utf-8")

    @staticmethod
    def save(strings: Sequence[str], folder: Path, name: str) -> None:
        """Write `strings` as files `name`.npy and `name`_at.npy."""
        parts = [s.encode("utf-8") for s in strings]
        at = np.zeros(len(parts) + 1, np.int64)
        np.cumsum([len(p) for p in parts], out=at[1:])
        np.save(folder / f"{name}_at.npy", at)
        np.save(folder / f"{name}.npy", np.frombuffer(b"".join(parts), np.uint8))


def sizes_of(folder: Path) -> dict[str, int]:
    """Size of every file below a folder, for the manifest that proves it whole."""
    return {
        p.relative_to(folder).as_posix(): p.stat().st_size
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def check_sizes(folder: Path) -> dict[str, object]:
    """The manifest index.json of a folder; IndexFileError where a file does not fit it."""
    try:
        about: dict[str, object] = json.loads((folder / "index.json").read_text())
        files = about["files"]
        if not isinstance(files, dict):
            raise ValueError("files is no object")
        for name, size in files.items():
            found = (folder / name).stat().st_size
            if found != size:
                raise IndexFileError(f"{folder / name}: {found} bytes, {size} wanted; delete it")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexFileError(f"{folder}: not a readable index ({error}); delete it") from error
    return about
