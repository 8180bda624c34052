"""What the codes of the desk are called on its pages; Chinese by the catalogue in `locale`."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from detector.desk.cases.words import Action, Lane, State
from detector.desk.ledger.append import Kind as EventKind
from detector.desk.people.roles import May, Role
from detector.explain.words import EDITS, FIELDS, KINDS, OUTCOMES, split_languages

Words = dict[str, Promise]

LANES: Words = {
    Lane.CONFIRM: _("Refusals to confirm"),
    Lane.STRICT: _("Strict verification"),
    Lane.RESCREEN: _("Rescreens"),
    Lane.SENIOR: _("Seniors"),
}
STATES: Words = {
    State.OPEN: _in("state", "open"),
    State.WAITING: _in("state", "waits for proof"),
    State.DECIDED: _in("state", "decided"),
    State.SUPERSEDED: _in("state", "assessed again"),
}
ACTIONS: Words = {
    Action.ALLOW: _in("action", "Allow"),
    Action.PROOF: _in("action", "Ask for proof"),
    Action.REFUSE: _in("action", "Refuse"),
    Action.CLOSE: _in("action", "Close account"),
    Action.ESCALATE: _in("action", "Escalate"),
    Action.UNDO: _in("action", "Undo"),
    Action.REOPEN: _in("action", "Reopen"),
    "strict": _in("action", "Verify strictly"),
}
REASONS: Words = {
    "no_resemblance": _("Resembles nobody official"),
    "ordinary_words": _("Ordinary words"),
    "speaks_about": _("Speaks about the body, does not pose as it"),
    "proof_seen": _("Proof was seen"),
    "other": _("Another reason (note)"),
    "ask_licence": _("News licence"),
    "ask_authorisation": _("Letter of authorisation"),
    "ask_registration": _("Registration certificate with the name"),
    "ask_trade_mark": _("Trade mark certificate"),
    "poses_as_body": _("Poses as the body"),
    "imitates_body": _("Imitates the body's name"),
    "no_such_body": _("There is no such body"),
    "news_without_licence": _("News words without a licence"),
    "ties_to_place": _("Ties itself to a place"),
    "fraud": _("Fraud"),
    "repeated": _("Repeated after refusal"),
    "unsure": _("Unsure"),
    "new_pattern": _("A new pattern"),
    "sensitive_body": _("A sensitive body"),
}
ROLES: Words = {
    Role.REVIEWER: _("Reviewer"),
    Role.SENIOR: _("Senior reviewer"),
    Role.SCIENTIST: _("Data scientist"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMIN: _("Administrator"),
}
EVENTS: Words = {
    EventKind.ASSESSED: _in("event", "Assessed"),
    EventKind.REASSESSED: _in("event", "Assessed again"),
    EventKind.REVIEWED: _in("event", "Reviewed"),
    EventKind.UNDONE: _in("event", "Taken back"),
    EventKind.SECOND_OPINION: _in("event", "Second opinion"),
    EventKind.EXPORTED: _in("event", "Exported"),
    EventKind.PERSON_ADDED: _in("event", "Person added"),
    EventKind.PERSON_CHANGED: _in("event", "Person changed"),
    EventKind.CLIENT_ADDED: _in("event", "Client added"),
    EventKind.KEY_ROTATED: _in("event", "Key rotated"),
    EventKind.CLIENT_CLOSED: _in("event", "Client closed"),
    EventKind.TARGET_ADDED: _in("event", "Webhook added"),
    EventKind.TARGET_CLOSED: _in("event", "Webhook closed"),
    EventKind.RESENT: _in("event", "Sent again"),
}
FATES: Words = {
    "coded": _in("fate", "coded"),
    "person": _in("fate", "a person decides"),
    "outside": _in("fate", "outside"),
}
ACTS: Words = {
    May.SEE_GUIDES: _in("may", "law, registry, help"),
    May.SEE_QUEUE: _in("may", "queue counts"),
    May.SEE_CASES: _in("may", "see cases"),
    May.DECIDE: _in("may", "decide"),
    May.CONFIRM: _in("may", "seniors' lane, second to close"),
    May.OVERRIDE: _in("may", "reopen"),
    May.EXPORT_TRAINING: _in("may", "training data"),
    May.SEE_LEDGER: _in("may", "ledger"),
    May.MANAGE: _in("may", "people, clients, webhooks"),
}
COLUMNS: Words = {
    "account_type": _in("column", "account type"),
    "verified_name": _in("column", "verified owner"),
    "verified_kind": _in("column", "kind of owner"),
    "verified_code": _in("column", "credit code"),
    "licences": _in("column", "licences"),
    "authorised_by": _in("column", "authorised by"),
    "event": _in("column", "occasion"),
    "previous_name": _in("column", "previous name"),
    "bio": _in("column", "bio"),
    "avatar": _in("column", "avatar"),
}
# Values of the input contract that people read
VALUES: Words = {
    "personal": _in("value", "personal"),
    "organization": _in("value", "organisation"),
    "registration": _in("value", "registration"),
    "change": _in("value", "change"),
    "stock": _in("value", "existing account"),
    "government": _in("value", "government"),
    "party": _in("value", "party organ"),
    "military": _in("value", "armed forces"),
    "institution": _in("value", "public institution"),
    "enterprise": _in("value", "enterprise"),
    "social_org": _in("value", "social organisation"),
    "media": _in("value", "news medium"),
    "foreign": _in("value", "foreign body"),
    "news": _in("value", "news"),
}
# What the key of an action is, in the order of the buttons
KEYS = {
    Action.ALLOW: "a",
    Action.PROOF: "s",
    Action.REFUSE: "r",
    Action.CLOSE: "x",
    Action.ESCALATE: "e",
}


def chinese() -> bool:
    """Whether the page is read in Chinese."""
    return (get_language() or "zh-hans").startswith("zh")


def said(sentence: str) -> str:
    """A sentence of the law layer in the language of the page."""
    in_chinese, english = split_languages(sentence)
    return in_chinese if chinese() or not english else english


def both(pair: tuple[str, str]) -> str:
    """One of two words."""
    return pair[0] if chinese() else pair[1]


def edit_word(kind: str) -> str:
    """The step of a disguise."""
    return both(EDITS.get(kind, (kind, kind)))


def kind_word(kind: str) -> str:
    """A sort of body."""
    return KINDS.get(kind, kind) if chinese() else kind.replace("_", " ")


def _half(words: str) -> str:
    in_chinese, _, english = words.partition(" ")
    return in_chinese if chinese() else english


def field_word(field: str) -> str:
    """A field of the account information."""
    return _half(FIELDS[field]) if field in FIELDS else field


def outcome_word(outcome: str) -> str:
    """A step of the ladder."""
    return _half(OUTCOMES[outcome][0]) if outcome in OUTCOMES else outcome
