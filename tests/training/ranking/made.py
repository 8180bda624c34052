"""A small data set and the models made of it, once a process: what the tests of training look at."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from tests.core.shipped import registry, screener
from training import dataset, fit
from training.export import export
from training.gather import Recipe

RECIPE = Recipe(per_kind=5, ordinary=500, invented=60, strict=20)


@cache
def folder() -> Path:
    """Where the data set and the model lie."""
    return Path(tempfile.mkdtemp(prefix="ranking-"))


@cache
def rows() -> dataset.Rows:
    """The examples of the small recipe."""
    return dataset.make(RECIPE, screener(), folder(), quiet=True)


@cache
def fitted() -> dict[str, fit.Fitted]:
    """All contenders."""
    return fit.fitted(rows(), RECIPE.seed, quiet=True)


@cache
def model() -> Path:
    """The folder of a model made of the best contender."""
    made = folder() / "model"
    export(made, fit.best(fitted()), fitted(), rows(), RECIPE, folder(), registry().digest)
    return made
