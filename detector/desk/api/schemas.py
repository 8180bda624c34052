"""What goes in and out of the API, as pydantic types; they are its documentation, too."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field, JsonValue

MOST_ACCOUNTS = 1000
_LONGEST_ID = 512
_LONGEST_TEXT = 20_000
# A picture of 2 MB as a data: URI
_LONGEST_PICTURE = 3_000_000


class AccountIn(Schema):
    """One account, in the columns of the input contract; what is left out counts as not reported."""

    model_config = ConfigDict(extra="ignore")

    account_id: str = Field(min_length=1, max_length=_LONGEST_ID, description="the client's own id")
    name: str = Field(max_length=_LONGEST_TEXT)
    account_type: Literal["personal", "organization"] | None = None
    bio: str | None = Field(None, max_length=_LONGEST_TEXT)
    signature: str | None = Field(None, max_length=_LONGEST_TEXT)
    verification: str | None = Field(None, max_length=_LONGEST_TEXT)
    avatar: str | None = Field(None, max_length=_LONGEST_PICTURE, description="a data: URI")
    cover: str | None = Field(None, max_length=_LONGEST_PICTURE, description="a data: URI")
    verified_name: str | None = Field(
        None, max_length=_LONGEST_TEXT, description='"" = nobody was verified'
    )
    verified_code: str | None = Field(None, max_length=64)
    verified_kind: (
        Literal["government", "party", "military", "institution", "enterprise", "social_org",
                "media", "foreign"] | None
    ) = None  # fmt: skip
    licences: str | None = Field(None, max_length=1000)
    authorised_by: str | None = Field(None, max_length=_LONGEST_TEXT)
    event: Literal["registration", "change", "stock"] | None = None
    previous_name: str | None = Field(None, max_length=_LONGEST_TEXT)


class ScreenIn(Schema):
    """Accounts to be screened, and how long the caller can wait."""

    model_config = ConfigDict(extra="forbid")

    accounts: list[AccountIn] = Field(min_length=1, max_length=MOST_ACCOUNTS)
    deadline_ms: int = Field(10_000, ge=10, le=60_000)


class Answered(Schema):
    """What became of one account.

    outcome: allow | strict | refuse; hold = it was not screened: let nothing through, ask again.
    case: the desk's case, where there is one. assessment: as `detector screen` writes it.
    """

    account_id: str
    outcome: Literal["allow", "strict", "refuse", "hold"]
    needs_person: bool
    case: str | None = None
    reason: str = ""
    assessment: dict[str, JsonValue] | None = None


class ScreenOut(Schema):
    """The answers, in the order of the accounts."""

    answers: list[Answered]


class Problem(Schema):
    """What is wrong with a call."""

    error: str
    detail: str = ""


class CaseOut(Schema):
    """A case and what people made of it."""

    id: str
    account_id: str
    state: str
    decision: str | None
    outcome: str
    clause: str
    opened_at: datetime
    assessment: dict[str, JsonValue] | None


class LaneOut(Schema):
    """How much waits in a lane."""

    lane: str
    open: int
    oldest: datetime | None


class QueueOut(Schema):
    """The whole queue."""

    lanes: list[LaneOut]
    waiting_for_proof: int


class ClauseOut(Schema):
    """A clause and what becomes of it."""

    clause: str
    fate: str
    reason: str
    text: str


class SourceOut(Schema):
    """A source of the registry."""

    source: str
    checked: str
    licence: str


class RegistryOut(Schema):
    """Which registry judges."""

    digest: str
    sources: list[SourceOut]


class ModelOut(Schema):
    """Who makes assessments: hashes of code, rules, registry and ranking model ("" = none)."""

    code: str
    rules: str
    registry: str
    model: str
