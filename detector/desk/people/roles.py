"""The roles and what each may do: least privilege, one table."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is at the desk; everybody is exactly one."""

    REVIEWER = "reviewer"
    SENIOR = "senior"
    SCIENTIST = "scientist"
    AUDITOR = "auditor"
    ADMIN = "admin"


class May(StrEnum):
    """What can be permitted."""

    SEE_GUIDES = "see_guides"  # law, registry, model, help
    SEE_QUEUE = "see_queue"  # how much waits, and for how long
    SEE_CASES = "see_cases"  # account information of any case; search
    DECIDE = "decide"  # claim cases, decide, undo one's own
    CONFIRM = "confirm"  # the seniors' lane; be the second who closes
    OVERRIDE = "override"  # reopen a case that was decided
    EXPORT_TRAINING = "export_training"
    SEE_LEDGER = "see_ledger"  # read, verify and export it
    MANAGE = "manage"  # people, clients, webhooks


_GUIDES = frozenset({May.SEE_GUIDES})
ROLES: dict[Role, frozenset[May]] = {
    Role.REVIEWER: _GUIDES | {May.SEE_QUEUE, May.SEE_CASES, May.DECIDE},
    Role.SENIOR: _GUIDES | {May.SEE_QUEUE, May.SEE_CASES, May.DECIDE, May.CONFIRM, May.OVERRIDE},
    Role.SCIENTIST: _GUIDES | {May.SEE_QUEUE, May.EXPORT_TRAINING},
    Role.AUDITOR: _GUIDES | {May.SEE_QUEUE, May.SEE_CASES, May.SEE_LEDGER},
    Role.ADMIN: _GUIDES | {May.SEE_QUEUE, May.MANAGE},
}
