"""One account to learn from: what is reported of it, whether it is to be refused, and how we know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from detector.contract import read_row
from detector.types import Account


class Origin(StrEnum):
    """Where an example comes from."""

    MADE = "made"  # generated from the registry or by a process
    SEED = "seed"  # written by hand: data/accounts/seeds.csv
    REVIEW = "review"  # decided by reviewers at the desk


@dataclass(frozen=True, slots=True)
class Example:
    """cells: columns of the input contract but for the account id. risky: it is to be refused.

    kind: the disguise, claim or sort of harmless name. body: the name of the body that it is about
    ("" = none); all examples of one body stay on one side of the split. body_kind: its kind.
    weight: 0..1, how sure the label is; a review on which reviewers disagree counts less.
    """

    cells: Mapping[str, str]
    risky: bool
    kind: str
    body: str = ""
    body_kind: str = ""
    origin: Origin = Origin.MADE
    weight: float = 1.0

    @property
    def name(self) -> str:
        """The account's name."""
        return self.cells["name"]

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Everything reported, comparable: two examples with the same facts are one account."""
        return tuple(sorted(self.cells.items()))

    def account(self, number: int) -> Account:
        """The account as the input contract reads it. Raises RowError where it is none."""
        return read_row(number, {"account_id": str(number), **self.cells}).account

    def unreported(self) -> Example:
        """The same account on a platform that does not report owners."""
        owner = ("verified_name", "verified_kind", "licences", "authorised_by")
        return replace(self, cells={k: v for k, v in self.cells.items() if k not in owner})


def personal(name: str, bio: str = "") -> dict[str, str]:
    """The cells of a person's account of which nobody was verified."""
    return {"name": name, "account_type": "personal", "bio": bio, "verified_name": ""}


def verified(name: str, owner: str, owner_kind: str, **more: str) -> dict[str, str]:
    """The cells of an organisation's account whose owner was verified."""
    found = {"name": name, "account_type": "organization", "bio": "", "verified_name": owner}
    return found | ({"verified_kind": owner_kind} if owner_kind else {}) | more
