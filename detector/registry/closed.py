"""The platform's own closed accounts as a source of the registry (Art. 10(3)).

Their names may not be registered again, nor names like them. `import_closed` turns the platform's
list into a folder of kind `closed`; a later list is added to it, nothing is lost.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from detector.errors import FileFormatError, RegistryError
from detector.registry.check_names import everyday_bits
from detector.registry.problem import Problem, error
from detector.registry.source import Row, load
from detector.registry.survey import decoded
from detector.text.fold import plain
from detector.types import Kind

FOLDER = "closed_accounts"
_COLUMNS = (
    "id name short_names english_names brand_accounts numbers former_names kind level region "
    "sponsor needs_cue code since until successor cite".split()
)
# The words by which platforms head the three columns
_HEADERS = {
    "name": "name", "account_name": "name", "账号名称": "name", "账号名": "name", "名称": "name",
    "closed": "closed", "closed_at": "closed", "date": "closed", "关闭日期": "closed",
    "关闭时间": "closed", "日期": "closed",
    "reason": "reason", "原因": "reason", "关闭原因": "reason",
}  # fmt: skip
_PLACES = ("name", "closed", "reason")
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T].*)?")
_CITE = "closed"  # the reference of names without a reason; also the mark of our own folders
_LONGEST = 100  # characters of a name; platforms allow some 30
_SHORTEST_ALONE = 3


@dataclass(frozen=True, slots=True)
class ClosedName:
    """One account name that the platform closed; closed: ISO day or "" if not given."""

    name: str
    closed: str
    reason: str

    @property
    def id(self) -> str:
        """Made from the name alone, so that the same list gives the same ids."""
        return f"closed.{hashlib.sha256(self.name.encode()).hexdigest()[:16]}"

    @property
    def cite(self) -> str:
        """The reference that holds the reason."""
        if not self.reason:
            return _CITE
        return f"reason-{hashlib.sha256(self.reason.encode()).hexdigest()[:12]}"

    @property
    def needs_cue(self) -> bool:
        """Whether the name alone says nothing: an everyday word, or two characters."""
        return len(self.name) < _SHORTEST_ALONE or everyday_bits(self.name) is not None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. folder: the source; added: names new to it; repeated: those it had.

    problems: rows that were left out, with file, row and value.
    """

    folder: Path
    added: int
    repeated: int
    problems: tuple[Problem, ...]


def import_closed(
    file: Path, registries: Path, folder: str = FOLDER, as_of: datetime.date | None = None
) -> Imported:
    """Add the names of a CSV or TXT file (name, closed date, reason) to the source `folder`.

    TXT: one name a line, tabs between the cells. as_of: no date may be later; None = today.
    Raises FileFormatError where the file cannot be read or holds no good row, RegistryError where
    `folder` is another's source.
    """
    day = as_of or datetime.date.today()
    target = registries / folder
    known = _known(target)
    problems: list[Problem] = []
    names = dict(known)
    added = repeated = 0
    for number, cells in _cells(file):
        try:
            closed = _closed_name(cells, day)
        except ValueError as failed:
            message, value = failed.args
            problems.append(error(file.name, number, message, value=value))
            continue
        before = names.get(closed.name)
        added, repeated = added + (before is None), repeated + (before is not None)
        names[closed.name] = closed if before is None else _newer(before, closed)
    if not names:
        raise FileFormatError(f"{file}: no row that could be imported ({len(problems)} bad rows)")
    if names != known:
        _write(target, names, day)
    return Imported(target, added, repeated, tuple(problems))


def _newer(before: ClosedName, now: ClosedName) -> ClosedName:
    """Both reports of one name: the later day, its reason if it has one."""
    late, early = (now, before) if now.closed >= before.closed else (before, now)
    return late if late.reason else replace(late, reason=early.reason)


def _known(target: Path) -> dict[str, ClosedName]:
    """The names of an earlier import; RegistryError where the folder is not one of ours."""
    if not target.exists():
        return {}
    loaded = load(target)
    references = loaded.info.references
    if _CITE not in references or any(row.kind is not Kind.CLOSED for row in loaded.rows):
        raise RegistryError(f"{target}: no import of closed accounts; choose another folder")
    return {
        row.name: ClosedName(row.name, row.until, "" if row.cite == _CITE else references[row.cite])
        for row in loaded.rows
    }


def _cells(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of the file by column, with their line numbers; blank lines are passed over."""
    try:
        text = decoded(file)
    except (OSError, RegistryError) as failed:
        raise FileFormatError(f"{file}: {failed}") from failed
    places: tuple[str, ...] = _PLACES
    tabbed = file.suffix.lower() in (".txt", ".tsv")
    rows: Iterable[tuple[int, list[str]]]
    if tabbed:
        rows = enumerate((line.split("\t") for line in text.splitlines()), 1)
    else:
        reader = csv.reader(io.StringIO(text, newline=""))
        rows = ((reader.line_num, row) for row in reader)
    first = True
    try:
        for number, row in rows:
            heads = [_HEADERS.get(cell.strip().lower(), "") for cell in row]
            if first and "name" in heads:
                places = tuple(heads)
            elif any(cell.strip() for cell in row):
                pairs = zip(places, row, strict=False)
                yield number, {place: cell.strip() for place, cell in pairs if place}
            first = first and not any(cell.strip() for cell in row)
    except csv.Error as failed:
        raise FileFormatError(f"{file}: {failed}") from failed


def _closed_name(cells: Mapping[str, str], day: datetime.date) -> ClosedName:
    """A row read; ValueError(message, value) where it is no good."""
    name = cells.get("name", "")
    if not 2 <= len(name) <= _LONGEST or len(plain(name)) < 2:
        raise ValueError("a name has 2 to 100 characters besides decoration", name[:80])
    if not name.isprintable():
        raise ValueError("the name holds control characters or hidden ones", name[:80])
    closed = ClosedName(name, _day(cells.get("closed", ""), day), cells.get("reason", ""))
    if "|" in name and closed.needs_cue:
        raise ValueError("a name of two characters may not hold |", name)
    return closed


def _day(text: str, latest: datetime.date) -> str:
    found = _DAY.fullmatch(text)
    if not text:
        return ""
    if found is None:
        raise ValueError("the date is not YYYY-MM-DD", text)
    try:
        day = datetime.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise ValueError("the date is no day of the calendar", text) from None
    if day > latest:
        raise ValueError(f"the date lies after {latest}", text)
    return day.isoformat()


def _write(target: Path, names: Mapping[str, ClosedName], day: datetime.date) -> None:
    """source.yaml and entities.csv, each replaced whole, once every row is known to be good."""
    closed = sorted(names.values(), key=lambda c: c.id)
    table = io.StringIO()
    writer = csv.DictWriter(table, _COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for entry in closed:
        row = {
            "id": entry.id, "name": entry.name, "kind": Kind.CLOSED.value, "until": entry.closed,
            "needs_cue": entry.name if entry.needs_cue else "", "cite": entry.cite,
        }  # fmt: skip
        Row.model_validate(row)
        writer.writerow(row)
    reasons = {entry.cite: entry.reason for entry in closed if entry.reason}
    info = {
        "source": target.name,
        "title": "Accounts that the platform closed",
        "publisher": "the platform",
        "date": day,
        "licence": "own",
        "complete": [],
        "references": {_CITE: "the platform's own record of closed accounts", **reasons},
        "notes": "Written by the import of closed accounts. `until` is the day of closing.",
    }
    about = yaml.safe_dump(info, allow_unicode=True, sort_keys=False, width=100)
    target.mkdir(parents=True, exist_ok=True)
    for name, text in (("entities.csv", table.getvalue()), ("source.yaml", about)):
        staged = target / f".{name}.new"
        staged.write_text(text, encoding="utf-8", newline="")
        os.replace(staged, target / name)
