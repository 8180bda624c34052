"""The registry for people: what changed between two states of it, and how much of what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from detector.explain.visible import visible
from detector.explain.words import KINDS
from detector.registry.diff import Diff, NameChange
from detector.registry.stats import Stats, Tally

# Lines of each part of a diff that are shown
MOST_LINES = 200


def diff_page(found: Diff) -> Group:
    """Everything that differs, part by part; "" parts left out."""
    if not found:
        return Group("没有变化 nothing changed")
    parts: list[RenderableType] = []
    for title, lines in _parts(found):
        told = [visible(line) for line in lines]
        if told:
            parts.append(Text(f"{title} ({len(told):,})", "bold"))
            parts += [Text(f"  {line}") for line in told[:MOST_LINES]]
            if len(told) > MOST_LINES:
                parts.append(Text(f"  … {len(told) - MOST_LINES:,} more", "dim"))
    return Group(*parts)


def _parts(found: Diff) -> Iterator[tuple[str, Iterable[str]]]:
    yield "留意：常用词或过短的新名称 risky new names", map(_name, found.risky)
    yield "新增来源 sources added", found.sources_added
    yield "移除来源 sources removed", found.sources_removed
    changes = (f"{c.source} {c.field}: {c.old!r} → {c.new!r}" for c in found.sources_changed)
    yield "来源变化 sources changed", changes
    yield "新增 added", (f"{k.id} {k.name} ({k.source})" for k in found.added)
    yield "移除 removed", (f"{k.id} {k.name} ({k.source})" for k in found.removed)
    yield "更名 renamed", (f"{r.old_id}: {r.old_name} → {r.new_name}" for r in found.renamed)
    yield "换号 moved", (f"{r.new_name}: {r.old_id} → {r.new_id}" for r in found.moved)
    cells = (f"{c.entity} {c.field}: {c.old!r} → {c.new!r}" for c in found.changed)
    yield "变化 changed", cells
    yield "新名称 new names", map(_name, found.new_names)
    yield "失效名称 names gone", map(_name, found.old_names)


def _name(change: NameChange) -> str:
    marks = [word for word, is_so in (("everyday word", change.everyday), ("short", change.short),
                                      ("needs a cue", change.needs_cue)) if is_so]  # fmt: skip
    return f"{change.name} ({change.sort}, {change.entity})" + "".join(f", {m}" for m in marks)


def stats_page(found: Stats) -> Group:
    """Bodies and names by kind and by source, derived organs, towns, dates."""
    derived = Table(
        "类别 kind", box=box.SIMPLE_HEAD, title="推导 derived organs", title_justify="left"
    )
    for head in ("patterns", "organs", "names"):
        derived.add_column(head, justify="right")
    for one in found.derived:
        counts = (one.patterns, one.organs, one.names)
        derived.add_row(_kind(one.kind), *(f"{count:,}" for count in counts))
    regions = ", ".join(f"{name} {count:,}" for name, count in found.regions)
    return Group(
        _counts("类别 by kind", ((_kind(t.kind), t) for t in found.by_kind), found.total),
        _counts("来源 by source", ((t.source, t) for t in found.by_source), found.total),
        derived,
        f"{found.derived_organs:,} derived organs with {found.derived_names:,} names, "
        f"{found.exceptions:,} exceptions, {found.towns:,} towns",
        f"regions: {regions}",
    )


def _kind(kind: str) -> str:
    return f"{KINDS.get(kind, '')} {kind}".strip()


def _counts(title: str, rows: Iterable[tuple[str, Tally]], total: Tally) -> Table:
    table = Table(title, box=box.SIMPLE_HEAD)
    for head in ("bodies", "names", "need a cue"):
        table.add_column(head, justify="right")
    for label, tally in (*rows, ("总计 total", total)):
        cue = f"{tally.needs_cue:,} ({tally.needs_cue_share:.0%})"
        table.add_row(label, f"{tally.entities:,}", f"{tally.all_names:,}", cue)
    return table
