"""What the ranking model is told of an account: numbers read off its cases and its decision.

`FEATURES` is the contract between training and serving: order, name, unit, range and sense of every
number. Each is 0 where nothing was found, so that an account with no cases is all zeros. A number
that comes from evidence is the greatest (`best of`) or the sum (`count`) over pieces of evidence, and
a piece that is held against the account feeds no number that speaks for it, nor the reverse.
Taking a piece away therefore moves every number, and with it the score, in one known direction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from detector.types import (
    Case,
    Cue,
    Decision,
    EditKind,
    Evidence,
    Field,
    Finding,
    Kind,
    Outcome,
    Relation,
    Stance,
)


class Unit(Enum):
    """What a number counts, and how those of several pieces of evidence become one."""

    FACT = "0 or 1, best of"
    SHARE = "0..1, best of"
    LENGTH = "characters, best of"
    STEP = "step of the ladder"
    COUNT = "count, summed"


@dataclass(frozen=True, slots=True)
class Feature:
    """One number of the contract.

    low, high: the range; greater values are cut to `high`. sense: +1 where more never lowers the
    risk, -1 where more never raises it. meaning: what a value above zero says, for people.
    """

    name: str
    unit: Unit
    high: float
    sense: int
    meaning: str
    low: float = 0.0


FEATURES = (
    Feature("outcome", Unit.STEP, 2, +1, "规则的结论为从严或拒绝。 The rules hold or refuse it."),
    Feature("refusals", Unit.COUNT, 3, +1, "有证据足以拒绝。 Evidence that a rule refuses."),
    Feature("holds", Unit.COUNT, 3, +1, "有证据需从严核验。 Evidence that a rule holds for a look."),
    Feature("likeness", Unit.SHARE, 1, +1, "与受保护的名称相似。 It is like a protected name."),
    Feature("length", Unit.LENGTH, 12, +1, "所及名称的长度非偶然可及。 The name is long enough to be no chance."),
    Feature("coverage", Unit.SHARE, 1, +1, "名称大部分就是该机构名。 Most of the name is that body's."),
    Feature("whole", Unit.FACT, 1, +1, "除该名称外别无他意。 It says nothing but that name."),
    Feature("arm", Unit.FACT, 1, +1, "自居其部门、客服或发言人。 It poses as an arm of that body."),
    Feature("distinct", Unit.FACT, 1, +1, "该名称不是日常用语。 That name is no everyday word."),
    Feature("as_written", Unit.FACT, 1, +1, "一字不差。 The name is written character for character."),
    Feature("dressed", Unit.COUNT, 4, +1, "用了偶然不会写出的字符。 Characters that no one types by chance."),
    Feature("claiming_words", Unit.COUNT, 4, +1, "名称旁有官方、客服等字样。 Official or service words."),
    Feature("official_name", Unit.FACT, 1, +1, "是法定全称。 It is the body's full legal name."),
    Feature("claimed", Unit.FACT, 1, +1, "在简介、签名或认证中自称。 The bio or verification claims it."),
    Feature("invented", Unit.FACT, 1, +1, "像是权威机构而名录所无。 Built like a body that no register holds."),
    Feature("news_word", Unit.FACT, 1, +1, "用新闻字样而无许可。 News words without a licence."),
    Feature("organ", Unit.FACT, 1, +1, "所及为党政军警法机关。 The body is an organ of Party, state or army."),
    Feature("medium", Unit.FACT, 1, +1, "所及为新闻媒体。 The body is a news medium."),
    Feature("public", Unit.FACT, 1, +1, "所及为学校、医院、团体等。 A school, hospital, or organisation."),
    Feature("company", Unit.FACT, 1, +1, "所及为企业、品牌。 The body is a company or brand."),
    Feature("listed", Unit.FACT, 1, +1, "名录直接列有该机构。 A register lists the body itself."),
    Feature("central", Unit.FACT, 1, +1, "所及为中央一级。 The body is of the central level."),
    Feature("stranger", Unit.FACT, 1, +1, "核验主体是他人。 Somebody else is the verified owner."),
    Feature("nobody", Unit.FACT, 1, +1, "无人通过核验。 Nobody was verified."),
    Feature("near_miss", Unit.SHARE, 1, +1, "与某名称相近而未触及规则。 Like a name, but no rule is met."),
    Feature("near_claim", Unit.FACT, 1, +1, "相近处有官方、客服字样。 Official words beside a near miss."),
    Feature("gaps", Unit.COUNT, 3, +1, "有未能比对之处。 Something could not be compared."),
    Feature("cleared", Unit.COUNT, 2, -1, "有凭证可免。 Proof excuses what was found."),
    Feature("spoken_about", Unit.COUNT, 2, -1, "只是谈及该机构。 It only speaks about the body."),
)  # fmt: skip
NAMES = tuple(feature.name for feature in FEATURES)
NOTHING = (0.0,) * len(FEATURES)
_AT = {name: at for at, name in enumerate(NAMES)}
_HIGH = tuple(feature.high for feature in FEATURES)
_SUMMED = tuple(feature.unit is Unit.COUNT for feature in FEATURES)

Vector = tuple[float, ...]

# Who acts for Party, state or army (the same kinds as detector/channels/kinds.py)
_ORGANS = frozenset(
    (Kind.PARTY_ORGAN, Kind.STATE_ORGAN, Kind.COURT, Kind.PROCURATORATE, Kind.POLICE, Kind.MILITARY)
)
_COMPANIES = frozenset((Kind.ENTERPRISE, Kind.BANK, Kind.PLATFORM))
_PLACES = frozenset((Kind.REGION, Kind.SEAT, Kind.LANDMARK, Kind.COUNTRY, Kind.SYMBOL, Kind.CLOSED))
_GROUPS = {
    kind: (
        "organ" if kind in _ORGANS
        else "medium" if kind is Kind.MEDIA
        else "company" if kind in _COMPANIES
        else "" if kind in _PLACES
        else "public"
    )
    for kind in Kind
}  # fmt: skip
_CLAIMING = frozenset(
    (Cue.OFFICIAL, Cue.SERVICE, Cue.OFFICE, Cue.SPOKESMAN, Cue.CHANNEL, Cue.COMMERCE, Cue.RECRUIT,
     Cue.CAMPAIGN)
)  # fmt: skip
_DRESS = frozenset(
    (EditKind.COMPATIBILITY, EditKind.ENCLOSED, EditKind.CONFUSABLE, EditKind.RADICAL,
     EditKind.KANA, EditKind.HIDDEN, EditKind.SPLIT, EditKind.FLIPPED)
)  # fmt: skip
_STRANGERS = frozenset((Relation.OTHER, Relation.ANOTHER_BODY))
_ASIDE = frozenset((Stance.ABOUT, Stance.COINCIDENCE))
_IN_STEAD = frozenset((Stance.IS, Stance.ARM))


def vector(cases: Sequence[Case], decision: Decision) -> Vector:
    """The numbers of one account, in the order of `FEATURES`."""
    if not cases:
        return NOTHING
    found = list(NOTHING)
    for at, value, _ in _measured(cases, decision):
        if _SUMMED[at]:
            found[at] += value
        elif value > found[at]:
            found[at] = value
    return tuple([min(value, high) for value, high in zip(found, _HIGH, strict=True)])


def behind(cases: Sequence[Case], decision: Decision) -> dict[str, tuple[Evidence, ...]]:
    """Feature -> the evidence that gives it its value: all of a sum, the best of the others.

    A feature that stands at zero or rests on no evidence (`gaps`) is not among the keys.
    """
    best = vector(cases, decision)
    found: dict[str, list[Evidence]] = {}
    for at, value, evidence in _measured(cases, decision):
        reaches = _SUMMED[at] or min(value, _HIGH[at]) == best[at]
        if evidence is not None and value > 0 and reaches:
            found.setdefault(NAMES[at], []).append(evidence)
    return {name: tuple(evidence) for name, evidence in found.items()}


_Measured = tuple[int, float, Evidence | None]  # place in FEATURES, value, what it was read off


def _measured(cases: Sequence[Case], decision: Decision) -> Iterator[_Measured]:
    held: dict[
        int, Finding
    ] = {}  # findings keep the very evidence of the case, so it is known again
    for finding in reversed(decision.findings):  # the gravest first, so it is written last
        held[id(finding.evidence)] = finding
        if finding.outcome is decision.outcome:
            yield _AT["outcome"], float(finding.outcome), finding.evidence
    lifted = {id(f.evidence) for f in decision.record if f.lifted_by}
    gaps = 0
    for case in cases:
        gaps += len(case.gaps)
        for evidence in case.evidence:
            finding_of = held.get(id(evidence))
            if finding_of is not None:
                yield from _against(case, evidence, finding_of.outcome)
            elif id(evidence) in lifted:
                yield _AT["cleared"], 1.0, evidence
            elif evidence.stance in _ASIDE:
                yield _AT["spoken_about"], 1.0, evidence
            elif not evidence.weak:
                yield from _missed(evidence)
    if gaps:
        yield _AT["gaps"], float(gaps), None


def _against(case: Case, evidence: Evidence, outcome: Outcome) -> Iterator[_Measured]:
    """What a piece of evidence says on which a finding rests."""
    yield _AT["refusals" if outcome is Outcome.REFUSE else "holds"], 1.0, evidence
    if evidence.channel == "strict_word":
        return  # held for what it is, whatever else it resembles
    yield _AT["likeness"], evidence.similarity, evidence
    yield _AT["length"], float(len(evidence.candidate)), evidence
    if evidence.field is Field.NAME:
        taken = evidence.span[1] - evidence.span[0]
        yield _AT["coverage"], taken / max(len(case.account.name), 1), evidence
    else:
        yield _AT["claimed"], 1.0, evidence
    if evidence.stance in _IN_STEAD:
        yield _AT["whole" if evidence.stance is Stance.IS else "arm"], 1.0, evidence
    if not evidence.weak:
        yield _AT["distinct"], 1.0, evidence
    claiming = sum(word.cue in _CLAIMING for word in evidence.cues)
    if claiming:
        yield _AT["claiming_words"], float(claiming), evidence
    if evidence.edits:
        yield _AT["dressed"], float(sum(e.kind in _DRESS for e in evidence.edits)), evidence
    else:
        yield _AT["as_written"], 1.0, evidence
    if evidence.channel == "grammar":
        yield _AT["invented"], 1.0, evidence
    elif evidence.channel == "news_word":
        yield _AT["news_word"], 1.0, evidence
    yield from _whom(case, evidence)
    if case.relation in _STRANGERS:
        yield _AT["stranger"], 1.0, evidence
    elif case.relation is Relation.UNVERIFIED:
        yield _AT["nobody"], 1.0, evidence


def _whom(case: Case, evidence: Evidence) -> Iterator[_Measured]:
    """What sort of body the evidence names."""
    entity = case.entity
    kind = evidence.kind if entity is None else entity.kind
    if kind is not None and _GROUPS[kind]:
        yield _AT[_GROUPS[kind]], 1.0, evidence
    if entity is None:
        return
    if "@" not in entity.id:
        yield _AT["listed"], 1.0, evidence
    if entity.level == "central":
        yield _AT["central"], 1.0, evidence
    if evidence.candidate == entity.name:
        yield _AT["official_name"], 1.0, evidence


def _missed(evidence: Evidence) -> Iterator[_Measured]:
    """Likeness that no rule took up."""
    yield _AT["near_miss"], evidence.similarity, evidence
    if any(word.cue in _CLAIMING for word in evidence.cues):
        yield _AT["near_claim"], 1.0, evidence
