"""Champion and challenger: who put which model into service, when, why, and the way back.

models/risk holds the champion, models/previous/<hash> every one that was replaced, and
models/approvals.jsonl one record a change, written once and never rewritten. MLflow knows where a
model comes from; whether it may serve stands here.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from detector.errors import DataError
from detector.scorer import DESCRIPTION, Scorer
from training.gates import Gate

CHAMPION, PREVIOUS, APPROVALS = "risk", "previous", "approvals.jsonl"


class Approval(BaseModel):
    """One change of the champion. champion, replaced: hashes of model.json, "" = none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    act: Literal["promote", "rollback"]
    who: str
    why: str
    at: str
    champion: str
    replaced: str
    gates: dict[str, str]
    forced: bool = False


def promote(
    challenger: Path,
    models: Path,
    gates: Sequence[Gate],
    who: str,
    why: str,
    *,
    force: bool = False,
) -> Approval:
    """Put a challenger into service and keep the old champion.

    Raises DataError where a gate is not met (unless forced, which the record says), where nobody or
    no reason is named, or where the challenger serves already.
    """
    if not who.strip() or not why.strip():
        raise DataError("an approval names who and why")
    failed = [f"{gate.name}: {gate.found}" for gate in gates if not gate.met]
    if failed and not force:
        raise DataError(f"not promoted: {'; '.join(failed)}")
    digest, replaced = Scorer(challenger).digest, _digest(models / CHAMPION)
    if digest == replaced:
        raise DataError(f"{digest[:12]} serves already")
    _serve(challenger, models)
    told = {gate.name: f"{'met' if gate.met else 'NOT MET'}: {gate.found}" for gate in gates}
    return _record(models, "promote", who, why, digest, replaced, told, forced=bool(failed))


def rollback(models: Path, who: str, why: str) -> Approval:
    """Put the model back that the last champion replaced.

    Raises DataError where there is none, ModelError where it has other features than the code:
    take the change of the features back first.
    """
    now = _digest(models / CHAMPION)
    earlier = next((a.replaced for a in reversed(history(models)) if a.champion == now), "")
    kept = models / PREVIOUS / earlier[:16]
    if not earlier or not kept.is_dir():
        raise DataError(f"{models}: no earlier model to go back to")
    if Scorer(kept).digest != earlier:  # a model with other features is refused here, too
        raise DataError(f"{kept}: not the model that was kept there")
    _serve(kept, models)
    return _record(models, "rollback", who, why, earlier, now, {})


def history(models: Path) -> list[Approval]:
    """All approvals, the oldest first."""
    path = models / APPROVALS
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Approval.model_validate_json(line) for line in lines if line]


def _digest(folder: Path) -> str:
    """The hash that names the model of a folder, whatever its features; "" where there is none."""
    path = folder / DESCRIPTION
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _serve(source: Path, models: Path) -> None:
    """Exchange the champion's folder for a copy of `source`; the old one is kept by its hash."""
    models.mkdir(parents=True, exist_ok=True)
    champion = models / CHAMPION
    with tempfile.TemporaryDirectory(dir=models, prefix=".new-") as name:
        made = Path(name) / CHAMPION
        shutil.copytree(source, made)
        replaced = _digest(champion)
        if champion.exists():
            kept = models / PREVIOUS / replaced[:16] if replaced else Path(name) / "empty"
            kept.parent.mkdir(parents=True, exist_ok=True)
            if kept.exists():
                shutil.rmtree(champion)
            else:
                champion.rename(kept)
        made.rename(champion)


def _record(
    models: Path, act: Literal["promote", "rollback"], who: str, why: str, champion: str,
    replaced: str, gates: dict[str, str], *, forced: bool = False,
) -> Approval:  # fmt: skip
    found = Approval(
        act=act, who=who, why=why, at=datetime.now(UTC).isoformat(timespec="seconds"),
        champion=champion, replaced=replaced, gates=gates, forced=forced,
    )  # fmt: skip
    with (models / APPROVALS).open("a", encoding="utf-8") as lines:
        lines.write(found.model_dump_json() + "\n")
    return found
