"""What a licence, letter or mark covers, and until when: only that, and never a day longer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from detector.law.facts import SPEAKING_PLACES, sole
from detector.law.parameters import Parameters
from detector.types import Case, Entity, Proof

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_LIST = re.compile(r"[、，,;；|/\s]+")
_WRAPPING = "《》“”「」\"'()（）"


def valid(proof: Proof, day: date) -> bool:
    """Not expired; YYYY and YYYY-MM run to their end. A date that cannot be read proves nothing."""
    if proof.expires == "":
        return True
    if not _DATE.fullmatch(proof.expires):
        return False
    return day.isoformat()[: len(proof.expires)] <= proof.expires


def proofs(case: Case, kinds: frozenset[str], day: date) -> Iterator[Proof]:
    """The account's valid proofs of some kinds; "licence" with scope "news" is kind "news"."""
    for proof in case.account.proofs:
        licence = proof.kind == "licence" and proof.scope in kinds
        if (proof.kind in kinds or licence) and valid(proof, day):
            yield proof


def names_body(proof: Proof, case: Case, p: Parameters) -> bool:
    """Holder or scope is the very name of the body, of a place's government, or the name used.

    The whole name, not a part: a letter of 北京大学第一医院 is none of 北京大学.
    """
    evidence = sole(case)
    said = {*_items(proof.holder), *_items(proof.scope)}
    if case.entity is None:
        return evidence.query in said
    known = _known(case.entity)
    if said & known:
        return True
    if case.entity.kind not in SPEAKING_PLACES:
        return False
    return any(name + office in said for name in known for office in p.place_authorities)


def _items(text: str) -> Iterator[str]:
    """The names in a list of names, and the list as a whole (Latin names hold spaces)."""
    for item in (text, *_LIST.split(text)):
        stripped = item.strip(_WRAPPING + " ")
        if stripped:
            yield stripped


def _known(entity: Entity) -> set[str]:
    return {entity.name, *(alias.text for alias in entity.aliases)}
