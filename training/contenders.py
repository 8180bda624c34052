"""The three rankers that are compared: a plain order by severity, a logistic regression, boosted trees.

Each gives a margin, a number that grows with the risk, and none lets a feature work against its sense
(`detector.features.Feature.sense`). `calibration` makes probabilities of margins.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper
from scipy.optimize import minimize
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from detector.features import FEATURES, NAMES
from training.dataset import Floats, Rows

Margins = NDArray[np.float64]
OPSET = 17
SENSES = np.array([feature.sense for feature in FEATURES])
# What the rules said weighs most, then how often, then how alike: an order that needs no training
SEVERITY = {"outcome": 4.0, "refusals": 0.5, "holds": 0.2, "likeness": 0.4, "near_miss": 0.5}
# Strength of the pull of every weight towards zero, in examples
RIDGE = 1.0


class Contender(Protocol):
    """A ranker that was fitted."""

    name: str

    def margins(self, features: Floats) -> Margins:
        """(n, features) -> (n,) margins."""

    def graph(self) -> ModelProto:
        """The same as an ONNX graph: input "features", output "margin", (n, 1) float32."""


class Linear:
    """A weighted sum of the features."""

    def __init__(self, name: str, weights: Margins, bias: float) -> None:
        self.name, self.weights, self.bias = name, weights, bias

    def margins(self, features: Floats) -> Margins:
        """(n, features) -> (n,) margins."""
        return features.astype(np.float64) @ self.weights + self.bias

    def graph(self) -> ModelProto:
        """The sum as a graph of two nodes."""
        column = self.weights.astype(np.float32).reshape(-1, 1)
        bias = np.array([self.bias], dtype=np.float32)
        graph = helper.make_graph(
            [
                helper.make_node("MatMul", ["features", "weights"], ["weighted"]),
                helper.make_node("Add", ["weighted", "bias"], ["margin"]),
            ],
            self.name,
            [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, len(NAMES)])],
            [helper.make_tensor_value_info("margin", TensorProto.FLOAT, [None, 1])],
            [numpy_helper.from_array(column, "weights"), numpy_helper.from_array(bias, "bias")],
        )
        return helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9
        )


def severity(rows: Rows, seed: int) -> Linear:
    """The rules' own order; nothing is fitted."""
    return Linear("severity", np.array([SEVERITY.get(name, 0.0) for name in NAMES]), 0.0)


def logistic(rows: Rows, seed: int) -> Linear:
    """A logistic regression whose weights keep the sense of their feature (L-BFGS-B with bounds)."""
    x, signs = rows.features.astype(np.float64), np.where(rows.risky, 1.0, -1.0)
    weight = rows.weight.astype(np.float64)

    def loss(theta: Margins) -> tuple[float, Margins]:
        margin = (x @ theta[:-1] + theta[-1]) * signs
        pull = -signs * weight / (1.0 + np.exp(np.clip(margin, -500, 500)))
        gradient = np.append(x.T @ pull + RIDGE * theta[:-1], pull.sum())
        value = (weight * np.logaddexp(0.0, -margin)).sum() + RIDGE / 2 * (theta[:-1] ** 2).sum()
        return float(value), gradient

    bounds = [(0.0, None) if sense > 0 else (None, 0.0) for sense in SENSES] + [(None, None)]
    with threadpool_limits(1):
        found = minimize(
            loss, np.zeros(len(NAMES) + 1), jac=True, bounds=bounds, method="L-BFGS-B",
            options={"maxiter": 500},
        )  # fmt: skip
    return Linear("logistic", found.x[:-1], float(found.x[-1]))


class Boosted:
    """Boosted trees, monotone in every feature."""

    name = "boosting"

    def __init__(self, trees: HistGradientBoostingClassifier) -> None:
        self.trees = trees

    def margins(self, features: Floats) -> Margins:
        """(n, features) -> (n,) margins: log odds before calibration."""
        with threadpool_limits(1):
            found: Margins = self.trees.decision_function(features)
        return found

    def graph(self) -> ModelProto:
        """The trees by skl2onnx, with their raw sum as the only output."""
        with (
            warnings.catch_warnings()
        ):  # skl2onnx 1.20 writes booleans where protobuf wants numbers
            warnings.simplefilter("ignore", DeprecationWarning)
            made: ModelProto = convert_sklearn(
                self.trees,
                name=self.name,
                initial_types=[("features", FloatTensorType([None, len(NAMES)]))],
                options={id(self.trees): {"zipmap": False, "raw_scores": True}},
                target_opset={"": OPSET, "ai.onnx.ml": 3},
            )
        return made


def boosting(rows: Rows, seed: int) -> Boosted:
    """Histogram gradient boosting with monotonic constraints, on one thread: the same bytes again."""
    trees = HistGradientBoostingClassifier(
        learning_rate=0.1, max_iter=120, max_leaf_nodes=12, min_samples_leaf=40,
        l2_regularization=1.0, monotonic_cst=SENSES.tolist(), early_stopping=False,
        random_state=seed,
    )  # fmt: skip
    with threadpool_limits(1):
        trees.fit(rows.features, rows.risky, sample_weight=rows.weight)
    return Boosted(trees)


# From the simplest to the most powerful; ties go to the simpler
CONTENDERS: dict[str, Callable[[Rows, int], Contender]] = {
    "severity": severity,
    "logistic": logistic,
    "boosting": boosting,
}
