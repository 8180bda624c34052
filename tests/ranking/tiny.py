"""A ranking model small enough to write down: weighted features and a logistic curve, as a graph."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from detector import features
from detector.scorer import DESCRIPTION, MODEL

# Every feature weighs half a unit of log odds in its sense; an account without any has 2 %
WEIGHTS = {feature.name: 0.5 * feature.sense for feature in features.FEATURES}
BIAS = -4.0


def install(
    folder: Path,
    *,
    names: Sequence[str] = features.NAMES,
    weights: Mapping[str, float] = WEIGHTS,
    bias: float = BIAS,
    output: str = "risk",
) -> Path:
    """Write the model into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    column = np.array([[weights.get(name, 0.0)] for name in names], dtype=np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["features", "weights"], ["weighted"]),
            helper.make_node("Add", ["weighted", "bias"], ["odds"]),
            helper.make_node("Sigmoid", ["odds"], [output]),
        ],
        "tiny",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, len(names)])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, [None, 1])],
        [
            numpy_helper.from_array(column, "weights"),
            numpy_helper.from_array(np.array([bias], dtype=np.float32), "bias"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    content: bytes = model.SerializeToString()
    (folder / MODEL).write_bytes(content)
    describe(folder, names)
    return folder


def describe(folder: Path, names: Sequence[str]) -> None:
    """Write the description that belongs to the graph in the folder."""
    found = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()
    described = {"format": 1, "features": list(names), "onnx": found}
    (folder / DESCRIPTION).write_text(json.dumps(described), encoding="utf-8")
