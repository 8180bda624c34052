"""What the law makes of the evidence: from the case to the assessment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from detector.types.account import Account
from detector.types.entity import Entity
from detector.types.evidence import Evidence, Gap


class Relation(StrEnum):
    """How the verified owner stands to a body."""

    IS_BODY = "is_body"
    SUB_UNIT = "sub_unit"
    SAME_NAME = "same_name"  # its own legal name carries the words used
    SAME_BRAND = "same_brand"  # its own legal name carries the trade name: 小米商城, 小米通讯
    ANOTHER_BODY = "another_body"  # the registry knows it as somebody else
    OTHER = "other"  # nobody that the registry knows
    UNVERIFIED = "unverified"  # reported that nobody was verified
    UNREPORTED = "unreported"  # nobody told us


@dataclass(frozen=True, slots=True)
class Case:
    """The unit of judgement: one account against one entity (None = the account by itself)."""

    account: Account
    entity: Entity | None
    evidence: tuple[Evidence, ...]
    relation: Relation
    gaps: tuple[Gap, ...] = ()


class Status(StrEnum):
    """The answer of one rule."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Act(StrEnum):
    """The five acts of Art. 8, and the duty of Art. 10, in the law's own words."""

    ASSUME = "假冒"
    IMITATE = "仿冒"
    INVENT = "捏造"
    UNAUTHORISED = "擅自使用"
    TIE = "恶意关联"
    VERIFY = "从严核验"


class Outcome(IntEnum):
    """The ladder; a decision takes its highest step."""

    ALLOW = 0
    STRICT = 1
    REFUSE = 2

    @property
    def word(self) -> str:
        """The lower-case word of the output contract."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of one rule to one case."""

    status: Status
    reason: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, under which clause; NOT_MET ones are kept for the record.

    also: further provisions touched, such as 8(6). lifted_by: the exception that excuses it.
    """

    rule: str
    clause: str
    act: Act
    outcome: Outcome
    status: Status
    reason: str
    entity: Entity | None
    evidence: Evidence | None
    also: tuple[str, ...] = ()
    lifted_by: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The legal result; a pure function of (rules, cases, day)."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    needs_person: bool
    as_of: str
    measure: str = ""
    record: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Hashes of everything that made a decision; the model's is empty until one is installed."""

    code: str
    rules: str
    registry: str
    model: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """One reason for a risk. meaning: the sentence that people are shown, Chinese then English.

    value: of the feature, in its own unit. change: log odds that the risk owes to it, 0 = none; a
    number above zero raises the risk. evidence: what it was read off; without it the risk moves
    against the sign of `change`, or stays.
    """

    feature: str
    meaning: str
    value: float
    change: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Risk:
    """Where an account stands in the queue; it decides nothing.

    score: 0..1, the greater the sooner; how likely the account is to be refused by a person, in a
    mix like that of the training data. model: the hash that provenance names. contributions: the
    strongest first; empty until asked for (`Scorer.explained`).
    """

    score: float
    model: str
    contributions: tuple[Contribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """The machine's full record of one account; risk is None where no model is installed."""

    account: Account
    cases: tuple[Case, ...]
    decision: Decision
    gaps: tuple[Gap, ...]
    provenance: Provenance
    risk: Risk | None = None
