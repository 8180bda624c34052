"""One training run: pool of edits, contrastive loss, export to ONNX, everything logged to MLflow.

The loss is NT-Xent (Chen et al. 2020, SimCLR): of all pictures of a batch, the two of one mark
shall be nearest to each other.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import mlflow
import numpy as np
import torch
from numpy.typing import NDArray

from training.embedding import data
from training.embedding.network import DIMENSIONS, SIDE, Network

# Where runs are logged unless MLFLOW_TRACKING_URI says otherwise; `mlflow ui` shows them
RUNS = Path(__file__).resolve().parents[2] / "mlruns"
HELD_BACK = 200  # marks that only measure


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides the weights; the same plan on the same marks gives the same weights.

    batch: marks a step, two pictures each. rate: highest learning rate. heat: NT-Xent temperature.
    """

    steps: int = 2400
    drawn: int = 2500
    per_mark: int = 16
    batch: int = 128
    rate: float = 2e-3
    heat: float = 0.08
    seed: int = 20261123
    threads: int = 1


def train(images: Path, out: Path, plan: Plan, say: Callable[[str], None]) -> dict[str, float]:
    """Train by the plan and write embedding.onnx and embedding.json into `out`."""
    torch.manual_seed(plan.seed)
    torch.set_num_threads(plan.threads)
    started = time.monotonic()
    found = data.marks(images, plan.drawn, plan.seed)
    rng = np.random.default_rng(plan.seed)
    order = rng.permutation(len(found))
    found = [found[int(number)] for number in order]
    avatars = [data.read(path)[..., :3] for path in data.files(images, data.GROUNDS)]
    grounds = [*avatars, *data.textures(rng, 300, found)]
    pool = data.pool(found, grounds, plan.per_mark, SIDE, plan.seed, plan.threads)
    say(f"{len(found)} marks, {pool.nbytes / 1e6:.0f} MB of pictures, {_since(started)}")
    if "MLFLOW_TRACKING_URI" not in os.environ:
        RUNS.mkdir(exist_ok=True)
        mlflow.set_tracking_uri(f"sqlite:///{RUNS / 'mlflow.db'}")
    mlflow.set_experiment("embedding")
    with mlflow.start_run():
        mlflow.log_params({**asdict(plan), "marks": len(found)})
        network = _fit(pool[HELD_BACK:], plan, say)
        figures = {"recall_at_1": recall(network, pool[:HELD_BACK])}
        mlflow.log_metrics(figures)
        _export(network, out, plan, figures, len(found))
        mlflow.log_artifact(str(out / "embedding.onnx"))
    say(f"done, {_since(started)}")
    return figures


def _since(started: float) -> str:
    return f"{time.monotonic() - started:.0f} s"


def _fit(pool: NDArray[np.uint8], plan: Plan, say: Callable[[str], None]) -> Network:
    network = Network().to(memory_format=torch.channels_last)
    say(f"{sum(p.numel() for p in network.parameters()):,} weights")
    optimizer = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, plan.rate, plan.steps)
    rng = np.random.default_rng(plan.seed + 1)
    network.train()
    for step in range(plan.steps):
        chosen = rng.choice(len(pool), plan.batch, replace=False)
        first = np.where(
            rng.random(plan.batch) < 0.5, 0, rng.integers(0, plan.per_mark, plan.batch)
        )
        second = 1 + rng.integers(0, plan.per_mark - 1, plan.batch)
        pixels = np.concatenate([pool[chosen, first], pool[chosen, second]])
        vectors = network(torch.from_numpy(pixels.transpose(0, 3, 1, 2).astype(np.float32)))
        loss = contrast(vectors, plan.heat)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 100 == 0:
            mlflow.log_metric("loss", loss.item(), step)
            say(f"step {step}: loss {loss.item():.3f}")
    return network.eval()


def contrast(vectors: torch.Tensor, heat: float) -> torch.Tensor:
    """NT-Xent over unit vectors [2n, d], row i and row i + n being of one mark."""
    count = len(vectors) // 2
    likeness = vectors @ vectors.T / heat
    likeness.fill_diagonal_(-1e9)
    partner = torch.cat([torch.arange(count, 2 * count), torch.arange(count)])
    return torch.nn.functional.cross_entropy(likeness, partner)


@torch.no_grad()
def recall(network: Network, pool: NDArray[np.uint8]) -> float:
    """Share of edited pictures of unseen marks whose nearest clean mark is the right one, 0..1."""
    flat = pool.reshape(-1, SIDE, SIDE, 3).transpose(0, 3, 1, 2).astype(np.float32)
    parts = [network(torch.from_numpy(part)) for part in np.array_split(flat, 20)]
    vectors = torch.cat(parts).reshape(len(pool), -1, DIMENSIONS)
    nearest = (vectors[:, 1:] @ vectors[:, 0].T).argmax(-1)
    return float((nearest == torch.arange(len(pool))[:, None]).float().mean())


def _export(network: Network, out: Path, plan: Plan, figures: dict[str, float], count: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    path = out / "embedding.onnx"
    example = torch.zeros(1, 3, SIDE, SIDE)
    torch.onnx.export(
        network, (example,), str(path), input_names=["pixels"], output_names=["vectors"],
        dynamic_axes={"pixels": {0: "n"}, "vectors": {0: "n"}}, dynamo=False,
    )  # fmt: skip
    made = {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "side": SIDE, "dimensions": DIMENSIONS, "marks": count, "plan": asdict(plan),
        "figures": figures,
    }  # fmt: skip
    (out / "embedding.json").write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
