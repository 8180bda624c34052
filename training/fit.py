"""Fits the contenders, calibrates them, and keeps the best."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from rich.progress import track

from training.calibration import Sigmoid, calibrated
from training.contenders import CONTENDERS, Contender, Margins
from training.dataset import Floats, Rows
from training.evaluate import Measured, measured
from training.split import Side

# A more powerful ranker must be better by so much (average precision at 1 %) than a simpler one
WORTH = 0.002


@dataclass(frozen=True, slots=True)
class Fitted:
    """A contender with its calibration, and its order on the calibration side and on the test side."""

    contender: Contender
    sigmoid: Sigmoid
    chosen_by: Measured
    tested: Measured

    def scores(self, features: Floats) -> Margins:
        """(n, features) -> (n,) probabilities, in double precision."""
        return self.sigmoid.probabilities(self.contender.margins(features))


def fitted(rows: Rows, seed: int, *, quiet: bool = False) -> dict[str, Fitted]:
    """Every contender, fitted on one side, calibrated on the second; the third is only reported."""
    fit, calibrate, test = (rows.on(side) for side in Side)
    found: dict[str, Fitted] = {}
    for name in track(CONTENDERS, "fitting", disable=quiet, transient=True):
        contender = CONTENDERS[name](fit, seed)
        margins = contender.margins(calibrate.features)
        found[name] = Fitted(
            contender,
            calibrated(margins, calibrate.risky, calibrate.weight),
            measured(margins, calibrate.risky),
            measured(contender.margins(test.features), test.risky),
        )
    return found


def best(found: dict[str, Fitted]) -> Fitted:
    """The simplest contender that none beats by `WORTH` on the calibration side."""
    chosen, *others = found.values()
    for one in others:
        if one.chosen_by.rare > chosen.chosen_by.rare + WORTH:
            chosen = one
    return chosen


def write(found: dict[str, Fitted], path: Path) -> None:
    """The comparison as JSON, for people and the card."""
    told = {
        name: {"calibration side": one.chosen_by.model_dump(), "test side": one.tested.model_dump()}
        for name, one in found.items()
    }
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
