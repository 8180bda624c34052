"""Article 10, paragraph 2: symbols of Party and state in an avatar or cover.

The flag may be flown by everybody with dignity, never to sell; the national emblem, the Party's emblem
and its flag are no private person's (国旗法, 国徽法 Art. 13, 中国共产党党徽党旗条例).
"""

from __future__ import annotations

from detector.law.art08.marks import alike, large, proved
from detector.law.facts import body, cues_of, judged, judged_by_account, sole
from detector.law.parameters import Parameters
from detector.law.registration import rule
from detector.types import AccountType, Act, Case, Cue, Outcome, Stance, Status, Verdict


@rule(clause="10(2)", act=Act.ASSUME, outcome=Outcome.REFUSE, reads="mark")
def wears_a_reserved_symbol(case: Case, p: Parameters) -> Verdict:
    """个人账号以国徽、党徽、党旗作头像或封面，为国徽法、党徽党旗条例所不许。
    A personal account wears the national emblem, the Party's emblem or its flag."""
    if not (_reserved(case, p) and proved(case, p) and large(case, p)):
        return judged(False, case)
    kind = case.account.account_type
    status = {AccountType.PERSONAL: Status.MET, None: Status.UNKNOWN}.get(kind, Status.NOT_MET)
    return judged_by_account(status, case)


@rule(clause="10(2)", act=Act.VERIFY, outcome=Outcome.REFUSE, reads="mark")
def sells_under_the_symbol_shown(case: Case, p: Parameters) -> Verdict:
    """账号图片使用国旗、国徽、党徽等象征和标志，文字用于售卖，为有关法律所禁止。
    The picture shows a symbol of Party or state, and the account's texts sell something."""
    selling = Cue.COMMERCE in cues_of(sole(case))
    return judged(selling and proved(case, p) and large(case, p), case)


@rule(clause="10(2)", act=Act.ASSUME, outcome=Outcome.REFUSE, reads="mark")
def poses_under_the_symbol_shown(case: Case, p: Parameters) -> Verdict:
    """账号图片使用党和国家或者有关机关的象征和标志，文字又以官方、机关自居。
    The picture shows a symbol of Party, state or service, and the texts claim to be official."""
    posing = sole(case).stance is Stance.ARM and bool(cues_of(sole(case)) & p.symbol_cues)
    return judged(posing and proved(case, p) and large(case, p), case)


@rule(clause="10(2)", act=Act.VERIFY, outcome=Outcome.STRICT, reads="mark")
def shows_a_symbol(case: Case, p: Parameters) -> Verdict:
    """账号图片显示国旗、国徽、党徽等党和国家的象征和标志，应当从严核验。
    The picture shows a symbol of Party or state, which must be verified strictly."""
    return judged(alike(case, p), case)


def _reserved(case: Case, p: Parameters) -> bool:
    return body(case).id in p.reserved_symbols
