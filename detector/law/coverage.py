"""The fate of every clause (coded, a person, outside), and the checks that hold us to it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from detector.errors import LawError
from detector.law import law_text, parameters
from detector.law.also import ALSO
from detector.law.decide import EXCEPTIONS, RULES
from detector.law.parameters import ROOT
from detector.law.registration import require_single_versions
from detector.types import Kind


class Fate(StrEnum):
    """What becomes of a clause."""

    CODED = "coded"
    PERSON = "person"
    OUTSIDE = "outside"


class Coverage(BaseModel):
    """One paragraph or item, its fate and the reason; text where no article folder holds it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    clause: str
    fate: Fate
    reason: str
    text: str | None = None

    @property
    def words(self) -> str:
        """The clause in the law's own words."""
        found = law_text.clause_text(self.clause) if self.text is None else self.text
        if found is None:
            raise LawError(f"coverage.yaml: {self.clause} has no text here and in no text.md")
        return found


@lru_cache
def coverage() -> tuple[Coverage, ...]:
    """Every clause of the regulation, in its order."""
    path = ROOT / "coverage.yaml"
    try:
        return TypeAdapter(tuple[Coverage, ...]).validate_python(
            yaml.safe_load(path.read_text(encoding="utf-8"))
        )
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise LawError(f"{path}: {error}") from error


def check(day: date) -> None:
    """Raise LawError unless rules, exceptions, readings, texts and coverage fit each other."""
    fates = {c.clause: c.fate for c in coverage()}
    if len(fates) != len(coverage()):
        raise LawError("coverage.yaml: a clause stands in it twice")
    for one in coverage():
        if not one.words or (one.text is not None and law_text.clause_text(one.clause)):
            raise LawError(f"coverage.yaml: {one.clause}: its text must stand in one place")
    require_single_versions((*RULES, *EXCEPTIONS))
    used = {clause: rule.name for rule in RULES for clause in rule.clauses}
    used |= {further.clause: further.test.__name__ for further in ALSO}
    for clause, name in used.items():
        if fates.get(clause) is not Fate.CODED:
            raise LawError(f"{name}: clause {clause} is not coded in coverage.yaml")
    names = {rule.name for rule in RULES}
    for exemption in EXCEPTIONS:
        if not exemption.lifts or set(exemption.lifts) - names:
            raise LawError(f"{exemption.name}: lifts what is no rule: {exemption.lifts}")
    p = parameters.on(day)
    without = set(Kind) - set(p.clause_of_kind) - set(p.strict_clause_of_kind)
    if without:
        raise LawError(f"kinds without a clause: {', '.join(sorted(without))}")
