"""Second opinions: a share of the decided cases goes to another reviewer, who does not know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from detector.desk.cases.models import Case, new_id
from detector.desk.cases.order import due, shuffle_key
from detector.desk.cases.words import Lane, State
from detector.desk.people.models import User

# Every 20th decided case: enough for an agreement by clause, little enough not to be felt
SHARE = 20
_QUEUED = {"refuse": Lane.CONFIRM, "strict": Lane.STRICT}


def wants_second_opinion(case: Case) -> bool:
    """Whether the case, just decided, is one of the random share; drawn by its id."""
    return (
        case.state == State.DECIDED
        and case.twin_id is None
        and case.final in ("allow", "refuse")
        and case.outcome in _QUEUED
        and shuffle_key(f"second {case.pk}") % SHARE == 0
        and not Case.objects.filter(twin=case).exists()  # decided anew after an undo
    )


def second_of(case: Case, first: User, now: datetime) -> Case:
    """A copy of the case as it was before anybody decided, barred to who did."""
    copy_id = new_id()
    return Case(
        id=copy_id, client=case.client, account_id=case.account_id, name=case.name,
        outcome=case.outcome, clause=case.clause, body_id=case.body_id, body_name=case.body_name,
        avatar=case.avatar, lane=_QUEUED[case.outcome], state=State.OPEN, final="", risk=case.risk,
        harm=case.harm, opened_at=now, due_at=due(now, case.risk, case.harm),
        explore=shuffle_key(copy_id), record=case.record, record_digest=case.record_digest,
        last_event=0, twin=case, barred=first,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two reviewers, blind to each other, decided the cases of one clause.

    kappa: Cohen's (1960), -1..1; None where both always said the same one thing.
    """

    clause: str
    pairs: int
    same: int
    kappa: float | None


def agreement(pairs: Iterable[tuple[str, str, str]]) -> list[Agreement]:
    """The agreement by clause, of (clause, first decision, second decision).

    >>> agreement([("8(4)", "refuse", "refuse"), ("8(4)", "allow", "refuse")])[0].same
    1
    """
    by_clause: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for clause, first, second in pairs:
        by_clause[clause].append((first, second))
    return [_of(clause, found) for clause, found in sorted(by_clause.items())]


def _of(clause: str, found: list[tuple[str, str]]) -> Agreement:
    count = len(found)
    same = sum(first == second for first, second in found)
    chance = sum(
        sum(a == word for a, _ in found) * sum(b == word for _, b in found)
        for word in {word for pair in found for word in pair}
    ) / (count * count)
    kappa = None if chance == 1 else (same / count - chance) / (1 - chance)
    return Agreement(clause, count, same, kappa)
