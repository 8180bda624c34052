"""A clause for people: text, our reading, rules, who is excused, worked cases; and all clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from detector.explain.words import OUTCOMES, split_languages
from detector.law.coverage import Coverage
from detector.law.page import Page, shown

_FATES = {
    "coded": ("已编码 coded", "green"),
    "person": ("由人决定 a person decides", "yellow"),
    "outside": ("不在范围 outside", "dim"),
}


def contents_table(clauses: Iterable[Coverage]) -> Table:
    """Every clause of the regulation and what becomes of it."""
    table = Table("条款 clause", "归属 fate", "理由 reason", header_style="bold", pad_edge=False)
    for one in clauses:
        words, style = _FATES[one.fate]
        table.add_row(Text(one.clause), Text(words, style), Text(one.reason))
    return table


def law_page(page: Page) -> Group:
    """The page of one clause."""
    words, style = _FATES[page.fate]
    title = f"{page.title} {page.clause}".strip()
    parts: list[RenderableType] = [
        Panel(Text(page.text), title=Text(title, "bold"), title_align="left", border_style=style),
        Text.assemble((words, style), "  ", page.reason),
    ]
    if page.further:
        parts.append(_both("附加 added to findings when", page.further))
    parts += _section("规则 rules", list(_rules(page)))
    parts += _section(
        "除外 excused where", [_both(f"{e.name}", e.sentence) for e in page.exceptions]
    )
    parts += _section("我们的解读 our reading (not law)", list(_readings(page)))
    parts += _section("实例 worked cases", [_case(page)] if page.cases else [])
    return Group(*parts, Text())


def _section(title: str, content: list[RenderableType]) -> list[RenderableType]:
    if not content:
        return []
    return [Text(), Text(title, "bold underline"), *(Padding(c, (0, 0, 0, 2)) for c in content)]


def _both(label: str, sentence: str) -> Text:
    chinese, english = split_languages(sentence)
    return Text.assemble((f"{label}  ", "cyan"), chinese, (f" {english}", "dim"))


def _rules(page: Page) -> Iterator[RenderableType]:
    for rule in page.rules:
        words, style = OUTCOMES[rule.outcome.word]
        head = Text.assemble((f"{rule.act} ", "bold"), (words, style), "  ")
        yield head.append(_both(rule.name, rule.sentence))


def _readings(page: Page) -> Iterator[RenderableType]:
    for reading in page.readings:
        told = f"{shown(reading.value)} ({reading.parameter.unit})"
        yield Text.assemble(
            (f"{reading.name}  ", "cyan"), told, (f" {reading.parameter.reason}", "dim")
        )


def _case(page: Page) -> Table:
    table = Table.grid(padding=(0, 2))
    for worked in page.cases:
        words, style = OUTCOMES[worked.expected.outcome]
        table.add_row(Text(words, style), Text(worked.case))
    return table
