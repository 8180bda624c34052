"""An `Assessment` as the record of the output contract: one line of JSON, always the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NotRequired, TypedDict

from detector.contract.account import Reported
from detector.contract.json_value import Json
from detector.types import (
    Assessment,
    Case,
    CueWord,
    Edit,
    Entity,
    Evidence,
    Finding,
    Gap,
    Provenance,
    Shown,
)


class EditRecord(TypedDict):
    """One step of a disguise; span in characters of the field."""

    kind: str
    query: str
    candidate: str
    span: list[int]


class ShownRecord(TypedDict):
    """Where and how a picture shows something; region in pixels of the original, share 0..1."""

    what: str
    region: list[int]
    share: float
    similarity: float
    proved: str
    view: str
    transformation: list[str]
    frame: int
    picture: str


class EntityRecord(TypedDict):
    """The body that a finding is about; aliases: its other names, the body that runs it last."""

    id: str
    name: str
    aliases: list[str]
    kind: str


class FindingRecord(TypedDict):
    """One finding; entity is null where the account is judged by itself; shown: of a picture."""

    clause: str
    act: str
    outcome: str
    rule: str
    entity: EntityRecord | None
    field: str | None
    query: str | None
    candidate: str | None
    span: list[int] | None
    stance: str | None
    edits: list[EditRecord]
    status: str
    reason: str
    also: list[str]
    lifted_by: str
    shown: NotRequired[ShownRecord]


class GapRecord(TypedDict):
    """A comparison that could not be made."""

    channel: str
    field: str
    reason: str


def kind_of(gap: GapRecord) -> str:
    """What a gap is counted as: with its channel and field, without the file of a picture."""
    reason = gap["reason"]
    if gap["field"] in ("avatar", "cover"):
        reason = reason.partition(" (")[0]
    return f"{gap['channel']}, {gap['field']}: {reason}"


class ProvenanceRecord(TypedDict):
    """Hashes of what made the assessment."""

    code: str
    rules: str
    registry: str
    model: str


class CueRecord(TypedDict):
    """A word beside the name, and what it says."""

    cue: str
    text: str
    span: list[int]


class EvidenceRecord(TypedDict):
    """One comparison."""

    channel: str
    field: str
    similarity: float
    query: str
    candidate: str
    span: list[int]
    edits: list[EditRecord]
    stance: str
    cues: list[CueRecord]
    weak: bool
    kind: str | None
    proven: bool
    place: str
    shown: NotRequired[ShownRecord]


class CaseRecord(TypedDict):
    """The account against one body (null = the account by itself)."""

    entity: EntityRecord | None
    relation: str
    evidence: list[EvidenceRecord]
    gaps: list[GapRecord]


class AssessmentRecord(TypedDict):
    """One line of the output. The fixed keys come first; `--full` adds `cases` and `record`.

    risk: 0..1, null where no ranking model is installed. account: the reported columns, a valid input row.
    carried: the input's columns that the contract does not know, present where there are any.
    """

    account_id: str
    outcome: str
    needs_person: bool
    risk: float | None
    findings: list[FindingRecord]
    gaps: list[GapRecord]
    provenance: ProvenanceRecord
    measure: str
    as_of: str
    account: dict[str, str]
    carried: NotRequired[dict[str, Json]]
    assume_unverified: NotRequired[bool]
    cases: NotRequired[list[CaseRecord]]
    record: NotRequired[list[FindingRecord]]


def to_record(
    assessment: Assessment,
    reported: Reported,
    *,
    full: bool = False,
    assume_unverified: bool = False,
) -> AssessmentRecord:
    """The record of an assessment of what was `reported`."""
    decision = assessment.decision
    record: AssessmentRecord = {
        "account_id": assessment.account.account_id,
        "outcome": decision.outcome.word,
        "needs_person": decision.needs_person,
        "risk": None if assessment.risk is None else assessment.risk.score,
        "findings": [_finding(f) for f in decision.findings],
        "gaps": [_gap(g) for g in (*reported.gaps, *assessment.gaps)],
        "provenance": _provenance(assessment.provenance),
        "measure": decision.measure,
        "as_of": decision.as_of,
        "account": reported.facts,
    }
    if reported.carried:
        record["carried"] = reported.carried
    if assume_unverified:
        record["assume_unverified"] = True
    if full:
        record["cases"] = [_case(c) for c in assessment.cases]
        record["record"] = [_finding(f) for f in decision.record]
    return record


_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def to_line(record: AssessmentRecord) -> bytes:
    """The record as a line of UTF-8 JSON: keys in contract order, no blanks, a newline."""
    return _WRITER.encode(record).encode() + b"\n"


def findings_json(assessment: Assessment) -> str:
    """The findings that hold, as the JSON array of the record."""
    return _WRITER.encode([_finding(f) for f in assessment.decision.findings])


def gaps_json(gaps: Iterable[Gap]) -> str:
    """What was left open, as the JSON array of the record."""
    return _WRITER.encode([_gap(g) for g in gaps])


def _finding(finding: Finding) -> FindingRecord:
    evidence = finding.evidence
    record: FindingRecord = {
        "clause": finding.clause,
        "act": str(finding.act),
        "outcome": finding.outcome.word,
        "rule": finding.rule,
        "entity": _entity(finding.entity),
        "field": str(evidence.field) if evidence else None,
        "query": evidence.query if evidence else None,
        "candidate": evidence.candidate if evidence else None,
        "span": list(evidence.span) if evidence else None,
        "stance": str(evidence.stance) if evidence else None,
        "edits": _edits(evidence.edits if evidence else ()),
        "status": str(finding.status),
        "reason": finding.reason,
        "also": list(finding.also),
        "lifted_by": finding.lifted_by,
    }
    if evidence is not None and evidence.shown is not None:
        record["shown"] = _shown(evidence, evidence.shown)
    return record


def _shown(evidence: Evidence, shown: Shown) -> ShownRecord:
    return {
        "what": shown.what,
        "region": list(shown.region),
        "share": shown.share,
        "similarity": evidence.similarity,
        "proved": str(shown.proved),
        "view": shown.view,
        "transformation": list(shown.transformation),
        "frame": shown.frame,
        "picture": shown.picture,
    }


def _entity(entity: Entity | None) -> EntityRecord | None:
    if entity is None:
        return None
    aliases = [alias.text for alias in entity.aliases if alias.text != entity.name]
    if entity.sponsor_name and entity.sponsor_name not in aliases:
        aliases.append(entity.sponsor_name)  # people look for the brand's owner too
    return {"id": entity.id, "name": entity.name, "aliases": aliases, "kind": str(entity.kind)}


def _edits(edits: Sequence[Edit]) -> list[EditRecord]:
    return [
        {"kind": str(e.kind), "query": e.query, "candidate": e.candidate, "span": list(e.span)}
        for e in edits
    ]


def _gap(gap: Gap) -> GapRecord:
    return {"channel": gap.channel, "field": str(gap.field), "reason": gap.reason}


def _provenance(made_by: Provenance) -> ProvenanceRecord:
    return {
        "code": made_by.code,
        "rules": made_by.rules,
        "registry": made_by.registry,
        "model": made_by.model,
    }


def _case(case: Case) -> CaseRecord:
    return {
        "entity": _entity(case.entity),
        "relation": str(case.relation),
        "evidence": [_evidence(v) for v in case.evidence],
        "gaps": [_gap(g) for g in case.gaps],
    }


def _evidence(found: Evidence) -> EvidenceRecord:
    record: EvidenceRecord = {
        "channel": found.channel,
        "field": str(found.field),
        "similarity": found.similarity,
        "query": found.query,
        "candidate": found.candidate,
        "span": list(found.span),
        "edits": _edits(found.edits),
        "stance": str(found.stance),
        "cues": [_cue(c) for c in found.cues],
        "weak": found.weak,
        "kind": None if found.kind is None else str(found.kind),
        "proven": found.proven,
        "place": found.place,
    }
    if found.shown is not None:
        record["shown"] = _shown(found, found.shown)
    return record


def _cue(word: CueWord) -> CueRecord:
    return {"cue": str(word.cue), "text": word.text, "span": list(word.span)}
