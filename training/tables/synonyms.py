"""synonyms.tsv: organ nouns and generic words that impostors swap."""

from training.tables.table import Row, Table, curated


def rows() -> list[Row]:
    """The hand-written rows."""
    return curated("synonyms")


TABLE = Table(
    name="synonyms",
    meaning="Words of an official name that impostors swap, and the word they stand for.",
    columns=("word", "canonical", "note"),
    sources=("training/tables/curated/synonyms.tsv (this project)",),
    licence="that of this project",
    rows=rows,
    notes=("weak: the two also differ in ordinary use, so a swap alone says little.",),
)
