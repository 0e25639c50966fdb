"""The shape of every facts file. Unknown keys are refused, nothing is converted, nothing changes once it is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from .markdown import typeset

DEFAULT_LANGUAGE = "en"

Key = TypeVar("Key")
Value = TypeVar("Value")


def _from_text(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


Frozen = Annotated[Mapping[Key, Value], AfterValidator(lambda mapping: MappingProxyType(dict(mapping)))]
Day = Annotated[date, BeforeValidator(_from_text), WithJsonSchema({"type": "string", "format": "date"})]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=1500), AfterValidator(typeset)]
Name = Annotated[str, StringConstraints(min_length=2, max_length=60), AfterValidator(typeset)]
Summary = Annotated[str, StringConstraints(min_length=10, max_length=220), AfterValidator(typeset)]
Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
Https = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\"'<>]+$", max_length=400)]
StatementRef = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[A-Za-z0-9.-]+$")]
Length = Literal[15, 30, 50]
LENGTHS: tuple[Length, ...] = (15, 30, 50)
PartKind = Literal["settle", "baseline", "story", "teach", "sort", "rehearse", "make", "endpoint", "questions", "close"]
Status = Literal["draft", "published", "withdrawn"]
Verified = Literal["official-page", "secondary"]
HelpKind = Literal[
    "child-helpline", "emergency", "report-online-abuse", "report-image-removal", "police-non-emergency",
    "adult-concern-helpline", "mental-health-crisis", "missing", "offender-prevention",
]  # fmt: skip


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class InWords(Record, Generic[Value]):
    """A record whose words stand once for each language."""

    words: Frozen[str, Value]

    @property
    def text(self) -> Value:
        return self.words[DEFAULT_LANGUAGE] if DEFAULT_LANGUAGE in self.words else next(iter(self.words.values()))


# --- bands, strands, words -------------------------------------------------------------------------------------------


class ReadingLevel(Record):
    """The most that a text may have: mean words a sentence, words in its longest sentence, Flesch-Kincaid grade."""

    mean_words: float
    longest_sentence: int
    grade: float


class BandWords(Record):
    title: Text
    summary: Text
    home: Text


class Band(InWords[BandWords]):
    id: Slug
    order: int
    letter: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
    ages: tuple[int, int]
    usual_minutes: Length
    longest_sitting: int
    reading: ReadingLevel
    school_labels: Frozen[str, str]


class Readers(Record):
    easy_read: ReadingLevel = Field(alias="easy-read")
    parents: ReadingLevel
    teachers: ReadingLevel


class BandsFile(Record):
    bands: tuple[Band, ...]
    readers: Readers


class StrandWords(Record):
    title: Text
    summary: Text
    child: Text


class Strand(InWords[StrandWords]):
    id: Slug
    letter: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
    order: int
    reread: bool = False
    """Whether its lessons say what changed when they were read as somebody who harms, and as a child who was hurt."""


class StrandsFile(Record):
    strands: tuple[Strand, ...]


class TaughtWord(Record):
    word: Text
    forms: tuple[Text, ...] = ()
    least_band: Slug
    meaning: Frozen[str, Text]


class AvoidedWords(Record):
    pattern: Text
    forms: tuple[Text, ...]
    where: Literal["all", "child", "adult"]
    instead: Text
    why: Text


class NoteWords(Record):
    title: Text
    adult: Text


class Spelling(Record):
    us: Text
    gb: Text


class ContentNote(InWords[NoteWords]):
    id: Slug


class Activity(InWords[NoteWords]):
    id: Slug


class SupervisionLevel(InWords[NoteWords]):
    id: int


class Synonym(Record):
    say: tuple[Text, ...]
    mean: Text


class BarrierWords(Record):
    adult: Text


class Barrier(InWords[BarrierWords]):
    id: Slug
    least_band: Slug


class PrivateNotesWords(Record):
    """What the private notes of a teacher on an adapted lesson never hold, and the words in them that may have a capital."""

    told: tuple[Text, ...]
    one_pupil: tuple[Text, ...]
    capitals: tuple[Text, ...]
    names_too: tuple[Text, ...]
    """Words of the lessons that are also names."""


class WordsFile(Record):
    """content/words.yaml: the words that lessons teach, and those that no page uses."""

    taught: tuple[TaughtWord, ...]
    avoid: tuple[AvoidedWords, ...]
    not_neutral: tuple[Text, ...]
    commercial: tuple[Text, ...]
    others_names: tuple[Text, ...]
    spelling: tuple[Spelling, ...]
    content_notes: tuple[ContentNote, ...]
    activities: tuple[Activity, ...]
    supervision: tuple[SupervisionLevel, ...]
    search_synonyms: tuple[Synonym, ...]
    barriers: tuple[Barrier, ...]
    private_notes: PrivateNotesWords

    @property
    def taught_forms(self) -> tuple[str, ...]:
        return tuple(form for taught in self.taught for form in (taught.word, *taught.forms))


# --- frameworks, evidence, pictures ----------------------------------------------------------------------------------


class GroupWords(Record):
    title: Text


class StatementGroup(InWords[GroupWords]):
    id: str


class Statement(InWords[Text]):
    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.-]+$")]
    group: str
    core: bool = False


class FrameworkWords(Record):
    title: Text
    short: Text
    summary: Text


class Framework(InWords[FrameworkWords]):
    framework: Slug
    order: int
    country: str | None
    publisher: Text | None
    edition: Text | None
    in_force: Day | None = None
    source: Https | None = None
    note: Frozen[str, Text] | None = None
    groups: tuple[StatementGroup, ...]
    statements: tuple[Statement, ...]

    def statement(self, code: str) -> Statement | None:
        return next((statement for statement in self.statements if statement.code == code), None)


class Study(Record):
    id: Slug
    year: int | None
    authors: Text | None
    reference: Text | None = None
    what: Frozen[str, Text]
    finding: Frozen[str, Text]
    limits: Frozen[str, Text]
    figures: tuple[Text, ...] = ()
    link: Https | None = None
    used_for: tuple[Text, ...] = ()


class Principle(InWords[Text]):
    id: Slug


class EvidenceFile(Record):
    studies: tuple[Study, ...]
    principles: tuple[Principle, ...]


class PictureFacts(Record):
    kind: Literal["star", "face", "person", "moment", "place", "thing"]
    alt: Text
    credit: Text
    licence: Text


class CreditsFile(Record):
    pictures: Frozen[str, PictureFacts]


class CastMember(Record):
    id: Slug
    name: Text
    pronoun: Text | None = None
    facts: Text
    never: tuple[Text, ...] = ()
    """Phrases that would change a fact."""
    pictures: Frozen[Slug, tuple[Slug, ...]] = Field(default_factory=dict)
    """The drawings of somebody who grows up, and the bands of each."""


class CastFile(Record):
    children: tuple[CastMember, ...]
    puppet: CastMember
    adults: tuple[CastMember, ...]


# --- help ------------------------------------------------------------------------------------------------------------


class Phone(Record):
    display: Text
    dial: Annotated[str, StringConstraints(pattern=r"^\+?[0-9*#]+$")]
    e164: Annotated[str, StringConstraints(pattern=r"^\+[0-9]+$")] | None = None


class Sms(Record):
    display: Text
    number: Annotated[str, StringConstraints(pattern=r"^\+?[0-9]+$")]
    keyword: Text | None = None


class Ages(Record):
    least: int | None = None
    most: int | None = None


class Source(Record):
    url: Https
    kind: Literal["official", "government", "secondary"]
    date: str | None = None


class ServiceWords(Record):
    child: Text | None = None
    adult: Text
    hours: Text | None = None
    cost: Text | None = None
    private: Text | None = None
    note: Text | None = None


class HelpService(InWords[ServiceWords]):
    """A place to get help. None means that a fact is not known, and the page says so."""

    id: Slug
    name: Text
    kind: HelpKind
    audience: tuple[Literal["child", "adult"], ...]
    subdivision: str | None = None
    ages: Ages | None = None
    phone: Phone | None = None
    sms: Sms | None = None
    chat: Https | None = None
    website: Https | None = None
    report: Https | None = None
    email: str | None = None
    always_open: bool | None = None
    free: bool | None = None
    on_bill: bool | None = None
    languages: tuple[str, ...] = ()
    accessibility: tuple[Text, ...] = ()
    verified: Verified
    checked: Day
    sources: tuple[Source, ...]

    @property
    def routes(self) -> tuple[str, ...]:
        """The ways to reach the service that are known."""
        ways = {
            "phone": self.phone,
            "sms": self.sms,
            "chat": self.chat,
            "report": self.report,
            "website": self.website,
            "email": self.email,
        }
        return tuple(name for name, way in ways.items() if way)


class CountryFile(Record):
    country: Slug
    name: Frozen[str, Text]
    in_eu: bool = False
    emergency: Slug | None
    timezone: str | None = None
    services: tuple[HelpService, ...]


class LawStatement(InWords[Text]):
    level: Verified
    checked: Day
    sources: tuple[Https, ...]


class ReportingStep(InWords[Text]):
    service: Slug


class LawFile(Record):
    country: Slug
    part: Frozen[str, Text] | None = None
    about: Literal["received-pictures"]
    statements: tuple[LawStatement, ...]
    reporting: tuple[ReportingStep, ...]


# --- lessons ---------------------------------------------------------------------------------------------------------


class Review(Record):
    """Whether a safeguarding professional has read it. `by` is a role, never a person's name."""

    state: Literal["awaiting", "reviewed"]
    due: Day
    by: Text | None = None
    on: Day | None = None


class Change(Record):
    version: Version
    date: Day
    impact: Literal["none", "minor", "major"]


class Part(Record):
    id: Slug
    kind: PartKind
    weight: Literal["core", "extra"]
    sitting: int = Field(ge=1, le=6)
    minutes: Frozen[Length, Annotated[int, Field(ge=1, le=40)]]


class Signed(Record):
    """An exception to a rule, with the reason and the text that it is about."""

    rule: str
    file: str
    text: Text
    reason: Text


class LessonFacts(Record):
    code: Annotated[str, StringConstraints(pattern=r"^[A-G]-[A-Z]\d$")]
    strand: Slug
    activity: Slug
    order: int
    status: Status
    formerly: tuple[Slug, ...] = ()
    version: Version
    changes: tuple[Change, ...]
    licence: Literal["CC-BY-4.0"]
    review: Review
    supervision: int
    content_notes: tuple[Slug, ...]
    statements: tuple[StatementRef, ...]
    prerequisites: tuple[Slug, ...] = ()
    barriers: tuple[Slug, ...] = ()
    evidence: tuple[Slug, ...] = ()
    parts: tuple[Part, ...]
    exceptions: tuple[Signed, ...] = ()


class PlanFront(Record):
    title: Name
    neutral_title: Name
    summary: Summary
    aim: Text
    outcomes: tuple[Text, ...]
    key_messages: tuple[Text, ...]
    vocabulary: Frozen[str, Text]
    need: tuple[Text, ...]
    content_note: Text
    changes: Frozen[str, Text]
    source_hash: str | None = None


class TextFront(Record):
    """Front matter of every other text file."""

    title: Text
    summary: Text | None = None
    source_hash: str | None = None


class Answer(Record):
    text: Text
    best: bool
    feedback: Text


class Question(Record):
    id: Slug
    ask: Text
    answers: tuple[Answer, ...]


class QuestionsFile(Record):
    questions: tuple[Question, ...]
    source_hash: str | None = None


class Choice(Record):
    text: Text
    reply: Text
    next: Slug


class Scene(Record):
    id: Slug
    text: Text
    picture: Slug | None = None
    alt: Text | None = None
    not_heard: bool = False
    ending: bool = False
    choices: tuple[Choice, ...] = ()


class Story(Record):
    id: Slug
    title: Text
    start: Slug
    scenes: tuple[Scene, ...]

    def scene(self, scene_id: str) -> Scene | None:
        return next((scene for scene in self.scenes if scene.id == scene_id), None)


class PractiseFile(Record):
    stories: tuple[Story, ...]
    source_hash: str | None = None


class _Sheet(Record):
    id: Slug
    title: Text
    instruction: Text


class SortingCards(_Sheet):
    kind: Literal["sorting-cards"]
    piles: tuple[Text, ...]
    cards: tuple[Text, ...]


class StarfishSheet(_Sheet):
    kind: Literal["starfish"]


class Frame(Record):
    picture: Slug
    alt: Text
    text: Text


class StoryStrip(_Sheet):
    kind: Literal["story-strip"]
    frames: tuple[Frame, ...]


class SpeechBubbles(_Sheet):
    kind: Literal["speech-bubbles"]
    bubbles: tuple[Text, ...]


class Colouring(_Sheet):
    kind: Literal["colouring"]
    picture: Slug
    alt: Text


Worksheet = Annotated[
    SortingCards | StarfishSheet | StoryStrip | SpeechBubbles | Colouring, Field(discriminator="kind")
]


class WorksheetsFile(Record):
    worksheets: tuple[Worksheet, ...]
    source_hash: str | None = None


# --- guides ----------------------------------------------------------------------------------------------------------


class GuideSource(Record):
    title: Text
    publisher: Text
    url: Https
    date: str | None = None
    level: Verified


class GuideFacts(Record):
    order: int
    band: Slug | None = None
    """The age band that the guide prepares adults for."""
    audience: tuple[Literal["parents", "teachers"], ...]
    status: Status
    formerly: tuple[Slug, ...] = ()
    version: Version
    checked: Day
    review: Review
    licence: Literal["CC-BY-4.0"]
    help_kinds: tuple[HelpKind, ...]
    by_country: Literal["received-pictures"] | None = None
    sources: tuple[GuideSource, ...]


class GuideFront(Record):
    title: Text
    neutral_title: Name
    summary: Summary
    minutes: int
    source_hash: str | None = None
