"""What can be said of one piece of evidence, in the words that the rules use."""

from __future__ import annotations

from detector.law.parameters import Parameters, Unclear
from detector.types import (
    AccountType,
    Case,
    Cue,
    CueWord,
    EditKind,
    Entity,
    Evidence,
    Field,
    Kind,
    Owner,
    Relation,
    Stance,
    Status,
    Verdict,
)

# The verified owner is somebody else, known to the registry or not
OTHERS = (Relation.ANOTHER_BODY, Relation.OTHER)
# Regions and countries are named in countless ordinary names; only some words make them speak
SPEAKING_PLACES = frozenset((Kind.REGION, Kind.COUNTRY))


def sole(case: Case) -> Evidence:
    """The one piece of evidence of a case that the engine has narrowed for a rule."""
    (evidence,) = case.evidence
    return evidence


def body(case: Case) -> Entity:
    """The body of a case that is known to have one."""
    if case.entity is None:
        raise ValueError("the case is about the account by itself")
    return case.entity


def judged(holds: bool, case: Case) -> Verdict:
    """MET with the two values compared, or NOT_MET."""
    evidence = sole(case)
    if not holds:
        return Verdict(Status.NOT_MET, "", evidence)
    return Verdict(Status.MET, compared(evidence), evidence)


def compared(evidence: Evidence) -> str:
    """The two values, the steps between them and the words beside them, for people."""
    steps = "、".join(f"{e.kind.value} {e.query}→{e.candidate}" for e in evidence.edits)
    words = "、".join(c.text for c in evidence.cues)
    parts = [f"{evidence.query} = {evidence.candidate}", steps, words and f"+ {words}"]
    return "; ".join(part for part in parts if part)


def spelled_out(evidence: Evidence, p: Parameters) -> bool:
    """Written as registered, but for steps that cost a reader nothing."""
    return not disguised(evidence, p) and near(evidence, p)


def disguised(evidence: Evidence, p: Parameters) -> bool:
    """Some step of the reading is more than another way of writing the same character."""
    return any(edit.kind not in p.costless_edits for edit in evidence.edits)


def near(evidence: Evidence, p: Parameters) -> bool:
    """Close enough to be read as the name."""
    return evidence.similarity >= p.similar_enough


def is_the_name(evidence: Evidence) -> bool:
    """Nothing but the name, or the name decorated."""
    return evidence.stance is Stance.IS


def speaks_for_it(case: Case, p: Parameters) -> bool:
    """The words beside the name keep up the claim of being the body or its arm."""
    evidence = sole(case)
    if evidence.stance is not Stance.ARM:
        return False
    place = body(case).kind in SPEAKING_PLACES and Cue.OFFICIAL not in cues_of(evidence)
    if place and evidence.cues and _ordinary(max(evidence.cues, key=lambda word: word.span), p):
        return False  # the last word says what the whole is: 手机维修
    return not evidence.cues or any(_claims(word, case, p) for word in evidence.cues)


def _ordinary(word: CueWord, p: Parameters) -> bool:
    """An occupation or a trade, by its end: no voice of a place."""
    return word.text.endswith((*p.occupations, *p.trades))


def _claims(word: CueWord, case: Case, p: Parameters) -> bool:
    kind = body(case).kind
    if kind in SPEAKING_PLACES:
        return word.cue in p.arm_cues_of_places and not _ordinary(word, p)
    if word.cue is Cue.SOFT_NEWS:
        return kind in p.soft_word_speaks_for and not sole(case).weak
    return word.cue in p.arm_cues


def cues_of(evidence: Evidence) -> frozenset[Cue]:
    """What the words beside the name say."""
    return frozenset(word.cue for word in evidence.cues)


def protected_level(case: Case, p: Parameters) -> bool:
    """A division of a level whose bare name reads as its government; other bodies always."""
    entity = body(case)
    return entity.kind is not Kind.REGION or entity.level in p.protected_levels


def unclear(case: Case, p: Parameters) -> Status:
    """Whether a name among words of unknown meaning needs a look, by what sort of body it is."""
    evidence, policy = sole(case), p.unclear_name.get(body(case).kind, Unclear.ALWAYS)
    if evidence.stance is not Stance.UNCLEAR or not near(evidence, p) or policy is Unclear.NEVER:
        return Status.NOT_MET
    if _telling(case, p):
        return Status.MET
    commercial = body(case).kind in p.commercial_kinds
    if (evidence.weak and not commercial) or not protected_level(case, p):
        return Status.NOT_MET
    return _by_account(policy, case)


def everyday(case: Case, p: Parameters) -> Status:
    """Whether a bare name that is an everyday word too needs a look in an account of this sort."""
    policy = p.everyday_name.get(body(case).kind, Unclear.ALWAYS)
    if body(case).kind is Kind.REGION and body(case).level in p.everyday_levels:
        policy = Unclear.ALWAYS
    initials = any(edit.kind is EditKind.INITIAL for edit in sole(case).edits)
    if initials and body(case).kind in p.initials_read_for:
        return Status.MET
    if not _bare(case):
        policy = Unclear.UNLESS_PERSONAL  # 我是-团团, z_团团: somebody's nickname
    return _by_account(policy, case)


def faint(case: Case, p: Parameters) -> Status:
    """Whether a name that is hardly recognised needs a look in an account of this sort."""
    return _by_account(p.faint_name.get(body(case).kind, Unclear.ALWAYS), case)


def _bare(case: Case) -> bool:
    """The field holds nothing but the name; signs beside it count as nothing."""
    evidence = sole(case)
    if evidence.field is not Field.NAME:
        return True
    start, end = evidence.span
    text = case.account.name
    return not any(c.isalnum() for c in text[:start] + text[end:])


def _by_account(policy: Unclear, case: Case) -> Status:
    kind_of_account = case.account.account_type
    if policy is Unclear.ALWAYS or kind_of_account is AccountType.ORGANIZATION:
        return Status.MET
    never = (Unclear.NEVER, Unclear.ORGANISATIONS)
    if policy in never or kind_of_account is AccountType.PERSONAL:
        return Status.NOT_MET
    return Status.UNKNOWN


def judged_by_account(status: Status, case: Case) -> Verdict:
    """A verdict that hangs on the type of account; UNKNOWN names the column that is missing."""
    if status is Status.UNKNOWN:
        reason = f"{compared(sole(case))}; account_type 未报告 not reported"
        return Verdict(Status.UNKNOWN, reason, sole(case))
    return judged(status is Status.MET, case)


def _telling(case: Case, p: Parameters) -> bool:
    """A known word in the text would make the name speak, if only it stood right beside it."""
    if body(case).kind in SPEAKING_PLACES:
        return False  # people of every trade and club put their town into their name
    telling = p.look_cues if sole(case).weak else p.arm_cues | {Cue.SOFT_NEWS} | p.look_cues
    return bool(cues_of(sole(case)) & telling)


def private(owner: Owner, p: Parameters) -> bool:
    """The verified owner is a company or club: a place's or organ's name is never its own."""
    legal_name = owner.legal_name or ""
    return owner.kind in p.private_owner_kinds or legal_name.endswith(p.company_forms)
