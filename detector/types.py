"""The words of the system as types, frozen and plain; nothing here computes.

The flow is `Account -> Case* -> Finding* -> Decision -> Assessment` (architecture, section 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Kind(StrEnum):
    """What sort of body, place or symbol an entity is; decides the item of Art. 8 it falls under."""

    PARTY_ORGAN = "party_organ"
    STATE_ORGAN = "state_organ"
    COURT = "court"
    PROCURATORATE = "procuratorate"
    POLICE = "police"
    MILITARY = "military"
    POLITICAL_PARTY = "political_party"
    PEOPLE_ORG = "people_org"
    SOCIAL_ORG = "social_org"
    CHARITY = "charity"
    INSTITUTION = "institution"
    UNIVERSITY = "university"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    MUSEUM = "museum"
    ENTERPRISE = "enterprise"
    BANK = "bank"
    PLATFORM = "platform"
    COUNTRY = "country"
    MISSION = "mission"
    INTL_ORG = "intl_org"
    MEDIA = "media"
    REGION = "region"
    SEAT = "seat"
    LANDMARK = "landmark"
    SYMBOL = "symbol"
    CLOSED = "closed"


class Level(StrEnum):
    """The tier of government a body belongs to; NONE for companies, brands and foreign bodies."""

    CENTRAL, PROVINCE, CITY = "central", "province", "city"
    COUNTY, TOWN, NONE = "county", "town", ""


class NameSort(StrEnum):
    """Which of a body's names an alias is."""

    OFFICIAL = "official"
    SHORT = "short"
    ENGLISH = "english"
    BRAND = "brand"
    NUMBER = "number"
    FORMER = "former"
    INITIALS = "initials"  # made, not listed: qhdx for 清华大学


class Field(StrEnum):
    """The text fields of account information (Art. 23)."""

    NAME = "name"
    BIO = "bio"
    SIGNATURE = "signature"
    VERIFICATION = "verification"


class Event(StrEnum):
    """Why the account is looked at: Art. 10 (registration, change) or Art. 15 (stock)."""

    REGISTRATION = "registration"
    CHANGE = "change"
    STOCK = "stock"


class AccountType(StrEnum):
    """Who the account says it is run by."""

    PERSONAL = "personal"
    ORGANIZATION = "organization"


class Stance(StrEnum):
    """What the rest of the text says of the body whose name it holds."""

    IS = "is"  # nothing but the name, or the name decorated: it is the body
    ARM = "arm"  # its service, office, spokesman or channel: 客服, 招生办, 发布, 编辑部
    UNCLEAR = "unclear"  # other words whose relation to the body the lexicon does not know
    ABOUT = "about"  # speaks about it: reader, fan, neighbour, student, trade, home town
    COINCIDENCE = "coincidence"  # the characters meet by chance: 移民政策 holds no 民政


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


class Relation(StrEnum):
    """How the verified owner stands to a body."""

    IS_BODY = "is_body"
    SUB_UNIT = "sub_unit"
    SAME_NAME = "same_name"  # its own legal name carries the words used
    SAME_BRAND = "same_brand"  # its own legal name carries the trade name: 小米商城, 小米通讯
    ANOTHER_BODY = "another_body"  # the registry knows it as somebody else
    OTHER = "other"  # nobody that the registry knows
    UNVERIFIED = "unverified"  # reported that nobody was verified
    UNREPORTED = "unreported"  # nobody told us


class Status(StrEnum):
    """The answer of one rule."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Act(StrEnum):
    """The five acts of Art. 8, and the duty of Art. 10, in the law's own words."""

    ASSUME = "假冒"
    IMITATE = "仿冒"
    INVENT = "捏造"
    UNAUTHORISED = "擅自使用"
    TIE = "恶意关联"
    VERIFY = "从严核验"


class Outcome(IntEnum):
    """The ladder; a decision takes its highest step."""

    ALLOW = 0
    STRICT = 1
    REFUSE = 2

    @property
    def word(self) -> str:
        """The lower-case word of the output contract."""
        return self.name.lower()


Span = tuple[int, int]  # [start, end) in characters of the original text


@dataclass(frozen=True, slots=True)
class Owner:
    """Who was verified behind the account; None = not reported, "" = reported that there is nobody."""

    legal_name: str | None = None
    code: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A licence, letter or mark: what it is, whose, what it covers (an entity's name or ""), until when."""

    kind: str
    holder: str = ""
    scope: str = ""
    expires: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """What the platform reports of one account; None = not reported, "" = reported empty."""

    account_id: str
    name: str
    account_type: AccountType | None = None
    bio: str | None = None
    signature: str | None = None
    verification: str | None = None
    avatar: str | None = None
    cover: str | None = None
    owner: Owner = Owner()
    proofs: tuple[Proof, ...] = ()
    event: Event = Event.REGISTRATION
    previous_name: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of an entity. `needs_cue`: the name is an everyday word too and says nothing alone."""

    text: str
    sort: NameSort
    needs_cue: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """One protected body, place or symbol.

    sponsor: id of the body that it belongs to or that runs it; sponsor_name: that body's name.
    """

    id: str
    name: str
    aliases: tuple[Alias, ...]
    kind: Kind
    level: Level
    region: str
    source: str
    sponsor: str = ""
    code: str = ""
    sponsor_name: str = ""


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


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparison; keeps both values.

    similarity: 0..1, 1 = identical after undoing what costs nothing to read.
    query / candidate: the account's own characters / the registry's name or the word found.
    weak: the candidate is an everyday word too and says nothing without a cue.
    kind: what sort of body a name that no registry holds is built like (channel "grammar").
    proven: a source that is complete for that kind shows that the body does not exist.
    place: a real region stands in the same name ("" if none).
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


@dataclass(frozen=True, slots=True)
class Gap:
    """A comparison that could not be made, and why."""

    channel: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Case:
    """The unit of judgement: one account against one entity (None = the account by itself)."""

    account: Account
    entity: Entity | None
    evidence: tuple[Evidence, ...]
    relation: Relation
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of one rule to one case."""

    status: Status
    reason: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, under which clause; NOT_MET ones are kept for the record.

    also: further provisions touched, such as 8(6). lifted_by: the exception that excuses it.
    """

    rule: str
    clause: str
    act: Act
    outcome: Outcome
    status: Status
    reason: str
    entity: Entity | None
    evidence: Evidence | None
    also: tuple[str, ...] = ()
    lifted_by: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The legal result; a pure function of (rules, cases, day)."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    needs_person: bool
    as_of: str
    measure: str = ""
    record: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Hashes of everything that made a decision; the model's is empty until one is installed."""

    code: str
    rules: str
    registry: str
    model: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The machine's full record of one account."""

    account: Account
    cases: tuple[Case, ...]
    decision: Decision
    gaps: tuple[Gap, ...]
    provenance: Provenance
