"""Text from strangers, safe on a terminal: what is unseen is shown, nothing is obeyed."""

from __future__ import annotations

import unicodedata

# Control, format (zero-width, bidi), surrogate, unassigned, private, line and paragraph separators
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"))


def visible(text: str) -> str:
    """The text with every unseen character as ⟨U+200B⟩.

    >>> visible("央视\\u200b新闻")
    '央视⟨U+200B⟩新闻'
    """
    return "".join(map(visible_character, text))


def shown(text: str) -> str:
    """The same, for characters that count: blanks are shown, too."""
    return visible(text).replace(" ", "␣")


def visible_character(character: str) -> str:
    """The character itself, or its code point in ⟨⟩ where one could not see it."""
    if unicodedata.category(character) in _UNSEEN:
        return f"⟨U+{ord(character):04X}⟩"
    return character
