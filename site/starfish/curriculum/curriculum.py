"""Everything Starfish teaches, read once and never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from .problems import Place
from .prose import Block, Document, Markdown, Section
from .records import (
    DEFAULT_LANGUAGE,
    LENGTHS,
    Band,
    CastFile,
    CountryFile,
    EvidenceFile,
    Framework,
    GuideFacts,
    GuideFront,
    HelpKind,
    HelpService,
    LawFile,
    Length,
    LessonFacts,
    Part,
    PictureFacts,
    PlanFront,
    Question,
    Readers,
    Record,
    Statement,
    Story,
    Strand,
    TextFront,
    WordsFile,
    Worksheet,
)  # fmt: skip

Lines = Mapping[tuple[str | int, ...], int]
"""The line of each value of a file by the keys that lead to it."""


def nearest(lines: Lines, keys: tuple[str | int, ...]) -> int:
    while keys and keys not in lines:
        keys = keys[:-1]
    return lines.get(keys, 1)


@dataclass(frozen=True)
class FactsFile:
    """A facts file as it was read, with the line of each value."""

    path: str
    record: Record
    lines: Lines

    def place(self, *keys: str | int) -> Place:
        return Place(self.path, nearest(self.lines, keys))


@dataclass(frozen=True)
class Picture:
    """An SVG drawing. `digest` changes when the drawing does."""

    id: str
    svg: bytes
    facts: PictureFacts | None
    digest: str
    path: str

    @cached_property
    def size(self) -> tuple[int, int]:
        """Width and height of the drawing's own grid."""
        found = re.search(rb'viewBox="[-0-9.]+ [-0-9.]+ ([0-9.]+) ([0-9.]+)"', self.svg)
        return (round(float(found[1])), round(float(found[2]))) if found else (200, 200)


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
    lines: Mapping[str, Lines] = field(default_factory=dict)
    """The lines of `questions.yaml`, `practise.yaml` and `worksheets.yaml`, by the file's name."""

    def place(self, file: str, *keys: str | int) -> Place:
        """Where a value of a YAML file stands."""
        return Place(f"{self.plan.path.rpartition('/')[0]}/{file}", nearest(self.lines.get(file, {}), keys))


@dataclass(frozen=True)
class Lesson:
    id: str
    band: Band
    facts: LessonFacts
    in_language: Mapping[str, WordsOfLesson]
    place: Place
    lines: Lines = field(default_factory=dict)

    def fact(self, *keys: str | int) -> Place:
        """Where a value of `lesson.yaml` stands."""
        return Place(self.place.path, nearest(self.lines, keys))

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
        return tuple(part for part in self.every_part if length in part.facts.minutes)

    @property
    def every_part(self) -> tuple[PlanPart, ...]:
        section = self.words.plan.body.section("parts")
        found = ((facts, section.section(facts.id) if section else None) for facts in self.facts.parts)
        return tuple(PlanPart(facts, words.title, words) for facts, words in found if words)

    @cached_property
    def child_passages(self) -> tuple[tuple[Place, str], ...]:
        return tuple(child_passages(self.words))


def child_passages(words: WordsOfLesson) -> Iterator[tuple[Place, str]]:
    """Every passage that a child of the band hears or reads, with its line. Easy Read has its own level; headings are no sentences."""
    plan, front = words.plan, words.front
    for key, texts in {"outcomes": front.outcomes, "key_messages": front.key_messages}.items():
        for number, text in enumerate(texts):
            yield plan.place(plan.front.line((key, number))), text
    for word, meaning in front.vocabulary.items():
        yield plan.place(plan.front.line(("vocabulary", word))), meaning
    for block in plan.body.blocks("say", "ask"):
        yield from _pieces(plan, block)
    for slide in words.slides:
        for node in slide.shown:
            yield from _pieces(words.slides_document, node)
    yield from _question_passages(words)
    yield from _story_passages(words)
    for number, sheet in enumerate(words.worksheets):
        for keys, text in worksheet_passages(sheet):
            yield words.place("worksheets.yaml", "worksheets", number, *keys), text


def _pieces(document: Document, node: Markdown | Block) -> Iterator[tuple[Place, str]]:
    if isinstance(node, Markdown):
        for piece in node.pieces:
            if piece.kind != "heading":
                yield document.place(node.line + piece.line), piece.text
    elif node.kind != "picture":
        for inner in node.body:
            yield from _pieces(document, inner)


def _question_passages(words: WordsOfLesson) -> Iterator[tuple[Place, str]]:
    for number, question in enumerate(words.questions):
        yield words.place("questions.yaml", "questions", number, "ask"), question.ask
        for position, answer in enumerate(question.answers):
            keys = ("questions", number, "answers", position)
            yield words.place("questions.yaml", *keys, "text"), answer.text
            yield words.place("questions.yaml", *keys, "feedback"), answer.feedback


def _story_passages(words: WordsOfLesson) -> Iterator[tuple[Place, str]]:
    for number, story in enumerate(words.stories):
        for position, scene in enumerate(story.scenes):
            keys = ("stories", number, "scenes", position)
            yield words.place("practise.yaml", *keys, "text"), scene.text
            for which, choice in enumerate(scene.choices):
                yield words.place("practise.yaml", *keys, "choices", which, "text"), choice.text
                yield words.place("practise.yaml", *keys, "choices", which, "reply"), choice.reply


def worksheet_passages(sheet: Worksheet) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The keys and the words of everything on a sheet but its title and its piles."""
    yield ("instruction",), sheet.instruction
    if sheet.kind == "sorting-cards":
        yield from ((("cards", number), card) for number, card in enumerate(sheet.cards))
    elif sheet.kind == "story-strip":
        yield from ((("frames", number, "text"), frame.text) for number, frame in enumerate(sheet.frames))
    elif sheet.kind == "speech-bubbles":
        yield from ((("bubbles", number), bubble) for number, bubble in enumerate(sheet.bubbles))


@dataclass(frozen=True)
class Guide:
    id: str
    facts: GuideFacts
    front: GuideFront
    document: Document
    place: Place


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
    facts_files: tuple[FactsFile, ...] = ()
    """The facts files outside lessons and guides, for whoever has to point at a line of one."""
    unread: frozenset[str] = frozenset()
    """Paths in which reading found an error: what they hold is not known, so nothing is said to be missing from them."""
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
        return next(
            (lesson for lesson in self.all_lessons if lesson.id == lesson_id and lesson.facts.status != "draft"), None
        )

    def lesson_formerly(self, lesson_id: str) -> Lesson | None:
        return next((lesson for lesson in self.lessons if lesson_id in lesson.facts.formerly), None)

    def guide(self, guide_id: str) -> Guide | None:
        return next((guide for guide in self.guides if guide.id == guide_id), None)

    def guide_formerly(self, guide_id: str) -> Guide | None:
        return next((guide for guide in self.guides if guide_id in guide.facts.formerly), None)

    def guide_before(self, band: Band) -> Guide | None:
        """What an adult reads before teaching this age."""
        return next((guide for guide in self.guides if guide.facts.band == band.id), None)

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
        return tuple(
            sorted(
                (lesson for lesson in self.lessons if lesson.band.id == band.id), key=lambda lesson: lesson.facts.order
            )
        )

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

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that stands in small letters in the English texts of lessons, in guides and in shared texts."""
        lessons = (lesson.words for lesson in self.all_lessons)
        of_lessons = ((w.plan, w.slides_document, w.home, w.letter, w.easy_read) for w in lessons)
        documents = (*chain(*of_lessons), *(guide.document for guide in self.all_guides), *self.shared.values())
        words = (word for document in documents for word in re.findall(r"[^\W\d_]+", document.source))
        return frozenset(word for word in words if word.islower())

    @property
    def taught(self) -> tuple[str, ...]:
        return self.words.taught_forms if self.words else ()
