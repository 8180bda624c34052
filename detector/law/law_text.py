"""The text of the coded articles: front matter, then each clause in the law's own words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from detector.errors import LawError
from detector.law.parameters import ARTICLES, ROOT

_CLAUSE = re.compile(r"^## (\d+(?:\(\d+\))?)\n+(.+?)\n*(?=^## |\Z)", re.MULTILINE | re.DOTALL)


class FrontMatter(BaseModel):
    """What is known of a text: its official title, since when it is in force, who checked it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    official_title: str
    issued_by: str
    in_force_since: date
    checked: date
    source: str
    sha256: str


class LawText(BaseModel):
    """An article folder's text: clauses ("8(4)") in order, with the words of each."""

    model_config = ConfigDict(frozen=True)

    front: FrontMatter
    clauses: Mapping[str, str]


def text_hash(clauses: Mapping[str, str]) -> str:
    """SHA-256 (hex) over clauses and their words, one a line."""
    lines = "".join(f"{clause}\t{words}\n" for clause, words in clauses.items())
    return hashlib.sha256(lines.encode()).hexdigest()


def parse(path: Path) -> LawText:
    """Read a text.md; LawError where its parts are missing or its words are not those checked."""
    try:
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        text = LawText(
            front=FrontMatter.model_validate(yaml.safe_load(front)),
            clauses={found[1]: found[2].strip() for found in _CLAUSE.finditer(body)},
        )
    except (OSError, ValueError, yaml.YAMLError, ValidationError) as error:
        raise LawError(f"{path}: {error}") from error
    computed = text_hash(text.clauses)
    if computed != text.front.sha256:
        raise LawError(f"{path}: words changed since they were checked: sha256 is now {computed}")
    return text


@lru_cache
def texts() -> Mapping[str, LawText]:
    """Every article folder's text, by folder."""
    return {article: parse(ROOT / article / "text.md") for article in ARTICLES}


def clause_text(clause: str) -> str | None:
    """The words of a coded clause; None where no article folder holds it."""
    for text in texts().values():
        if clause in text.clauses:
            return text.clauses[clause]
    return None
