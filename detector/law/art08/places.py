"""Item 5: divisions, seats of authority, landmarks.

The drafters put 恶意关联 where 关联 stood: a place in a name is no breach by itself; an official
look, or a voice in its name, must be shown.
"""

from __future__ import annotations

from detector.law.facts import (
    body,
    cues_of,
    everyday,
    is_the_name,
    judged,
    judged_by_account,
    near,
    protected_level,
    sole,
    speaks_for_it,
    spelled_out,
    unclear,
)
from detector.law.parameters import Parameters
from detector.law.registration import rule
from detector.types import Act, Case, Cue, Evidence, Kind, Outcome, Stance, Verdict

MEDIA_WORDS = frozenset((Cue.NEWS, Cue.CHANNEL))


@rule(clause="8(5)", act=Act.ASSUME, outcome=Outcome.REFUSE, reads="name")
def bears_the_place_name(case: Case, p: Parameters) -> Verdict:
    """账号信息就是行政区域、机构所在地或标志性建筑的名称，读者会当作当地或该处的官方账号。
    The account bears the bare name of a place, which is read as the place's own authority."""
    evidence = sole(case)
    bare = is_the_name(evidence) and spelled_out(evidence, p) and not evidence.weak
    return judged(bare and protected_level(case, p), case)


@rule(clause="8(5)", act=Act.IMITATE, outcome=Outcome.REFUSE, reads="name")
def adds_authority_words_to_a_place(case: Case, p: Parameters) -> Verdict:
    """账号信息在地名后加官方、发布、政务等字样，仿冒当地机构。
    The account adds to a place's name words that make it the place's authority."""
    arm = speaks_for_it(case, p) and spelled_out(sole(case), p)
    return judged(arm and not _media_only(case), case)


@rule(clause="8(5)", act=Act.TIE, outcome=Outcome.REFUSE, reads="name")
def adds_media_words_to_a_place(case: Case, p: Parameters) -> Verdict:
    """账号信息在地名后加新闻、频道等字样，使人误认为当地媒体。
    The account adds to a place's name words that make it the place's news medium."""
    arm = speaks_for_it(case, p) and spelled_out(sole(case), p)
    return judged(arm and _media_only(case), case)


@rule(clause="8(5)", act=Act.ASSUME, outcome=Outcome.STRICT, reads="name")
def bears_an_ambiguous_place_name(case: Case, p: Parameters) -> Verdict:
    """账号信息与地名相同或相近，但该名称另有常见含义或级别较低，需人工核验。
    The account bears a place's name that is an everyday word too, or that of a small place."""
    evidence = sole(case)
    doubtful = evidence.weak or not protected_level(case, p)
    if not (is_the_name(evidence) and near(evidence, p) and doubtful):
        return judged(False, case)
    return judged_by_account(everyday(case, p), case)


@rule(clause="8(5)", act=Act.TIE, outcome=Outcome.STRICT, reads="name")
def adds_soft_words_to_a_place(case: Case, p: Parameters) -> Verdict:
    """账号信息在地名后加热点、那些事、招聘等字样，是否以当地名义发声需人工核验。
    The account adds to a place's name words that may make it speak for the place."""
    evidence = sole(case)
    arm = evidence.stance is Stance.ARM and near(evidence, p) and not speaks_for_it(case, p)
    return judged(arm and _soft(evidence, p), case)


@rule(clause="8(5)", act=Act.TIE, outcome=Outcome.STRICT, reads="name")
def names_the_place_unclearly(case: Case, p: Parameters) -> Verdict:
    """账号信息含有地名，其余文字与该地的关系不明，需人工核验。
    The account holds a place's name among words whose relation to it is unclear."""
    return judged_by_account(unclear(case, p), case)


def _media_only(case: Case) -> bool:
    """A division's voice is that of a medium, with no word that makes it an office."""
    cues = cues_of(sole(case))
    authority = cues & {Cue.OFFICIAL, Cue.OFFICE, Cue.SERVICE, Cue.SPOKESMAN}
    return body(case).kind is Kind.REGION and bool(cues & MEDIA_WORDS) and not authority


def _soft(evidence: Evidence, p: Parameters) -> bool:
    return bool(cues_of(evidence) & p.soft_cues_of_places)
