"""`eval`: the labelled sets, ours and those beside the checkout, decided and scored."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from detector.contract import AssessmentRecord, Reported, read_row, to_line, to_record
from detector.contract.record import EntityRecord
from detector.files import written_whole
from detector.pipeline import Screener
from training.bench import gate
from training.bench.folders import AS_OF, BENCH, EVAL, OUT
from training.bench.report import Table, say
from training.bench.score import MEASURES, Decided, Found, Label, Score, labels, score
from training.bench.screening import BATCH


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A file of labelled accounts, and the name of its figures."""

    name: str
    path: Path


SETS = (
    LabelledSet("bench/violations", BENCH / "violations.csv"),
    LabelledSet("bench/legitimate", BENCH / "legitimate.csv"),
    LabelledSet("shared/violations", EVAL / "violations.csv"),
    LabelledSet("shared/legitimate", EVAL / "legitimate.csv"),
    LabelledSet("shared/real_cases", EVAL / "real_cases.csv"),
)


def run(
    screener: Screener, *, sets: Sequence[LabelledSet] = SETS, out: Path = OUT / "eval",
    misses: int = 0, floors: bool = False,
) -> int:  # fmt: skip
    """Decide and score every set that is there; the exit code."""
    wanted = gate.floors() if floors else {}
    faults: list[str] = []
    for one in sets:
        if not one.path.exists():
            say(f"{one.name}: {one.path} is not here, left out\n")
            continue
        made = out / f"{one.name.replace('/', '-')}.jsonl"
        decided = decide(one.path, made, screener)
        labelled = labels(one.path)
        scored = score(labelled, decided)
        table_of(one.name, scored, len(labelled), made).show()
        _show_misses(scored, misses)
        faults += gate.below(one.name, scored.total, wanted)
    return gate.report(faults) if floors else 0


def decide(path: Path, made: Path, screener: Screener) -> dict[str, Decided]:
    """The decisions on an account file, written to `made` in the output contract."""
    made.parent.mkdir(parents=True, exist_ok=True)
    found: dict[str, Decided] = {}
    rows = _reported(path)
    with written_whole(made) as lines:
        while batch := list(islice(rows, BATCH)):
            assessments = screener.screen([row.account for row in batch], AS_OF)
            for row, assessment in zip(batch, assessments, strict=True):
                record = to_record(assessment, row)
                lines.write(to_line(record))
                found[record["account_id"]] = seen(record)
    return found


def seen(record: AssessmentRecord) -> Decided:
    """A record of the output contract as the measures see it."""
    return Decided(
        record["outcome"],
        tuple(Found(f["clause"], _names(f["entity"])) for f in record["findings"]),
        record["risk"] or 0.0,
    )


def _names(entity: EntityRecord | None) -> tuple[str, ...]:
    return (entity["name"], *entity["aliases"]) if entity is not None else ()


def _reported(path: Path) -> Iterator[Reported]:
    """The rows of a labelled set. Raises RowError where one cannot be read: a fault of the set."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for number, cells in enumerate(csv.DictReader(lines), 1):
            yield read_row(number, cells)


def table_of(name: str, scored: Score, rows: int, made: Path | None = None) -> Table:
    """The whole table of a set: a line in total and one for each attack."""
    notes = [f"decisions: {made}"] if made is not None else []
    if scored.average_precision is not None:
        notes.append(f"ranking: average precision of the risk {scored.average_precision:.4f}")
    table = Table(f"{name}: {rows} rows", ("attack", *MEASURES), tuple(notes))
    groups = sorted(group for group in scored.tables if group not in ("all", ""))
    for group in ("all", *groups):
        line = scored.tables.get(group, {})
        table.add(group, *(line.get(measure) for measure in MEASURES))
    return table


def _show_misses(scored: Score, most: int) -> None:
    for measure in MEASURES[1:] if most else ():
        of_measure = [miss for miss in scored.wrong if miss.measure == measure]
        for miss in of_measure[:most]:
            say(f"  {measure}: {_shown(miss.label, miss.decided)}")
    if most:
        say()


def _shown(label: Label, decided: Decided) -> str:
    named = (f"{f.clause} {f.names[0] if f.names else '-'}" for f in decided.findings[:3])
    findings = " ".join(named)
    return (
        f"{label.account_id} {label.name!r} wanted {label.expected} ({label.target or '-'}), "
        f"got {decided.outcome}: {findings or 'nothing'}"
    )
