"""What a rule and an exception are: a short function with its clause, act and dates attached.

The decorators attach metadata and nothing else. What is in force is what stands in the visible
tuples `RULES` and `EXCEPTIONS` of the article folders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from detector.errors import LawError
from detector.law.parameters import Parameters
from detector.types import Act, Case, Outcome, Verdict

# Art. 24: the regulation is in force since this day
IN_FORCE = date(2022, 8, 1)

Judge = Callable[[Case, Parameters], Verdict]
Excuse = Callable[[Case, Parameters], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One test of the law, and what follows when it is met.

    clauses: where the test may apply; the case's body decides which of them it is.
    reads: the channels whose evidence it judges.
    since / until: in force from the first day, up to but not on the last (None = still).
    sentence: what is true when it fires; people are shown it.
    """

    name: str
    clauses: tuple[str, ...]
    act: Act
    outcome: Outcome
    reads: tuple[str, ...]
    since: date
    until: date | None
    sentence: str
    judge: Judge

    def __call__(self, case: Case, p: Parameters) -> Verdict:
        """The verdict on a case that holds one piece of evidence."""
        return self.judge(case, p)


@dataclass(frozen=True, slots=True)
class Exemption:
    """What excuses a finding of one of the rules that it lifts, and of no other."""

    name: str
    lifts: tuple[str, ...]
    since: date
    until: date | None
    sentence: str
    excuse: Excuse

    def __call__(self, case: Case, p: Parameters) -> bool:
        """Whether the case is excused."""
        return self.excuse(case, p)


def rule(
    *,
    clause: str | tuple[str, ...],
    act: Act,
    outcome: Outcome,
    reads: str | tuple[str, ...],
    since: date = IN_FORCE,
    until: date | None = None,
    name: str = "",
) -> Callable[[Judge], Rule]:
    """Attach to a test its clause, act, outcome, channels and dates.

    name: what versions of one rule share; the function's own name unless given.
    """

    def attach(judge: Judge) -> Rule:
        clauses = (clause,) if isinstance(clause, str) else clause
        channels = (reads,) if isinstance(reads, str) else reads
        title = name or judge.__name__
        return Rule(
            title, clauses, act, outcome, channels, since, until, _sentence(title, judge), judge
        )

    return attach


def exception(
    *, lifts: Iterable[Rule], since: date = IN_FORCE, until: date | None = None, name: str = ""
) -> Callable[[Excuse], Exemption]:
    """Attach to an excuse the rules whose findings it lifts, and its dates."""

    def attach(excuse: Excuse) -> Exemption:
        title = name or excuse.__name__
        lifted = tuple(dict.fromkeys(r.name for r in lifts))
        return Exemption(title, lifted, since, until, _sentence(title, excuse), excuse)

    return attach


def _sentence(title: str, function: Judge | Excuse) -> str:
    sentence = " ".join((function.__doc__ or "").split())
    if not sentence:
        raise LawError(f"{title}: no docstring; people are shown that sentence when it applies")
    return sentence


def in_force(since: date, until: date | None, day: date) -> bool:
    """Whether `day` lies in [since, until)."""
    return since <= day and (until is None or day < until)


def require_single_versions(found: Iterable[Rule | Exemption]) -> None:
    """Raise LawError where two versions of one name are in force on the same day."""
    seen: list[Rule | Exemption] = []
    for one in found:
        for other in seen:
            if one.name == other.name and _overlap(one, other):
                raise LawError(f"{one.name}: two versions are in force from {one.since}")
        seen.append(one)


def _overlap(a: Rule | Exemption, b: Rule | Exemption) -> bool:
    return in_force(a.since, a.until, b.since) or in_force(b.since, b.until, a.since)
