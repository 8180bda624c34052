"""What a picture shows, in words: the mark, where, how alike, what was undone, what proves it."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from detector.contract import FindingRecord
from detector.explain.visible import visible
from detector.explain.words import FIELDS, PROVED


def seen(finding: FindingRecord) -> str:
    """One line: 97 % alike, half of the picture, mirrored."""
    shown = finding["shown"]
    parts = [f"相似 alike {shown['similarity']:.0%}", f"面积 area {shown['share']:.0%}"]
    if not shown["what"]:
        parts = [f"图中文字 in the picture “{visible(finding['candidate'] or '')[:40]}”", parts[1]]
    return "，".join([*parts, *shown["transformation"]])


def shown_table(finding: FindingRecord) -> Table:
    """Rows of label and value, as wide as those of a name."""
    shown = finding["shown"]
    left, top, right, bottom = shown["region"]
    table = Table.grid(padding=(0, 1))
    table.add_column(width=24, style="dim")
    table.add_column(overflow="fold")
    field = finding["field"] or ""
    table.add_row(
        "图片 picture", Text(f"{FIELDS.get(field, field)}  {visible(finding['query'] or '')}")
    )
    table.add_row("显示 shows", Text(visible(finding["candidate"] or ""), "bold red"))
    table.add_row("区域 region", Text(f"{left},{top} – {right},{bottom} px  {seen(finding)}"))
    if shown["view"]:
        table.add_row("视图 view", Text(shown["view"]))
    if shown["what"]:
        table.add_row("证明 proved", Text(PROVED[shown["proved"]]))
    return table
