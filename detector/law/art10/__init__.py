"""Article 10, paragraphs 2 and 3: what must be verified strictly."""

from __future__ import annotations

from detector.law.art10 import exceptions, rules, symbols

RULES = (
    rules.sells_under_a_symbol,
    rules.holds_a_strict_word,
    rules.names_a_symbol,
    rules.resembles_a_closed_account,
    symbols.wears_a_reserved_symbol,
    symbols.sells_under_the_symbol_shown,
    symbols.poses_under_the_symbol_shown,
    symbols.shows_a_symbol,
)

EXCEPTIONS = (
    exceptions.legal_name_carries_the_word,
    exceptions.owner_may_bear_the_symbol,
    exceptions.owner_wears_its_own_symbol,
)
