"""The facts that every file of a lesson carries, gathered once for all forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.records import ContentNote, Framework, PlanFront, Statement, Strand, Study, SupervisionLevel
from starfish.support.routes import CountryHelp, short_routes

from .our_school import OurSchool


@dataclass(frozen=True)
class LessonFacts:
    lesson: Lesson
    front: PlanFront
    strand: Strand | None
    help: CountryHelp | None
    supervision: SupervisionLevel | None
    content_notes: tuple[ContentNote, ...]
    statements: tuple[tuple[Framework, Statement], ...]
    studies: tuple[Study, ...]
    prerequisites: tuple[Lesson, ...]


def lesson_facts(curriculum: Curriculum, lesson: Lesson, on: date, our: OurSchool | None = None) -> LessonFacts:
    facts, words, evidence = lesson.facts, curriculum.words, curriculum.evidence
    return LessonFacts(
        lesson=lesson,
        front=lesson.words.front,
        strand=curriculum.strand(facts.strand),
        help=our.help(curriculum, on) if our else short_routes(curriculum, on),
        supervision=next((level for level in words.supervision if level.id == facts.supervision), None)
        if words
        else None,
        content_notes=tuple(note for note in words.content_notes if note.id in facts.content_notes) if words else (),
        statements=tuple(found for reference in facts.statements if (found := curriculum.statement(reference))),
        studies=tuple(study for study in evidence.studies if study.id in facts.evidence) if evidence else (),
        prerequisites=tuple(before for other in facts.prerequisites if (before := curriculum.lesson(other))),
    )
