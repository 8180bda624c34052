"""Everything that can go wrong, as one tree.

DetectorError
  InputError          a row or file that a stranger gave us; the row is counted, the run goes on
    FileFormatError   the file as a whole cannot be read: wrong encoding, no such columns
    RowError          one row cannot be read
    PictureError      an avatar or cover cannot be read; the account keeps a gap, the run goes on
  DataError           something of ours is broken: the run stops (exit code 4)
    RegistryError     a source that does not load or does not pass `registry check`
    IndexFileError    an index on disk that is damaged or belongs to other data
    LawError          a rule without a clause, a clause without a fate, a bad parameter
    TableError        a character or word table that cannot be read
    MarkError         a mark that cannot be enrolled or read
    ModelError        a ranking model that is damaged or was trained on other features
    BundleError       a bundle whose hash does not fit, or that belongs to another program
    ResultsError      stored results of a rescreen that are damaged or of other accounts
"""


class DetectorError(Exception):
    """The root of the tree."""


class InputError(DetectorError):
    """A row or file that a stranger gave us."""


class FileFormatError(InputError):
    """The file as a whole cannot be read."""


class RowError(InputError):
    """One row cannot be read; `row` counts from 1, header not counted."""

    def __init__(self, row: int, reason: str, account_id: str = "") -> None:
        super().__init__(f"row {row}: {reason}")
        self.row, self.reason, self.account_id = row, reason, account_id


class PictureError(InputError):
    """A picture cannot be read; `named` is the path or shortened URI, `reason` what is wrong."""

    def __init__(self, named: str, reason: str) -> None:
        super().__init__(f"{named}: {reason}")
        self.named, self.reason = named, reason


class DataError(DetectorError):
    """Something of ours is broken."""


class RegistryError(DataError):
    """A registry source that does not load or does not pass `detector registry check`."""


class IndexFileError(DataError):
    """An index on disk that is damaged or belongs to other data."""


class LawError(DataError):
    """A rule without a clause, a clause without a fate, or a bad parameter."""


class TableError(DataError):
    """A character or word table that cannot be read."""


class MarkError(DataError):
    """A mark that cannot be enrolled, or a file of marks that cannot be read."""


class ModelError(DataError):
    """A ranking model that is damaged or was trained on other features."""


class BundleError(DataError):
    """A bundle whose hash does not fit, or that belongs to another program."""


class ResultsError(DataError):
    """Stored results of a rescreen that are damaged or of other accounts."""
