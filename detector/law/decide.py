"""The decision: every rule on every piece of evidence, the exceptions, then the highest step.

A pure function of cases and day. It reads evidence and never a score of the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from detector.errors import LawError
from detector.law import art08, art10, parameters
from detector.law.also import also
from detector.law.art15_17.measure import measure, needs_person
from detector.law.parameters import Parameters
from detector.law.registration import IN_FORCE, Exemption, Rule, in_force
from detector.types import (
    Case,
    Decision,
    Evidence,
    Finding,
    Kind,
    Outcome,
    Owner,
    Relation,
    Status,
)

RULES = (*art08.RULES, *art10.RULES)
EXCEPTIONS = (*art08.EXCEPTIONS, *art10.EXCEPTIONS)

# Where the account is judged by itself, the channel or the kind of body tells which clause
CLAUSE_OF_CHANNEL = {"news_word": "8(4)", "strict_word": "10(2)", "code": "8(6)"}
OF_A_BODY = frozenset(("name", "claim", "mark", "printed"))
OF_ITSELF = frozenset(("claim", "grammar", *CLAUSE_OF_CHANNEL))
# A claimed or invented body of unknown kind
ANY_BODY = Kind.INSTITUTION


def decide(cases: Sequence[Case], as_of: date) -> Decision:
    """What the law makes of one account's cases on a day.

    Raises ValueError where the cases are of several accounts, LawError before the law was in force.
    """
    if as_of < IN_FORCE:
        raise LawError(f"the regulation is in force since {IN_FORCE}; no decision on {as_of}")
    if not cases:
        return Decision(Outcome.ALLOW, (), False, as_of.isoformat())
    account = cases[0].account
    if any(case.account is not account and case.account != account for case in cases):
        raise ValueError("the cases of one decision must be of one account")
    p = parameters.on(as_of)
    found = [f for case in _ordered(cases) for f in _findings(case, as_of, p)]
    found = list(dict.fromkeys(found))
    held = tuple(sorted((f for f in found if f.outcome > Outcome.ALLOW), key=_rank))
    record = tuple(f for f in found if f.outcome is Outcome.ALLOW)
    outcome = max((f.outcome for f in held), default=Outcome.ALLOW)
    gaps = any(case.gaps for case in cases)
    person = needs_person(outcome, held, gaps, p)
    return Decision(
        outcome, held, person, as_of.isoformat(), measure(outcome, held, account.event, person, p),
        record,
    )  # fmt: skip


def _ordered(cases: Sequence[Case]) -> Sequence[Case]:
    """The cases in an order of their own, so that the given one does not matter."""
    if len(cases) == 1:
        return cases
    return sorted(cases, key=lambda c: repr((c.entity, c.evidence, c.relation, c.gaps)))


def _rank(finding: Finding) -> tuple[int, str]:
    """The gravest first, then by clause; the sort is stable."""
    return -finding.outcome, finding.clause.rjust(5)


def _findings(case: Case, day: date, p: Parameters) -> Iterator[Finding]:
    rules, exceptions = _in_force(day)
    for evidence in case.evidence:
        narrowed = replace(case, evidence=(evidence,))
        clause = clause_of(case, evidence, p)
        for rule in rules.get((clause, evidence.channel), ()):
            yield _finding(rule, clause, narrowed, exceptions, p)


def clause_of(case: Case, evidence: Evidence, p: Parameters) -> str:
    """The clause that protects what the evidence names.

    Raises ValueError where no rule could read the evidence: it must not pass for "nothing found".
    """
    if evidence.channel not in (OF_ITSELF if case.entity is None else OF_A_BODY):
        whose = "the account by itself" if case.entity is None else f"body {case.entity.id}"
        raise ValueError(f"no rule reads channel {evidence.channel!r} in a case of {whose}")
    if case.entity is not None:
        kind = case.entity.kind
        return p.clause_of_kind.get(kind) or p.strict_clause_of_kind[kind]
    if evidence.channel in CLAUSE_OF_CHANNEL:
        return CLAUSE_OF_CHANNEL[evidence.channel]
    return p.clause_of_kind.get(evidence.kind or ANY_BODY, p.clause_of_kind[ANY_BODY])


@lru_cache(maxsize=64)
def _in_force(day: date) -> tuple[dict[tuple[str, str], tuple[Rule, ...]], tuple[Exemption, ...]]:
    """The rules of a day by clause and channel, and its exceptions."""
    rules: dict[tuple[str, str], tuple[Rule, ...]] = {}
    for rule in RULES:
        if in_force(rule.since, rule.until, day):
            for key in ((clause, channel) for clause in rule.clauses for channel in rule.reads):
                rules[key] = (*rules.get(key, ()), rule)
    return rules, tuple(e for e in EXCEPTIONS if in_force(e.since, e.until, day))


def _finding(
    rule: Rule, clause: str, case: Case, exceptions: tuple[Exemption, ...], p: Parameters
) -> Finding:
    verdict = rule(case, p)
    if verdict.status is Status.NOT_MET:
        return _record(rule, clause, case, verdict.status, "", verdict.evidence)
    lifted_by = next((e.name for e in exceptions if rule.name in e.lifts and e(case, p)), "")
    status, reason = verdict.status, f"{rule.sentence} ({verdict.reason})"
    if lifted_by:
        return _record(rule, clause, case, status, reason, verdict.evidence, lifted_by)
    if case.relation is Relation.UNREPORTED:
        status, reason = Status.UNKNOWN, f"{reason} {missing(case.account.owner)}"
    outcome = min(rule.outcome, Outcome.STRICT) if status is Status.UNKNOWN else rule.outcome
    return Finding(
        rule.name, clause, rule.act, outcome, status, reason, case.entity, verdict.evidence,
        also(case, p),
    )  # fmt: skip


def _record(
    rule: Rule, clause: str, case: Case, status: Status, reason: str, evidence: Evidence | None,
    lifted_by: str = "",
) -> Finding:  # fmt: skip
    """A finding that does not hold, kept for the record."""
    return Finding(
        rule.name, clause, rule.act, Outcome.ALLOW, status, reason, case.entity, evidence,
        lifted_by=lifted_by,
    )  # fmt: skip


def missing(owner: Owner) -> str:
    """Which columns would have told whether the owner is the body."""
    columns = [
        column
        for column, value in (("verified_name", owner.legal_name), ("verified_code", owner.code))
        if value is None
    ]
    if owner.legal_name and owner.kind is None:
        columns.append("verified_kind")
    told = "、".join(columns) or "verified_name"
    return f"未报告 not reported: {told}."
