"""A table file: a header that says what it is, then sorted rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "data" / "text"
SHARED = ROOT.parent / "shared" / "data"
CURATED = Path(__file__).parent / "curated"

# The day on which the sources were last read; change it when a source is renewed.
SOURCES_READ = "2026-11-23"

Row = tuple[str, ...]


class SourceMissing(Exception):
    """A font, shared file or package that this table is made from is not on this machine."""


@dataclass(frozen=True, slots=True)
class Table:
    """One file of data/text and how to make it."""

    name: str
    meaning: str
    columns: Row
    sources: Row
    licence: str
    rows: Callable[[], Iterable[Row]]
    notes: Row = ()

    @property
    def path(self) -> Path:
        """Where the committed file stands."""
        return OUTPUT / f"{self.name}.tsv"

    def render(self) -> str:
        """The whole file as text: header lines that start with '# ', then the sorted rows.

        Raises SourceMissing when a source is not on this machine.
        """
        lines = sorted({"\t".join(row) for row in self.rows()})
        return "\n".join([*self._header(), *lines]) + "\n"

    def _header(self) -> list[str]:
        return [
            f"# {self.meaning}",
            *(f"# {note}" for note in self.notes),
            f"# Columns: {', '.join(self.columns)}",
            *(f"# Source: {source}" for source in self.sources),
            f"# Read: {SOURCES_READ}",
            f"# Licence: {self.licence}",
            f"# Regenerate: python -m training.tables {self.name}",
        ]


def read_rows(path: Path) -> list[Row]:
    """The rows of a tab-separated file; lines that start with '# ' and blank lines are left out.

    Raises SourceMissing when there is no such file.
    """
    if not path.exists():
        raise SourceMissing(str(path))
    lines = path.read_text(encoding="utf-8").split("\n")
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("# ")]


def curated(name: str) -> list[Row]:
    """The rows of one hand-written input file."""
    return read_rows(CURATED / f"{name}.tsv")


def shared_lines(name: str) -> list[str]:
    """The lines of one file of ../shared/data; raises SourceMissing when it is absent."""
    path = SHARED / name
    if not path.exists():
        raise SourceMissing(str(path))
    return path.read_text(encoding="utf-8-sig").splitlines()
