"""From account to assessment: read, find candidates, compare, judge. One direction, in batches."""

from __future__ import annotations

import gc
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detector import law
from detector.channels import OWN, claims, names, owner
from detector.channels.candidate import Candidate
from detector.channels.view import View
from detector.registry.registry import Registry
from detector.settings import Settings
from detector.text.fold import plain
from detector.text.reading import read
from detector.text.swaps import swapped_words
from detector.text.symbols import Reading
from detector.types import (
    Account,
    Assessment,
    Case,
    Entity,
    Evidence,
    Field,
    Gap,
    Kind,
    Provenance,
    Relation,
    Stance,
)

# A name field holds some 30 characters on every platform; longer ones are read up to here.
LONGEST_NAME = 128
# 国家移民事务局: names of organs have so many symbols before a word in them is exchanged
SHORTEST_SWAPPED = 5

Named = list[tuple[Entity, Evidence]]


@dataclass(frozen=True, slots=True)
class Read:
    """A text with its readings and the candidates found in them.

    readings: the plain ones, of what is written; candidates may also come from swapped words.
    asked: everything that the registry was asked, the readings first.
    """

    text: str
    readings: tuple[Reading, ...]
    candidates: tuple[Candidate, ...]
    capped: bool
    asked: tuple[str, ...]


@dataclass(slots=True)
class Said:
    """What bios, signatures and verification lines of an account claim, clause by clause.

    asked, capped: as in `Read`; capped holds the fields of which a clause was.
    """

    named: Named
    asked: list[str]
    capped: set[Field]


@dataclass(frozen=True, slots=True)
class Screened:
    """An assessment, and every text about which it may have asked the registry.

    asked follows from the account alone. With the registry's answers to these texts the assessment
    is settled: while no changed name meets any of them, a changed registry judges the same.
    """

    assessment: Assessment
    asked: tuple[str, ...]


class Screener:
    """Open once, screen batches; holds no state between them."""

    def __init__(self, registry: Registry, settings: Settings) -> None:
        self.registry, self.settings = registry, settings
        self.provenance = Provenance(code_digest(), law.digest(), registry.digest, "")

    @staticmethod
    def open(settings: Settings) -> Screener:
        """The screener over the settings' registries; builds their index on first use.

        What lives as long as the process is taken out of the garbage collector's rounds, which
        would otherwise walk through the whole registry every few thousand accounts.
        """
        screener = Screener(Registry.open(settings), settings)
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        return screener

    def screen(self, accounts: Sequence[Account], as_of: date) -> list[Assessment]:
        """One assessment an account, in order; a pure function of accounts, day and provenance."""
        return [screened.assessment for screened in self.screened(accounts, as_of)]

    def screened(self, accounts: Sequence[Account], as_of: date) -> list[Screened]:
        """The same with what the registry was asked, for later runs by difference."""
        reads = self.read([account.name for account in accounts])
        said = self._said(accounts)
        return [
            self._screened(account, found, spoken, as_of)
            for account, found, spoken in zip(accounts, reads, said, strict=True)
        ]

    def _screened(self, account: Account, found: Read, said: Said, as_of: date) -> Screened:
        assessment = self._assess(account, found, said, as_of)
        asked = [*found.asked, *said.asked]
        legal = plain(account.owner.legal_name or "")
        if legal:  # who is called so tells how the owner stands to a body
            asked.append(legal)
        return Screened(assessment, tuple(dict.fromkeys(asked)))

    def read(self, texts: Sequence[str]) -> list[Read]:
        """Readings and candidates of every text, found in one batch."""
        readings = [read(text[:LONGEST_NAME]) for text in texts]
        all_of = [(*of_text, *_swapped(of_text[0])) for of_text in readings]
        flat = [reading for of_text in all_of for reading in of_text]
        owners = [number for number, of_text in enumerate(all_of) for _ in of_text]
        matches, capped_rows = self.registry.find([reading.text for reading in flat])
        candidates: dict[int, list[Candidate]] = defaultdict(list)
        for m in matches:
            of_text = owners[m.text]
            found = Candidate(flat[m.text], m.start, m.length, m.bits, m.alias, m.entity)
            # what the plainest reading holds too, another reading adds nothing to
            if found.reading is readings[of_text][0] or found.respelled:
                candidates[of_text].append(found)
        capped = {owners[row] for row in capped_rows}
        return [
            Read(
                text,
                readings[n],
                tuple(candidates.get(n, ())),
                n in capped,
                tuple(reading.text for reading in all_of[n]),
            )
            for n, text in enumerate(texts)
        ]

    def _said(self, accounts: Sequence[Account]) -> list[Said]:
        """What bios, signatures and verification lines claim, clause by clause, in one batch."""
        wanted = [
            (number, field, offset, clause)
            for number, account in enumerate(accounts)
            for field, text in _spoken(account)
            for offset, clause in claims.clauses(text)
            if not claims.denied(clause)
        ]
        said = [Said([], [], set()) for _ in accounts]
        for (number, field, offset, clause), found in zip(
            wanted, self.read([clause for *_, clause in wanted]) if wanted else (), strict=True
        ):
            named = names.resemblances(clause, field, found.candidates, self.registry.places)
            said[number].named += claims.claimed(named, field, clause, offset)
            said[number].asked += found.asked
            if found.capped:
                said[number].capped.add(field)
        return said

    def _assess(self, account: Account, found: Read, said: Said, as_of: date) -> Assessment:
        named = names.resemblances(found.text, Field.NAME, found.candidates, self.registry.places)
        bodies = self._body_cases(account, [*named, *said.named])
        gaps = _gaps(account, found, said)
        cases = [*bodies, *self._own_cases(account, found, bodies)]
        if gaps:  # a person sees what could not be compared
            cases.append(Case(account, None, (), self._relation(account, None), gaps))
        decision = law.decide(cases, as_of)
        return Assessment(account, tuple(cases), decision, gaps, self.provenance)

    def _body_cases(self, account: Account, named: Named) -> list[Case]:
        by_entity: dict[str, tuple[Entity, list[Evidence]]] = {}
        for entity, evidence in named:
            by_entity.setdefault(entity.id, (entity, []))[1].append(evidence)
        cases = [
            Case(account, entity, tuple(evidence), self._relation(account, entity))
            for entity, evidence in by_entity.values()
        ]
        return _meant(cases)

    def _relation(self, account: Account, entity: Entity | None) -> Relation:
        found = owner.relation(account, entity, self.registry)
        if found is Relation.UNREPORTED and self.settings.assume_unverified:
            return Relation.UNVERIFIED
        return found

    def _own_cases(self, account: Account, found: Read, bodies: list[Case]) -> list[Case]:
        """The account by itself: what the channels `OWN` find in the name."""
        may = {look: look(found.text, found.readings) for look in {own.may for own in OWN}}
        if not any(may.values()):
            return []
        named = [
            (case, v)
            for case in bodies
            if case.entity is not None and case.entity.kind is not Kind.REGION
            for v in case.evidence
            if v.field is Field.NAME
        ]
        regions = _regions(found)
        view = View(
            found.text,
            Field.NAME,
            found.readings,
            max((r.alias.text for r in regions if not r.alias.needs_cue), key=len, default=""),
            _region_at_start(regions),
            tuple(v.span for _, v in named if _is_clear(v)),
            any(case.relation in _OWN for case, _ in named),
            self.registry.is_complete,
        )
        relation = Relation.IS_BODY if view.own else self._relation(account, None)
        return [
            Case(account, None, (v,), relation)
            for own in OWN
            if may[own.may]
            for v in own.find(view)
        ]


_OWN = (Relation.IS_BODY, Relation.SUB_UNIT)


def _is_clear(evidence: Evidence) -> bool:
    """The name is that of a body beyond doubt, so that no other reading of it is needed."""
    return (
        evidence.stance in (Stance.IS, Stance.ARM)
        and evidence.similarity > names.POSSIBLE_SIMILARITY
        and not evidence.weak
    )


def _swapped(plainest: Reading) -> tuple[Reading, ...]:
    """Readings with one official word exchanged; of names long enough to be an organ's."""
    return swapped_words(plainest) if len(plainest.symbols) >= SHORTEST_SWAPPED else ()


def _regions(found: Read) -> list[Candidate]:
    """Real divisions that stand in the plainest reading as written."""
    base = found.readings[0]
    return [
        c
        for c in found.candidates
        if c.reading is base and c.exact and c.entity.kind is Kind.REGION
    ]


def _region_at_start(regions: list[Candidate]) -> Callable[[str], str]:
    keys = sorted({plain(c.alias.text) for c in regions}, key=len, reverse=True)

    def longest(text: str) -> str:
        return next((key for key in keys if text.startswith(key)), "")

    return longest


def _meant(cases: list[Case]) -> list[Case]:
    """Among homonyms at one place of the name, the owner's own body is the one that is meant."""
    own = {
        v.span
        for case in cases
        if case.relation in (Relation.IS_BODY, Relation.SUB_UNIT)
        for v in case.evidence
    }
    return [
        case
        for case in cases
        if case.relation in (Relation.IS_BODY, Relation.SUB_UNIT)
        or not all(v.span in own for v in case.evidence)
    ]


_CAPPED = "too many candidate names: some not compared"


def _gaps(account: Account, found: Read, said: Said) -> tuple[Gap, ...]:
    """What was not compared, because a limit cut it off."""
    gaps = []
    if found.capped:
        gaps.append(Gap(names.CHANNEL, Field.NAME, _CAPPED))
    gaps += [Gap(claims.CHANNEL, field, _CAPPED) for field in sorted(said.capped)]
    if len(found.text) > LONGEST_NAME:
        reason = f"only the first {LONGEST_NAME} characters were read"
        gaps.append(Gap(names.CHANNEL, Field.NAME, reason))
    for field, text in _spoken(account):
        if len(text) > claims.LONGEST_TEXT:
            reason = f"only the first {claims.LONGEST_TEXT} characters were read"
            gaps.append(Gap(claims.CHANNEL, field, reason))
    return tuple(gaps)


def _spoken(account: Account) -> Iterator[tuple[Field, str]]:
    """The fields in which an account speaks of itself, where reported."""
    for field, text in (
        (Field.BIO, account.bio),
        (Field.SIGNATURE, account.signature),
        (Field.VERIFICATION, account.verification),
    ):
        if text:
            yield field, text


def code_digest() -> str:
    """Hash of the package's own source files."""
    found = hashlib.sha256()
    root = Path(__file__).resolve().parent
    for path in sorted(root.rglob("*.py")):
        found.update(path.relative_to(root).as_posix().encode())
        found.update(path.read_bytes())
    return found.hexdigest()
