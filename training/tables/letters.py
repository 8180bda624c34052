"""letters.tsv: digits, Latin letters and signs that stand for Chinese sounds or shapes."""

from training.tables.table import Row, Table, curated


def rows() -> list[Row]:
    """The hand-written rows."""
    return curated("letters")


TABLE = Table(
    name="letters",
    meaning="Digits, letters and signs read as Chinese characters or as other letters.",
    columns=("char", "reading", "kind (sound, shape, leet)"),
    sources=("training/tables/curated/letters.tsv (this project)",),
    licence="that of this project",
    rows=rows,
    notes=("A reading is a possibility, never a replacement; several rows a character.",),
)
