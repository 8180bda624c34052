"""Reviewers' decisions as training data: one CSV row a decision, in the columns of account files.

Columns: those of the input contract (`detector/contract/columns.py`), then `decision` (allow | refuse),
`clause`, `outcome` (what the rules said), `risk`, `reviewer` (a pseudonym), `at` (UTC), `second` (1 = a
second, blind opinion), `case`. Text that a spreadsheet would take for a formula gets a ' before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC

from detector.contract import COLUMNS
from detector.desk.cases.models import Case, Review
from detector.desk.cases.words import Action, State

EXTRA = ("decision", "clause", "outcome", "risk", "reviewer", "at", "second", "case")
# What Excel and its like take for the beginning of a formula (OWASP, CSV injection)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet computes.

    >>> harmless("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def rows() -> Iterator[str]:
    """The file, line by line: decisions in force, oldest first; those taken back are left out."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow((*COLUMNS, *EXTRA))
    standing = Review.objects.filter(
        action__in=(Action.ALLOW, Action.REFUSE, Action.CLOSE), undone_by=None,
        case__state=State.DECIDED,
    )  # fmt: skip
    for review in standing.select_related("case", "reviewer").order_by("event").iterator(1000):
        if review.event == review.case.last_event and review.case.record:
            writer.writerow([harmless(cell) for cell in _cells(review.case, review)])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _cells(case: Case, review: Review) -> list[str]:
    account = case.assessment["account"]
    decision = "allow" if review.action == Action.ALLOW else "refuse"
    return [
        *(account.get(column, "") for column in COLUMNS),
        decision,
        case.clause,
        case.outcome,
        "" if case.risk is None else str(case.risk),
        review.reviewer.pseudonym,
        review.at.astimezone(UTC).isoformat(timespec="seconds"),
        "1" if case.twin_id else "",
        case.pk,
    ]
