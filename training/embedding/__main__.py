"""Train the embedding: python -m training.embedding [--images DIR] [--steps N]; logged to MLflow."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from training.embedding.run import Plan, train

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Train, export and report; 0 done."""
    parser = argparse.ArgumentParser(prog="python -m training.embedding", description=__doc__)
    plan = Plan()
    parser.add_argument("--images", type=Path, default=ROOT.parent / "shared" / "data" / "images")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "embedding")
    parser.add_argument("--steps", type=int, default=plan.steps)
    parser.add_argument("--drawn", type=int, default=plan.drawn, help="drawn marks to learn from")
    parser.add_argument("--per-mark", type=int, default=plan.per_mark, help="edits of each mark")
    parser.add_argument("--threads", type=int, default=plan.threads)
    given = parser.parse_args()
    plan = Plan(given.steps, given.drawn, given.per_mark, threads=given.threads)
    figures = train(given.images, given.out, plan, print)
    print(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
