"""separators.tsv: characters that decorate or separate, letters by Unicode among them."""

from training.tables.table import Row, Table, curated


def rows() -> list[Row]:
    """The hand-written rows."""
    return curated("separators")


TABLE = Table(
    name="separators",
    meaning="Characters that people put between or around the characters of a name.",
    columns=("char", "what"),
    sources=("training/tables/curated/separators.tsv (this project)",),
    licence="that of this project",
    rows=rows,
    notes=("Some (丨) may also be read as a letter: see fold.tsv; try both.",),
)
