"""The columns of the input contract (architecture, section 8), and the values some are held to."""

from __future__ import annotations

REQUIRED = ("account_id", "name")
COLUMNS = (
    *REQUIRED, "account_type", "bio", "signature", "verification", "avatar", "cover",
    "verified_name", "verified_code", "verified_kind", "licences", "authorised_by", "event",
    "previous_name",
)  # fmt: skip
VERIFIED_KINDS = (
    "government", "party", "military", "institution", "enterprise", "social_org", "media",
    "foreign",
)  # fmt: skip


def complaint(found: tuple[str, ...]) -> str:
    """What is wrong with a file's columns, for people; "" where nothing is."""
    missing = [column for column in REQUIRED if column not in found]
    if missing:
        listed = ", ".join(repr(column[:40]) for column in found[:20]) or "none"
        more = f" and {len(found) - 20} more" if len(found) > 20 else ""
        return f"no column {' and '.join(missing)}; columns found: {listed}{more}"
    twice = sorted({c for c in found if c in COLUMNS and found.count(c) > 1})
    return f"column {', '.join(twice)} stands there twice" if twice else ""
