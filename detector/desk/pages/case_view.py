"""A case as its page shows it: account beside body, characters aligned, clause, what would clear it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from detector.contract import AssessmentRecord, FindingRecord
from detector.desk.cases.models import Case
from detector.desk.pages.pieces import Piece, pieces
from detector.desk.pages.wording import edit_word, field_word, kind_word, said
from detector.explain.aligned import steps
from detector.explain.excuses import excuses
from detector.law.page import Page, pages, shown

_NAMES_SHOWN = 12
_FIELDS = ("name", "bio", "signature", "verification")
_OTHERS = ("account_type", "verified_kind", "verified_code", "licences",
           "authorised_by", "event", "previous_name")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One step: what is written, what it is read as, how ("" = plainly)."""

    written: list[Piece]
    read_as: list[Piece]
    word: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A word that the law leaves open, as we read it."""

    name: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, in the words of the page."""

    clause: str
    act: str
    outcome: str
    unknown: bool
    body: str
    body_id: str
    body_kind: str
    aliases: list[str]
    field: str
    columns: list[Column]
    disguised: bool
    law: str
    reason: str
    readings: list[Reading]
    clears: list[str]
    also: list[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the page says of the account; reported and missing: other facts, by column.

    owner_known: verified (as `owner`) | nobody | unreported.
    """

    owner: str
    owner_known: str

    fields: list[tuple[str, list[Piece]]]
    findings: list[Found]
    reported: list[tuple[str, str]]
    missing: list[str]
    gaps: list[tuple[str, str]]
    measure: str
    provenance: list[tuple[str, str]]
    earlier: list[str]


@lru_cache(maxsize=512)
def _page(clause: str, day: date) -> Page | None:
    found = pages(clause, day)
    return found[0] if found else None


def show(case: Case) -> Shown:
    """The page's content."""
    record = case.assessment
    account = record["account"]
    day = date.fromisoformat(record["as_of"])
    owner = account.get("verified_name")
    return Shown(
        owner=owner or "",
        owner_known="verified" if owner else "unreported" if owner is None else "nobody",
        fields=[
            (field, pieces(account[field], record["findings"], field))
            for field in _FIELDS
            if account.get(field)
        ],
        findings=[_found(one, record, day) for one in record["findings"]],
        reported=[(column, account[column]) for column in _OTHERS if account.get(column)],
        missing=[column for column in ("bio", "avatar") if column not in account],
        gaps=[(field_word(gap["field"]), gap["reason"]) for gap in record["gaps"]],
        measure=said(record["measure"]),
        provenance=[
            ("code", record["provenance"]["code"][:12]),
            ("rules", record["provenance"]["rules"][:12]),
            ("registry", record["provenance"]["registry"][:12]),
            ("model", record["provenance"]["model"][:12]),
        ],
        earlier=earlier_names(case, account.get("previous_name", "")),
    )


def earlier_names(case: Case, previous: str) -> list[str]:
    """Other names under which the account was assessed, newest first, and the one it reports."""
    same = Case.objects.filter(client=case.client, account_id=case.account_id)
    rows = same.exclude(name=case.name).order_by("-opened_at").values_list("name", flat=True)
    names = dict.fromkeys([*([previous] if previous else []), *rows[:_NAMES_SHOWN]])
    return [name for name in names if name != case.name]


def _found(finding: FindingRecord, record: AssessmentRecord, day: date) -> Found:
    entity, page = finding["entity"], _page(finding["clause"], day)
    text = record["account"].get(finding["field"] or "", "")
    aligned = steps(text, finding) if finding["span"] else []
    return Found(
        clause=finding["clause"],
        act=finding["act"],
        outcome=finding["outcome"],
        unknown=finding["status"] == "unknown",
        body=entity["name"] if entity else "",
        body_id=entity["id"] if entity else "",
        body_kind=kind_word(entity["kind"]) if entity else "",
        aliases=entity["aliases"][:_NAMES_SHOWN] if entity else [],
        field=finding["field"] or "",
        columns=[
            Column(
                pieces(one.written), pieces(one.read_as), edit_word(one.kind) if one.kind else ""
            )
            for one in aligned
        ],
        disguised=any(one.kind for one in aligned),
        law=page.text if page else "",
        reason=said(finding["reason"]),
        readings=_readings(page),
        clears=[said(sentence) for sentence in excuses(finding["rule"])],
        also=[clause for clause in finding["also"] if clause != finding["clause"]],
    )


def _readings(page: Page | None) -> list[Reading]:
    return [
        Reading(one.name, shown(one.value), one.parameter.reason)
        for one in (page.readings if page else ())
    ]
