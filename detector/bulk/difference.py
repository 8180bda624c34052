"""What changed from one bundle to another, and whose outcome that can change.

An outcome follows from the account, the program, the rules, the settings, the day, and from what
the registry answers about the texts asked. So a change reaches

- everyone, where the program reads or compares differently (code, tables, libraries);
- rows in which anything was found or left open, where only rules, settings or day differ: the law
  sees evidence alone, and without any it allows;
- rows with names that no register lists, where absence newly proves something, or no longer does;
- rows of which a text meets a changed name (`registry.changed`);
- nobody, where only the model differs: it orders and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict

from detector.bundle import Bundle, installed
from detector.bundle.bundle import REGISTRIES
from detector.channels import grammar
from detector.errors import BundleError
from detector.registry.changed import changes
from detector.registry.index import Index, compile_index

_PLAN, _INDEX = "difference.json", "index"
# Texts looked up at once
_AT_ONCE = 65_536


class Plan(BaseModel):
    """Whom a change reaches, each with the reasons, () where none; old, new: hashes of bundles.

    names: how many names, old and new, are looked for in what accounts say.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    old: str
    new: str
    everyone: tuple[str, ...]
    found: tuple[str, ...]
    invented: tuple[str, ...]
    names: int


def difference(old: Bundle, new: Bundle, folder: Path) -> Plan:
    """Work out whom the change reaches and write it to `folder`, which `Reached` opens.

    Raises BundleError where the program is not that of the new bundle, which is to judge.
    """
    new.check_maker()
    before, after = old.manifest, new.manifest
    others = before.maker.differences(installed())
    everyone = [part for part in others if part != "rules"]
    found = [part for part in others if part == "rules"]
    if before.assume_unverified != after.assume_unverified:
        found.append("assume_unverified")
    between = changes(old.folder / REGISTRIES, new.folder / REGISTRIES)
    everyone += between.everyone
    index = folder / _INDEX
    compile_index(between.bodies, between.pieces, index, after.registry)
    invented = sorted(
        f"complete: {kind} {level or ''}".rstrip() for kind, level in between.complete
    )
    names = len({a.text for body in between.bodies for a in body.aliases}) + len(between.pieces)
    plan = Plan(
        old=old.hash, new=new.hash, everyone=tuple(everyone), found=tuple(found),
        invented=tuple(invented), names=names,
    )  # fmt: skip
    (folder / _PLAN).write_text(plan.model_dump_json(), encoding="utf-8")
    return plan


def plan_lines(plan: Plan) -> Iterator[str]:
    """Who will be judged again and why, for people."""
    for reasons, whom in (
        (plan.everyone, "everyone is judged again"),
        (plan.found, "who has anything found is judged again"),
        (plan.invented, "who bears a name that no register lists is judged again"),
    ):
        if reasons:
            yield f"{whom}: {', '.join(reasons)}"
    if plan.everyone:
        return
    if plan.names:
        yield f"{plan.names:,} changed names: who meets one of them is judged again"
    elif not (plan.found or plan.invented):
        yield "nothing that could change an outcome"


class Reached:
    """An opened difference: tells for stored rows whether the change can reach them."""

    def __init__(self, folder: Path) -> None:
        try:
            told = (folder / _PLAN).read_text(encoding="utf-8")
            self.plan = Plan.model_validate_json(told)
        except (OSError, ValueError) as error:
            raise BundleError(f"{folder}: no readable difference of bundles ({error})") from error
        index = Index(folder / _INDEX)
        self._lookups = [index.names, index.pieces]

    def rows(self, results: pa.Table, asked: pa.Table, *, other_day: bool) -> npt.NDArray[np.bool_]:
        """bool per row of `results` (`columns.RESULTS`) and its `asked`: it must be judged again.

        other_day: the results are of another day than is asked for now.
        """
        rows = results.num_rows
        if self.plan.everyone:
            return np.ones(rows, bool)
        lost = pc.is_valid(results["fault"])  # a fault of ours may have been mended
        open_ = pc.not_equal(results["gaps"], "[]")  # some names were not compared at all
        mask = pc.or_(lost, pc.fill_null(open_, True))
        if self.plan.found or other_day:
            mask = pc.or_(
                mask, pc.fill_null(pc.greater(pc.list_value_length(results["channels"]), 0), True)
            )
        found = np.asarray(mask.to_numpy(zero_copy_only=False), bool) if rows else np.zeros(0, bool)
        if self.plan.invented:
            found = found | _holding(results["channels"], grammar.CHANNEL)
        return found | self.meeting(asked.column(0))

    def meeting(self, asked: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
        """bool per row: a text of the row's list meets a changed name."""
        if not self.plan.names:
            return np.zeros(len(asked), bool)
        owners = pc.list_parent_indices(asked).to_numpy(zero_copy_only=False)
        texts: Sequence[str] = pc.list_flatten(asked).to_pylist()
        met = np.zeros(len(texts), bool)
        for at in range(0, len(texts), _AT_ONCE):
            some = texts[at : at + _AT_ONCE]
            for lookup in self._lookups:
                met[at : at + _AT_ONCE] |= lookup.meets(some)
        found = np.zeros(len(asked), bool)
        found[owners[met]] = True
        return found


def _holding(channels: pa.ChunkedArray, wanted: str) -> npt.NDArray[np.bool_]:
    """bool per row: its list holds the word."""
    owners = pc.list_parent_indices(channels).to_numpy(zero_copy_only=False)
    is_it = pc.equal(pc.list_flatten(channels), wanted).to_numpy(zero_copy_only=False)
    found = np.zeros(len(channels), bool)
    found[owners[is_it.astype(bool)]] = True
    return found
