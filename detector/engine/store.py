"""What the gate has worked out, kept on disk beside the index: built once, opened by mmap.

A folder is named by the hash of all that it was made from: the index, the tables, the dictionary, and
the code of the modules whose twin it is. It is written whole or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np

from detector.engine import names, near, triggers
from detector.engine.names import Names
from detector.engine.triggers import Triggers
from detector.registry import lookup
from detector.registry.index import Index
from detector.registry.staging import staged
from detector.text.alphabet import Likeness, alphabet
from detector.text.compiled import letters, lexicon
from detector.text.compiled.keys import Keys
from detector.text.compiled.letters import Letters
from detector.text.compiled.lexicon import Lexicon

_PACKAGE = Path(__file__).resolve().parents[1]
# Folders whose code decides what the arrays hold
_CODE = ("text", "channels", "engine")


class Stored(NamedTuple):
    """The arrays of the gate, by what they are of."""

    known: Names
    letters: Letters
    words: Lexicon
    triggers: Triggers
    likeness: Likeness
    near: Keys


def opened(index: Index, cache: Path) -> Stored:
    """The arrays for an index, from the cache folder; built there where it has none.

    Raises IndexFileError where the folder is damaged.
    """
    folder = cache / f"gate-{_digest(index.digest)[:16]}"
    if not (folder / "index.json").exists():
        _save(lambda: _built(index), folder)
    lookup.check_sizes(folder)
    return Stored(
        Names(*_load(folder, "known", Names._fields)),
        Letters(*_load(folder, "letters", Letters._fields)),
        Lexicon(*_load(folder, "words", Lexicon._fields)),
        Triggers(*_load(folder, "triggers", Triggers._fields)),
        Likeness(*_load(folder, "likeness", Likeness._fields)),
        *_load(folder, "near", ("keys",)),
    )


def _built(index: Index) -> Stored:
    known = names.build(index)
    of_text, words, marks = _of_language()
    return Stored(known, of_text, words, marks, alphabet().likeness, near.build(index, known))


@lru_cache
def _of_language() -> tuple[Letters, Lexicon, Triggers]:
    """What is the same for every registry."""
    of_text = letters.build()
    return of_text, lexicon.build(of_text), triggers.build(of_text)


def _load(folder: Path, part: str, fields: tuple[str, ...]) -> list[np.ndarray[tuple[int, ...]]]:
    return [lookup.mapped(folder / f"{part}_{field}.npy") for field in fields]


def _save(build: Callable[[], Stored], folder: Path) -> None:
    with staged(folder) as staging:
        for part, arrays in build()._asdict().items():
            named = {"keys": arrays} if isinstance(arrays, np.ndarray) else arrays._asdict()
            for field, array in named.items():
                np.save(staging / f"{part}_{field}.npy", array)


def _digest(index: str) -> str:
    found = hashlib.sha256(f"{index} {version('jieba')} {np.__version__}".encode())
    for part in _CODE:
        for path in sorted((_PACKAGE / part).rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()
