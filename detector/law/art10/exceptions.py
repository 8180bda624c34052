"""What spares strict verification: the owner's registered name has the word or symbol."""

from __future__ import annotations

from detector.law.art10 import rules, symbols
from detector.law.facts import sole
from detector.law.parameters import Parameters
from detector.law.registration import exception
from detector.types import Case, Relation


@exception(lifts=(rules.holds_a_strict_word,))
def legal_name_carries_the_word(case: Case, p: Parameters) -> bool:
    """账号主体经核验的登记名称含有该字样。
    The verified owner's legal name carries the word."""
    if case.relation in (Relation.SAME_NAME, Relation.IS_BODY):
        return True
    return sole(case).candidate in (case.account.owner.legal_name or "")


SYMBOLS_SHOWN = (
    symbols.wears_a_reserved_symbol,
    symbols.poses_under_the_symbol_shown,
    symbols.shows_a_symbol,
)


@exception(lifts=SYMBOLS_SHOWN)
def owner_wears_its_own_symbol(case: Case, p: Parameters) -> bool:
    """账号主体经核验是依法可以使用该象征和标志的机关。
    The verified owner is an organ that the law allows to show the symbol."""
    return case.account.owner.kind in p.symbol_owner_kinds


@exception(lifts=(rules.names_a_symbol, rules.sells_under_a_symbol))
def owner_may_bear_the_symbol(case: Case, p: Parameters) -> bool:
    """账号主体经核验是依法可以使用该象征和标志的机关。
    The verified owner is an organ that the law allows to bear the symbol."""
    return case.account.owner.kind in p.symbol_owner_kinds
