"""Many assessments as a table: name with the disguise marked, body, clause, outcome, why."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich import box
from rich.table import Table
from rich.text import Text

from detector.contract import AssessmentRecord, FindingRecord
from detector.explain.aligned import summary
from detector.explain.marks import marked
from detector.explain.visible import visible
from detector.explain.words import FIELDS, OUTCOMES, split_languages

_DETAIL = re.compile(r"\s*\([^()]*=[^()]*\)\s*")  # the two values compared: they stand in the table


class Shown:
    """Which of many assessments a table of `limit` rows shows: all, or the first not allowed."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._first: list[AssessmentRecord] = []
        self._found: list[AssessmentRecord] = []
        self.total = self.not_allowed = 0

    def wants(self) -> bool:
        """Whether a further assessment may still be shown."""
        return len(self._found) < self._limit

    def add(self, record: AssessmentRecord) -> None:
        """Take the next assessment, in input order."""
        self.total += 1
        if len(self._first) < self._limit:
            self._first.append(record)
        if record["outcome"] != "allow":
            self.not_allowed += 1
            if len(self._found) < self._limit:
                self._found.append(record)

    def skip(self, rows: int) -> None:
        """Count assessments that are not shown."""
        self.total += rows

    def records(self) -> list[AssessmentRecord]:
        """What is shown."""
        return self._first if self.total <= self._limit else self._found


def results_table(records: Iterable[AssessmentRecord], colour: bool) -> Table:
    """One row an account, in the given order."""
    table = Table(box=box.HORIZONTALS, show_lines=True, header_style="bold", pad_edge=False)
    table.add_column("名称 name", overflow="fold", min_width=12, ratio=3)
    table.add_column("机构 body", overflow="fold", min_width=8, ratio=3)
    table.add_column("条款 clause", no_wrap=True)
    table.add_column("结果 outcome", no_wrap=True)
    table.add_column("理由 why", overflow="fold", min_width=16, ratio=6)
    for record in records:
        table.add_row(*_cells(record, colour))
    return table


def _cells(record: AssessmentRecord, colour: bool) -> tuple[Text, ...]:
    findings = record["findings"]
    name = marked(record["account"].get("name", ""), findings, "name", colour)
    words, style = OUTCOMES[record["outcome"]]
    outcome = Text(words, style)
    if record["needs_person"]:
        outcome.append(" ☞", "dim")
    if not findings:
        return name, Text(), Text(), outcome, Text(_gaps(record), "dim")
    first = findings[0]
    clause = Text(f"{first['clause']} {first['act']}")
    return name, _body(first), clause, outcome, _why(first, len(findings))


def _body(finding: FindingRecord) -> Text:
    entity = finding["entity"]
    if entity is None:
        return Text("—", "dim")
    return Text(visible(entity["name"]))


def _why(finding: FindingRecord, count: int) -> Text:
    chinese, english = split_languages(finding["reason"])
    why = Text()
    if finding["field"] not in (None, "name"):
        told = visible(finding["query"] or "")[:40]
        why.append(f"{FIELDS.get(finding['field'] or '', '')} “{told}”: ", "bold")
    if finding["edits"]:
        why.append(f"{summary(finding)}。", "cyan")
    why.append(visible(_DETAIL.sub("", chinese)))
    if english:
        why.append("\n" + visible(_DETAIL.sub(" ", english)).strip(), "dim")
    if count > 1:
        why.append(f" (+{count - 1})", "dim")
    return why


def _gaps(record: AssessmentRecord) -> str:
    return "; ".join(f"{visible(g['field'])}: {visible(g['reason'])}" for g in record["gaps"])
