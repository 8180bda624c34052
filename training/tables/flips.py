"""flips.tsv: letters and digits written upside down."""

from functools import cache

from training.tables.table import Row, Table, curated


def rows() -> list[Row]:
    """The hand-written rows."""
    return curated("flips")


@cache
def turned() -> frozenset[str]:
    """The characters of the table."""
    return frozenset(row[0] for row in rows())


TABLE = Table(
    name="flips",
    meaning="Letters and digits written upside down -> upright.",
    notes=("A whole text may also run from right to left; the reader of this table tries both.",),
    columns=("char", "upright"),
    sources=("training/tables/curated/flips.tsv (this project, from Unicode character names)",),
    licence="that of this project",
    rows=rows,
)
