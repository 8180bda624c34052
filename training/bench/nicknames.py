"""`nicknames`: how often ordinary people's names are not allowed, and for what."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from detector.pipeline import Screener
from detector.types import Assessment, Finding, Outcome
from training.bench import gate
from training.bench.folders import OUT
from training.bench.report import Share, Table, say
from training.bench.screening import accusations, screened

COLUMNS = (
    "outcome", "clause", "act", "rule", "channel", "query", "candidate", "entity", "similarity",
    "stance", "name",
)  # fmt: skip
TOP = 25


def run(
    screener: Screener, names: Sequence[str], *, out: Path = OUT / "nicknames.tsv",
    floors: bool = False,
) -> int:  # fmt: skip
    """Screen the names, print counts (never a name), write the ones not allowed to `out`."""
    stopped: list[Assessment] = []
    outcomes: Counter[Outcome] = Counter()
    for assessment in screened(screener, names):
        outcomes[assessment.decision.outcome] += 1
        if assessment.decision.outcome > Outcome.ALLOW:
            stopped.append(assessment)
    _outcome_table(outcomes, stopped, len(names)).show()
    first = [a.decision.findings[0] for a in stopped]
    _counted("by clause and act", (f"{f.clause} {f.act} {f.outcome.word}" for f in first)).show()
    _counted("by rule", (f.rule for f in first)).show()
    _counted("by channel", (f.evidence.channel if f.evidence else "-" for f in first)).show()
    _counted("by body", (_body(f) for f in first), TOP).show()
    _write(stopped, out)
    say(f"{len(stopped)} names that were not allowed: {out} (never commit it)")
    if not floors:
        return 0
    allowed = Share(outcomes[Outcome.ALLOW], len(names))
    unrefused = Share(len(names) - outcomes[Outcome.REFUSE], len(names))
    figures = {"allowed": allowed, "not refused": unrefused}
    return gate.report(gate.below("nicknames", figures, gate.floors()))


def _outcome_table(outcomes: Counter[Outcome], stopped: Sequence[Assessment], total: int) -> Table:
    table = Table(f"nicknames: {total} real ones, personal, unverified", ("", "share"))
    table.add("not allowed", Share(len(stopped), total))
    for outcome in (Outcome.REFUSE, Outcome.STRICT):
        table.add(outcome.word, Share(outcomes[outcome], total))
    accused = sum(bool(accusations(a)) for a in stopped)
    table.add("for more than a strict word", Share(accused, total))
    return table


def _counted(title: str, values: Iterable[str], top: int = 100) -> Table:
    table = Table(f"not allowed, first finding, {title}", ("", "names"))
    counted = Counter(values)
    for value, count in counted.most_common(top):
        table.add(value, count)
    return table


def _body(finding: Finding) -> str:
    return f"{finding.entity.name} ({finding.entity.kind})" if finding.entity else "no body"


def _write(stopped: Sequence[Assessment], out: Path) -> None:
    """A line for each finding, the gravest outcome first, for reading by eye."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        for assessment in sorted(stopped, key=lambda a: (-a.decision.outcome, a.account.name)):
            for f in assessment.decision.findings:
                v = f.evidence
                writer.writerow((
                    f.outcome.word, f.clause, f.act, f.rule, v.channel if v else "",
                    v.query if v else "", v.candidate if v else "",
                    f.entity.name if f.entity else "", v.similarity if v else "",
                    v.stance if v else "", assessment.account.name,
                ))  # fmt: skip
