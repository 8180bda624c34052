"""The chosen ranker as files that the runtime loads: model.onnx, model.json, CARD.md.

No clock is read: the same seed, data and packages give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper

from detector import law
from detector.errors import DataError
from detector.features import FEATURES, NAMES
from detector.pipeline import code_digest
from detector.scorer import DESCRIPTION, MODEL, Scorer
from detector.settings import Settings
from training import card
from training.calibration import Sigmoid
from training.contenders import Contender
from training.dataset import COUNTS, Rows
from training.described import Contest, Described
from training.evaluate import evaluated
from training.fit import Fitted
from training.gather import Recipe
from training.split import HELD_OUT, Side

CARD = "CARD.md"
# scikit-learn in double and ONNX in single precision may differ by this much in any score
PARITY = 1e-5
PACKAGES = ("numpy", "onnx", "onnxruntime", "scikit-learn", "scipy", "skl2onnx")


def graph(contender: Contender, sigmoid: Sigmoid) -> bytes:
    """Margin and sigmoid in one graph: "features" (n, features) in, "risk" (n, 1) out, both float32."""
    model = contender.graph()
    nodes, weights = list(model.graph.node), list(model.graph.initializer)
    outputs = [output.name for output in model.graph.output]
    if outputs != ["margin"]:  # of skl2onnx: a label, and raw scores against and for
        weights.append(numpy_helper.from_array(np.array([1], dtype=np.int64), "second"))
        nodes.append(helper.make_node("Gather", [outputs[-1], "second"], ["margin"], axis=1))
    for name, value in (("slope", sigmoid.slope), ("shift", sigmoid.shift)):
        weights.append(numpy_helper.from_array(np.array([value], dtype=np.float32), name))
    nodes += [
        helper.make_node("Mul", ["margin", "slope"], ["steepened"]),
        helper.make_node("Add", ["steepened", "shift"], ["odds"]),
        helper.make_node("Sigmoid", ["odds"], ["risk"]),
    ]
    joined = helper.make_graph(
        nodes,
        "risk",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, len(NAMES)])],
        [helper.make_tensor_value_info("risk", TensorProto.FLOAT, [None, 1])],
        weights,
    )
    opsets = {opset.domain: opset.version for opset in model.opset_import}
    made: ModelProto = helper.make_model(
        joined,
        opset_imports=[helper.make_opsetid(d, v) for d, v in sorted(opsets.items())],
        ir_version=9,
        producer_name="training",
    )
    content: bytes = made.SerializeToString(deterministic=True)
    return content


def export(
    folder: Path, chosen: Fitted, found: dict[str, Fitted], rows: Rows, recipe: Recipe,
    data: Path, registry: str,
) -> Described:  # fmt: skip
    """Write the chosen ranker and return its description.

    registry: the digest of the registry that the examples were made of. Raises DataError where the
    graph and scikit-learn differ by more than `PARITY` anywhere on the test side.
    """
    test = rows.on(Side.TEST)
    folder.mkdir(parents=True, exist_ok=True)
    content = graph(chosen.contender, chosen.sigmoid)
    (folder / MODEL).write_bytes(content)
    described = Described(
        format=1,
        features=NAMES,
        onnx=hashlib.sha256(content).hexdigest(),
        ranker=chosen.contender.name,
        slope=chosen.sigmoid.slope,
        shift=chosen.sigmoid.shift,
        seed=recipe.seed,
        data=rows.digest(),
        registry=registry,
        rules=law.digest(),
        code=code_digest(Settings().network),
        packages={name: version(name) for name in PACKAGES},
        prevalence=round(float(rows.on(Side.CALIBRATE).risky.mean()), 4),
        held_out=tuple(sorted(HELD_OUT)),
        contest={
            name: Contest(chosen_by=one.chosen_by, tested=one.tested) for name, one in found.items()
        },
        evaluation=evaluated(chosen.scores(test.features), test),
        parity=0.0,
    )
    _write(folder, described)
    served = scores_of(Scorer(folder), test)
    parity = float(np.abs(served - chosen.scores(test.features)).max())
    if parity > PARITY:
        raise DataError(f"{folder / MODEL}: differs from scikit-learn by {parity:.1e} > {PARITY}")
    described = described.model_copy(update={"parity": float(f"{parity:.1e}")})
    _write(folder, described)
    counts = json.loads((data / COUNTS).read_text(encoding="utf-8"))
    (folder / CARD).write_text(card.written(described, counts, FEATURES), encoding="utf-8")
    return described


def scores_of(scorer: Scorer, rows: Rows) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """(n,) scores as the runtime gives them."""
    listed: Sequence[tuple[float, ...]] = [tuple(row) for row in rows.features.tolist()]
    return np.array(scorer.scores(listed), dtype=np.float64)


def _write(folder: Path, described: Described) -> None:
    text = json.dumps(described.model_dump(mode="json"), ensure_ascii=False, indent=1)
    (folder / DESCRIPTION).write_text(f"{text}\n", encoding="utf-8")
