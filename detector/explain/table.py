"""Many assessments as a table: name with the disguise marked, body, clause, outcome, why."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich import box
from rich.table import Table
from rich.text import Text

from detector.contract import AssessmentRecord, FindingRecord
from detector.explain.aligned import summary
from detector.explain.excuses import SENTENCES
from detector.explain.marks import marked
from detector.explain.shown import seen
from detector.explain.visible import visible
from detector.explain.words import FIELDS, OUTCOMES, split_languages

_MISSING = re.compile(r"not reported: ([^.]+)\.")
_DETAIL = re.compile(r"\s*\(.* = ")  # from the two values compared on: they stand in the table


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
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, collapse_padding=True)
    table.add_column("名称\nname", overflow="fold", max_width=20)
    table.add_column("机构\nbody", overflow="fold", max_width=18)
    table.add_column("条款\nclause", no_wrap=True)
    table.add_column("结果\noutcome", no_wrap=True)
    table.add_column("理由\nwhy", overflow="fold")
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
        return name, Text(), Text(), outcome, _cleared(record)
    first = findings[0]
    clause = Text(f"{first['clause']} {first['act']}")
    return name, _body(first), clause, outcome, _why(record, first)


def _body(finding: FindingRecord) -> Text:
    entity = finding["entity"]
    if entity is None:
        return Text("—", "dim")
    return Text(visible(entity["name"]))


def _why(record: AssessmentRecord, finding: FindingRecord) -> Text:
    """Of a disguise its steps, of anything else the rule's sentence."""
    why = Text()
    field = finding["field"] or "name"
    if field != "name":
        why.append(f"{FIELDS.get(field, field)} “{visible(finding['query'] or '')[:40]}”: ", "bold")
    if "shown" in finding:
        why.append(f"{seen(finding)}；", "cyan")
    if finding["edits"]:
        why.append("读作 read as ", "dim").append(visible(finding["candidate"] or ""), "bold")
        why.append(f": {summary(record['account'].get(field, ''), finding)}", "cyan")
    else:
        chinese, english = split_languages(finding["reason"])
        why.append(visible(_DETAIL.split(chinese)[0]))
        why.append("\n" + visible(_DETAIL.split(english)[0]), "dim")
    if finding["status"] == "unknown":
        columns = _MISSING.search(finding["reason"])
        told = f" {columns[1]}" if columns else ""
        why.append(f"\n未报告 not reported:{told}", "yellow")
    if len(record["findings"]) > 1:
        why.append(f" (+{len(record['findings']) - 1})", "dim")
    return why


def _cleared(record: AssessmentRecord) -> Text:
    """Who was excused, and by what; and what could not be compared."""
    lifted = next((f for f in record.get("record", []) if f["lifted_by"]), None)
    if lifted is None:
        return Text(_gaps(record), "dim")
    chinese, english = split_languages(SENTENCES[lifted["lifted_by"]])
    return Text(f"{lifted['clause']} {chinese}\n{english}\n{_gaps(record)}".strip(), "dim")


def _gaps(record: AssessmentRecord) -> str:
    return "; ".join(f"{visible(g['field'])}: {visible(g['reason'])}" for g in record["gaps"])
