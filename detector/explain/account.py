"""One account in full: what it is read as, the clause, why, what excuses it, what is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from detector.contract import AssessmentRecord, FindingRecord
from detector.explain.aligned import aligned
from detector.explain.excuses import SENTENCES, excuses
from detector.explain.marks import marked
from detector.explain.shown import shown_table
from detector.explain.visible import visible
from detector.explain.words import FIELDS, KINDS, OUTCOMES, split_languages
from detector.types import Contribution, Risk

_LABEL = 26  # columns for "  何者可免 what excuses it"
Quote = Callable[[str], str | None]  # clause -> its words in the regulation


def account_page(
    record: AssessmentRecord, colour: bool, quote: Quote, risk: Risk | None = None
) -> Group:
    """The page of one assessment; made with `full`, it shows what was looked at in vain, too.

    risk: with its contributions, where a ranking model is installed.
    """
    parts: list[RenderableType] = [_head(record, colour)]
    for finding in record["findings"]:
        parts += [Text(), *_finding(record, finding, quote)]
    if record["measure"]:
        chinese, english = split_languages(record["measure"])
        parts += [Text(), _labelled("处置 what is done", chinese, english)]
    for gap in record["gaps"]:
        told = f"{visible(gap['field'])}: {visible(gap['reason'])}"
        parts.append(_labelled("未能比对 not compared", told, ""))
    if not record["findings"]:
        parts += list(_nothing_holds(record))
    if risk is not None:
        parts += [Text(), *_risk(risk)]
    return Group(*parts)


def _risk(risk: Risk) -> Iterator[RenderableType]:
    """The place in the queue, and the facts that it is owed to."""
    told = "只排审核次序，不作决定。", "It orders the queue and decides nothing."
    yield _labelled(f"风险 risk   {risk.score:.3f}", *told)
    for one in risk.contributions:
        label = "升 raises" if one.change > 0 else "降 lowers"
        chinese, english = split_languages(one.meaning)
        yield _labelled(f"{label}  {one.change:+.2f}", chinese, f"{english}{_read_off(one)}")


def _read_off(one: Contribution) -> str:
    """The values that a contribution was read off, each pair once."""
    pairs = dict.fromkeys((v.query, v.candidate) for v in one.evidence)
    told = "; ".join(f"{visible(query)} ~ {visible(name)}" for query, name in pairs)
    return f" ({told})" if told else ""


def _head(record: AssessmentRecord, colour: bool) -> Panel:
    words, style = OUTCOMES[record["outcome"]]
    lines = [Text.assemble("结果 outcome   ", (words, style))]
    if record["needs_person"]:
        lines[0].append("   ☞ 须人工确认 a person confirms", "bold")
    for field, label in FIELDS.items():
        if field in record["account"]:
            text = marked(record["account"][field], record["findings"], field, colour)
            lines.append(Text.assemble((f"{label}   ", "dim"), text))
    return Panel(Group(*lines), expand=False, border_style=style)


def _finding(
    record: AssessmentRecord, finding: FindingRecord, quote: Quote
) -> Iterator[RenderableType]:
    title = Text.assemble((f"{finding['clause']} {finding['act']}", "bold reverse"), "  ")
    entity = finding["entity"]
    if entity is not None:
        title.append(visible(entity["name"]), "bold")
        title.append(f" ({KINDS.get(entity['kind'], entity['kind'])}, {entity['id']})", "dim")
    also = [clause for clause in finding["also"] if clause != finding["clause"]]
    if also:
        title.append(f"  另见 also {', '.join(also)}", "dim")
    words, style = OUTCOMES[finding["outcome"]]
    yield title.append(f"  {words}", style)
    if "shown" in finding:
        yield Padding(shown_table(finding), (0, 0, 0, 2))
    elif finding["field"] is not None and finding["span"] is not None:
        text = record["account"].get(finding["field"], "")
        yield Padding(aligned(text, finding), (0, 0, 0, 2))
    law = quote(finding["clause"])
    if law:
        yield _labelled("条文 law", " ".join(law.split()), "")
    yield _labelled("理由 why", *map(visible, split_languages(finding["reason"])))
    for number, sentence in enumerate(excuses(finding["rule"])):
        label = "何者可免 what excuses it" if number == 0 else "或 or"
        yield _labelled(label, *split_languages(sentence))


def _labelled(label: str, chinese: str, english: str) -> Table:
    """A label, and beside it what it stands for."""
    table = Table.grid(padding=(0, 1))
    table.add_column(width=_LABEL, style="dim")
    table.add_column(overflow="fold")
    told = Text(chinese)
    if english:
        told.append(f" {english}", "dim")
    table.add_row(Text(f"  {label}"), told)
    return table


def _nothing_holds(record: AssessmentRecord) -> Iterator[RenderableType]:
    """What was looked at and does not hold, once a body and reason."""
    yield Text("没有成立的认定 Nothing was found that holds.")
    lifted = [f for f in record.get("record", []) if f["lifted_by"]]
    for finding in lifted:
        body = finding["entity"]["name"] if finding["entity"] else finding["query"] or ""
        chinese, english = split_languages(SENTENCES[finding["lifted_by"]])
        told = f"{finding['clause']} {finding['act']} {visible(body)}: {chinese}"
        yield _labelled("已排除 excused", told, english)
    for case in record.get("cases", []):
        for evidence in case["evidence"] if not lifted else ():
            body = case["entity"]["name"] if case["entity"] else evidence["candidate"]
            told = f"{visible(evidence['query'])} ~ {visible(body)}, {evidence['stance']}"
            yield _labelled("看过 looked at", told, f"({evidence['channel']})")
