"""The small network that says how alike two pictures look: unit vectors whose product is -1..1.

Trained by `make embedding` (training/embedding) on marks under avatar edits; never on those it is
measured with. models/embedding/CARD.md says on what, and how well.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from detector.errors import MarkError

SIDE = 64  # pixels of a side of what the network sees
DIMENSIONS = 96
Vectors: TypeAlias = NDArray[np.float32]


class Embedding:
    """The network, opened once a process; it runs on one core and gives the same on every one."""

    def __init__(self, folder: Path) -> None:
        path = folder / "embedding.onnx"
        try:
            data = path.read_bytes()
            made = json.loads((folder / "embedding.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise MarkError(f"{folder}: no network to compare pictures with ({error})") from error
        self.digest = hashlib.sha256(data).hexdigest()
        if made.get("sha256") != self.digest:
            raise MarkError(f"{path}: is not the file that embedding.json describes")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            data, options, providers=["CPUExecutionProvider"]
        )

    def vectors(self, pixels: NDArray[np.uint8]) -> Vectors:
        """Unit vectors [n, 96] of RGB pictures [n, 64, 64, 3]."""
        if not len(pixels):
            return np.empty((0, DIMENSIONS), np.float32)
        planes = np.ascontiguousarray(pixels.transpose(0, 3, 1, 2), np.float32)
        (found,) = self._session.run(None, {"pixels": planes})
        return np.asarray(found, np.float32)


@lru_cache(maxsize=4)
def opened(folder: Path) -> Embedding:
    """The network of a folder, shared by all who ask in this process."""
    return Embedding(folder)
