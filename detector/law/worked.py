"""Worked cases: sentences in cases.yaml that a lawyer reads and writes; tests run every one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationError
from pydantic import Field as Column

from detector.errors import LawError
from detector.law.parameters import ARTICLES, ROOT
from detector.types import (
    Account,
    AccountType,
    Act,
    Alias,
    Case,
    Cue,
    CueWord,
    Edit,
    EditKind,
    Entity,
    Event,
    Evidence,
    Field,
    Kind,
    Level,
    NameSort,
    Owner,
    Proof,
    Proved,
    Relation,
    Shown,
    Stance,
    Status,
)

NOBODY, NOT_REPORTED = "nobody", "not reported"


class Sentence(BaseModel):
    """A part of a case; an unknown word in it is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ProofFacts(Sentence):
    """A licence, letter or mark that the account shows."""

    kind: str
    holder: str = ""
    scope: str = ""
    expires: Annotated[str, BeforeValidator(str)] = ""  # YAML reads 2027-03-31 as a date


class AccountFacts(Sentence):
    """The account; `verified as`: nobody, not reported, or a legal name."""

    name: str
    type: AccountType | None = None
    bio: str | None = None
    signature: str | None = None
    verification: str | None = None
    verified_as: str = Column(NOBODY, alias="verified as")
    owner_kind: str | None = Column(None, alias="owner kind")
    shows: tuple[ProofFacts, ...] = ()
    event: Event = Event.REGISTRATION

    def account(self) -> Account:
        """The account as the platform reports it."""
        reported = None if self.verified_as == NOT_REPORTED else self.verified_as
        legal_name = "" if reported == NOBODY else reported
        return Account(
            "worked", self.name, self.type, self.bio, self.signature, self.verification,
            owner=Owner(legal_name, None if legal_name is None else "", self.owner_kind),
            proofs=tuple(Proof(p.kind, p.holder, p.scope, p.expires) for p in self.shows),
            event=self.event,
        )  # fmt: skip


class BodyFacts(Sentence):
    """The body whose name is found in the account."""

    name: str
    known_as: tuple[str, ...] = Column((), alias="known as")
    kind: Kind
    level: Level = Level.NONE
    id: str = ""

    def entity(self) -> Entity:
        """The body as a registry holds it."""
        aliases = [Alias(self.name, NameSort.OFFICIAL)]
        aliases += [Alias(name, NameSort.SHORT) for name in self.known_as]
        return Entity(
            self.id or f"worked.{self.name}",
            self.name,
            tuple(aliases),
            self.kind,
            self.level,
            "",
            "worked",
        )


class ShownFacts(Sentence):
    """What a picture shows of a mark: the share of its area, and by which comparisons."""

    share: float
    proved: Proved = Proved.GEOMETRY


class EvidenceFacts(Sentence):
    """One comparison: the account's text, what it reads as, and the `words` beside it with cues.

    shown: of a picture; `text` is then what is printed in it, or the picture's name.
    """

    channel: str
    field: Field = Field.NAME
    text: str
    reads_as: str = Column("", alias="reads as")
    similarity: float = 1.0
    edits: tuple[EditKind, ...] = ()
    stance: Stance = Stance.IS
    words: Mapping[str, Cue] = {}
    everyday_word: bool = Column(False, alias="everyday word")
    kind: Kind | None = None
    proven: bool = False
    place: str = ""
    shown: ShownFacts | None = None

    def evidence(self, account: Account) -> Evidence:
        """The comparison with its places in the account's text."""
        whole = {
            Field.NAME: account.name, Field.BIO: account.bio,
            Field.SIGNATURE: account.signature, Field.VERIFICATION: account.verification,
        }.get(self.field)  # fmt: skip
        at = 0 if self.shown else (whole or "").find(self.text)
        if at < 0:
            raise LawError(f"worked case: {self.field} does not hold {self.text!r}")
        span = (0, 0) if self.shown else (at, at + len(self.text))
        candidate = self.reads_as or self.text
        return Evidence(
            self.channel, self.field, self.similarity, self.text, candidate, span,
            tuple(Edit(kind, self.text, candidate, span) for kind in self.edits), self.stance,
            tuple(CueWord(cue, word, span) for word, cue in self.words.items()),
            self.everyday_word, self.kind, self.proven, self.place, self._shown(),
        )  # fmt: skip

    def _shown(self) -> Shown | None:
        if self.shown is None:
            return None
        return Shown("worked", (0, 0, 256, 256), self.shown.share, self.shown.proved)


class Expected(Sentence):
    """What the decision must be; what is left out is not asked.

    clause, act, rule, status, also: of the gravest finding. lifted by: an exception on the record.
    """

    outcome: str
    clause: str | None = None
    act: Act | None = None
    rule: str | None = None
    status: Status | None = None
    also: tuple[str, ...] | None = None
    lifted_by: str | None = Column(None, alias="lifted by")
    person: bool | None = None
    measure: tuple[str, ...] = ()
    no_measure: tuple[str, ...] = Column((), alias="no measure")


class WorkedCase(Sentence):
    """A sentence, the facts, and what follows from them."""

    case: str
    account: AccountFacts
    body: BodyFacts | None = None
    relation: Relation | None = None
    evidence: tuple[EvidenceFacts, ...]
    on: date = date(2026, 11, 23)
    expected: Expected

    def facts(self) -> Case:
        """The case that the law judges."""
        account = self.account.account()
        return Case(
            account,
            None if self.body is None else self.body.entity(),
            tuple(one.evidence(account) for one in self.evidence),
            self._relation(),
        )

    def _relation(self) -> Relation:
        """Nobody verified, or not reported, says it already; a verified owner's must be told."""
        plain = {NOBODY: Relation.UNVERIFIED, NOT_REPORTED: Relation.UNREPORTED}
        found = self.relation or plain.get(self.account.verified_as)
        if found is None:
            raise LawError(f"worked case {self.case!r}: say the owner's relation to the body")
        return found


@lru_cache
def worked_cases() -> tuple[WorkedCase, ...]:
    """Every worked case, in the order of the article folders and files."""
    found: list[WorkedCase] = []
    for article in ARTICLES:
        path = ROOT / article / "cases.yaml"
        try:
            found += TypeAdapter(list[WorkedCase]).validate_python(
                yaml.safe_load(path.read_text(encoding="utf-8"))
            )
        except (OSError, yaml.YAMLError, ValidationError) as error:
            raise LawError(f"{path}: {error}") from error
    return tuple(found)
