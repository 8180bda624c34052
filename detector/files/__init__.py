"""Account files: JSON Lines, CSV and Parquet, gzipped or not, as a stream of rows and bad rows."""

from detector.files.input import Format, Input, open_input
from detector.files.lines import Line, lines
from detector.files.output import written_whole
from detector.files.repeats import Ids, Repeats
from detector.files.rows import BadRow, Row, shown
from detector.files.source import open_source

__all__ = [
    "BadRow", "Format", "Ids", "Input", "Line", "Repeats", "Row", "lines", "open_input",
    "open_source", "shown", "written_whole",
]  # fmt: skip
