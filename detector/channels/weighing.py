"""Whose name explains a text best: the candidates weighed in bits against ordinary Chinese.

Two explanations of the text compete: ordinary Chinese (`words`) and Chinese with this body's name
in it (`Candidate`). What explains the text in fewer bits wins; a disguise must win clearly, and by
steps that make no likelier other text.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from detector.channels import edits
from detector.channels.candidate import Candidate
from detector.channels.farfetched import far_fetched
from detector.text import words
from detector.text.fold import plain
from detector.text.symbols import cuts_a_run
from detector.types import EditKind

# A disguise must win by so many bits; by less than `names.CLEAR_MARGIN` it is only worth a person's look
POSSIBLE_MARGIN = 1.0
# A plainly written name whose ends cut words (移民|政策) must win by so many bits
CUT_MARGIN, LEAST_CUT_MARGIN = 12.0, 3.0
# ... unless cutting at its ends costs hardly more than the likeliest cut (澎湃新闻|直播间)
CUT_BITS = 5.0
# Names this long are met by no chance
LONGEST_CUT = 6
# Nobody writes a digit among letters by chance: 0PP0, 1KEA
LEET_BITS = 6.0
# 交警郑州: nobody says so, whatever the words
ODD_ORDER_BITS = 8.0


@dataclass(frozen=True, slots=True)
class Found:
    """An accepted candidate and how much better it explains the text than ordinary Chinese.

    doubtful: its ends cut likely words, so that only official words beside it make it a name.
    """

    candidate: Candidate
    margin: float
    total: float
    doubtful: bool = False


def weighed(candidate: Candidate, text: str, places: frozenset[str]) -> Found | None:
    """The candidate with its margin, or None where ordinary Chinese explains the text better."""
    reading, start, end = candidate.reading, candidate.start, candidate.end
    own = words.cut(reading.text)
    ordinary = own.bits
    if candidate.respelled:  # what is really written is a stranger text: 弓长家口, renminribao
        ordinary = max(ordinary, words.bits(edits.base_text(text)))
        ordinary += LEET_BITS * _leeted(candidate)
    if candidate.bits > 0 and _place_last(candidate, places):
        ordinary += ODD_ORDER_BITS
    total = own.before[start] + candidate.prior_bits + candidate.step_bits + own.after[end]
    margin = ordinary - total
    if not _bounded(candidate, text):
        return None
    if candidate.exact:
        apart = own.before[start] + words.bits(reading.text[start:end]) + own.after[end]
        across = apart - own.bits > CUT_BITS and candidate.length < LONGEST_CUT
        if across and margin < LEAST_CUT_MARGIN:
            return None
        return Found(candidate, margin, total, across and margin < CUT_MARGIN)
    if margin < POSSIBLE_MARGIN or far_fetched(candidate, margin, places):
        return None
    return Found(candidate, margin, total)


def _leeted(candidate: Candidate) -> int:
    """How many digits are read as letters, where the name is the whole text."""
    symbols = candidate.reading.symbols
    if candidate.length < len(symbols) or not candidate.reading.text.isalpha():
        return 0
    leeted = sum(EditKind.LOOK_ALIKE in s.steps for s in symbols)
    return leeted if 2 * leeted <= len(symbols) else 0


def _place_last(candidate: Candidate, places: frozenset[str]) -> bool:
    """The whole text is a name that begins with its place, the place put last."""
    text = candidate.reading.text
    if candidate.length < len(text) or len(text) < 4:
        return False
    key = plain(candidate.alias.text)
    return any(
        text[-size:] in places and key == text[-size:] + text[:-size]
        for size in range(2, min(len(text) - 1, 9))
    )


def _bounded(candidate: Candidate, text: str) -> bool:
    """Latin names and numbers stand between breaks: no ABC in abcdef or a_b_c_d, no 110 in 11080."""
    key = candidate.reading.text[candidate.start : candidate.end]
    if not key.isascii():
        return candidate.exact or not cuts_a_run(text, candidate.span)
    symbols = candidate.reading.symbols
    inside = symbols[candidate.start : candidate.end]
    signs = len(inside) <= 2 or (key.isdigit() and not candidate.alias.text.isdigit())
    if signs and candidate.alias.text.casefold() not in text.casefold():
        return False  # B&O is not any "bo", 7-11 not any 711
    spaced = any(a.span[1] < b.span[0] for a, b in pairwise(inside))
    if spaced and candidate.alias.text.isalnum() and len(inside) < len(symbols):
        return False
    for inner, outer in (
        (candidate.start, candidate.start - 1),
        (candidate.end - 1, candidate.end),
    ):
        if not 0 <= outer < len(symbols):
            continue
        left, right = sorted((symbols[inner], symbols[outer]), key=lambda s: s.span)
        if left.span[1] < right.span[0] or not (left.char.isascii() and right.char.isascii()):
            continue
        same_class = left.char.isdigit() == right.char.isdigit()
        hump = text[right.span[0]].isupper() and not text[left.span[0]].isupper()
        if same_class and not hump:
            return False
    return True
