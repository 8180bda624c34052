"""Account files: JSON Lines, CSV and Parquet, gzipped or not, as a stream of rows and bad rows."""

from detector.files.input import Format, Input, open_input
from detector.files.output import written_whole
from detector.files.repeats import Ids, Repeats
from detector.files.rows import BadRow, Row, shown

__all__ = [
    "BadRow", "Format", "Ids", "Input", "Repeats", "Row", "open_input", "shown", "written_whole",
]  # fmt: skip
