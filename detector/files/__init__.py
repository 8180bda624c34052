"""Account files: JSON Lines, CSV and Parquet, gzipped or not, as a stream of rows and bad rows."""

from detector.files.input import Format, Input, open_input
from detector.files.jsonl import parsed
from detector.files.lines import Line, lines
from detector.files.output import written_whole
from detector.files.parquet import batch_rows
from detector.files.repeats import NO_ID, Ids, Repeats, fingerprint
from detector.files.rows import BadRow, Read, Row, Unparsed, shown
from detector.files.source import open_source

__all__ = [
    "NO_ID", "BadRow", "Format", "Ids", "Input", "Line", "Read", "Repeats", "Row", "Unparsed",
    "batch_rows", "fingerprint", "lines", "open_input", "open_source", "parsed", "shown", "written_whole",
]  # fmt: skip
