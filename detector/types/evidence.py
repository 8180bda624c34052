"""What a comparison found, and what could not be compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from detector.types.account import Field
from detector.types.entity import Kind


class EditKind(StrEnum):
    """One step of a disguise."""

    TRADITIONAL = "traditional"
    VARIANT = "variant"
    COMPATIBILITY = "compatibility"
    RADICAL = "radical"
    KANA = "kana"
    ENCLOSED = "enclosed"
    CONFUSABLE = "confusable"
    NUMERAL = "numeral"
    FLIPPED = "flipped"
    HIDDEN = "hidden"  # zero-width, bidi, combining characters in between
    SEPARATOR = "separator"
    EMOJI = "emoji"
    SPLIT = "split"
    SPELLED = "spelled"
    INITIAL = "initial"
    HOMOPHONE = "homophone"
    NEAR_SOUND = "near_sound"
    LOOK_ALIKE = "look_alike"
    SYNONYM = "synonym"
    TRANSLATED = "translated"
    INSERTED = "inserted"
    DOUBLED = "doubled"
    DROPPED = "dropped"
    SWAPPED = "swapped"
    REORDERED = "reordered"
    REPLACED = "replaced"


class Cue(StrEnum):
    """What a word beside a name says; the lexicon in data/text/cues.tsv assigns them."""

    OFFICIAL = "official"
    SERVICE = "service"
    OFFICE = "office"
    SPOKESMAN = "spokesman"
    CHANNEL = "channel"
    COMMERCE = "commerce"
    RECRUIT = "recruit"
    CAMPAIGN = "campaign"
    NEWS = "news"
    SOFT_NEWS = "soft_news"
    PRODUCT = "product"
    DECOR = "decor"
    DENIAL = "denial"
    FAN = "fan"
    COMPLAINT = "complaint"
    READER = "reader"
    NEIGHBOUR = "neighbour"
    STUDY = "study"
    WALL = "wall"  # campus walls and groups: run by students, looking like the school's own
    WORK = "work"
    PERSON = "person"
    TRADE = "trade"
    FOOD = "food"
    HOMETOWN = "hometown"
    LEISURE = "leisure"
    PAST = "past"
    PARTICLE = "particle"
    PLACE = "place"  # says where, nothing else


class Stance(StrEnum):
    """What the rest of the text says of the body whose name it holds."""

    IS = "is"  # nothing but the name, or the name decorated: it is the body
    ARM = "arm"  # its service, office, spokesman or channel: 客服, 招生办, 发布, 编辑部
    UNCLEAR = "unclear"  # other words whose relation to the body the lexicon does not know
    ABOUT = "about"  # speaks about it: reader, fan, neighbour, student, trade, home town
    COINCIDENCE = "coincidence"  # the characters meet by chance: 移民政策 holds no 民政


Span = tuple[int, int]  # [start, end) in characters of the original text


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of a disguise: `query` in the account's text was read as `candidate` in the name."""

    kind: EditKind
    query: str
    candidate: str
    span: Span


@dataclass(frozen=True, slots=True)
class CueWord:
    """A word beside the name, and what it says."""

    cue: Cue
    text: str
    span: Span


class Proved(StrEnum):
    """By which comparisons a picture shows a mark; only ONE leaves a doubt that a person settles."""

    GEOMETRY = "geometry"  # corners of the mark lie where the mark has them
    TWO = "two_comparisons"  # two that do not depend on each other agree: hash, network, edges
    ONE = "one_comparison"


Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels of the original picture


@dataclass(frozen=True, slots=True)
class Shown:
    """Where and how a picture shows something: a mark, printed text or a code.

    what: id of the mark; "" for text and codes. region: in pixels of the original picture.
    share: of the picture's area that the region covers, 0..1. proved: by which comparisons.
    view: the part of the picture in which it was found, "" = anywhere in it, by keypoints.
    transformation: what was undone, such as "mirrored" or "turned 90 degrees".
    frame: of an animation, from 0. picture: sha256 of the file.
    """

    what: str
    region: Box
    share: float
    proved: Proved = Proved.ONE
    view: str = ""
    transformation: tuple[str, ...] = ()
    frame: int = 0
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparison; keeps both values.

    similarity: 0..1, 1 = identical after undoing what costs nothing to read.
    query / candidate: the account's own characters / the registry's name or the word found.
    weak: the candidate is an everyday word too and says nothing without a cue.
    kind: what sort of body a name that no registry holds is built like (channel "grammar").
    proven: a source that is complete for that kind shows that the body does not exist.
    place: a real region stands in the same name ("" if none).
    shown: where in a picture, of evidence that comes from one; None = from a text.
    """

    channel: str
    field: Field
    similarity: float
    query: str
    candidate: str
    span: Span
    edits: tuple[Edit, ...] = ()
    stance: Stance = Stance.IS
    cues: tuple[CueWord, ...] = ()
    weak: bool = False
    kind: Kind | None = None
    proven: bool = False
    place: str = ""
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A comparison that could not be made, and why."""

    channel: str
    field: str
    reason: str
