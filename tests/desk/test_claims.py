"""A case is one reviewer's: raced for real, by threads with connections of their own."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from detector.desk.cases.claim import claim, claim_next, held, release
from detector.desk.cases.decide import Choice, decide
from detector.desk.cases.models import Case, Claim, Review
from detector.desk.cases.words import Action, Lane
from detector.desk.config import Database
from detector.desk.errors import ClaimLost, DeskError, NotAllowed
from detector.desk.ledger.models import Event
from detector.desk.ledger.verify import stored_links, verify
from detector.desk.people.roles import Role
from tests.desk.people import cases, person

REFUSE = Choice(Action.REFUSE, "imitates_body")


def race(work: list[Callable[[], None]]) -> None:
    """All at once, each in a thread of its own; what one of them raises is raised."""
    start = threading.Barrier(len(work))
    faults: list[BaseException] = []

    def run(one: Callable[[], None]) -> None:
        try:
            start.wait()
            one()
        except BaseException as error:
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def test_reviewers_who_ask_at_once_get_different_cases(db: Database, now: datetime) -> None:
    cases(40, now)
    people = [person(f"r{n}", Role.REVIEWER, now) for n in range(8)]
    got: list[str] = []

    def work(number: int) -> Callable[[], None]:
        def one() -> None:
            for _ in range(5):
                case = claim_next(people[number], now)
                assert case is not None
                got.append(case.pk)
                decide(case.pk, people[number], REFUSE, now)

        return one

    race([work(number) for number in range(8)])
    assert len(got) == 40
    assert [case for case, count in Counter(got).items() if count > 1] == []
    assert Review.objects.count() == 40
    proof = verify(stored_links(), [])
    assert proof.broken is None
    assert Event.objects.filter(kind__in=("reviewed", "second_opinion")).count() == 40


def test_of_all_who_open_one_case_at_once_one_gets_it(db: Database, now: datetime) -> None:
    (case,) = cases(1, now)
    people = [person(f"r{n}", Role.REVIEWER, now) for n in range(8)]
    won: list[str] = []

    def work(number: int) -> Callable[[], None]:
        def one() -> None:
            try:
                claim(case.pk, people[number], now)
            except ClaimLost:
                return
            won.append(people[number].username)

        return one

    race([work(number) for number in range(8)])
    assert len(won) == 1
    assert Claim.objects.get().reviewer.username == won[0]


def test_of_two_who_take_over_an_expired_claim_one_gets_it(db: Database, now: datetime) -> None:
    (case,) = cases(1, now)
    first = person("first", Role.REVIEWER, now)
    claim(case.pk, first, now)
    later = now + timedelta(minutes=11)
    people = [person(f"r{n}", Role.REVIEWER, now) for n in range(6)]
    won: list[str] = []

    def work(number: int) -> Callable[[], None]:
        def one() -> None:
            found = claim_next(people[number], later)
            if found is not None:
                won.append(people[number].username)

        return one

    race([work(number) for number in range(6)])
    assert len(won) == 1
    with pytest.raises(ClaimLost):
        decide(case.pk, first, REFUSE, later)


def test_one_decision_sent_twice_at_once_is_made_once(db: Database, now: datetime) -> None:
    (case,) = cases(1, now)
    reviewer = person("r", Role.REVIEWER, now)
    claim(case.pk, reviewer, now)
    refused: list[DeskError] = []

    def one() -> None:
        try:
            decide(case.pk, reviewer, REFUSE, now)
        except DeskError as error:
            refused.append(error)

    race([one] * 6)
    assert Review.objects.count() == 1
    assert len(refused) == 5


def test_the_constraint_alone_keeps_a_second_claim_out(db: Database, now: datetime) -> None:
    (case,) = cases(1, now)
    people = [person(f"r{n}", Role.REVIEWER, now) for n in range(2)]
    Claim.objects.create(case=case, reviewer=people[0], until=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(case=case, reviewer=people[1], until=now)


def test_a_lease_is_resumed_renewed_and_given_back(db: Database, now: datetime) -> None:
    cases(2, now)
    first, second = (person(name, Role.REVIEWER, now) for name in ("a", "b"))
    mine = claim_next(first, now)
    assert mine is not None
    again = claim_next(first, now + timedelta(minutes=9))
    assert again is not None
    assert again.pk == mine.pk
    assert held(mine, first, now + timedelta(minutes=18))
    release(mine.pk, first)
    got = {found.pk for found in (claim_next(second, now), claim_next(first, now)) if found}
    assert len(got) == 2
    assert claim_next(person("c", Role.REVIEWER, now), now) is None


def test_roles_that_decide_nothing_claim_nothing(db: Database, now: datetime) -> None:
    cases(1, now)
    for role in (Role.AUDITOR, Role.SCIENTIST, Role.ADMIN):
        with pytest.raises(NotAllowed):
            claim_next(person(str(role), role, now), now)


def test_the_seniors_lane_is_closed_to_reviewers(db: Database, now: datetime) -> None:
    (case,) = cases(1, now)
    reviewer = person("r", Role.REVIEWER, now)
    claim(case.pk, reviewer, now)
    decide(case.pk, reviewer, Choice(Action.ESCALATE, "unsure"), now)
    assert Case.objects.get().lane == Lane.SENIOR
    assert claim_next(reviewer, now) is None
    with pytest.raises(ClaimLost):
        claim(case.pk, reviewer, now)
    assert claim_next(person("s", Role.SENIOR, now), now) is not None
