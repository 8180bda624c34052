"""Screeners that stand in for the real one where a test is about rows and processes, not names."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date

from detector.settings import Settings
from detector.types import Account, Assessment, Decision, Outcome, Provenance

MADE_BY = Provenance("code", "rules", "registry", "")


class Allows:
    """Allows everybody; a name "crash" ends the process, one "fault" meets a fault of ours."""

    def screen(self, accounts: Sequence[Account], as_of: date) -> list[Assessment]:
        """One assessment an account, in order."""
        for account in accounts:
            if account.name == "crash":
                os._exit(9)
            if account.name == "fault":
                raise ZeroDivisionError("a fault of ours")
        decision = Decision(Outcome.ALLOW, (), False, as_of.isoformat())
        return [Assessment(account, (), decision, (), MADE_BY) for account in accounts]


def open_standin(settings: Settings) -> Allows:
    """What a worker opens."""
    return Allows()
