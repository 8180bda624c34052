"""统一社会信用代码: an organisation's 18 characters, and their check digit (GB 32100-2015)."""

from __future__ import annotations

# GB 32100-2015, table of characters: digits and capitals without I, O, S, V, Z; value = place
_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(_CHARACTERS)}
# GB 32100-2015: the weight of place i (from 0) is 3**i mod 31
_WEIGHTS = tuple(3**place % 31 for place in range(17))


def check_character(first17: str) -> str:
    """The 18th character that belongs to the first 17; KeyError where one of them may not occur.

    >>> check_character("91110000802100433")
    'B'
    """
    total = sum(_VALUES[c] * weight for c, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHARACTERS[-total % 31]


def fault(code: str) -> str:
    """Why `code` (upper case, no blanks) is no valid code; "" where it is one.

    >>> fault("91110000802100433B")
    ''
    """
    if len(code) != 18:
        return f"has {len(code)} characters, not 18"
    wrong = [c for c in code if c not in _VALUES]
    if wrong:
        return f"holds {wrong[0]!r}, which does not occur in such codes"
    if check_character(code[:17]) != code[17]:
        return "has a wrong check digit (GB 32100-2015)"
    return ""
