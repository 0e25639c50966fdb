"""Going through the lessons, and where things stand in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeVar

from ..curriculum import Curriculum, FactsFile, Lesson, WordsOfLesson
from ..problems import Place
from ..prose import Block, Document, Markdown, Section
from ..records import Record


def every_words(curriculum: Curriculum) -> Iterator[tuple[Lesson, WordsOfLesson]]:
    """Each lesson in each of its languages."""
    for lesson in curriculum.all_lessons:
        for words in lesson.in_language.values():
            yield lesson, words


def english_words(curriculum: Curriculum) -> Iterator[tuple[Lesson, WordsOfLesson]]:
    yield from ((lesson, lesson.words) for lesson in curriculum.all_lessons)


def front_place(words: WordsOfLesson, *keys: str | int) -> Place:
    return words.plan.place(words.plan.front.line(keys))


def section_place(words: WordsOfLesson, name: str) -> Place:
    section = words.plan.body.section(name)
    return words.plan.place(section.line if section else 1)


def markdown_of(section: Section) -> Iterator[Markdown]:
    """The texts of a section outside its blocks."""
    yield from (node for node in section.nodes() if isinstance(node, Markdown))


def every_markdown(document: Document) -> Iterator[Markdown]:
    """Every text of a document, those inside its blocks too."""
    for node in document.body.nodes():
        yield from _markdown_below(node)


def _markdown_below(node: Markdown | Block) -> Iterator[Markdown]:
    if isinstance(node, Markdown):
        yield node
    else:
        for inner in node.body:
            yield from _markdown_below(inner)


def blocks_in(block: Block) -> Iterator[Block]:
    """The blocks directly inside a block."""
    yield from (node for node in block.body if isinstance(node, Block))


FileKind = Literal["plan", "slides", "home", "letter", "easy-read", "guide", "shared"]


def documents(curriculum: Curriculum) -> Iterator[tuple[FileKind, Document]]:
    """Every text file, and which kind it is."""
    for _, words in every_words(curriculum):
        yield "plan", words.plan
        yield "slides", words.slides_document
        yield "home", words.home
        yield "letter", words.letter
        yield "easy-read", words.easy_read
    yield from (("guide", guide.document) for guide in curriculum.all_guides)
    yield from (("shared", document) for document in curriculum.shared.values())


R = TypeVar("R", bound=Record)


def facts_files(curriculum: Curriculum, model: type[R]) -> Iterator[tuple[FactsFile, R]]:
    """The facts files of one kind, outside lessons and guides."""
    yield from ((file, file.record) for file in curriculum.facts_files if isinstance(file.record, model))


def unread(curriculum: Curriculum, folder: str) -> set[str]:
    """The names of lessons, guides and files in a folder that could not be read, so that nobody calls them unknown."""
    depth = 2 if folder in ("lessons", "shared") else 1
    parts = (path.split("/") for path in curriculum.unread)
    return {part[depth].partition(".")[0] for part in parts if part[0] == folder and len(part) > depth}
