"""The reading level of every text of a lesson, for the adults who choose it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from . import readability
from .curriculum import Curriculum, Lesson
from .prose import Block, Document, Markdown
from .records import ReadingLevel

Reader = Literal["child", "easy-read", "parents", "teachers"]


@dataclass(frozen=True)
class TextLevel:
    reader: Reader
    difficulty: readability.Difficulty
    limit: ReadingLevel


def reading_levels(curriculum: Curriculum, lesson: Lesson) -> tuple[TextLevel, ...]:
    readers, words, taught = curriculum.readers, lesson.words, curriculum.taught
    if readers is None:
        return ()
    teachers = [text for node in words.plan.body.nodes() for text in _without_script(node)]
    return (
        TextLevel("child", lesson.difficulty(taught), lesson.band.reading),
        TextLevel("easy-read", readability.difficulty(_passages(words.easy_read), taught), readers.easy_read),
        TextLevel(
            "parents",
            readability.difficulty([*_passages(words.home), *_passages(words.letter)], taught),
            readers.parents,
        ),
        TextLevel("teachers", readability.difficulty(teachers, taught), readers.teachers),
    )


def _passages(document: Document) -> list[str]:
    return [node.text for node in document.body.nodes() if not (isinstance(node, Block) and node.kind == "picture")]


def _without_script(node: Markdown | Block) -> list[str]:
    """What the teacher reads for themselves, without what they say to the class."""
    if isinstance(node, Markdown):
        return [node.text]
    return [] if node.kind in {"say", "ask"} else [text for inner in node.body for text in _without_script(inner)]
