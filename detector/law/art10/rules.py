"""Article 10, paragraphs 2 and 3: what must be verified strictly. A gate, not a ban."""

from __future__ import annotations

from detector.law.facts import cues_of, judged, near, sole
from detector.law.parameters import Parameters
from detector.law.registration import rule
from detector.types import Act, Case, Cue, Outcome, Stance, Verdict

READ_AS = ("name", "claim")


@rule(clause="10(2)", act=Act.VERIFY, outcome=Outcome.STRICT, reads="strict_word")
def holds_a_strict_word(case: Case, p: Parameters) -> Verdict:
    """账号信息含有“中国”“中华”“中央”“全国”“国家”等字样，应当从严核验。
    The account holds one of the words that must be verified strictly."""
    return judged(sole(case).stance is not Stance.COINCIDENCE, case)


@rule(clause="10(2)", act=Act.VERIFY, outcome=Outcome.STRICT, reads=READ_AS)
def names_a_symbol(case: Case, p: Parameters) -> Verdict:
    """账号信息以国旗、国徽、党徽等党和国家象征的名称自称，应当从严核验。
    The account bears the name of a symbol of Party or state."""
    return judged(_as_a_name(case) and near(sole(case), p) and not _selling(case), case)


@rule(clause="10(2)", act=Act.VERIFY, outcome=Outcome.REFUSE, reads=READ_AS)
def sells_under_a_symbol(case: Case, p: Parameters) -> Verdict:
    """账号信息将国旗、国徽、党徽等党和国家象征用于商业，为有关法律所禁止。
    The account puts a symbol of Party or state to commercial use, which other laws forbid."""
    return judged(_as_a_name(case) and near(sole(case), p) and _selling(case), case)


@rule(clause="10(3)", act=Act.VERIFY, outcome=Outcome.STRICT, reads=READ_AS)
def resembles_a_closed_account(case: Case, p: Parameters) -> Verdict:
    """账号信息与被依法依约关闭的账号关联度高，应当从严核验。
    The account closely resembles one that was closed."""
    evidence = sole(case)
    met_by_chance = evidence.stance is Stance.COINCIDENCE
    return judged(evidence.similarity >= p.closed_similarity and not met_by_chance, case)


def _as_a_name(case: Case) -> bool:
    return sole(case).stance in (Stance.IS, Stance.ARM)


def _selling(case: Case) -> bool:
    return Cue.COMMERCE in cues_of(sole(case))
