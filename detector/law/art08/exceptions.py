"""Who may use the name after all. Each exception lifts what its proof covers, and no more.

A badge of somebody else is no exception: it is only evidence of who the owner is.
"""

from __future__ import annotations

from detector.law import proof
from detector.law.art08 import invented, marks, news, places, rules
from detector.law.facts import OTHERS, SPEAKING_PLACES, disguised, is_the_name, private, sole
from detector.law.parameters import Parameters
from detector.law.registration import exception
from detector.types import AccountType, Case, Kind, Relation

NAMES = (
    rules.bears_the_name,
    rules.poses_as_its_arm,
    rules.adds_service_words_to_a_brand,
    rules.disguises_the_name,
    rules.bears_an_everyday_name,
    rules.resembles_the_name_faintly,
    rules.names_the_body_unclearly,
    rules.adds_soft_news_words,
)
CLAIMS = (
    rules.claims_to_be_the_body,
    rules.claims_the_body_doubtfully,
    rules.claims_an_unlisted_organ,
    rules.claims_an_unlisted_body,
)
PLACES = (
    places.bears_the_place_name,
    places.adds_authority_words_to_a_place,
    places.adds_media_words_to_a_place,
    places.bears_an_ambiguous_place_name,
    places.adds_soft_words_to_a_place,
    places.names_the_place_unclearly,
)
INVENTED = (
    invented.invents_a_body,
    invented.owner_is_another_than_the_invented_body,
    invented.sounds_like_an_authority,
)
NEWS = (
    news.uses_a_news_word,
    news.uses_a_soft_news_word_with_a_place,
    news.uses_a_soft_news_word,
    news.may_use_a_news_word,
)
MARKS = (marks.shows_the_mark_with_a_cue, marks.shows_the_mark)
PRINTED = (marks.prints_the_name, marks.prints_the_name_small)
PLACE_KINDS = SPEAKING_PLACES | {Kind.SEAT}


@exception(lifts=(*NAMES, *CLAIMS, *PLACES, *INVENTED, *MARKS, *PRINTED))
def owner_is_body(case: Case, p: Parameters) -> bool:
    """账号主体经核验就是该机构。
    The account is verified as the very body whose name it uses."""
    return case.relation is Relation.IS_BODY


@exception(lifts=(*NAMES, *CLAIMS, *PLACES, *MARKS, *PRINTED))
def owner_is_sub_unit(case: Case, p: Parameters) -> bool:
    """账号主体经核验是该机构的下属或内设单位；企业仅因登记名称冠以地名，不是当地的下属单位。
    The verified owner belongs to the body; a company named after a place does not."""
    if case.relation is not Relation.SUB_UNIT:
        return False
    place = case.entity is not None and case.entity.kind in PLACE_KINDS
    return not place or not private(case.account.owner, p) or _carried(case, case.account.name)


@exception(lifts=(*NAMES, *PLACES, *INVENTED, *NEWS, *PRINTED))
def own_legal_name(case: Case, p: Parameters) -> bool:
    """账号主体经核验的登记名称本身含有所使用的名称。
    The verified owner's own legal name carries the words that the account uses."""
    evidence = sole(case)
    if case.relation is not Relation.SAME_NAME:
        return False
    if case.entity is None or evidence.weak or disguised(evidence, p) or not is_the_name(evidence):
        return True
    authority = case.entity.kind in p.authority_kinds
    return _carried(case, evidence.query) and not (authority and private(case.account.owner, p))


@exception(lifts=CLAIMS)
def claims_its_own_legal_name(case: Case, p: Parameters) -> bool:
    """自称的名称就在账号主体经核验的登记名称之中，且不是机关或地方的名称。
    The name claimed stands in the verified owner's legal name, and is no authority's or place's."""
    evidence = sole(case)
    owned = not evidence.weak and _carried(case, evidence.candidate)
    if case.entity is None:
        return owned and evidence.kind not in p.organ_like_kinds
    return owned and case.entity.kind in p.commercial_kinds


@exception(lifts=(*NAMES, *CLAIMS, *PLACES, *INVENTED, *MARKS, *PRINTED))
def authorised_by_the_body(case: Case, p: Parameters) -> bool:
    """持有该机构出具的、在有效期内的授权。
    A letter of authorisation by that very body covers the account and has not expired."""
    letters = proof.proofs(case, p.authorisations, p.day)
    return any(proof.names_body(letter, case, p) for letter in letters)


@exception(lifts=(*NAMES, *MARKS, *PRINTED))
def owns_the_trade_mark(case: Case, p: Parameters) -> bool:
    """账号主体持有所用品牌的有效商标注册；商标不及于机关、媒体、国家和地方的名称。
    The verified owner holds the trade mark of the brand it uses; never for organs or places."""
    owner, entity = case.account.owner.legal_name, case.entity
    if not owner or entity is None or entity.kind not in p.commercial_kinds:
        return False
    marks = proof.proofs(case, p.trade_marks, p.day)
    return any(m.holder in ("", owner) and _covers(m.scope, case) for m in marks)


@exception(lifts=(*NEWS, news.has_a_news_word_in_its_legal_name))
def holds_a_news_licence(case: Case, p: Parameters) -> bool:
    """持有有效的互联网新闻信息服务许可。
    The account's owner holds a valid licence for internet news services."""
    return any(proof.proofs(case, p.news_licences, p.day))


@exception(lifts=NAMES)
def licensed_medium(case: Case, p: Parameters) -> bool:
    """账号主体是持有有效新闻许可的媒体，许可载明账号名称；名称未作伪装。
    The owner is a medium with a valid news licence, which lists the accounts it covers."""
    medium = case.entity is not None and case.entity.kind is Kind.MEDIA
    if not medium or disguised(sole(case), p):
        return False
    licences = tuple(proof.proofs(case, p.news_licences, p.day))
    if any(proof.names_body(licence, case, p) for licence in licences):
        return case.relation not in OTHERS
    elsewhere = case.relation is Relation.ANOTHER_BODY
    return bool(licences) and not elsewhere and case.account.owner.kind in p.licensed_owner_kinds


@exception(lifts=(*NAMES, *MARKS, *PRINTED))
def trades_under_the_name(case: Case, p: Parameters) -> bool:
    """账号主体经核验的登记名称含有同一字号或品牌，账号只加了业务用语。
    The verified owner's legal name carries the same trade name, and the account adds only trade words."""
    return (
        case.relation is Relation.SAME_BRAND
        and case.entity is not None
        and case.entity.kind in p.commercial_kinds | {Kind.MEDIA}
    )


@exception(lifts=NEWS)
def public_body_under_its_own_name(case: Case, p: Parameters) -> bool:
    """党政机关以自己的名称或所在地名开设的账号，不以新闻许可为前提。
    A government or Party body speaks under its own name or place, which needs no news licence."""
    owner = case.account.owner
    if owner.kind not in p.speaking_owner_kinds:
        return False
    if case.relation in (Relation.IS_BODY, Relation.SUB_UNIT, Relation.SAME_NAME):
        return True
    rest = case.account.name.replace(sole(case).query, "\n")
    return any(rest[at : at + 2] in (owner.legal_name or "") for at in range(len(rest) - 1))


@exception(lifts=(marks.bears_a_code,))
def organisation_shows_its_contact(case: Case, p: Parameters) -> bool:
    """账号主体是经核验的机构，以二维码公布联系方式。
    The account is a verified organisation's, which may show how it can be reached."""
    organisation = case.account.account_type is AccountType.ORGANIZATION
    return organisation and bool(case.account.owner.legal_name)


def _carried(case: Case, words: str) -> bool:
    """The words stand in the legal name as they are, not scattered over it."""
    return words != "" and words in (case.account.owner.legal_name or "")


def _covers(scope: str, case: Case) -> bool:
    evidence = sole(case)
    return scope != "" and scope in (evidence.query, evidence.candidate)
