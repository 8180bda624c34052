"""What must hold of every decision, whatever the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import LawError
from detector.law import EXCEPTIONS, RULES, decide, parameters
from detector.law.registration import IN_FORCE
from detector.types import Account, Case, Evidence, Field, Outcome, Owner, Proof, Relation, Status
from tests.law.strategies import case_lists, proofs

DAY = date(2026, 11, 23)


@given(case_lists.flatmap(lambda cases: st.tuples(st.just(cases), st.permutations(cases))))
def test_the_order_of_cases_does_not_matter(pair: tuple[list[Case], Sequence[Case]]) -> None:
    given_order, other_order = pair
    assert decide(given_order, DAY) == decide(other_order, DAY)


@given(case_lists)
def test_one_more_case_never_makes_it_milder(cases: list[Case]) -> None:
    assert decide(cases, DAY).outcome >= decide(cases[:-1], DAY).outcome


@given(case_lists)
def test_one_more_piece_of_evidence_never_makes_it_milder(cases: list[Case]) -> None:
    fewer = [replace(case, evidence=case.evidence[:-1]) for case in cases]
    assert decide(cases, DAY).outcome >= decide(fewer, DAY).outcome


@given(case_lists)
def test_the_case_of_a_list_decides_as_it_would_alone(cases: list[Case]) -> None:
    alone = max(decide([case], DAY).outcome for case in cases)
    assert decide(cases, DAY).outcome is alone


@given(case_lists)
def test_unknown_never_refuses(cases: list[Case]) -> None:
    decision = decide(cases, DAY)
    for finding in decision.findings:
        assert finding.status is not Status.UNKNOWN or finding.outcome is Outcome.STRICT


@given(case_lists)
def test_without_a_reported_owner_nothing_is_refused_and_the_reason_names_the_column(
    cases: list[Case],
) -> None:
    account = replace(cases[0].account, owner=Owner())
    unreported = [replace(c, account=account, relation=Relation.UNREPORTED) for c in cases]
    decision = decide(unreported, DAY)
    assert decision.outcome < Outcome.REFUSE
    assert all("verified_name" in f.reason for f in decision.findings)


@given(case_lists)
def test_whoever_is_the_body_is_never_worse_off_than_somebody_else(cases: list[Case]) -> None:
    body = [replace(c, relation=Relation.IS_BODY) for c in cases]
    other = [replace(c, relation=Relation.OTHER) for c in cases]
    assert decide(body, DAY).outcome <= decide(other, DAY).outcome


@given(case_lists, proofs)
def test_one_more_proof_never_makes_it_graver(cases: list[Case], proof: Proof) -> None:
    def shown(account: Account) -> Account:
        return replace(account, proofs=(*account.proofs, proof))

    proven = [replace(c, account=shown(c.account)) for c in cases]
    assert decide(proven, DAY).outcome <= decide(cases, DAY).outcome


@given(case_lists, st.floats(0.75, 1))
def test_similarity_above_the_thresholds_changes_nothing(
    cases: list[Case], similarity: float
) -> None:
    def at(value: float) -> list[Case]:
        return [
            replace(c, evidence=tuple(replace(v, similarity=value) for v in c.evidence))
            for c in cases
        ]

    one, other = decide(at(similarity), DAY), decide(at(1.0), DAY)
    assert one.outcome is other.outcome
    told = [{(f.rule, f.clause, f.reason) for f in d.findings} for d in (one, other)]
    assert told[0] == told[1]


def test_the_thresholds_lie_below_where_the_property_starts() -> None:
    p = parameters.on(DAY)
    highest = max(
        p.similar_enough, p.closed_similarity, p.invention_strength, p.loose_invention_strength
    )
    assert highest <= 0.75


@given(case_lists)
def test_every_finding_cites_clause_rule_evidence_and_reason(cases: list[Case]) -> None:
    decision = decide(cases, DAY)
    rules = {rule.name: rule for rule in RULES}
    exceptions = {exemption.name for exemption in EXCEPTIONS}
    assert decision.outcome is max((f.outcome for f in decision.findings), default=Outcome.ALLOW)
    for finding in decision.findings:
        rule = rules[finding.rule]
        assert finding.clause in rule.clauses and finding.act is rule.act
        assert finding.outcome <= rule.outcome and finding.lifted_by == ""
        assert finding.evidence is not None and rule.sentence in finding.reason
    for finding in decision.record:
        assert finding.outcome is Outcome.ALLOW
        assert finding.lifted_by in exceptions | {""}
        assert finding.lifted_by or finding.status is Status.NOT_MET
    assert (decision.measure == "") == (decision.outcome is Outcome.ALLOW)
    assert decision.needs_person or decision.outcome is not Outcome.STRICT


@given(case_lists, st.dates(IN_FORCE, IN_FORCE + timedelta(days=3650)))
def test_a_decision_can_be_made_on_every_day_since_the_law_is_in_force(
    cases: list[Case], day: date
) -> None:
    assert decide(cases, day) == decide(cases, day)
    assert decide(cases, day).as_of == day.isoformat()


@given(case_lists)
def test_no_gap_is_cleared_without_a_person(cases: list[Case]) -> None:
    if any(case.gaps for case in cases):
        assert decide(cases, DAY).needs_person


def test_nothing_found_is_allowed() -> None:
    decision = decide([], DAY)
    assert decision.outcome is Outcome.ALLOW and not decision.needs_person


def test_there_is_no_decision_before_the_law_was_in_force() -> None:
    with pytest.raises(LawError, match="2022-08-01"):
        decide([], IN_FORCE - timedelta(days=1))


def test_evidence_that_no_rule_can_read_does_not_pass_for_nothing_found() -> None:
    seen = Evidence("mark", Field.NAME, 1.0, "a", "a", (0, 1))
    with pytest.raises(ValueError, match="no rule reads channel 'mark'"):
        decide([Case(Account("1", "a"), None, (seen,), Relation.UNVERIFIED)], DAY)


def test_cases_of_two_accounts_are_not_decided_together() -> None:
    cases = [Case(Account(n, n), None, (), Relation.UNVERIFIED) for n in ("1", "2")]
    with pytest.raises(ValueError, match="one account"):
        decide(cases, DAY)
