"""Orders the queue: the trained model's risk of an account, and the reasons for it in words.

The model is an ONNX graph beside its description, `model.json`; nothing is unpickled. It ranks and
never decides: decisions are made before it is asked, and it sees them, not the reverse.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from detector import features
from detector.errors import ModelError
from detector.types import Assessment, Contribution, Risk

MODEL, DESCRIPTION = "model.onnx", "model.json"
# More reasons than this nobody reads
MOST_CONTRIBUTIONS = 5
# Scores are written with so many digits; float32 holds no more
DIGITS = 6
# Probabilities nearer to 0 or 1 have no finite odds worth telling
_EDGE = 1e-6

Matrix = NDArray[np.float32]


class Described(BaseModel):
    """What the scorer needs of model.json; the rest is for people and training."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    format: Literal[1]
    features: tuple[str, ...]
    onnx: str


class Scorer:
    """A loaded model. digest: SHA-256 (hex) of its description, which names that of its graph.

    calm: the risk of an account in which nothing was found.
    """

    def __init__(self, folder: Path) -> None:
        """Raises ModelError where the folder is damaged or its model has other features."""
        try:
            description = (folder / DESCRIPTION).read_bytes()
            graph = (folder / MODEL).read_bytes()
            described = Described.model_validate_json(description)
        except (OSError, ValidationError) as error:
            raise ModelError(f"{folder}: no sound ranking model: {error}") from error
        if hashlib.sha256(graph).hexdigest() != described.onnx:
            raise ModelError(f"{folder}: {MODEL} is not the graph that {DESCRIPTION} names")
        if described.features != features.NAMES:
            raise ModelError(f"{folder}: {_difference(described.features)}; train it again")
        self.digest = hashlib.sha256(description).hexdigest()
        self._session = _session(graph, folder)
        self.calm = Risk(self.scores([features.NOTHING])[0], self.digest)

    @staticmethod
    def open(folder: Path | None) -> Scorer | None:
        """The scorer of a folder, or None where no model was installed in it (or none is wanted)."""
        if folder is None or not any((folder / name).exists() for name in (MODEL, DESCRIPTION)):
            return None
        return Scorer(folder)

    def scores(self, vectors: Sequence[features.Vector]) -> list[float]:
        """The score of every row of numbers, 0..1."""
        return [round(score, DIGITS) for score in self._run(np.array(vectors, dtype=np.float32))]

    def ranked(self, assessments: Sequence[Assessment]) -> list[Assessment]:
        """The assessments, each with its risk; those that have one already keep it."""
        found = list(assessments)
        wanted = [at for at, one in enumerate(found) if one.risk is None]
        if not wanted:
            return found
        vectors = [features.vector(found[at].cases, found[at].decision) for at in wanted]
        for at, score in zip(wanted, self.scores(vectors), strict=True):
            one = found[at]
            found[at] = Assessment(
                one.account, one.cases, one.decision, one.gaps, one.provenance,
                Risk(score, self.digest),
            )  # fmt: skip
        return found

    def explained(self, assessment: Assessment) -> Risk:
        """The risk of an assessment with its strongest contributions, the strongest first.

        What a feature contributes is the mean of two changes of the log odds: from all numbers
        without it to all, and from none to it alone (the two ends of the Shapley value's sum:
        Shapley, A Value for n-Person Games, 1953). Both have the sign of the feature's sense.
        """
        row = features.vector(assessment.cases, assessment.decision)
        present = [at for at, value in enumerate(row) if value]
        without = [tuple(0.0 if i == at else v for i, v in enumerate(row)) for at in present]
        alone = [tuple(v if i == at else 0.0 for i, v in enumerate(row)) for at in present]
        all_rows = [row, features.NOTHING, *without, *alone]
        scores = self._run(np.array(all_rows, dtype=np.float32))
        odds = [_log_odds(score) for score in scores]
        whole, nothing, rest = odds[0], odds[1], odds[2:]
        changes = [
            (whole - rest[n] + rest[n + len(present)] - nothing) / 2 for n in range(len(present))
        ]
        behind = features.behind(assessment.cases, assessment.decision)
        told = [
            Contribution(
                feature.name, feature.meaning, row[at], round(change, 3),
                behind.get(feature.name, ()),
            )
            for at, change in zip(present, changes, strict=True)
            if round(change, 3) and (feature := features.FEATURES[at])
        ]  # fmt: skip
        told.sort(key=lambda one: -abs(one.change))
        risk = Risk(round(scores[0], DIGITS), self.digest)
        return replace(risk, contributions=tuple(told[:MOST_CONTRIBUTIONS]))

    def _run(self, rows: Matrix) -> list[float]:
        (found,) = self._session.run(["risk"], {"features": rows})
        scores: list[float] = found[:, -1].tolist()
        return scores


def _session(graph: bytes, folder: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # batches run a process a core
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors have no common root of their own
        raise ModelError(f"{folder / MODEL}: not a graph that can be run: {error}") from error
    names = [i.name for i in session.get_inputs()], [o.name for o in session.get_outputs()]
    if names != (["features"], ["risk"]):
        raise ModelError(f"{folder / MODEL}: takes {names[0]} and gives {names[1]}")
    return session


def _difference(theirs: tuple[str, ...]) -> str:
    """How the features of a model differ from ours, in words."""
    missing = [name for name in features.NAMES if name not in theirs]
    unknown = [name for name in theirs if name not in features.NAMES]
    if not missing and not unknown:
        return "the model has the features in another order"
    parts = (("lacks", missing), ("has unknown", unknown))
    return "the model " + " and ".join(f"{word} {', '.join(n)}" for word, n in parts if n)


def _log_odds(score: float) -> float:
    inside = min(max(score, _EDGE), 1 - _EDGE)
    return float(np.log(inside / (1 - inside)))
