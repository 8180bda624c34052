"""What changed from one bundle to another, and whose outcome that can change.

An outcome follows from the account, the program, the rules, the settings, the day, and from what
the registry answers about what the account says. So a change reaches

- everyone, where program, rules, settings or day differ: of quiet accounts it is not stored what
  they were quiet about;
- rows that could not be judged, or not in whole, and rows with a picture: what it shows is not read here;
- rows with names that no register lists, where absence newly proves something, or no longer does;
- rows that meet a changed name (`registry.changed`) in what they say, or, where anything was found
  in them, in who owns them;
- nobody, where only the model differs: it orders and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict

from detector.bundle import Bundle, installed
from detector.bundle.bundle import REGISTRIES
from detector.channels import grammar
from detector.columns import clauses
from detector.contract.plain import Texts, texts
from detector.engine.gate import Gate
from detector.engine.meeting import Meeting
from detector.errors import BundleError
from detector.registry.catalogue import NO_CATALOGUE
from detector.registry.changed import changes
from detector.registry.index import Index, compile_index
from detector.text.compiled import column, letters
from detector.text.fold import plain

_PLAN, _INDEX = "difference.json", "index"
# What an account says of itself, clause by clause; what it shows; and all that may meet a name
_SPOKEN, _PICTURES = ("bio", "signature", "verification"), ("avatar", "cover")
SAID = ("name", *_SPOKEN, *_PICTURES, "verified_name")


class Plan(BaseModel):
    """Whom a change reaches, each with the reasons, () where none; old, new: hashes of bundles.

    names: how many names, old and new, are looked for in what accounts say.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    old: str
    new: str
    everyone: tuple[str, ...]
    invented: tuple[str, ...]
    names: int


def difference(old: Bundle, new: Bundle, folder: Path) -> Plan:
    """Work out whom the change reaches and write it to `folder`, which `Reached` opens.

    Raises BundleError where the program is not that of the new bundle, which is to judge.
    """
    new.check_maker()
    before, after = old.manifest, new.manifest
    others = before.maker.differences(installed())
    everyone = [*others]
    if before.assume_unverified != after.assume_unverified:
        everyone.append("assume_unverified")
    between = changes(old.folder / REGISTRIES, new.folder / REGISTRIES)
    everyone += between.everyone
    index = folder / _INDEX
    compile_index(between.bodies, between.pieces, NO_CATALOGUE, index, after.registry)
    invented = sorted(
        f"complete: {kind} {level or ''}".rstrip() for kind, level in between.complete
    )
    names = len({a.text for body in between.bodies for a in body.aliases}) + len(between.pieces)
    plan = Plan(
        old=old.hash, new=new.hash, everyone=tuple(everyone), invented=tuple(invented),
        names=names,
    )  # fmt: skip
    (folder / _PLAN).write_text(plan.model_dump_json(), encoding="utf-8")
    return plan


def plan_lines(plan: Plan) -> Iterator[str]:
    """Who will be judged again and why, for people."""
    for reasons, whom in (
        (plan.everyone, "everyone is judged again"),
        (plan.invented, "who bears a name that no register lists is judged again"),
    ):
        if reasons:
            yield f"{whom}: {', '.join(reasons)}"
    if plan.everyone:
        return
    if plan.names:
        yield f"{plan.names:,} changed names: who meets one of them is judged again"
    elif not plan.invented:
        yield "nothing that could change an outcome"


class Reached:
    """An opened difference: tells for stored rows whether the change can reach them."""

    def __init__(self, folder: Path, gate: Gate | None = None) -> None:
        """gate: of the new bundle, where one is open. Raises BundleError where there is no difference."""
        try:
            told = (folder / _PLAN).read_text(encoding="utf-8")
            self.plan = Plan.model_validate_json(told)
        except (OSError, ValueError) as error:
            raise BundleError(f"{folder}: no readable difference of bundles ({error})") from error
        index = Index(folder / _INDEX)
        self._names = index.names
        self._meeting = Meeting.of(index, letters.build() if gate is None else gate.letters)

    def rows(self, flags: pa.Table, accounts: pa.RecordBatch) -> npt.NDArray[np.bool_]:
        """bool per row: it must be judged again.

        flags: columns fault, gaps, channels of stored results; accounts: columns `SAID` of the same
        rows, as far as there are any.
        """
        if self.plan.everyone:
            return np.ones(flags.num_rows, bool)
        lost = pc.is_valid(flags["fault"])  # a fault of ours may have been mended
        open_ = pc.not_equal(flags["gaps"], "[]")  # some names were not compared at all
        found = _flags(pc.or_(lost, pc.fill_null(open_, True)))
        if self.plan.invented:
            found |= _holding(flags["channels"], grammar.CHANNEL)
        said = texts(accounts)
        for name in (name for name in _PICTURES if name in said.columns):
            found |= _flags(pc.not_equal(said.column(name), ""))
        if self.plan.names:
            found |= self._meeting_a_name(flags, said)
        return found

    def _meeting_a_name(self, flags: pa.Table, said: Texts) -> npt.NDArray[np.bool_]:
        found = said.strange | self._meeting.meets(column.of_arrow(said.column("name")))
        for name in (name for name in _SPOKEN if name in said.columns):
            rows, parts, long = clauses(said.column(name))
            found |= long
            found[rows[self._meeting.meets(column.of_arrow(parts))]] = True
        # the owner matters only to what was found, and nothing new is found in the others
        about = _flags(pc.greater(pc.list_value_length(flags["channels"]), 0)) & ~found
        rows = (about & _flags(said.column("verified_name").is_valid())).nonzero()[0]
        owners = said.column("verified_name").take(pa.array(rows)).to_pylist()
        found[rows[self._called([plain(owner) for owner in owners])]] = True
        return found

    def _called(self, keys: list[str]) -> npt.NDArray[np.bool_]:
        """bool per folded name: `Registry.called` may answer otherwise about it.

        It asks for names as written; that of a derived organ holds a piece of its pattern.
        """
        hits = self._names.find(keys)
        found = np.zeros(len(keys), bool)
        found[hits.text[hits.bits == 0]] = True
        return found


def _flags(found: pa.ChunkedArray | pa.Array) -> npt.NDArray[np.bool_]:
    """The flags as an array; null is False."""
    return np.asarray(pc.fill_null(found, False).to_numpy(zero_copy_only=False), bool)


def _holding(channels: pa.ChunkedArray, wanted: str) -> npt.NDArray[np.bool_]:
    """bool per row: its list holds the word."""
    owners = pc.list_parent_indices(channels).to_numpy(zero_copy_only=False)
    is_it = pc.equal(pc.list_flatten(channels), wanted).to_numpy(zero_copy_only=False)
    found = np.zeros(len(channels), bool)
    found[owners[is_it.astype(bool)]] = True
    return found
