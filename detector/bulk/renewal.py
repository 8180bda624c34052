"""Stored results of a part brought up to another bundle: only what the change reaches is judged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from detector.bulk.columns import RESULTS
from detector.bulk.difference import SAID, Reached
from detector.bulk.footer import Footer
from detector.bulk.part import Part, Progress, Writer, account_batches, known, reading_accounts
from detector.bulk.screening import Judge, screen_batches
from detector.bulk.stream import Stream
from detector.bulk.tally import NOTHING, counted
from detector.contract import COLUMNS
from detector.errors import ResultsError

CHANGES_FOLDER = "_changes"
# What tells whether a row is reached, beside what the account says
FLAGS = pa.schema([RESULTS.field(name) for name in ("fault", "gaps", "channels")])
# What makes another outcome of a row
COMPARED = ("outcome", "needs_person", "clauses")
TOLD = (*COMPARED, "findings")
CHANGES = pa.schema(
    [("account_id", pa.string())]
    + [(f"{name}_{when}", RESULTS.field(name).type) for name in TOLD for when in ("was", "is")]
)


@dataclass(frozen=True, slots=True)
class Renewed:
    """The new footer; again: rows judged again; changed: rows whose outcome is another now."""

    footer: Footer
    again: int
    changed: int


def renew_part(
    part: Part, was: Footer, reached: Reached, judge: Judge, progress: Progress
) -> Renewed:
    """Judge the reached rows of a part again and write its results anew, the others as they were.

    Rows whose outcome changed are also written below `_changes`. Raises as `judge_part` does, and
    ResultsError where the stored results cannot be read.
    """
    everyone = bool(reached.plan.everyone) or was.as_of != judge.as_of.isoformat()
    where = np.ones(was.counts.rows, bool) if everyone else _reached(part, was, reached)
    again = Stream(screen_batches(_accounts(part, where), judge), RESULTS)
    counts, at = NOTHING, 0
    changed = [CHANGES.empty_table()]
    with Writer(part.target, RESULTS) as writer:
        for group in _groups(part):
            mask = where[at : at + group.num_rows]
            at += group.num_rows
            new = again.take(int(mask.sum()))
            changed.append(_changes(group.filter(pa.array(mask)), new))
            renewed = _replaced(group, mask, new)
            writer.write(renewed)
            counts = counts.plus(counted(renewed))
            progress(group.num_rows)
        footer = Footer.by(judge.bundle, judge.as_of, was.accounts, counts)
        writer.tell(footer.metadata())
        differing = pa.concat_tables(changed)
        if differing.num_rows:
            with Writer(changes_path(part, judge), CHANGES) as told:
                told.write(differing)
    return Renewed(footer, int(where.sum()), differing.num_rows)


def changes_path(part: Part, judge: Judge) -> Path:
    """Where the rows of a part stand whose outcome a bundle has changed."""
    return part.results / CHANGES_FOLDER / judge.bundle[:16] / part.name


def _reached(part: Part, was: Footer, reached: Reached) -> npt.NDArray[np.bool_]:
    """bool per row of the part: the change can reach it."""
    masks = [np.zeros(0, bool)]
    flags = Stream(_flags(part), FLAGS)
    for batch in account_batches(part, SAID):
        masks.append(reached.rows(flags.take(batch.num_rows), batch))
    found = np.concatenate(masks)
    if len(found) != was.counts.rows:
        raise ResultsError(f"{part.target}: has not the rows of {part.source}; delete it")
    return found


def _flags(part: Part) -> Iterator[pa.RecordBatch]:
    for group in _groups(part, FLAGS):
        yield from group.to_batches()


def _groups(part: Part, schema: pa.Schema = RESULTS) -> Iterator[pa.Table]:
    """These columns of the stored results, group by group."""
    with _reading(part), pq.ParquetFile(part.target) as results:
        for group in range(results.num_row_groups):
            yield results.read_row_group(group, schema.names).cast(schema)


@contextmanager
def _reading(part: Part) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        raise ResultsError(f"{part.target}: damaged; delete it ({error})") from error


def _accounts(part: Part, where: npt.NDArray[np.bool_]) -> Iterator[pa.RecordBatch]:
    """The wanted rows; groups of the file without any are not read."""
    at = 0
    with reading_accounts(part) as file:
        columns = known(file, COLUMNS)
        for group in range(file.num_row_groups):
            mask = where[at : at + file.metadata.row_group(group).num_rows]
            at += len(mask)
            if mask.any():
                some = file.read_row_group(group, columns)
                yield from some.filter(pa.array(mask)).to_batches()


def _replaced(group: pa.Table, mask: npt.NDArray[np.bool_], new: pa.Table) -> pa.Table:
    """The group with the rows of `new` in the places where the mask is true."""
    if not new.num_rows:
        return group
    order = np.arange(group.num_rows)
    order[mask] = group.num_rows + np.arange(new.num_rows)
    return pa.concat_tables([group, new]).take(order)


def _changes(before: pa.Table, after: pa.Table) -> pa.Table:
    """Of rows judged again, those whose outcome, clauses or need of a person differ."""
    rows = [
        {"account_id": is_["account_id"]}
        | {f"{name}_was": was[name] for name in TOLD}
        | {f"{name}_is": is_[name] for name in TOLD}
        for was, is_ in zip(before.to_pylist(), after.to_pylist(), strict=True)
        if any(was[name] != is_[name] for name in COMPARED)
    ]
    return pa.Table.from_pylist(rows, CHANGES)
