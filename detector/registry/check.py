"""`detector registry check`: is the registry fit for use, and what wants a look?

`check` reads every source to its end and reports all faults at once; a clean registry gives ().
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path

from detector.contract import credit_code
from detector.registry.check_names import check_names
from detector.registry.check_patterns import check_patterns
from detector.registry.problem import Problem, Severity, error, warning
from detector.registry.source import SourceInfo
from detector.registry.survey import Placed, Surveyed, survey
from detector.types import Kind

__all__ = ["LICENCES", "Problem", "Severity", "check"]

# `facts`: no work, nothing to license. `own`: the operator's own records (closed accounts). The
# rest are SPDX identifiers that let us pass the rows on; several are joined by " AND ".
LICENCES = frozenset(
    "facts own 0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC-BY-3.0 CC-BY-4.0 CC-PDDC CC0-1.0 ISC "
    "MIT MulanPSL-2.0 ODC-By-1.0 OGL-UK-3.0 PDDL-1.0 Unicode-3.0 Unicode-DFS-2016 Unlicense WTFPL "
    "Zlib".split()
)
_REGION = re.compile(r"[0-9]{6}([0-9]{3})?|[A-Z]{2}|")
_TOWN = re.compile(r"[0-9]{9}")
# ISO 3166 codes of regions of China; the README's `region` is alpha-2 for foreign bodies only
_OURS = {"HK": "810000", "MO": "820000", "TW": "710000"}
_ZONE = re.compile(r"[0-9]{4}7[1-9]")  # statistical zones stand as zone.*, without a code
_FULL_DATE = 3


def check(registries: Path, as_of: datetime.date | None = None) -> tuple[Problem, ...]:
    """All faults of the registry, by file and row. as_of: no date may be later; None = today.

    Raises RegistryError where there is no source at all.
    """
    day = as_of or datetime.date.today()
    surveyed = survey(registries)
    rows = list(surveyed.rows)
    found = [*surveyed.problems]
    for source in surveyed.sources:
        found += _source(source, day)
    found += _identity(rows)
    found += _bonds(rows)
    found += _places(surveyed.sources, rows)
    found += check_names(rows)
    found += check_patterns(surveyed)
    return tuple(sorted(found, key=lambda p: (p.file, p.row or 0, p.entity, p.value, p.message)))


def _source(source: Surveyed, day: datetime.date) -> Iterator[Problem]:
    """Licence, date and claims of completeness of one source; its rows' cells."""
    if source.info is not None:
        yield from _about(source.info, f"{source.folder.name}/source.yaml", day)
        yield from _complete(source, source.info)
    previous = ""
    for placed in source.rows:
        row, at = placed.row, (placed.file, placed.line)
        if source.info is not None and row.cite not in source.info.references:
            told = "cite is none of the references in source.yaml"
            yield error(*at, told, entity=row.id, value=row.cite)
        if row.id < previous:
            told = f"rows are sorted by id: it belongs before {previous}"
            yield warning(*at, told, entity=row.id)
        previous = row.id
        if not _REGION.fullmatch(row.region):
            told = "region is neither a division code (six or nine digits) nor ISO 3166 alpha-2"
            yield error(*at, told, entity=row.id, value=row.region)
        elif row.region in _OURS:
            told = f"region of a body of China by its ISO code; write {_OURS[row.region]}"
            yield error(*at, told, entity=row.id, value=row.region)
        if row.code and (fault := credit_code.fault(row.code)):
            yield error(*at, f"the code {fault}", entity=row.id, value=row.code)
        yield from _dates(placed, day)


def _about(info: SourceInfo, file: str, day: datetime.date) -> Iterator[Problem]:
    unknown = [part for part in info.licence.split(" AND ") if part not in LICENCES]
    if unknown:
        told = (
            "licence is neither `facts` nor an allowed SPDX identifier, several joined by ' AND ';"
            " put explanations in notes"
        )
        yield error(file, None, told, value=info.licence)
    if info.date > day:
        yield error(file, None, f"date lies after {day}", value=info.date.isoformat())


def _complete(source: Surveyed, info: SourceInfo) -> Iterator[Problem]:
    """A source that claims every member of a kind holds some."""
    held = {(placed.row.kind, placed.row.level) for placed in source.rows}
    kinds = {kind for kind, _ in held}
    for claim in info.complete:
        if (
            claim.kind not in kinds
            if claim.level is None
            else (claim.kind, claim.level) not in held
        ):
            level = "" if claim.level is None else f" at level {claim.level.value or 'none'}"
            told = f"complete for {claim.kind.value}{level}, of which the source has no row"
            yield error(f"{source.folder.name}/source.yaml", None, told, value=claim.kind.value)


def _dates(placed: Placed, day: datetime.date) -> Iterator[Problem]:
    row, today = placed.row, day.isoformat()
    given = [("since", row.since), ("until", row.until)]
    given += [("former name", former.partition("@")[2]) for former in row.former_names]
    for what, text in given:
        fault = ""
        if text and not _exists(text):
            fault = f"{what} is no day of the calendar"
        elif text and text > today[: len(text)]:
            fault = f"{what} lies after {today}"
        if fault:
            yield error(placed.file, placed.line, fault, entity=row.id, value=text)
    length = min(len(row.since), len(row.until))
    if row.until[:length] < row.since[:length]:
        told = "until lies before since"
        yield error(placed.file, placed.line, told, entity=row.id, value=f"{row.since}/{row.until}")
    if row.successor and not row.until:
        told = "a successor, but no until: when did it take over?"
        yield warning(placed.file, placed.line, told, entity=row.id, value=row.successor)


def _exists(text: str) -> bool:
    """Whether YYYY[-MM[-DD]] is a day, month or year of the calendar."""
    parts = [int(part) for part in text.split("-")]
    try:
        datetime.date(*(parts + [1] * (_FULL_DATE - len(parts))))
    except ValueError:
        return False
    return True


def _identity(rows: Sequence[Placed]) -> Iterator[Problem]:
    """Ids and codes stand for one body each."""
    for what in ("id", "code"):
        first: dict[str, Placed] = {}
        for placed in rows:
            value = str(getattr(placed.row, what))
            if value and first.setdefault(value, placed) is not placed:
                other = first[value]
                told = f"the {what} stands already at {other.file}:{other.line} ({other.row.name})"
                yield error(placed.file, placed.line, told, entity=placed.row.id, value=value)


def _bonds(rows: Sequence[Placed]) -> Iterator[Problem]:
    """Sponsors and successors exist, and no chain of them runs in a circle."""
    known = {placed.row.id: placed for placed in rows}
    for what in ("sponsor", "successor"):
        bond = {placed.row.id: str(getattr(placed.row, what)) for placed in rows}
        for placed in rows:
            other = bond[placed.row.id]
            if other and other not in known:
                told = f"no source has the {what}'s id"
                yield error(placed.file, placed.line, told, entity=placed.row.id, value=other)
        for circle in _circles(bond):
            placed = known[circle[0]]
            told = f"the chain of {what}s runs in a circle"
            chain = " -> ".join([*circle, circle[0]])
            yield error(placed.file, placed.line, told, entity=circle[0], value=chain)


def _circles(bond: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Every circle once, from its first id in order."""
    done: set[str] = set()
    for start in sorted(bond):
        chain: dict[str, None] = {}
        at = start
        while at and at not in done and at not in chain:
            chain[at] = None
            at = bond.get(at, "")
        if at in chain:
            members = list(chain)[list(chain).index(at) :]
            turn = members.index(min(members))
            yield (*members[turn:], *members[:turn])
        done.update(chain)


def _places(sources: Sequence[Surveyed], rows: Sequence[Placed]) -> Iterator[Problem]:
    """Bodies and towns lie in divisions that the registry knows; no matter where it knows none."""
    divisions = {placed.row.region for placed in rows if placed.row.kind is Kind.REGION}
    for placed in rows:
        region = placed.row.region
        if divisions and region.isdigit() and len(region) == 6 and region not in divisions:
            told = "no division of the registry has this code"
            yield warning(placed.file, placed.line, told, entity=placed.row.id, value=region)
    for source in sources:
        yield from _towns(f"{source.folder.name}/towns.csv", source, divisions)


def _towns(file: str, source: Surveyed, divisions: Set[str]) -> Iterator[Problem]:
    """Towns carry nine digits that begin with a known division, each once."""
    seen: dict[str, int] = {}
    homeless: dict[str, int] = defaultdict(int)
    for line, cells in source.towns:
        code, name = cells["code"], cells["name"]
        if not _TOWN.fullmatch(code) or len(name) < 2 or name != name.strip():
            yield error(file, line, "nine digits and a name wanted", value=f"{code},{name}")
        elif seen.setdefault(code, line) != line:
            yield error(file, line, f"the code stands already in line {seen[code]}", value=code)
        elif code[:6] not in divisions and not _ZONE.fullmatch(code[:6]):
            homeless[code[:6]] += 1
    for division, count in sorted(homeless.items()):
        yield warning(file, None, f"{count} towns of a division that no source has", value=division)
