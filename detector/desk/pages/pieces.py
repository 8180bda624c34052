"""A stranger's text in pieces that a page can show: marked where it names or disguises, never obeyed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from detector.contract import FindingRecord
from detector.explain.visible import visible_character

PLAIN, NAMED, DISGUISED, UNSEEN = "", "named", "disguised", "unseen"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters alike; style: "", named, disguised or unseen (shown as a code point)."""

    text: str
    style: str


def pieces(text: str, findings: Iterable[FindingRecord] = (), field: str = "") -> list[Piece]:
    """The text of a field, marked by what was found in it.

    >>> pieces("央\\u200b视")[1]
    Piece(text='U+200B', style='unseen')
    """
    styles = [PLAIN] * len(text)
    for finding in findings:
        if finding["field"] != field or finding["span"] is None:
            continue
        for at in range(*finding["span"]):
            if at < len(styles) and styles[at] == PLAIN:
                styles[at] = NAMED
        for edit in finding["edits"]:
            for at in range(*edit["span"]):
                if at < len(styles):
                    styles[at] = DISGUISED
    marked = [
        (UNSEEN, f"U+{ord(one):04X}") if visible_character(one) != one else (style, one)
        for style, one in zip(styles, text, strict=True)
    ]
    found = []
    for style, group in groupby(marked, key=lambda pair: pair[0]):
        if style == UNSEEN:
            found += [Piece(code, UNSEEN) for _, code in group]
        else:
            found.append(Piece("".join(one for _, one in group), style))
    return found
