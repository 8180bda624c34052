"""Nobody waits forever: every case is reached within the stated bound, whatever arrives."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.desk.cases.claim import claim_next
from detector.desk.cases.decide import Choice, decide
from detector.desk.cases.harm import HARM, harm_of
from detector.desk.cases.intake import lane_of, take_in
from detector.desk.cases.models import Case
from detector.desk.cases.order import (
    EXPLORE,
    PATIENCE,
    REVIEWER,
    SENIOR,
    bound,
    due,
    pattern,
    shuffle_key,
    turn,
)
from detector.desk.cases.words import Action, Lane
from detector.desk.config import Database
from detector.desk.people.roles import Role
from detector.types import Kind
from tests.desk.conftest import NOW
from tests.desk.people import cases, person, record

share = st.floats(0, 1, allow_nan=False)
TOTAL = sum(weight for _, weight in REVIEWER)


# (better, worse): the first is due before the second when opened at the same moment
RANKED: dict[str, tuple[tuple[float | None, float], tuple[float | None, float]]] = {
    "greater risk": ((0.9, 0.5), (0.2, 0.5)),
    "greater harm": ((0.5, 1.0), (0.5, 0.3)),
    "greater harm without a model": ((None, 1.0), (None, 0.3)),
    "unknown risk is between high and low": ((None, 0.8), (0.1, 0.8)),
}


@pytest.mark.parametrize("case", RANKED)
def test_due_follows_risk_and_harm(case: str) -> None:
    (risk, harm), (other_risk, other_harm) = RANKED[case]
    assert due(NOW, risk, harm) < due(NOW, other_risk, other_harm)


@given(st.none() | share, share, st.none() | share, share)
def test_nothing_opened_later_than_the_patience_comes_before(
    risk: float | None, harm: float, other_risk: float | None, other_harm: float
) -> None:
    assert due(NOW, risk, harm) <= due(NOW + PATIENCE, other_risk, other_harm)


@pytest.mark.parametrize("weights", [REVIEWER, SENIOR], ids=["reviewer", "senior"])
def test_lanes_take_turns_by_weight_and_are_explored_by_weight(
    weights: tuple[tuple[Lane, int], ...],
) -> None:
    total = sum(weight for _, weight in weights)
    turns = [turn(number, weights) for number in range(total * EXPLORE)]
    for lane, weight in weights:
        assert sum(lanes[0] is lane for lanes, _ in turns) == weight * EXPLORE
        assert sum(lanes[0] is lane and explore for lanes, explore in turns) == weight
    assert len(pattern(weights)) == total
    assert all(set(lanes) == {lane for lane, _ in weights} for lanes, _ in turns)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([lane for lane, _ in REVIEWER]), share), min_size=1, max_size=30
    ),
    st.integers(0, 29),
    st.lists(st.tuples(st.sampled_from([lane for lane, _ in REVIEWER]), share), max_size=25),
    st.integers(0, 10_000),
)
def test_every_case_is_reached_within_the_bound(
    waiting: list[tuple[Lane, float]],
    watched: int,
    arriving: list[tuple[Lane, float]],
    first_turn: int,
) -> None:
    """One case is watched while the most urgent that can arrive do arrive, at every single turn."""
    queue = {
        n: (lane, due(NOW, urgency, 1.0), shuffle_key(str(n)))
        for n, (lane, urgency) in enumerate(waiting)
    }
    mine = watched % len(waiting)
    lane, mine_due, _ = queue[mine]
    # within the patience, so that some come before the watched one
    coming = [
        (kind, due(NOW + timedelta(hours=n), urgency, 1.0))
        for n, (kind, urgency) in enumerate(arriving)
    ]
    others = [one[:2] for n, one in queue.items() if n != mine] + coming
    ahead = sum(kind is lane and when <= mine_due for kind, when in others)
    weight = dict(REVIEWER)[lane]
    taken = 0
    while mine in queue:
        if coming:
            kind, when = coming.pop()
            queue[1000 + len(coming)] = (kind, when, shuffle_key(str(when)))
        lanes, explore = turn(first_turn + taken, REVIEWER)
        taken += 1
        here = [n for asked in lanes for n, one in queue.items() if one[0] is asked]
        asked = queue[here[0]][0]
        lot = [n for n in here if queue[n][0] is asked]
        queue.pop(min(lot, key=lambda n: queue[n][2] if explore else (queue[n][1], n)))
    assert taken <= bound(ahead, weight, TOTAL)


def test_the_stored_queue_follows_the_order(db: Database, now: datetime) -> None:
    """Three lanes, hundred turns: rescreens come up, the riskier come first, all are reached."""
    cases(30, now)
    strict = [record(f"s{n}", outcome="strict") for n in range(20)]
    stock = [record(f"k{n}", account={"event": "stock"}) for n in range(20)]
    take_in(strict, "test", now)
    take_in(stock, "test", now)
    who = person("r", Role.REVIEWER, now)
    seen: list[str] = []
    for _ in range(70):
        case = claim_next(who, now)
        assert case is not None
        seen.append(case.lane)
        decide(case.pk, who, Choice(Action.REFUSE, "imitates_body"), now)
    assert Case.objects.filter(state="open", twin=None).count() == 0
    assert seen[:20].count("rescreen") == 2
    assert seen[:20].count("strict") == 6


def test_the_riskier_comes_first(db: Database, now: datetime) -> None:
    take_in([record("low", risk=0.1), record("none"), record("high", risk=0.9)], "test", now)
    who = person("r", Role.REVIEWER, now)
    got = []
    for _ in range(3):
        case = claim_next(who, now)
        assert case is not None
        got.append(case.account_id)
        decide(case.pk, who, Choice(Action.ALLOW, "speaks_about"), now)
    assert got == ["high", "none", "low"]


def test_every_kind_of_body_has_its_harm() -> None:
    assert set(HARM) == {str(kind) for kind in Kind}
    assert all(0 < harm <= 1 for harm in HARM.values())
    assert harm_of(record("a", kind="police")) > harm_of(record("a", kind="museum"))
    assert harm_of(record("a")) > harm_of(record("a", outcome="strict"))
    assert harm_of(record("a", findings=[])) > 0


def test_accounts_that_exist_wait_apart() -> None:
    assert lane_of(record("a", account={"event": "stock"})) is Lane.RESCREEN
    assert lane_of(record("a")) is Lane.CONFIRM
    assert lane_of(record("a", outcome="strict")) is Lane.STRICT
