"""Items 2-4: names and claims of existing bodies, and bodies that do not exist.

The three items list the same acts for different bodies, so one test serves them; the kind of the
body says which item it is. The disguise and the claim also serve item 5.
"""

from __future__ import annotations

from detector.law.facts import (
    body,
    disguised,
    everyday,
    faint,
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
from detector.types import Act, Case, Cue, Kind, Outcome, Stance, Verdict

BODIES = ("8(2)", "8(3)", "8(4)")
ALL = (*BODIES, "8(5)")


@rule(clause=BODIES, act=Act.ASSUME, outcome=Outcome.REFUSE, reads="name")
def bears_the_name(case: Case, p: Parameters) -> Verdict:
    """账号信息就是现有机构的名称。
    The account bears the very name of an existing body."""
    evidence = sole(case)
    return judged(is_the_name(evidence) and spelled_out(evidence, p) and not evidence.weak, case)


@rule(clause=BODIES, act=Act.ASSUME, outcome=Outcome.REFUSE, reads="name")
def poses_as_its_arm(case: Case, p: Parameters) -> Verdict:
    """账号信息以现有机构的名称加官方、内设、客服、发言等字样自居。
    The account adds to a body's name words that make it the body's voice, office or service."""
    commercial = body(case).kind in p.commercial_kinds
    return judged(not commercial and speaks_for_it(case, p) and spelled_out(sole(case), p), case)


@rule(clause="8(2)", act=Act.IMITATE, outcome=Outcome.REFUSE, reads="name")
def adds_service_words_to_a_brand(case: Case, p: Parameters) -> Verdict:
    """账号信息以企业名称或品牌加客服、官方、销售等字样，足以使人误认。
    The account adds service, official or sales words to a company's name or brand."""
    commercial = body(case).kind in p.commercial_kinds
    return judged(commercial and speaks_for_it(case, p) and spelled_out(sole(case), p), case)


@rule(clause=ALL, act=Act.IMITATE, outcome=Outcome.REFUSE, reads="name")
def disguises_the_name(case: Case, p: Parameters) -> Verdict:
    """账号信息以同音、形近、拆分、夹带符号等方式书写受保护的名称，读者仍读作该名称。
    The account writes a protected name in disguise, and it is still read as that name."""
    evidence = sole(case)
    whole = is_the_name(evidence) and not evidence.weak and protected_level(case, p)
    return judged(
        disguised(evidence, p) and near(evidence, p) and (whole or speaks_for_it(case, p)), case
    )


@rule(clause=BODIES, act=Act.ASSUME, outcome=Outcome.STRICT, reads="name")
def bears_an_everyday_name(case: Case, p: Parameters) -> Verdict:
    """账号信息与机构名称相同或相近，但该名称也是日常用语，需人工核验。
    The account bears a body's name that is also an everyday word."""
    evidence = sole(case)
    if not (is_the_name(evidence) and evidence.weak and near(evidence, p)):
        return judged(False, case)
    return judged_by_account(everyday(case, p), case)


@rule(clause=ALL, act=Act.IMITATE, outcome=Outcome.STRICT, reads="name")
def resembles_the_name_faintly(case: Case, p: Parameters) -> Verdict:
    """账号信息与受保护的名称有一定相似，尚不足以认定，需人工核验。
    The account resembles a protected name, but not closely enough to say that it is read so."""
    evidence = sole(case)
    whole = is_the_name(evidence) and not evidence.weak
    if near(evidence, p) or not (whole or speaks_for_it(case, p)):
        return judged(False, case)
    return judged_by_account(faint(case, p), case)


@rule(clause=BODIES, act=Act.IMITATE, outcome=Outcome.STRICT, reads="name")
def names_the_body_unclearly(case: Case, p: Parameters) -> Verdict:
    """账号信息含有机构名称，其余文字与该机构的关系不明，需人工核验。
    The account holds a body's name among words whose relation to it is unclear."""
    return judged_by_account(unclear(case, p), case)


@rule(clause=BODIES, act=Act.IMITATE, outcome=Outcome.STRICT, reads="name")
def adds_soft_news_words(case: Case, p: Parameters) -> Verdict:
    """账号信息在机构名称后加观察、资讯等字样，是其发声还是谈论不明，需人工核验。
    The account adds words like 观察 or 资讯 to a body's name: its voice, or talk about it."""
    evidence = sole(case)
    soft = any(word.cue is Cue.SOFT_NEWS for word in evidence.cues)
    arm = evidence.stance is Stance.ARM and body(case).kind is not Kind.COUNTRY
    return judged(arm and soft and near(evidence, p) and not speaks_for_it(case, p), case)


@rule(clause=ALL, act=Act.ASSUME, outcome=Outcome.REFUSE, reads="claim")
def claims_to_be_the_body(case: Case, p: Parameters) -> Verdict:
    """简介、签名或认证信息自称是该机构或代表该机构。
    The bio, signature or verification line claims to be the body or to act for it."""
    return judged(case.entity is not None and _claimed(case) and not _doubtful(case, p), case)


@rule(clause=ALL, act=Act.ASSUME, outcome=Outcome.STRICT, reads="claim")
def claims_the_body_doubtfully(case: Case, p: Parameters) -> Verdict:
    """简介、签名或认证信息疑似自称某机构，所写名称不确定，需人工核验。
    The bio, signature or verification line may claim a body; the name it writes is not certain."""
    return judged(case.entity is not None and _claimed(case) and _doubtful(case, p), case)


@rule(clause=BODIES, act=Act.ASSUME, outcome=Outcome.REFUSE, reads="claim")
def claims_an_unlisted_organ(case: Case, p: Parameters) -> Verdict:
    """简介、签名或认证信息自称机关、媒体等机构，名录中没有该机构。
    The bio, signature or verification line claims an organ or medium that no register lists."""
    organ = sole(case).kind in p.organ_like_kinds
    return judged(case.entity is None and _claimed(case) and organ, case)


@rule(clause=BODIES, act=Act.ASSUME, outcome=Outcome.STRICT, reads="claim")
def claims_an_unlisted_body(case: Case, p: Parameters) -> Verdict:
    """简介、签名或认证信息自称某组织，名录中没有该组织，需人工核验。
    The bio, signature or verification line claims a body that no register lists."""
    organ = sole(case).kind in p.organ_like_kinds
    return judged(case.entity is None and _claimed(case) and not organ, case)


def _claimed(case: Case) -> bool:
    return sole(case).stance in (Stance.IS, Stance.ARM)


def _doubtful(case: Case, p: Parameters) -> bool:
    evidence = sole(case)
    official = any(word.cue is Cue.OFFICIAL for word in evidence.cues)
    return not near(evidence, p) or (evidence.weak and not official)
