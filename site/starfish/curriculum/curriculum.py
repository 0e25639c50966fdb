"""Everything Starfish teaches, read once and never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from . import readability
from .problems import Place
from .prose import Block, Document, Markdown, Section
from .records import (
    DEFAULT_LANGUAGE, LENGTHS, Band, CastFile, CountryFile, EvidenceFile, Framework, GuideFacts, GuideFront, HelpKind, HelpService,
    LawFile, Length, LessonFacts, Part, PictureFacts, PlanFront, Question, Readers, Statement, Story, Strand, TextFront, WordsFile, Worksheet,
)  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """An SVG drawing. `digest` changes when the drawing does."""

    id: str
    svg: bytes
    facts: PictureFacts | None
    digest: str
    path: str


@dataclass(frozen=True)
class PlanPart:
    """A part of a plan: its facts and its words. `variants` holds the words for shorter plans, by minutes."""

    facts: Part
    title: str
    section: Section

    def variant(self, length: Length) -> Section | None:
        return self.section.section(f"{self.facts.id}-{length}")


@dataclass(frozen=True)
class Slide:
    id: str
    part: str
    title: str
    line: int
    body: tuple[Markdown | Block, ...]

    @property
    def shown(self) -> tuple[Markdown | Block, ...]:
        return tuple(node for node in self.body if not (isinstance(node, Block) and node.kind == "notes"))

    @property
    def notes(self) -> tuple[Block, ...]:
        return tuple(node for node in self.body if isinstance(node, Block) and node.kind == "notes")

    @property
    def picture(self) -> Block | None:
        return next((node for node in self.body if isinstance(node, Block) and node.kind == "picture"), None)


@dataclass(frozen=True)
class WordsOfLesson:
    """The words of a lesson in one language."""

    language: str
    front: PlanFront
    plan: Document
    slides: tuple[Slide, ...]
    slides_document: Document
    home: Document
    home_front: TextFront
    letter: Document
    letter_front: TextFront
    easy_read: Document
    easy_read_front: TextFront
    questions: tuple[Question, ...]
    stories: tuple[Story, ...]
    worksheets: tuple[Worksheet, ...]
    stale: tuple[str, ...] = ()
    """Files whose original has changed since they were translated."""


@dataclass(frozen=True)
class Lesson:
    id: str
    band: Band
    facts: LessonFacts
    in_language: Mapping[str, WordsOfLesson]
    place: Place
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    @property
    def words(self) -> WordsOfLesson:
        return self.in_language[DEFAULT_LANGUAGE]

    @property
    def title(self) -> str:
        return self.words.front.title

    @property
    def folder(self) -> str:
        return f"lessons/{self.band.id}/{self.id}"

    @property
    def changed(self) -> date:
        return max(change.date for change in self.facts.changes)

    @property
    def lengths(self) -> tuple[Length, ...]:
        return tuple(length for length in LENGTHS if any(length in part.minutes for part in self.facts.parts))

    def minutes(self, length: Length) -> int:
        return sum(part.minutes.get(length, 0) for part in self.facts.parts)

    def parts(self, length: Length) -> tuple[PlanPart, ...]:
        """The parts of the plan of this length, in order, with their words."""
        section = self.words.plan.body.section("parts")
        found = []
        for facts in self.facts.parts:
            words = section.section(facts.id) if section else None
            if length in facts.minutes and words:
                found.append(PlanPart(facts, words.title, words))
        return tuple(found)

    @cached_property
    def child_passages(self) -> tuple[tuple[Place, str], ...]:
        return tuple(child_passages(self.words))

    def difficulty(self, taught: tuple[str, ...]) -> readability.Difficulty:
        return readability.difficulty((text for _, text in self.child_passages), taught)


def child_passages(words: WordsOfLesson) -> Iterator[tuple[Place, str]]:
    """Every passage that a child of the band hears or reads, with where it stands. Easy Read has its own level."""
    plan = words.plan
    for text in (*words.front.outcomes, *words.front.key_messages, *words.front.vocabulary.values()):
        yield plan.place(plan.front.line(("outcomes",))), text
    for block in plan.body.blocks("say", "ask"):
        yield plan.place(block.line), block.text
    for slide in words.slides:
        yield words.slides_document.place(slide.line), slide.title
        for node in slide.shown:
            if not (isinstance(node, Block) and node.kind == "picture"):
                yield words.slides_document.place(node.line), node.text
    folder = plan.path.rpartition("/")[0]
    for question in words.questions:
        yield Place(f"{folder}/questions.yaml"), question.ask
        for answer in question.answers:
            yield Place(f"{folder}/questions.yaml"), f"{answer.text}\n\n{answer.feedback}"
    for story in words.stories:
        for scene in story.scenes:
            said = [scene.text, *(f"{choice.text}\n\n{choice.reply}" for choice in scene.choices)]
            yield Place(f"{folder}/practise.yaml"), "\n\n".join(said)
    for sheet in words.worksheets:
        yield Place(f"{folder}/worksheets.yaml"), "\n\n".join(worksheet_passages(sheet))


def worksheet_passages(sheet: Worksheet) -> Iterator[str]:
    yield sheet.instruction
    if sheet.kind == "sorting-cards":
        yield from sheet.cards
    elif sheet.kind == "story-strip":
        yield from (frame.text for frame in sheet.frames)
    elif sheet.kind == "speech-bubbles":
        yield from sheet.bubbles


@dataclass(frozen=True)
class Guide:
    id: str
    facts: GuideFacts
    front: GuideFront
    document: Document
    place: Place
    stale: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meets:
    """A statement, its framework, and the lessons that meet it."""

    framework: Framework
    statement: Statement
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True)
class Curriculum:
    bands: tuple[Band, ...] = ()
    readers: Readers | None = None
    strands: tuple[Strand, ...] = ()
    words: WordsFile | None = None
    frameworks: tuple[Framework, ...] = ()
    evidence: EvidenceFile | None = None
    cast: CastFile | None = None
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    shared: Mapping[str, Document] = field(default_factory=dict)
    countries: tuple[CountryFile, ...] = ()
    laws: tuple[LawFile, ...] = ()
    all_lessons: tuple[Lesson, ...] = ()
    all_guides: tuple[Guide, ...] = ()
    digest: str = ""
    """Changes when any file of the content folder does."""

    # Visibility, in one place: drafts are nowhere, withdrawn lessons keep their address and say so.

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(lesson for lesson in self.all_lessons if lesson.facts.status == "published")

    @cached_property
    def guides(self) -> tuple[Guide, ...]:
        return tuple(guide for guide in self.all_guides if guide.facts.status == "published")

    def lesson(self, lesson_id: str) -> Lesson | None:
        return next((lesson for lesson in self.all_lessons if lesson.id == lesson_id and lesson.facts.status != "draft"), None)

    def lesson_formerly(self, lesson_id: str) -> Lesson | None:
        return next((lesson for lesson in self.lessons if lesson_id in lesson.facts.formerly), None)

    def guide(self, guide_id: str) -> Guide | None:
        return next((guide for guide in self.guides if guide.id == guide_id), None)

    def guide_formerly(self, guide_id: str) -> Guide | None:
        return next((guide for guide in self.guides if guide_id in guide.facts.formerly), None)

    def band(self, band_id: str) -> Band | None:
        return next((band for band in self.bands if band.id == band_id), None)

    def strand(self, strand_id: str) -> Strand | None:
        return next((strand for strand in self.strands if strand.id == strand_id), None)

    def country(self, code: str) -> CountryFile | None:
        return next((country for country in self.countries if country.country == code), None)

    def framework(self, framework_id: str) -> Framework | None:
        return next((framework for framework in self.frameworks if framework.framework == framework_id), None)

    def path(self, band: Band) -> tuple[Lesson, ...]:
        """A band's published lessons in the order in which they are taught."""
        return tuple(sorted((lesson for lesson in self.lessons if lesson.band.id == band.id), key=lambda lesson: lesson.facts.order))

    def neighbours(self, lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
        """Last time and next time."""
        path = self.path(lesson.band)
        if lesson not in path:
            return None, None
        here = path.index(lesson)
        return (path[here - 1] if here else None), (path[here + 1] if here + 1 < len(path) else None)

    def statement(self, reference: str) -> tuple[Framework, Statement] | None:
        framework_id, _, code = reference.partition("/")
        framework = self.framework(framework_id)
        statement = framework.statement(code) if framework else None
        return (framework, statement) if framework and statement else None

    def meets(self, framework: Framework) -> tuple[Meets, ...]:
        return tuple(
            Meets(framework, statement, tuple(
                lesson for lesson in self.lessons if f"{framework.framework}/{statement.code}" in lesson.facts.statements
            ))
            for statement in framework.statements
        )  # fmt: skip

    @cached_property
    def services(self) -> Mapping[str, HelpService]:
        return {service.id: service for country in self.countries for service in country.services}

    def routes(self, country: CountryFile, *kinds: HelpKind, audience: str = "adult") -> tuple[HelpService, ...]:
        """The services for someone in this country: its own, then those of the European Union, then worldwide ones."""
        around = [country]
        if country.in_eu and (union := self.country("eu")):
            around.append(union)
        if country.country != "world" and (world := self.country("world")):
            around.append(world)
        return tuple(
            service for place in around for service in place.services
            if audience in service.audience and (not kinds or service.kind in kinds)
        )  # fmt: skip

    @property
    def taught(self) -> tuple[str, ...]:
        return self.words.taught_forms if self.words else ()
