"""Items 2-4: bodies that do not exist (捏造)."""

from __future__ import annotations

from detector.law.art08.rules import BODIES
from detector.law.facts import OTHERS, is_the_name, judged, sole
from detector.law.parameters import Parameters
from detector.law.registration import rule
from detector.types import Act, Case, Outcome, Stance, Verdict


@rule(clause=BODIES, act=Act.INVENT, outcome=Outcome.REFUSE, reads="grammar")
def invents_a_body(case: Case, p: Parameters) -> Verdict:
    """账号名称按权威机构的构词方式构成，而名录中没有这一机构。
    The name is built like an authority's, and no register lists such a body."""
    evidence = sole(case)
    return judged(is_the_name(evidence) and evidence.similarity >= p.invention_strength, case)


@rule(clause=BODIES, act=Act.INVENT, outcome=Outcome.REFUSE, reads="grammar")
def owner_is_another_than_the_invented_body(case: Case, p: Parameters) -> Verdict:
    """账号名称近似权威机构，而经核验的主体是另一个主体。
    The name sounds like an authority's, and the verified owner is somebody else."""
    strong = sole(case).similarity >= p.loose_invention_strength
    return judged(_loose(case, p) and strong and case.relation in OTHERS, case)


@rule(clause=BODIES, act=Act.INVENT, outcome=Outcome.STRICT, reads="grammar")
def sounds_like_an_authority(case: Case, p: Parameters) -> Verdict:
    """账号名称带有权威机构的字样，可能是玩笑或泛称，需人工核验。
    The name has the sound of an authority, in jest or loosely."""
    strong = sole(case).similarity >= p.loose_invention_strength
    refused = strong and case.relation in OTHERS
    return judged(_loose(case, p) and not refused, case)


def _loose(case: Case, p: Parameters) -> bool:
    evidence = sole(case)
    faint = is_the_name(evidence) and evidence.similarity < p.invention_strength
    return evidence.stance is Stance.UNCLEAR or faint
