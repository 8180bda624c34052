"""Every training run in MLflow: its recipe, figures, hashes and files.

Without `MLFLOW_TRACKING_URI` runs are kept in mlruns/mlflow.db of the checkout, and shown by
`mlflow ui --backend-store-uri sqlite:///mlruns/mlflow.db`.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path

from training.described import Described
from training.gather import Recipe

EXPERIMENT = "risk"


def where(root: Path) -> str:
    """The address of the store: what the environment says, else a database in the checkout."""
    return os.environ.get("MLFLOW_TRACKING_URI") or f"sqlite:///{root / 'mlruns' / 'mlflow.db'}"


def log(root: Path, folder: Path, model: Described, recipe: Recipe, seconds: float) -> str:
    """Log a run with the files of a folder; its id. Local files lie below `root`/mlruns."""
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    (root / "mlruns").mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the packages that MLflow imports; none is about us
        import mlflow  # half a second and hundreds of modules: only where a run is logged

        mlflow.set_tracking_uri(where(root))
        if mlflow.get_experiment_by_name(EXPERIMENT) is None:
            local = where(root).startswith("sqlite:")
            place = (root / "mlruns" / "files").as_uri() if local else None
            mlflow.create_experiment(EXPERIMENT, artifact_location=place)
        mlflow.set_experiment(EXPERIMENT)
        with mlflow.start_run(run_name=f"{model.ranker} {model.onnx[:8]}") as run:
            mlflow.log_params({k: str(v) for k, v in recipe.model_dump().items()})
            mlflow.log_param("ranker", model.ranker)
            mlflow.log_metrics(figures(model) | {"seconds": seconds})
            mlflow.set_tags({
                name: getattr(model, name) for name in ("onnx", "data", "registry", "rules", "code")
            })  # fmt: skip
            mlflow.log_artifacts(str(folder))
            found: str = run.info.run_id
    return found


def figures(model: Described) -> dict[str, float]:
    """The figures of a model that runs are compared by, all on the test side."""
    order = model.evaluation.order
    found = {
        "average_precision": order.average_precision,
        "average_precision_at_1_percent": order.rare,
        "recall_within_budget": order.recall,
        "alarms_within_budget": order.alarms,
        "calibration_error": model.evaluation.calibration_error,
        "parity": model.parity,
    }
    for name, one in model.contest.items():
        found[f"{name}_at_1_percent"] = one.tested.rare
    return found
