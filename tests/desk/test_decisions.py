"""Decisions: who may, what follows, what is taken back, and what goes out."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from detector.desk.cases import decide as deciding
from detector.desk.cases import second
from detector.desk.cases.bulk import alike, decide_alike
from detector.desk.cases.claim import claim, claim_next
from detector.desk.cases.decide import Choice, decide
from detector.desk.cases.intake import take_in
from detector.desk.cases.models import Case, Claim, Review
from detector.desk.cases.second import SHARE, agreement, wants_second_opinion
from detector.desk.cases.undo import last_of, reopen, undo
from detector.desk.cases.words import Action, Lane, State
from detector.desk.config import Database
from detector.desk.errors import ClaimLost, DeskError, NotAllowed, WrongState
from detector.desk.ledger.models import Event
from detector.desk.ledger.verify import stored_links, verify
from detector.desk.outbox.models import Delivery, Target
from detector.desk.people.models import User
from detector.desk.people.roles import Role
from tests.desk.people import cases, person, record

ALLOW = Choice(Action.ALLOW, "speaks_about")
REFUSE = Choice(Action.REFUSE, "imitates_body")
CLOSE = Choice(Action.CLOSE, "fraud")


def decided(case: Case, who: User, choice: Choice, now: datetime) -> Review:
    """Claim and decide."""
    claim(case.pk, who, now)
    return decide(case.pk, who, choice, now)


OUTCOMES: dict[str, tuple[Choice, State, Lane, str]] = {
    "allow": (ALLOW, State.DECIDED, Lane.CONFIRM, "allow"),
    "refuse": (REFUSE, State.DECIDED, Lane.CONFIRM, "refuse"),
    "ask for proof": (Choice(Action.PROOF, "ask_licence"), State.WAITING, Lane.CONFIRM, "proof"),
    "escalate": (Choice(Action.ESCALATE, "unsure"), State.OPEN, Lane.SENIOR, ""),
    "propose to close": (CLOSE, State.OPEN, Lane.SENIOR, ""),
}


@pytest.mark.parametrize("case_name", OUTCOMES)
def test_what_follows_an_action(db: Database, now: datetime, case_name: str) -> None:
    choice, state, lane, final = OUTCOMES[case_name]
    (case,) = cases(1, now)
    review = decided(case, person("r", Role.REVIEWER, now), choice, now)
    case.refresh_from_db()
    assert (case.state, case.lane, case.final) == (state, lane, final)
    assert not Claim.objects.exists()
    event = Event.objects.get(seq=review.event)
    assert (event.kind, event.subject) == ("reviewed", case.pk)
    data = json.loads(event.body)["data"]
    assert (data["action"], data["of"]) == (str(choice.action), 1)


NEVER: dict[str, Choice] = {
    "a reason of another action": Choice(Action.ALLOW, "fraud"),
    "no reason": Choice(Action.REFUSE, ""),
    "an action that is none": Choice(Action.UNDO, ""),
    "a note without end": Choice(Action.ALLOW, "other", "长" * 2001),
}


@pytest.mark.parametrize("case_name", NEVER)
def test_what_nobody_can_choose(db: Database, now: datetime, case_name: str) -> None:
    (case,) = cases(1, now)
    who = person("r", Role.REVIEWER, now)
    with pytest.raises(WrongState):
        decided(case, who, NEVER[case_name], now)
    assert not Review.objects.exists()


def test_nothing_is_decided_without_a_claim(db: Database, now: datetime) -> None:
    (case,) = cases(1, now)
    one, other = (person(name, Role.REVIEWER, now) for name in ("a", "b"))
    claim(case.pk, one, now)
    with pytest.raises(ClaimLost):
        decide(case.pk, other, REFUSE, now)
    with pytest.raises(ClaimLost):
        decide(case.pk, one, REFUSE, now + timedelta(minutes=10))


def test_all_of_a_decision_falls_together(
    db: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    (case,) = cases(1, now)
    who = person("r", Role.REVIEWER, now)
    claim(case.pk, who, now)
    events = Event.objects.count()

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(deciding, "announce", fail)
        with pytest.raises(OSError, match="full"):
            decide(case.pk, who, REFUSE, now)
    case.refresh_from_db()
    assert (case.state, Event.objects.count(), Review.objects.count()) == ("open", events, 0)
    assert decide(case.pk, who, REFUSE, now).event == events + 1


def test_closing_takes_two_by_identity(db: Database, now: datetime) -> None:
    (case,) = cases(1, now)
    first, other = (person(name, Role.SENIOR, now) for name in ("s1", "s2"))
    reviewer = person("r", Role.REVIEWER, now)
    decided(case, first, CLOSE, now)
    with pytest.raises(ClaimLost):
        claim(case.pk, first, now)
    with pytest.raises(ClaimLost):
        claim(case.pk, reviewer, now)
    Claim.objects.create(case=case, reviewer=first, until=now + timedelta(hours=1))
    with pytest.raises(NotAllowed):
        decide(case.pk, first, CLOSE, now)
    Claim.objects.all().delete()
    decided(case, other, CLOSE, now)
    case.refresh_from_db()
    assert (case.state, case.final) == (State.DECIDED, "close")


def test_a_proposal_to_close_that_the_second_turns_down(db: Database, now: datetime) -> None:
    (case,) = cases(1, now)
    decided(case, person("r", Role.REVIEWER, now), CLOSE, now)
    decided(case, person("s", Role.SENIOR, now), REFUSE, now)
    case.refresh_from_db()
    assert (case.final, case.closing_by) == ("refuse", None)


def test_an_undo_is_a_new_event_and_the_case_is_ones_own_again(db: Database, now: datetime) -> None:
    (case,) = cases(1, now)
    who = person("r", Role.REVIEWER, now)
    review = decided(case, who, REFUSE, now)
    assert last_of(who, now) == [review]
    undo([review], who, now + timedelta(minutes=1))
    case.refresh_from_db()
    assert (case.state, case.final) == ("open", "")
    last = Event.objects.order_by("-seq").first()
    assert last is not None
    assert json.loads(last.body)["data"] == {"undoes": review.event}
    assert last_of(who, now) == []
    decide(case.pk, who, ALLOW, now + timedelta(minutes=2))
    assert verify(stored_links(), []).broken is None


UNDOABLE: dict[str, tuple[str, timedelta]] = {
    "another's": ("other", timedelta(minutes=1)),
    "too late": ("self", timedelta(minutes=15)),
}


@pytest.mark.parametrize("case_name", UNDOABLE)
def test_what_cannot_be_undone(db: Database, now: datetime, case_name: str) -> None:
    whose, after = UNDOABLE[case_name]
    (case,) = cases(1, now)
    who = person("r", Role.REVIEWER, now)
    review = decided(case, who, REFUSE, now)
    actor = who if whose == "self" else person("o", Role.SENIOR, now)
    with pytest.raises(DeskError):
        undo([review], actor, now + after)


def test_nothing_is_undone_under_the_hands_of_another(db: Database, now: datetime) -> None:
    (case,) = cases(1, now)
    who, senior = person("r", Role.REVIEWER, now), person("s", Role.SENIOR, now)
    review = decided(case, who, Choice(Action.ESCALATE, "unsure"), now)
    claim(case.pk, senior, now)
    with pytest.raises(WrongState, match="looking"):
        undo([review], who, now)
    decide(case.pk, senior, REFUSE, now)
    with pytest.raises(WrongState, match="since"):
        undo([review], who, now)


def test_a_decision_is_undone_once(db: Database, now: datetime) -> None:
    (case,) = cases(1, now)
    who = person("r", Role.REVIEWER, now)
    review = decided(case, who, REFUSE, now)
    undo([review], who, now)
    with pytest.raises(WrongState):
        undo([review], who, now)


def test_a_senior_reopens_and_the_override_names_what_it_overrides(
    db: Database, now: datetime
) -> None:
    (case,) = cases(1, now)
    review = decided(case, person("r", Role.REVIEWER, now), REFUSE, now)
    with pytest.raises(NotAllowed):
        reopen(case.pk, person("r2", Role.REVIEWER, now), "", now)
    reopen(case.pk, person("s", Role.SENIOR, now), "new proof", now)
    case.refresh_from_db()
    assert (case.state, case.lane) == ("open", "senior")
    last = Event.objects.order_by("-seq").first()
    assert last is not None
    assert json.loads(last.body)["data"]["overrides"] == review.event


def test_a_bulk_decision_is_one_and_undone_as_one(db: Database, now: datetime) -> None:
    mine, *others = cases(4, now)
    (stranger,) = take_in([record("z", body="media-2")], "test", now)
    assert stranger is not None
    who = person("r", Role.REVIEWER, now)
    claim(mine.pk, who, now)
    found = alike(mine, who, now)
    assert {case.pk for case in found} == {case.pk for case in others}
    done = decide_alike(mine, [case.pk for case in others], who, REFUSE, now)
    assert (len(done.reviews), done.taken) == (4, 0)
    assert Case.objects.filter(final="refuse").count() == 4
    assert Event.objects.filter(kind="reviewed").count() == 4
    last = last_of(who, now)
    assert len(last) == 4
    undo(last, who, now)
    assert Case.objects.filter(state="open", twin=None).count() == 5
    assert stranger.pk not in {review.case_id for review in last}


def test_a_bulk_decision_reaches_no_case_that_is_not_alike(db: Database, now: datetime) -> None:
    (mine,) = cases(1, now)
    made = take_in([record("z", body="media-2")], "test", now)[0]
    assert made is not None
    who = person("r", Role.REVIEWER, now)
    claim(mine.pk, who, now)
    with pytest.raises(NotAllowed):
        decide_alike(mine, [made.pk], who, REFUSE, now)
    with pytest.raises(NotAllowed):
        decide_alike(mine, [], who, CLOSE, now)
    assert not Review.objects.exists()


def test_a_bulk_decision_leaves_to_others_what_they_took(db: Database, now: datetime) -> None:
    mine, taken, free = cases(3, now)
    who, other = (person(name, Role.REVIEWER, now) for name in ("a", "b"))
    claim(mine.pk, who, now)
    claim(taken.pk, other, now)
    done = decide_alike(mine, [taken.pk, free.pk], who, REFUSE, now)
    assert (len(done.reviews), done.taken) == (2, 1)


def test_an_account_assessed_again_has_one_open_case(db: Database, now: datetime) -> None:
    (first,) = cases(1, now)
    claim(first.pk, person("r", Role.REVIEWER, now), now)
    (second,) = cases(1, now + timedelta(minutes=1))
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "open")
    assert not Claim.objects.exists()
    twice = take_in([record("t", name="人民曰报"), record("t", name="人民目报")], "test", now)
    assert [case.state for case in twice if case] == ["superseded", "open"]


def test_a_plain_allow_leaves_no_trace(db: Database, now: datetime) -> None:
    plain = record("p", outcome="allow", needs_person=False, findings=[])
    assert take_in([plain], "test", now) == [None]
    assert not Event.objects.exists()


def test_what_the_machine_decides_alone_is_ledgered_but_not_queued(
    db: Database, now: datetime
) -> None:
    (case,) = cases(1, now, needs_person=False)
    assert (case.state, case.final) == ("decided", "refuse")
    assert Event.objects.filter(kind="assessed").count() == 1
    assert claim_next(person("r", Role.REVIEWER, now), now) is None


def test_a_decision_is_in_the_outbox_with_its_transaction(db: Database, now: datetime) -> None:
    Target.objects.create(url="https://a.example/", added=now)
    Target.objects.create(url="https://b.example/", client="another", added=now)
    (case,) = cases(1, now)
    who = person("r", Role.REVIEWER, now)
    claim(case.pk, who, now)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        decide(case.pk, who, REFUSE, now)
        raise ZeroDivisionError
    assert not Delivery.objects.exists()
    review = decide(case.pk, who, REFUSE, now)
    delivery = Delivery.objects.get()
    told = json.loads(delivery.body)
    assert (told["account_id"], told["decision"], told["event"]) == ("a0", "refuse", review.event)
    undo([review], who, now)
    last = Delivery.objects.order_by("-id").first()
    assert last is not None
    assert json.loads(last.body)["undoes"] == review.event


def test_a_share_of_the_cases_is_decided_twice_blindly(db: Database, now: datetime) -> None:
    Target.objects.create(url="https://a.example/", added=now)
    first, other = (person(name, Role.REVIEWER, now) for name in ("a", "b"))
    for case in cases(4 * SHARE, now):
        decided(case, first, REFUSE, now)
    copies = list(Case.objects.exclude(twin=None))
    assert 0 < len(copies) < SHARE
    deliveries = Delivery.objects.count()
    assert claim_next(first, now) is None
    copy = claim_next(other, now)
    assert copy is not None
    assert copy.twin_id is not None
    assert not copy.reviews.exists()
    decide(copy.pk, other, ALLOW, now)
    assert Delivery.objects.count() == deliveries
    assert Case.objects.get(pk=copy.twin_id).final == "refuse"
    assert not wants_second_opinion(Case.objects.get(pk=copy.pk))


def test_a_case_decided_anew_after_an_undo_is_copied_once(
    db: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second, "SHARE", 1)
    (case,) = cases(1, now)
    who = person("r", Role.REVIEWER, now)
    undo([decided(case, who, REFUSE, now)], who, now)
    decide(case.pk, who, ALLOW, now)
    assert Case.objects.filter(twin=case).count() == 1


def test_agreement_is_counted_by_clause() -> None:
    pairs = [("8(4)", "refuse", "refuse")] * 6 + [("8(4)", "allow", "allow")] * 2
    pairs += [("8(4)", "refuse", "allow")] * 2 + [("8(2)", "refuse", "refuse")]
    (organs, media) = agreement(pairs)
    assert (organs.clause, organs.pairs, organs.same, organs.kappa) == ("8(2)", 1, 1, None)
    assert (media.pairs, media.same) == (10, 8)
    # Cohen: observed .8, by chance .8*.6 + .2*.4 = .56
    assert media.kappa == pytest.approx((0.8 - 0.56) / 0.44)
