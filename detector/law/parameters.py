"""Our reading of the words that the law leaves open: values by date, with unit, reason and owner.

They are not law. Each stands in the `parameters.yaml` of its article and says why it is what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from detector.errors import LawError
from detector.types import Cue, EditKind, Kind, Level, Outcome

ROOT = Path(__file__).resolve().parent
ARTICLES = ("art08", "art10", "art15_17")

Value = bool | int | float | str | tuple[str, ...] | dict[str, str]


class Unclear(StrEnum):
    """When a name among words of unknown meaning needs a person's look."""

    ALWAYS = "always"
    UNLESS_PERSONAL = "unless_personal"  # not for a personal account without any known cue
    ORGANISATIONS = "organisations"  # only for accounts reported as organisations, or with a cue
    NEVER = "never"


class Parameter(BaseModel):
    """One reading: its values from a day on, and who stands for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    values: dict[date, Value]
    unit: str
    reason: str
    owner: str
    checked: date

    def on(self, day: date) -> Value:
        """The value on a day; LawError before the first."""
        begun = [since for since in self.values if since <= day]
        if not begun:
            raise LawError(f"no value on {day}; the first is of {min(self.values)}")
        return self.values[max(begun)]


@dataclass(frozen=True, slots=True)
class Parameters:
    """All readings on one day; what each means stands in the YAML files, in this order."""

    day: date
    # art08
    clause_of_kind: Mapping[Kind, str]
    similar_enough: float
    costless_edits: frozenset[EditKind]
    commercial_kinds: frozenset[Kind]
    authority_kinds: frozenset[Kind]
    organ_like_kinds: frozenset[Kind]
    arm_cues: frozenset[Cue]
    arm_cues_of_places: frozenset[Cue]
    soft_cues_of_places: frozenset[Cue]
    soft_word_speaks_for: frozenset[Kind]
    occupations: frozenset[str]
    trades: frozenset[str]
    unclear_name: Mapping[Kind, Unclear]
    everyday_name: Mapping[Kind, Unclear]
    faint_name: Mapping[Kind, Unclear]
    initials_read_for: frozenset[Kind]
    look_cues: frozenset[Cue]
    everyday_levels: frozenset[Level]
    protected_levels: frozenset[Level]
    invention_strength: float
    loose_invention_strength: float
    private_owner_kinds: frozenset[str]
    company_forms: tuple[str, ...]
    speaking_owner_kinds: frozenset[str]
    place_authorities: tuple[str, ...]
    licensed_owner_kinds: frozenset[str]
    news_licences: frozenset[str]
    authorisations: frozenset[str]
    trade_marks: frozenset[str]
    qualified_kinds: frozenset[Kind]
    mark_similar: float
    mark_certain: float
    mark_share: float
    marks_of_everyday: frozenset[Kind]
    # art10
    strict_clause_of_kind: Mapping[Kind, str]
    closed_similarity: float
    symbol_owner_kinds: frozenset[str]
    reserved_symbols: frozenset[str]
    symbol_cues: frozenset[Cue]
    # art15_17
    deadline_working_days: int
    suspended_kinds: frozenset[Kind]
    reported_kinds: frozenset[Kind]
    person_for_outcomes: frozenset[str]
    person_for_kinds: frozenset[Kind]
    person_for_clauses: frozenset[str]
    person_for_unproven: bool
    person_for_gaps: bool

    def needs_person_for(self, outcome: Outcome) -> bool:
        """Whether the outcome alone calls for a person."""
        return outcome.word in self.person_for_outcomes


@lru_cache
def table(article: str) -> Mapping[str, Parameter]:
    """The parameters of one article folder, by name, in the order of the file."""
    path = ROOT / article / "parameters.yaml"
    try:
        return TypeAdapter(dict[str, Parameter]).validate_python(
            yaml.safe_load(path.read_text(encoding="utf-8"))
        )
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise LawError(f"{path}: {error}") from error


@lru_cache(maxsize=64)
def on(day: date) -> Parameters:
    """All readings on a day."""
    values: dict[str, Value | date] = {"day": day}
    for article in ARTICLES:
        for name, parameter in table(article).items():
            if name in values:
                raise LawError(f"{article}/parameters.yaml: {name} stands in two places")
            try:
                values[name] = parameter.on(day)
            except LawError as error:
                raise LawError(f"{article}/parameters.yaml: {name}: {error}") from error
    unknown = values.keys() - {f.name for f in fields(Parameters)}
    if unknown:
        raise LawError(f"parameters that no rule reads: {', '.join(sorted(unknown))}")
    try:
        return TypeAdapter(Parameters).validate_python(values)
    except ValidationError as error:
        raise LawError(f"parameters on {day}: {error}") from error
