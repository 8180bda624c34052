"""Small registries on disk for the tests: a few sound rows, to which one fault is added."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from detector.registry.check import Problem, check

TODAY = datetime.date(2026, 11, 23)
CODE = "91110000802100433B"  # its check digit is right

ENTITY_COLUMNS = (
    "id name short_names english_names brand_accounts numbers former_names kind level region "
    "sponsor needs_cue code since until successor cite"
).split()
PATTERN_COLUMNS = (
    "id applies_to kind name short_names brand_accounts needs_cue example cite".split()
)
EXCEPTION_COLUMNS = "region pattern_id name short_names brand_accounts cite".split()

INFO = {
    "title": "Bodies for tests", "publisher": "nobody", "date": "2026-01-31", "licence": "facts",
    "complete": [], "references": {"general": "made up"},
}  # fmt: skip
CITY = {
    "id": "region.330100", "name": "杭州市", "short_names": "杭州", "kind": "region",
    "level": "city", "region": "330100",
}  # fmt: skip
DISTRICT = {
    "id": "region.330106", "name": "西湖区", "short_names": "西湖", "kind": "region",
    "level": "county", "region": "330106", "sponsor": "region.330100", "needs_cue": "西湖",
}  # fmt: skip
PATTERN = {
    "id": "organ.police.city", "applies_to": "city|prefecture", "kind": "police",
    "name": "{full}公安局", "short_names": "{short}公安", "brand_accounts": "平安{short}",
    "example": "杭州市公安局",
}  # fmt: skip


def body(id_: str, name: str, **cells: str) -> dict[str, str]:
    """A row of entities.csv, an enterprise unless told otherwise."""
    return {"id": id_, "name": name, "kind": "enterprise", **cells}


def table(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Write a CSV file; a row without `cite` cites the one reference."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({"cite": "general", **row} if "cite" in columns else row)


def source(registries: Path, name: str, rows: Sequence[Mapping[str, str]], **info: object) -> Path:
    """Write a source folder and return it."""
    folder = registries / name
    folder.mkdir(parents=True)
    about = yaml.safe_dump({"source": name, **INFO, **info}, allow_unicode=True)
    (folder / "source.yaml").write_text(about, encoding="utf-8")
    table(folder / "entities.csv", ENTITY_COLUMNS, rows)
    return folder


def grammar(
    registries: Path,
    patterns: Sequence[Mapping[str, str]],
    exceptions: Sequence[Mapping[str, str]] = (),
) -> Path:
    """Write a source of patterns and one of the two regions they apply to."""
    source(registries, "regions", [CITY, DISTRICT])
    folder = source(registries, "derived_organs", [])
    (folder / "entities.csv").unlink()
    table(folder / "patterns.csv", PATTERN_COLUMNS, patterns)
    table(folder / "exceptions.csv", EXCEPTION_COLUMNS, exceptions)
    return folder


def only(registries: Path) -> Problem:
    """The one problem that the registry has."""
    problems = check(registries, TODAY)
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]
