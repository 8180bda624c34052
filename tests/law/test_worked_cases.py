"""Every worked case of the article folders is a test, named by its own sentence."""

from __future__ import annotations

import pytest

from detector.law import decide
from detector.law.worked import WorkedCase, worked_cases
from detector.types import Decision, Outcome

CASES = worked_cases()


@pytest.mark.parametrize("worked", CASES, ids=[c.case for c in CASES])
def test_worked_case(worked: WorkedCase) -> None:
    decision = decide([worked.facts()], worked.on)
    expected = worked.expected
    assert decision.outcome.word == expected.outcome, _told(decision)
    assert expected.person in (None, decision.needs_person)
    for words in expected.measure:
        assert words in decision.measure
    for words in expected.no_measure:
        assert words not in decision.measure
    if expected.lifted_by is not None:
        assert expected.lifted_by in {f.lifted_by for f in decision.record}, _told(decision)
    if decision.outcome is Outcome.ALLOW:
        return
    gravest = decision.findings[0]
    assert expected.clause in (None, gravest.clause)
    assert expected.act in (None, gravest.act)
    assert expected.rule in (None, gravest.rule)
    assert expected.status in (None, gravest.status)
    assert expected.also is None or set(expected.also) <= set(gravest.also), gravest.also
    if expected.also == ():
        assert gravest.also == ()


def _told(decision: Decision) -> str:
    held = [(f.rule, f.clause, f.status) for f in decision.findings]
    lifted = [(f.rule, f.lifted_by) for f in decision.record if f.lifted_by]
    return f"held {held}, lifted {lifted}"


def test_no_two_worked_cases_have_the_same_sentence() -> None:
    sentences = [c.case for c in CASES]
    assert len(set(sentences)) == len(sentences)


def test_worked_cases_stand_on_both_sides() -> None:
    outcomes = [c.expected.outcome for c in CASES]
    assert len(CASES) >= 60
    assert min(outcomes.count(word) for word in ("allow", "strict", "refuse")) >= 15
