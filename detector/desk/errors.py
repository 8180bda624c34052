"""What can go wrong at the desk, as one tree below the project's own.

DetectorError
  DeskError           an act that cannot be done; people are told why
    ClaimLost         the case is another reviewer's, or the lease ran out
    NotAllowed        the role, or the identity, may not do this
    WrongState        the case is not in a state in which this can be done
    BadTarget         a webhook address that may not be called
  DataError
    DeskConfigError   a setting that cannot be followed
    LedgerError       the ledger is broken, or was to be written outside a transaction
"""

from __future__ import annotations

from detector.errors import DataError, DetectorError


class DeskError(DetectorError):
    """An act that cannot be done; the message is for people."""


class ClaimLost(DeskError):
    """The case is another reviewer's, or the lease ran out."""


class NotAllowed(DeskError):
    """The role, or the identity, may not do this."""


class WrongState(DeskError):
    """The case is not in a state in which this can be done."""


class BadTarget(DeskError):
    """A webhook address that may not be called."""


class DeskConfigError(DataError):
    """A setting that cannot be followed."""


class LedgerError(DataError):
    """The ledger is broken, or was to be written outside a transaction."""
