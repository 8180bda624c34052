"""Items 2-5: a body's mark (标识) in the avatar or cover, and its name printed there.

A mark alone is looked at by a person; with a cue in the account's texts it is refused, but only where
the picture was proved to show it: by geometry, or by two comparisons that do not depend on each other.
"""

from __future__ import annotations

from detector.law.facts import body, disguised, is_the_name, judged, near, sole, speaks_for_it
from detector.law.parameters import Parameters
from detector.law.registration import rule
from detector.types import Act, Case, Outcome, Proved, Stance, Verdict

ALL = ("8(2)", "8(3)", "8(4)", "8(5)")


@rule(clause=ALL, act=Act.IMITATE, outcome=Outcome.REFUSE, reads="mark")
def shows_the_mark_with_a_cue(case: Case, p: Parameters) -> Verdict:
    """账号图片使用受保护机构的标识，名称、简介等文字又使人以为账号属于该机构。
    The picture shows a body's mark, and the account's texts make it seem the body's own."""
    return judged(backed(case) and proved(case, p) and large(case, p), case)


@rule(clause=ALL, act=Act.IMITATE, outcome=Outcome.STRICT, reads="mark")
def shows_the_mark(case: Case, p: Parameters) -> Verdict:
    """账号图片显示受保护机构的标识，文字未自称该机构，或图片尚不足以认定，需人工核验。
    The picture shows a body's mark without words that claim it, or not beyond doubt."""
    refused = backed(case) and proved(case, p) and large(case, p)
    alone = backed(case) or body(case).kind not in p.marks_of_everyday
    return judged(alike(case, p) and alone and not refused, case)


@rule(clause=ALL, act=Act.ASSUME, outcome=Outcome.REFUSE, reads="printed")
def prints_the_name(case: Case, p: Parameters) -> Verdict:
    """账号图片中以醒目文字印有受保护的名称，或以其内设、客服等自居。
    The picture bears a protected name, or poses as the body's arm, in prominent print."""
    return judged(_named(case, p) and large(case, p), case)


@rule(clause=ALL, act=Act.IMITATE, outcome=Outcome.STRICT, reads="printed")
def prints_the_name_small(case: Case, p: Parameters) -> Verdict:
    """账号图片中以较小文字印有受保护的名称，需人工核验。
    The picture bears a protected name in small print."""
    return judged(_named(case, p) and not large(case, p), case)


@rule(clause="8(6)", act=Act.UNAUTHORISED, outcome=Outcome.STRICT, reads="code")
def bears_a_code(case: Case, p: Parameters) -> Verdict:
    """账号图片中有二维码，指向联系方式或网址；是否出于不正当目的，由人判断。
    The picture bears a code that leads to a contact or an address; its purpose is for a person."""
    return judged(True, case)


def alike(case: Case, p: Parameters) -> bool:
    """So alike that it is worth a person's look."""
    return sole(case).similarity >= p.mark_similar


def proved(case: Case, p: Parameters) -> bool:
    """Shown beyond doubt: alike, and by more than one comparison."""
    shown = sole(case).shown
    return (
        sole(case).similarity >= p.mark_certain
        and shown is not None
        and shown.proved is not Proved.ONE
    )


def backed(case: Case) -> bool:
    """The account's texts name the body, or claim to be official."""
    return sole(case).stance is Stance.ARM


def large(case: Case, p: Parameters) -> bool:
    """It fills so much of the picture that people see it at once."""
    shown = sole(case).shown
    return shown is not None and shown.share >= p.mark_share


def _named(case: Case, p: Parameters) -> bool:
    evidence = sole(case)
    whole = is_the_name(evidence) and not evidence.weak
    faint = disguised(evidence, p) and evidence.similarity < p.mark_certain
    return near(evidence, p) and not faint and (whole or speaks_for_it(case, p))
