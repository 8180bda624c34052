"""A list of names as arrays on disk, asked in batches: which of them do these texts hold?

Built once, opened by mmap. The core of the registry's index: the names of listed bodies, then the
pieces of which derived names are composed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from detector.errors import IndexFileError
from detector.text import align, blocking, halves
from detector.text.alphabet import KIN_BITS, Ids, Likeness, alphabet
from detector.text.halves import Symbols

# A reading may cost so many bits at most, by the symbols of the name: one step in three (星华社), two by
# sound or one exchanged outright in four (环求司报, 人艮日报). Longer names carry more evidence.
BUDGET_FIXED, BUDGET_PER_SYMBOL, BUDGET_LEAST, BUDGET_OF_THREE = 2.5, 2.35, 14.1, KIN_BITS


def budget(lengths: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
    """The most bits that a reading of names of these lengths may cost."""
    longer = np.maximum(BUDGET_LEAST, BUDGET_FIXED + BUDGET_PER_SYMBOL * lengths)
    return np.where(lengths <= 3, BUDGET_OF_THREE, longer)


# By the length of the name; none that is indexed is longer
BUDGETS = budget(np.arange(blocking.LONGEST + 1, dtype=np.int32))


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

    def before(self, name: int) -> tuple[Hits, Hits]:
        """The hits of names below that number, and the rest."""
        below = self.name < name
        return self._part(below), self._part(~below)

    def _part(self, part: npt.NDArray[np.bool_]) -> Hits:
        return Hits(
            self.text[part], self.name[part], self.start[part], self.length[part],
            self.bits[part], self.capped,
        )  # fmt: skip


def build(keys: Sequence[Key], folder: Path, seed: int, split: int | None = None) -> None:
    """Write the lookup of `keys` into `folder` (created).

    split: keys from this number on are pieces of names (default: none are).
    """
    names = symbols([key.text for key in keys])
    table = blocking.build(
        *names,
        np.array([k.disguises for k in keys], bool),
        np.array([not k.steps for k in keys], bool), seed,
    )  # fmt: skip
    folder.mkdir(parents=True)
    arrays: dict[str, npt.NDArray[Any]] = {
        **names._asdict(), "split": np.array([len(keys) if split is None else split]),
    }  # fmt: skip
    arrays.update({f"table_{field}": value for field, value in table._asdict().items()})
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)


def symbols(texts: Sequence[str]) -> Symbols:
    """Joined texts as the numbers of their symbols and classes."""
    letters = alphabet()
    codes = letters.encode("".join(texts))
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Symbols(codes, letters.sound_class[codes], letters.shape_class[codes], offsets)


def mapped(path: Path) -> npt.NDArray[Any]:
    """An array on disk, read only when touched; as a plain array, whose slices are cheap."""
    array: npt.NDArray[Any] = np.load(path, mmap_mode="r").view(np.ndarray)
    return array


class Lookup:
    """The opened lookup. Raises IndexFileError where a file is missing or damaged."""

    def __init__(self, folder: Path) -> None:
        try:
            wanted = (
                *Symbols._fields,
                "split",
                *(f"table_{f}" for f in blocking.Table._fields),
            )
            arrays = {name: mapped(folder / f"{name}.npy") for name in wanted}
        except (OSError, ValueError) as error:
            raise IndexFileError(f"{folder}: not a readable index ({error}); delete it") from error
        self.symbols = Symbols(*(arrays[field] for field in Symbols._fields))
        self.codes: Ids = self.symbols.plain
        self.offsets = self.symbols.offsets
        self.lengths: npt.NDArray[np.int32] = np.diff(self.offsets).astype(np.int32)
        self.split = int(arrays["split"][0])  # keys from here on are pieces of names
        self.table = blocking.Table(*(arrays[f"table_{f}"] for f in blocking.Table._fields))

    def find(self, texts: Sequence[str]) -> Hits:
        """Names that the read texts (`Reading.text`) hold, plainly or disguised within budget.

        Of one name in one text only the cheapest place is given, the longest of equals.
        """
        hits, bits, capped = self.within(symbols(texts), alphabet().likeness)
        order = np.lexsort((hits[:, 2], -hits[:, 3], bits, hits[:, 1], hits[:, 0]))
        hits, bits = hits[order], bits[order]
        first = np.ones(len(hits), bool)
        first[1:] = (hits[1:, 0] != hits[:-1, 0]) | (hits[1:, 1] != hits[:-1, 1])
        hits = hits[first]
        return Hits(hits[:, 0], hits[:, 1], hits[:, 2], hits[:, 3], bits[first], capped)

    def within(
        self, texts: Symbols, likeness: Likeness
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """What blocking finds and the budget allows: hits by text, their bits; capped, by text.

        A hit may stand there twice. It follows from the text and its name alone, but for what lies
        inside a longer name as written.
        """
        hits, capped = blocking.find(*texts, self.table, self.split)
        bits = align.verify(
            texts.plain, texts.offsets, self.codes, self.offsets, hits, likeness, BUDGETS
        )
        kept = bits <= BUDGETS[np.minimum(self.lengths[hits[:, 1]], len(BUDGETS) - 1)]
        hits, bits = hits[kept], bits[kept]
        own = halves.own(texts, self.symbols, hits)
        return hits[own], bits[own], capped


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
