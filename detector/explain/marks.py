"""An account's text with the disguised characters marked."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from itertools import groupby

from rich.text import Text

from detector.contract import FindingRecord
from detector.explain.visible import shown, visible

# Of a longer text, so many characters are shown around the first mark
LONGEST = 48
_DISGUISED = "bold red underline"
_NAMED = "bold"


def marked(text: str, findings: Iterable[FindingRecord], field: str, colour: bool) -> Text:
    """The text: characters of a body's name bold, disguised ones red; in [] without colours."""
    named, disguised, gone = _places(findings, field)
    first = min(named | disguised, default=0)
    start = max(0, first - LONGEST // 4) if len(text) > LONGEST else 0
    end = min(len(text), start + LONGEST)
    told = Text("…" if start else "")
    for (style, _), group in groupby(
        range(start, end), key=lambda at: (_style(at, named, disguised), bisect(gone, at))
    ):
        places = list(group)
        run = text[places[0] : places[-1] + 1]
        run = shown(run) if style == _DISGUISED else visible(run)
        if places[0] in gone:
            told.append("_", _DISGUISED)
        bracketed = style == _DISGUISED and not colour
        told.append(f"[{run}]" if bracketed else run, style)
    if end in gone:
        told.append("_", _DISGUISED)
    return told.append("…") if end < len(text) else told


def _style(at: int, named: set[int], disguised: set[int]) -> str:
    if at in disguised:
        return _DISGUISED
    return _NAMED if at in named else ""


def _places(findings: Iterable[FindingRecord], field: str) -> tuple[set[int], set[int], list[int]]:
    """Places that name a body, that are disguised, and before which a character is left out."""
    named: set[int] = set()
    disguised: set[int] = set()
    gone: set[int] = set()
    for finding in findings:
        if finding["field"] != field or finding["span"] is None:
            continue
        named.update(range(*finding["span"]))
        for edit in finding["edits"]:
            start, end = edit["span"]
            disguised.update(range(start, end))
            if start == end:
                gone.add(start)
    return named, disguised, sorted(gone)
