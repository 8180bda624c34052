"""From account to assessment: read, find candidates, compare, judge. One direction, in batches."""

from __future__ import annotations

import gc
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from detector import law
from detector.channels import OWN, claims, names, owner, pictures
from detector.channels.candidate import Candidate
from detector.channels.view import View
from detector.engine.gate import Gate
from detector.registry.layers import LayeredIndex
from detector.registry.marks import Gallery
from detector.registry.registry import Registry
from detector.scorer import Scorer
from detector.settings import Settings
from detector.text.compiled import column
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
    """

    text: str
    readings: tuple[Reading, ...]
    candidates: tuple[Candidate, ...]
    capped: bool


@dataclass(slots=True)
class Said:
    """What bios, signatures and verification lines of an account claim, clause by clause.

    capped: the fields of which a clause is capped as in `Read`.
    """

    named: Named = field(default_factory=list)
    capped: set[Field] = field(default_factory=set)


class Screener:
    """Open once, screen batches; holds no state between them."""

    def __init__(self, registry: Registry, settings: Settings, gate: Gate | None = None) -> None:
        """gate: None = every text goes the plain way; the assessments are the same."""
        self.registry, self.settings, self.gate = registry, settings, gate
        self.gallery = Gallery(registry, settings)
        self.scorer = Scorer.open(settings.model)
        model = self.scorer.digest if self.scorer else ""
        code = code_digest(settings.network)
        self.provenance = Provenance(code, law.digest(), registry.digest, model)

    @staticmethod
    def open(settings: Settings) -> Screener:
        """The screener over the settings' registries; builds their index on first use.

        What lives as long as the process is taken out of the garbage collector's rounds, which
        would otherwise walk through the whole registry every few thousand accounts.
        """
        registry = Registry.open(settings)
        screener = Screener(registry, settings, Gate.open(registry.built, settings.cache))
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        return screener

    def changed(self, added: Sequence[Entity], gone: Collection[str]) -> Screener:
        """The screener over a changed registry (`Registry.changed`)."""
        registry = self.registry.changed(added, gone, self.settings.cache)
        index = registry.index
        gate = self.gate.changed(index) if self.gate and isinstance(index, LayeredIndex) else None
        return Screener(registry, self.settings, gate)

    def screen(self, accounts: Sequence[Account], as_of: date) -> list[Assessment]:
        """One assessment an account, in order; a pure function of accounts, day and provenance."""
        alive = self._alive([account.name for account in accounts], own=True)
        reads = dict(zip(alive, self.read([accounts[n].name for n in alive]), strict=True))
        said = self._said(accounts)
        allowed = law.decide((), as_of)
        assessed = [
            self._assess(account, reads.get(number), said.get(number, Said()), as_of)
            if number in reads or number in said or _capped(account) or _pictured(account)
            else Assessment(account, (), allowed, (), self.provenance)
            for number, account in enumerate(accounts)
        ]
        return self.scorer.ranked(assessed) if self.scorer else assessed

    def _alive(self, texts: Sequence[str], *, own: bool) -> list[int]:
        """The numbers of the texts that may hold something."""
        if self.gate is None or not texts:
            return list(range(len(texts)))
        found: list[int] = self.gate.alive(column.of_texts(texts), own).nonzero()[0].tolist()
        return found

    def read(self, texts: Sequence[str]) -> list[Read]:
        """Readings and candidates of every text, found in one batch."""
        if not texts:
            return []
        readings = [read(text[:LONGEST_NAME]) for text in texts]
        all_of = [(*of_text, *swapped(of_text[0])) for of_text in readings]
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
            Read(text, readings[n], tuple(candidates.get(n, ())), n in capped)
            for n, text in enumerate(texts)
        ]

    def _said(self, accounts: Sequence[Account]) -> dict[int, Said]:
        """What bios, signatures and verification lines claim, in one batch.

        By number of the account, where a clause claims something or was capped.
        """
        wanted = [
            (number, spoken_in, offset, clause)
            for number, account in enumerate(accounts)
            for spoken_in, text in _spoken(account)
            for offset, clause in claims.clauses(text)
            if not claims.denied(clause)
        ]
        wanted = [wanted[n] for n in self._alive([clause for *_, clause in wanted], own=False)]
        said: dict[int, Said] = defaultdict(Said)
        for (number, spoken_in, offset, clause), found in zip(
            wanted, self.read([clause for *_, clause in wanted]), strict=True
        ):
            named = names.resemblances(clause, spoken_in, found.candidates, self.registry.places)
            claimed = claims.claimed(named, spoken_in, clause, offset)
            if claimed:
                said[number].named += claimed
            if found.capped:
                said[number].capped.add(spoken_in)
        return said

    def _assess(self, account: Account, read: Read | None, said: Said, as_of: date) -> Assessment:
        # None: the gate has shown that the name holds nothing, it is not read again
        found = Read(account.name, (), (), capped=False) if read is None else read
        named = names.resemblances(found.text, Field.NAME, found.candidates, self.registry.places)
        looked = self.gallery.look(account)
        shown = [
            *self._printed(looked),
            *self.gallery.marks(account, looked, [*named, *said.named]),
        ]
        bodies = self._body_cases(account, [*named, *said.named, *shown])
        gaps = (*_gaps(account, found, said), *(one.gap for one in looked if one.gap))
        cases = [*bodies, *self._own_cases(account, found, bodies)]
        cases += [
            Case(account, None, (code,), self._relation(account, None))
            for code in pictures.codes(looked)
        ]
        if gaps:  # a person sees what could not be compared
            cases.append(Case(account, None, (), self._relation(account, None), gaps))
        decision = law.decide(cases, as_of)
        calm = self.scorer.calm if self.scorer and not cases else None
        return Assessment(account, tuple(cases), decision, gaps, self.provenance, calm)

    def _printed(self, looked: Sequence[pictures.Looked]) -> Named:
        """Bodies whose names stand printed in the pictures."""
        written = list(pictures.writings(looked))
        found: Named = []
        for (one, writing), text in zip(
            written, self.read([w.text for _, w in written]) if written else (), strict=True
        ):
            named = names.resemblances(text.text, one.field, text.candidates, self.registry.places)
            found += [(body, pictures.printed(one, writing, v)) for body, v in named]
        return found

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


def swapped(plainest: Reading) -> tuple[Reading, ...]:
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
        _place(v)
        for case in cases
        if case.relation in (Relation.IS_BODY, Relation.SUB_UNIT)
        for v in case.evidence
    }
    return [
        case
        for case in cases
        if case.relation in (Relation.IS_BODY, Relation.SUB_UNIT)
        or not all(_place(v) in own for v in case.evidence)
    ]


def _pictured(account: Account) -> bool:
    """Whether the account reports a picture, which is looked at whatever its name."""
    return bool(account.avatar or account.cover)


def _capped(account: Account) -> bool:
    """Whether a field is longer than what is read of it; names that long are never quiet."""
    return any(len(text) > claims.LONGEST_TEXT for _, text in _spoken(account))


def _place(evidence: Evidence) -> tuple[object, ...]:
    """Where evidence was found: in a text, or in a region of a picture."""
    if evidence.shown is None:
        return evidence.span
    return (evidence.field, evidence.shown.region)


_CAPPED = "too many candidate names: some not compared"


def _gaps(account: Account, found: Read, said: Said) -> tuple[Gap, ...]:
    """What was not compared, because a limit cut it off."""
    gaps = []
    if found.capped:
        gaps.append(Gap(names.CHANNEL, Field.NAME, _CAPPED))
    gaps += [Gap(claims.CHANNEL, spoken_in, _CAPPED) for spoken_in in sorted(said.capped)]
    if len(found.text) > LONGEST_NAME:
        reason = f"only the first {LONGEST_NAME} characters were read"
        gaps.append(Gap(names.CHANNEL, Field.NAME, reason))
    for spoken_in, text in _spoken(account):
        if len(text) > claims.LONGEST_TEXT:
            reason = f"only the first {claims.LONGEST_TEXT} characters were read"
            gaps.append(Gap(claims.CHANNEL, spoken_in, reason))
    return tuple(gaps)


def _spoken(account: Account) -> Iterator[tuple[Field, str]]:
    """The fields in which an account speaks of itself, where reported."""
    for spoken_in, text in (
        (Field.BIO, account.bio),
        (Field.SIGNATURE, account.signature),
        (Field.VERIFICATION, account.verification),
    ):
        if text:
            yield spoken_in, text


def code_digest(network: Path) -> str:
    """Hash of the package's own source files, and of the network that compares pictures."""
    found = hashlib.sha256()
    root = Path(__file__).resolve().parent
    for path in sorted(root.rglob("*.py")):
        found.update(path.relative_to(root).as_posix().encode())
        found.update(path.read_bytes())
    for path in sorted(network.glob("*.[jn][sp][oz]*")):
        found.update(path.read_bytes())
    return found.hexdigest()
