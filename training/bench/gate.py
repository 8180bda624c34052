"""Floors under the figures, so that a change that costs quality is seen at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from training.bench.report import Share, say

FLOORS = Path(__file__).with_name("floors.yaml")
_Floors = TypeAdapter(dict[str, dict[str, float]])


def floors(path: Path = FLOORS) -> dict[str, dict[str, float]]:
    """Set -> measure -> the least share allowed, 0..1. Raises ValueError on other contents."""
    return _Floors.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")) or {})


def below(
    name: str, figures: Mapping[str, Share], wanted: Mapping[str, Mapping[str, float]]
) -> list[str]:
    """A sentence for each figure of a set under its floor, or of which no case was measured."""
    found = []
    for measure, floor in wanted.get(name, {}).items():
        share = figures.get(measure, Share(0, 0))
        if share.value is None:
            found.append(f"{name}: {measure}: no case was measured, floor {floor:.1%}")
        elif share.value < floor:
            found.append(f"{name}: {measure}: {share}, under the floor of {floor:.1%}")
    return found


def report(faults: list[str]) -> int:
    """Print the verdict; the exit code, 1 where a floor was broken."""
    for fault in faults:
        say(f"GATE {fault}")
    if not faults:
        say("gate: every figure holds its floor")
    return 1 if faults else 0
