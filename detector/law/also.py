"""Further provisions that a finding touches: they add to what holds, and find nothing alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detector.law.facts import OTHERS, disguised, sole
from detector.law.parameters import Parameters
from detector.types import AccountType, Case, Relation

UNPROVEN = (*OTHERS, Relation.UNVERIFIED)


@dataclass(frozen=True, slots=True)
class Further:
    """A provision and when a finding touches it; the test's docstring is shown to people."""

    clause: str
    test: Callable[[Case, Parameters], bool]

    @property
    def sentence(self) -> str:
        """What is true when it is touched."""
        return " ".join((self.test.__doc__ or "").split())


def names_an_occupation(case: Case, p: Parameters) -> bool:
    """个人账号含有职业信息，而未证明与真实职业相一致。
    A personal account names an occupation that is not shown to be its owner's."""
    words = {word.text for word in sole(case).cues}
    personal = case.account.account_type is AccountType.PERSONAL
    return personal and case.relation in UNPROVEN and bool(words & p.occupations)


def differs_from_the_organisation(case: Case, p: Parameters) -> bool:
    """机构账号的信息与经核验的机构名称不一致。
    An organisation's account differs from the name under which it is verified."""
    organisation = case.account.account_type is AccountType.ORGANIZATION
    return organisation and case.relation in OTHERS


def written_in_disguise(case: Case, p: Parameters) -> bool:
    """使用了同音、谐音、相近的文字、数字、符号和字母。
    The name is written with sound-alikes, look-alikes, numbers, signs or letters."""
    return disguised(sole(case), p)


def deceives_the_public(case: Case, p: Parameters) -> bool:
    """名不副实：自称某机构，或经核验的主体另有其人。
    Name and fact differ: it claims a body, or somebody else is verified as its owner."""
    body = case.entity is not None or sole(case).channel == "grammar"
    return sole(case).channel == "claim" or (body and case.relation in OTHERS)


def needs_qualification(case: Case, p: Parameters) -> bool:
    """涉及新闻、金融、教育、医疗卫生、司法等领域，应当核验资质并加注标识。
    It touches news, finance, education, health or justice, where proof of qualification is due."""
    kind = sole(case).kind if case.entity is None else case.entity.kind
    return kind in p.qualified_kinds or sole(case).channel == "news_word"


ALSO = (
    Further("7(1)", names_an_occupation),
    Further("7(2)", differs_from_the_organisation),
    Further("8(6)", written_in_disguise),
    Further("8(7)", deceives_the_public),
    Further("11", needs_qualification),
)


def also(case: Case, p: Parameters) -> tuple[str, ...]:
    """The further provisions that a case of one piece of evidence touches."""
    return tuple(further.clause for further in ALSO if further.test(case, p))
