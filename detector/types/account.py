"""The account side: what the platform reports, `None` where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """The fields of account information (Art. 23) that evidence may come from."""

    NAME = "name"
    BIO = "bio"
    SIGNATURE = "signature"
    VERIFICATION = "verification"
    AVATAR = "avatar"
    COVER = "cover"


class Event(StrEnum):
    """Why the account is looked at: Art. 10 (registration, change) or Art. 15 (stock)."""

    REGISTRATION = "registration"
    CHANGE = "change"
    STOCK = "stock"


class AccountType(StrEnum):
    """Who the account says it is run by."""

    PERSONAL = "personal"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who was verified behind the account; None = not reported, "" = reported that there is nobody."""

    legal_name: str | None = None
    code: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A licence, letter or mark: what it is, whose, what it covers (an entity's name or ""), until when."""

    kind: str
    holder: str = ""
    scope: str = ""
    expires: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """What the platform reports of one account; None = not reported, "" = reported empty."""

    account_id: str
    name: str
    account_type: AccountType | None = None
    bio: str | None = None
    signature: str | None = None
    verification: str | None = None
    avatar: str | None = None
    cover: str | None = None
    owner: Owner = Owner()
    proofs: tuple[Proof, ...] = ()
    event: Event = Event.REGISTRATION
    previous_name: str | None = None
