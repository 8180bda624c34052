"""What is written above what it is read as, with the step under each."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from rich.table import Table
from rich.text import Text

from detector.contract import FindingRecord
from detector.explain.visible import shown, visible
from detector.explain.words import EDITS

_NOTHING = "·"  # stands where nothing is written, or where something is read as nothing
_MOST = 6  # steps in a summary


class Step(NamedTuple):
    """Some characters, what they are read as, and how (an `EditKind`, "" = plainly)."""

    written: str
    read_as: str
    kind: str


def steps(text: str, finding: FindingRecord) -> list[Step]:
    """The characters of the finding's span in order; what is written plainly stays together."""
    start, end = finding["span"] or (0, 0)
    found: list[Step] = []
    at, last_place = start, (-1, -1)
    for edit in sorted(finding["edits"], key=lambda e: (e["span"][0], e["span"][1])):
        first, last = edit["span"]
        if (first, last) == last_place and first < last:  # one sign read as several: 交警 as 交管局
            step = found[-1]
            found[-1] = Step(step.written, step.read_as + edit["candidate"], step.kind)
            continue
        if first < at:
            continue  # a step within a step that is already shown
        found += _plain(text[at:first])
        found.append(Step(edit["query"] or text[first:last], edit["candidate"], edit["kind"]))
        at, last_place = max(at, last), (first, last)
    return _joined(found + _plain(text[at:end]))


def _plain(run: str) -> list[Step]:
    return [Step(run, run, "")] if run else []


def _joined(found: list[Step]) -> list[Step]:
    """Neighbours that are passed over in the same way, as one: the " · " of 公 · 安."""
    joined: list[Step] = []
    for step in found:
        before = joined[-1] if joined else None
        if before and step.kind and step.kind == before.kind and not step.read_as + before.read_as:
            joined[-1] = Step(before.written + step.written, "", step.kind)
        else:
            joined.append(step)
    return joined


def aligned(text: str, finding: FindingRecord) -> Table:
    """Four rows: written, read as, and the step in both languages."""
    columns = steps(text, finding)
    table = Table.grid(padding=(0, 1))
    table.add_column(width=24, style="dim")
    for _ in columns:
        table.add_column(justify="center", no_wrap=True)
    written = (Text(shown(s.written) or _NOTHING, _style(s, "bold red underline")) for s in columns)
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


def summary(text: str, finding: FindingRecord) -> str:
    """The steps of a disguise in one line: 曰→日 形近 look-alike."""
    told: Counter[str] = Counter()
    for step in steps(text, finding):
        if step.kind:
            told[_told(step)] += 1
    lines = [f"{line} ×{count}" if count > 1 else line for line, count in told.items()]
    return "，".join(lines[:_MOST]) + (f" … +{len(lines) - _MOST}" if len(lines) > _MOST else "")


def _told(step: Step) -> str:
    words = " ".join(EDITS.get(step.kind, (step.kind, "")))
    if not step.read_as:
        return words
    return f"{shown(step.written)[:24] or _NOTHING}→{visible(step.read_as)[:24]} {words}"
