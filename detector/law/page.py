"""What `detector law [CLAUSE]` shows: text, our reading, rules, exceptions, worked cases.

Structures for the command line and the desk to render; `lines` is the plainest rendering.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from detector.law import law_text, parameters
from detector.law.also import ALSO
from detector.law.coverage import Coverage, Fate, coverage
from detector.law.decide import EXCEPTIONS, RULES
from detector.law.parameters import Parameter, Value
from detector.law.registration import Exemption, Rule
from detector.law.worked import WorkedCase, worked_cases


@dataclass(frozen=True, slots=True)
class Reading:
    """A parameter and its value on the day of the page."""

    name: str
    value: Value
    parameter: Parameter


@dataclass(frozen=True, slots=True)
class Page:
    """All that is known of one clause on one day.

    further: the sentence by which the clause is added to findings under other clauses, or "".
    """

    clause: str
    title: str
    text: str
    fate: Fate
    reason: str
    readings: tuple[Reading, ...]
    rules: tuple[Rule, ...]
    exceptions: tuple[Exemption, ...]
    further: str
    cases: tuple[WorkedCase, ...]


def contents() -> tuple[Coverage, ...]:
    """Every clause with its fate: what `detector law` lists when no clause is asked for."""
    return coverage()


def pages(clause: str, day: date) -> tuple[Page, ...]:
    """The page of a clause ("8(4)"), or those of all clauses of an article ("8"); () if none."""
    wanted = clause.replace("（", "(").replace("）", ")").strip()
    return tuple(
        _page(one, day)
        for one in coverage()
        if one.clause == wanted or ("(" not in wanted and one.clause.split("(")[0] == wanted)
    )


def _page(one: Coverage, day: date) -> Page:
    rules = tuple(rule for rule in RULES if one.clause in rule.clauses)
    names = {rule.name for rule in rules}
    folder = _folder(one.clause)
    further = next((f.sentence for f in ALSO if f.clause == one.clause), "")
    return Page(
        clause=one.clause,
        title=law_text.texts()[folder].front.official_title if folder else "",
        text=one.words,
        fate=one.fate,
        reason=one.reason,
        readings=_readings(folder, day) if rules or folder == "art15_17" else (),
        rules=rules,
        exceptions=tuple(e for e in EXCEPTIONS if names & set(e.lifts)),
        further=further,
        cases=tuple(c for c in worked_cases() if _about(c, one.clause, names)),
    )


def _folder(clause: str) -> str | None:
    """The article folder that holds the clause."""
    for folder, text in law_text.texts().items():
        if clause in text.clauses:
            return folder
    return None


def _readings(folder: str | None, day: date) -> tuple[Reading, ...]:
    if folder is None:
        return ()
    table = parameters.table(folder)
    return tuple(Reading(name, parameter.on(day), parameter) for name, parameter in table.items())


def _about(worked: WorkedCase, clause: str, names: set[str]) -> bool:
    expected = worked.expected
    if clause in (expected.clause, *(expected.also or ())):
        return True
    return expected.clause is None and expected.rule in names


def lines(page: Page) -> Iterator[str]:
    """The page as plain lines."""
    yield f"{page.title} {page.clause}".strip()
    yield page.text
    yield f"[{page.fate}] {page.reason}"
    if page.further:
        yield f"+ {page.further}"
    for rule in page.rules:
        yield f"{rule.act} → {rule.outcome.word}  {rule.name}: {rule.sentence}"
    for exemption in page.exceptions:
        yield f"除外 unless  {exemption.name}: {exemption.sentence}"
    for reading in page.readings:
        yield f"{reading.name} = {shown(reading.value)} ({reading.parameter.unit})"
        yield f"  {reading.parameter.reason}"
    for worked in page.cases:
        yield f"例 {worked.case} → {worked.expected.outcome}"


def shown(value: Value) -> str:
    """A value for people."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    return ", ".join(value) if isinstance(value, tuple) else str(value)
