"""Channel "mark", "printed" and "code": what avatars and covers show, as evidence.

`mark`: a body's mark is in the picture. `printed`: text in it reads as a body's name. `code`: a QR code.
The words of the account's texts stand beside a mark as cues, for a mark alone says little (practice
table, row 17). Whatever could not be looked at is a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from detector.errors import PictureError
from detector.image.look import Look, Looker, Sighting, Writing
from detector.image.marks import Placed
from detector.image.reference import read_bytes, shown
from detector.text import stance
from detector.text.reading import read
from detector.types import Account, Cue, CueWord, Entity, Evidence, Field, Gap, Shown, Stance

MARK, PRINTED, CODE = "mark", "printed", "code"
# Words that make a mark seem the account's own, and those of selling
CLAIMING = frozenset(
    (Cue.OFFICIAL, Cue.SERVICE, Cue.OFFICE, Cue.SPOKESMAN, Cue.RECRUIT, Cue.NEWS, Cue.CHANNEL)
)
TELLING = CLAIMING | {Cue.COMMERCE}
# Words of a name whose last one decides that it speaks about a body: fan, reader, student
_LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Looked:
    """What one field of one account shows; `look` is None where `gap` says why."""

    field: Field
    named: str
    look: Look | None
    gap: Gap | None


def fields(account: Account) -> Iterator[tuple[Field, str]]:
    """The picture fields of an account, where reported and not empty."""
    for field, reference in ((Field.AVATAR, account.avatar), (Field.COVER, account.cover)):
        if reference and reference.strip():
            yield field, reference.strip()


def look(account: Account, looker: Looker | None, beside: Path | None) -> list[Looked]:
    """Every picture of an account, looked at. looker: None = pictures are not looked at."""
    found = []
    for field, reference in fields(account):
        named = shown(reference)
        if looker is None:
            gap = Gap(MARK, field, "pictures were not looked at")
            found.append(Looked(field, named, None, gap))
            continue
        try:
            data = read_bytes(reference, beside)
            found.append(Looked(field, named, looker.look(data, named), None))
        except PictureError as error:
            found.append(Looked(field, named, None, Gap(MARK, field, f"{error.reason} ({named})")))
    return found


def cues(account: Account) -> tuple[CueWord, ...]:
    """Words in the account's texts that make a mark its own, or that sell."""
    found: dict[str, CueWord] = {}
    for text in (account.name, account.bio, account.signature, account.verification):
        if not text:
            continue
        for reading in read(text[:_LONGEST_TEXT])[:1]:
            for token in stance.tokens(reading.text):
                if token.cue in TELLING and token.cue is not None:
                    found.setdefault(token.text, CueWord(token.cue, token.text, (0, 0)))
    return tuple(found.values())


def marks(
    account: Account, looked: Sequence[Looked], placed: Sequence[Placed],
    entities: Mapping[str, Entity], named: Sequence[tuple[Entity, Evidence]],
) -> list[tuple[Entity, Evidence]]:  # fmt: skip
    """Evidence for every mark seen; `named`: bodies that the account's texts name."""
    words = cues(account) if any(one.look and one.look.sightings for one in looked) else ()
    found = []
    for one in looked:
        for sighting in one.look.sightings if one.look else ():
            mark = placed[sighting.mark].mark
            entity = entities[mark.entity]
            own = Stance.ARM if _backed(entity, words, named) else Stance.IS
            found.append((entity, _evidence(one, sighting, mark.id, entity, words, own)))
    return found


def _backed(
    entity: Entity, words: Sequence[CueWord], named: Sequence[tuple[Entity, Evidence]]
) -> bool:
    """Whether the account's texts name the body (or its owner), or claim to be somebody official."""
    family = {entity.id, entity.sponsor} - {""}
    speaks = any(
        {body.id, body.sponsor} & family
        and evidence.stance in (Stance.IS, Stance.ARM, Stance.UNCLEAR)
        for body, evidence in named
    )
    return speaks or any(word.cue in CLAIMING for word in words)


def _evidence(
    one: Looked, seen: Sighting, mark: str, entity: Entity, words: tuple[CueWord, ...], own: Stance
) -> Evidence:
    where = Shown(
        mark, seen.region, seen.share, seen.proved, seen.view, seen.transformation, seen.frame,
        one.look.sha256 if one.look else "",
    )  # fmt: skip
    return Evidence(
        MARK, one.field, seen.similarity, one.named, entity.name, (0, 0), stance=own, cues=words,
        shown=where,
    )  # fmt: skip


def writings(looked: Sequence[Looked]) -> Iterator[tuple[Looked, Writing]]:
    """All text printed in the pictures."""
    for one in looked:
        for writing in one.look.printed if one.look else ():
            yield one, writing


def printed(one: Looked, writing: Writing, evidence: Evidence) -> Evidence:
    """The name found in printed text, as evidence of the picture."""
    return replace(evidence, channel=PRINTED, field=one.field, shown=_where(one, writing))


def codes(looked: Sequence[Looked]) -> Iterator[Evidence]:
    """One evidence a code; the candidate is what it says."""
    for one in looked:
        for writing in one.look.codes if one.look else ():
            yield Evidence(
                CODE, one.field, 1.0, one.named, writing.text, (0, 0), shown=_where(one, writing)
            )


def _where(one: Looked, writing: Writing) -> Shown:
    sha256 = one.look.sha256 if one.look else ""
    return Shown("", writing.region, writing.share, picture=sha256)
