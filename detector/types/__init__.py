"""The words of the system as types, frozen and plain; nothing here computes.

The flow is `Account -> Case* -> Finding* -> Decision -> Assessment` (architecture, section 2).
"""

from detector.types.account import (
    Account,
    AccountType,
    Event,
    Field,
    Owner,
    Proof,
)
from detector.types.entity import (
    Alias,
    Entity,
    Kind,
    Level,
    NameSort,
)
from detector.types.evidence import (
    Box,
    Cue,
    CueWord,
    Edit,
    EditKind,
    Evidence,
    Gap,
    Proved,
    Shown,
    Span,
    Stance,
)
from detector.types.judgement import (
    Act,
    Assessment,
    Case,
    Contribution,
    Decision,
    Finding,
    Outcome,
    Provenance,
    Relation,
    Risk,
    Status,
    Verdict,
)

__all__ = [
    "Account",
    "AccountType",
    "Act",
    "Alias",
    "Assessment",
    "Box",
    "Case",
    "Contribution",
    "Cue",
    "CueWord",
    "Decision",
    "Edit",
    "EditKind",
    "Entity",
    "Event",
    "Evidence",
    "Field",
    "Finding",
    "Gap",
    "Kind",
    "Level",
    "NameSort",
    "Outcome",
    "Owner",
    "Proof",
    "Proved",
    "Provenance",
    "Relation",
    "Risk",
    "Shown",
    "Span",
    "Stance",
    "Status",
    "Verdict",
]
