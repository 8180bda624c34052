"""One row of an input file as an `Account`: missing stays unknown, wrong is said."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from detector.contract import credit_code
from detector.contract.columns import COLUMNS, VERIFIED_KINDS
from detector.contract.json_value import Json, as_json
from detector.errors import RowError
from detector.types import Account, AccountType, Event, Gap, Owner, Proof

Cells = Mapping[str, object]  # a row as a file gives it: column -> value, None = not reported
CHANNEL = "input"  # of the gaps that reading a row leaves

_KNOWN = frozenset(COLUMNS)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LOST = "\ufffd"
_LOST_REASON = "a character could not be read and stands as U+FFFD"
_SEVERAL = re.compile(r"\s*[|;；]\s*")  # between the names of several bodies that authorise


@dataclass(frozen=True, slots=True)
class Reported:
    """What a row says: the account, what reading it could not settle, and what to hand on.

    facts: the columns of the contract that were reported, as text: itself a valid input row
    (pictures sent as data: URIs are named by their hash).
    carried: the row's other columns, handed through to the output untouched.
    """

    account: Account
    gaps: tuple[Gap, ...]
    facts: dict[str, str]
    carried: dict[str, Json]


def read_row(row: int, cells: Cells) -> Reported:
    """The account that a row reports. Raises RowError, naming the column, where it is none."""
    gaps: list[Gap] = []
    facts = _facts(row, cells, gaps)
    account = Account(
        account_id=_identity(row, facts),
        name=_required(row, facts, "name"),
        account_type=_choice(row, facts, "account_type", _TYPES),
        bio=facts.get("bio"),
        signature=facts.get("signature"),
        verification=facts.get("verification"),
        avatar=facts.get("avatar"),
        cover=facts.get("cover"),
        owner=_owner(row, facts, gaps),
        proofs=_proofs(facts),
        event=_choice(row, facts, "event", _EVENTS) or Event.REGISTRATION,
        previous_name=facts.get("previous_name"),
    )
    return Reported(account, tuple(gaps), _echo(facts), _carried(cells))


def _facts(row: int, cells: Cells, gaps: list[Gap]) -> dict[str, str]:
    """The reported columns as text, in the row's order."""
    facts: dict[str, str] = {}
    for column, value in cells.items():
        if value is None or column not in _KNOWN:
            continue
        text = value if isinstance(value, str) else _text(row, column, value, cells)
        if not text.isascii():
            text = _LONE_SURROGATE.sub(_LOST, text)
            if _LOST in text:
                gaps.append(Gap(CHANNEL, column, _LOST_REASON))
        facts[column] = text
    return facts


def _carried(cells: Cells) -> dict[str, Json]:
    return {k: as_json(v) for k, v in cells.items() if v is not None and k not in _KNOWN}


def _echo(facts: dict[str, str]) -> dict[str, str]:
    """The facts as the output repeats them: pictures sent as data: URIs by their hash."""
    sent = [c for c in ("avatar", "cover") if facts.get(c, "").startswith("data:")]
    if not sent:
        return facts
    return facts | {c: f"sha256:{hashlib.sha256(facts[c].encode()).hexdigest()}" for c in sent}


def _text(row: int, column: str, value: object, cells: Cells) -> str:
    """A whole number as text; anything else is no text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    shown = f" {value}" if isinstance(value, (bool, float)) else ""
    reason = f"{column}: text is wanted, found {type(value).__name__}{shown}"
    account_id = cells.get("account_id")
    raise RowError(row, reason, account_id if isinstance(account_id, str) else "")


def _required(row: int, facts: dict[str, str], column: str) -> str:
    value = facts.get(column)
    if value is None:
        raise RowError(row, f"{column}: not reported", facts.get("account_id", ""))
    return value


def _identity(row: int, facts: dict[str, str]) -> str:
    account_id = _required(row, facts, "account_id")
    if not account_id.strip():
        raise RowError(row, "account_id: empty")
    if _LOST in account_id:
        raise RowError(row, "account_id: holds a character that could not be read", account_id)
    return account_id


_Choice = TypeVar("_Choice")
_TYPES = {str(option): option for option in AccountType}
_EVENTS = {str(option): option for option in Event}
_KINDS = {kind: kind for kind in VERIFIED_KINDS}


def _choice(
    row: int, facts: dict[str, str], column: str, options: dict[str, _Choice]
) -> _Choice | None:
    """The option that the column names in whatever case; None = not reported or empty."""
    value = facts.get(column)
    if not value:
        return None
    found = options.get(value.strip().lower())
    if found is None and value.strip():
        reason = f"{column}: {value[:40]!r} is none of {', '.join(options)}"
        raise RowError(row, reason, facts.get("account_id", ""))
    return found


def _owner(row: int, facts: dict[str, str], gaps: list[Gap]) -> Owner:
    name, code = facts.get("verified_name"), facts.get("verified_code")
    if code is not None:
        code = code.strip().upper()
    why = credit_code.fault(code) if code else ""
    if why:
        gaps.append(Gap(CHANNEL, "verified_code", f"{(code or '')[:40]!r} {why}; not used"))
        code = None
    kind = _choice(row, facts, "verified_kind", _KINDS)
    return Owner(None if name is None else name.strip(), code, kind)


def _proofs(facts: dict[str, str]) -> tuple[Proof, ...]:
    """Licences by their kind ("news"), held by the verified owner; and one authorisation a body."""
    if "licences" not in facts and "authorised_by" not in facts:
        return ()
    holder = facts.get("verified_name", "").strip()
    licences = [Proof(kind.lower(), holder) for kind in facts.get("licences", "").split()]
    bodies = [body for body in _SEVERAL.split(facts.get("authorised_by", "").strip()) if body]
    return (*licences, *(Proof("authorisation", body, body) for body in bodies))
