"""model.json: what a model is, what it was made of, and what it is worth."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from detector.errors import ModelError
from detector.scorer import DESCRIPTION
from training.evaluate import Evaluation, Measured


class Contest(BaseModel):
    """One contender's order on the side that chose, and on the side that only tests."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chosen_by: Measured
    tested: Measured


class Described(BaseModel):
    """The description of a model.

    onnx, data, registry, rules, code: SHA-256 (hex). slope, shift: of the calibration. prevalence:
    share of violations in the mix that the score is calibrated for. parity: the largest difference
    between scikit-learn and ONNX on the test side.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1]
    features: tuple[str, ...]
    onnx: str
    ranker: str
    slope: float
    shift: float
    seed: int
    data: str
    registry: str
    rules: str
    code: str
    packages: dict[str, str]
    prevalence: float
    held_out: tuple[str, ...]
    contest: dict[str, Contest]
    evaluation: Evaluation
    parity: float


def described(folder: Path) -> Described:
    """The description of the model in a folder. Raises ModelError where there is none."""
    try:
        return Described.model_validate_json((folder / DESCRIPTION).read_bytes())
    except (OSError, ValidationError) as error:
        raise ModelError(f"{folder / DESCRIPTION}: {error}") from error
