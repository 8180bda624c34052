"""sound_confusions.tsv: initials and finals taken for one another, and at what cost."""

from training.tables.table import Row, Table, curated


def rows() -> list[Row]:
    """The hand-written rows; each holds both ways."""
    return curated("sound_confusions")


TABLE = Table(
    name="sound_confusions",
    meaning="Pairs of pinyin initials and finals that are taken for one another.",
    notes=(
        "The distance of two syllables is the sum of their initials' and finals' costs, at most 1;",
        "a pair that is not listed costs 1, an equal pair 0. Each row holds both ways.",
    ),
    columns=("part (initial, final)", "a", "b", "cost 0..1 (0 = the same)", "example"),
    sources=("training/tables/curated/sound_confusions.tsv (this project)",),
    licence="that of this project",
    rows=rows,
)
