"""What is wrong with a registry: one fault, where it stands, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error must be mended before the registry is used; a warning wants a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault.

    file: below the registries folder. row: line number there, the header is line 1; None = the
    file as a whole. entity: id, "" where there is none. value: the faulty cell or name.
    """

    severity: Severity
    file: str
    row: int | None
    entity: str
    value: str
    message: str

    @property
    def place(self) -> str:
        """`file:row`, as editors understand it."""
        return self.file if self.row is None else f"{self.file}:{self.row}"

    def __str__(self) -> str:
        told = " ".join(part for part in (self.entity, repr(self.value)) if part not in ("", "''"))
        return f"{self.place}: {self.severity}: {told}{': ' if told else ''}{self.message}"


def error(
    file: str, row: int | None, message: str, *, entity: str = "", value: str = ""
) -> Problem:
    """A fault that must be mended."""
    return Problem(Severity.ERROR, file, row, entity, value, message)


def warning(
    file: str, row: int | None, message: str, *, entity: str = "", value: str = ""
) -> Problem:
    """A fault that wants a look."""
    return Problem(Severity.WARNING, file, row, entity, value, message)
