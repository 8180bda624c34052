"""What is written above what it is read as, with the step under each."""

from __future__ import annotations

from typing import NamedTuple

from rich.table import Table
from rich.text import Text

from detector.contract import FindingRecord
from detector.explain.visible import visible
from detector.explain.words import EDITS

_NOTHING = "·"  # stands where nothing is written, or where something is read as nothing


class Step(NamedTuple):
    """Some characters, what they are read as, and how (an `EditKind`, "" = plainly)."""

    written: str
    read_as: str
    kind: str


def steps(text: str, finding: FindingRecord) -> list[Step]:
    """The characters of the finding's span in order; what is written plainly stays together."""
    start, end = finding["span"] or (0, 0)
    found: list[Step] = []
    at = start
    for edit in sorted(finding["edits"], key=lambda e: (e["span"][0], e["span"][1])):
        first, last = edit["span"]
        if first < at:
            continue  # a step within a step that is already shown
        found += _plain(text[at:first])
        found.append(Step(edit["query"] or text[first:last], edit["candidate"], edit["kind"]))
        at = max(at, last)
    return found + _plain(text[at:end])


def _plain(run: str) -> list[Step]:
    return [Step(run, run, "")] if run else []


def aligned(text: str, finding: FindingRecord) -> Table:
    """Four rows: written, read as, and the step in both languages."""
    columns = steps(text, finding)
    table = Table.grid(padding=(0, 1))
    table.add_column(width=24, style="dim")
    for _ in columns:
        table.add_column(justify="center", no_wrap=True)
    written = (
        Text(visible(s.written) or _NOTHING, _style(s, "bold red underline")) for s in columns
    )
    read_as = (Text(visible(s.read_as) or _NOTHING, _style(s, "bold green")) for s in columns)
    names = [EDITS.get(s.kind, (s.kind, "")) for s in columns]
    table.add_row("写作 written", *written)
    table.add_row("读作 read as", *read_as)
    if any(step.kind for step in columns):
        table.add_row("手法 step", *(Text(chinese, "cyan") for chinese, _ in names))
        table.add_row("", *(Text(english, "cyan") for _, english in names))
    return table


def _style(step: Step, edited: str) -> str:
    return edited if step.kind else "bold"


def summary(finding: FindingRecord) -> str:
    """The steps of a disguise in one line: 曰→日 形近."""
    told = []
    for edit in finding["edits"][:6]:
        chinese, _ = EDITS.get(edit["kind"], (edit["kind"], ""))
        written, read_as = visible(edit["query"]) or _NOTHING, edit["candidate"] or _NOTHING
        told.append(f"{written[:24]}→{visible(read_as)[:24]} {chinese}")
    more = len(finding["edits"]) - len(told)
    return "，".join(told) + (f" … +{more}" if more else "")
