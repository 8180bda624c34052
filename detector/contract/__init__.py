"""The fixed contracts: which columns come in, which record goes out (architecture, section 8)."""

from detector.contract.account import Cells, Reported, read_row
from detector.contract.columns import COLUMNS, REQUIRED
from detector.contract.record import (
    AssessmentRecord,
    FindingRecord,
    findings_json,
    gaps_json,
    kind_of,
    to_line,
    to_record,
)

__all__ = [
    "COLUMNS", "REQUIRED", "AssessmentRecord", "Cells", "FindingRecord", "Reported",
    "findings_json", "gaps_json", "kind_of", "read_row", "to_line", "to_record",
]  # fmt: skip
