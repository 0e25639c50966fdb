"""The checks of a class as its teachers see them: by lesson, before beside after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.records import Answer
from starfish.schools.models import SchoolClass
from starfish.schools.plans import known, present_id

from . import results
from .bands import Band, Shown
from .comparison import Change, Compared, compare
from .models import Check, Moment
from .results import Result

LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Row:
    """An answer, by the letter that it has in chart and table."""

    letter: str
    place: int
    answer: Answer
    before: Band | None
    after: Band | None
    change: Change | None


@dataclass(frozen=True)
class Pair:
    """A question before and after; either side may be missing."""

    before: results.Asked | None
    after: results.Asked | None
    compared: Compared | None

    @property
    def asked(self) -> results.Asked:
        found = self.after or self.before
        assert found  # noqa: S101 - a pair is made of at least one
        return found

    @property
    def sides(self) -> tuple[Shown | None, Shown | None]:
        return (self.before.shown if self.before else None, self.after.shown if self.after else None)

    @property
    def any_shown(self) -> bool:
        return any(self.sides)

    @property
    def rows(self) -> tuple[Row, ...]:
        changes = self.compared.changes if self.compared else ()
        before, after = self.sides
        return tuple(
            Row(
                LETTERS[place],
                place,
                answer,
                before.answers[place] if before else None,
                after.answers[place] if after else None,
                changes[place] if changes else None,
            )
            for place, answer in enumerate(self.asked.question.answers)
        )


@dataclass(frozen=True)
class OfLesson:
    """What a class answered to the questions of one lesson."""

    school_class: SchoolClass
    lesson_id: str
    lesson: Lesson | None
    baseline: Result | None = None
    endpoint: Result | None = None

    @property
    def title(self) -> str:
        return self.lesson.title if self.lesson else self.lesson_id

    @property
    def moments(self) -> tuple[tuple[Moment, Result | None], ...]:
        return ((Moment.BASELINE, self.baseline), (Moment.ENDPOINT, self.endpoint))

    @property
    def released(self) -> tuple[Result, ...]:
        return tuple(each for each in (self.baseline, self.endpoint) if each and each.released)

    @property
    def newest(self) -> Result | None:
        return self.released[-1] if self.released else None

    @property
    def reworded(self) -> bool:
        """The lesson's questions were changed in between, so that before and after are two checks."""
        return len(self.released) == len(Moment) and not compare(*self.released)

    @property
    def pairs(self) -> tuple[Pair, ...]:
        if len(self.released) == len(Moment) and not self.reworded:
            return tuple(Pair(each.before, each.after, each) for each in compare(*self.released))
        shown = self.newest
        if shown is None:
            return ()
        after = shown.check.moment == Moment.ENDPOINT
        return tuple(Pair(None if after else each, each if after else None, None) for each in shown.asked)


def of_class(school_class: SchoolClass, curriculum: Curriculum) -> tuple[OfLesson, ...]:
    """In two queries; the lesson that was asked about last comes first."""
    checks = school_class.checks.filter(voided=None).select_related("school_class__school").prefetch_related("releases")
    by_lesson: dict[str, list[Check]] = {}
    for check in checks:
        by_lesson.setdefault(present_id(curriculum, check.lesson), []).append(check)
    return tuple(_of(school_class, lesson, asked, curriculum) for lesson, asked in by_lesson.items())


def of_lesson(school_class: SchoolClass, lesson_id: str, curriculum: Curriculum) -> OfLesson:
    found = (each for each in of_class(school_class, curriculum) if each.lesson_id == lesson_id)
    return next(found, OfLesson(school_class, lesson_id, known(curriculum, lesson_id)))


def _of(school_class: SchoolClass, lesson_id: str, checks: Iterable[Check], curriculum: Curriculum) -> OfLesson:
    """The newest of each moment; an earlier one was closed with too few sheets."""
    newest: dict[str, Result] = {}
    for check in checks:
        if check.moment not in newest:
            newest[check.moment] = results.of(check)
    return OfLesson(
        school_class, lesson_id, known(curriculum, lesson_id), newest.get(Moment.BASELINE), newest.get(Moment.ENDPOINT)
    )
