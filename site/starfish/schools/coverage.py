"""What a class, an age or the school has been taught. One object feeds screen, CSV and print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.records import Band, Framework, Statement

from . import approvals
from .classes import school_year
from .models import Approval, Delivery, Planned, School, SchoolClass
from .plans import known

Standing = Literal["taught", "planned", "missing"]

Core = tuple[Framework, Statement, tuple[Lesson, ...]]
"""A statement that a school counts, with every lesson that meets it."""


@dataclass(frozen=True)
class Count:
    taught: int = 0
    planned: int = 0
    missing: int = 0

    @property
    def total(self) -> int:
        return self.taught + self.planned + self.missing

    @property
    def percent(self) -> int:
        """Taught, in a hundred; 100 only when nothing else is left."""
        return self.taught * 100 // self.total if self.total else 0

    def __add__(self, other: Count) -> Count:
        return Count(self.taught + other.taught, self.planned + other.planned, self.missing + other.missing)


@dataclass(frozen=True)
class Met:
    """A statement, with the lessons that meet it: taught, planned, or only there."""

    framework: Framework
    statement: Statement
    taught: tuple[Lesson, ...]
    planned: tuple[Lesson, ...]
    available: tuple[Lesson, ...]

    @property
    def standing(self) -> Standing:
        return "taught" if self.taught else "planned" if self.planned else "missing"


@dataclass(frozen=True)
class Row:
    """A lesson of a class: once for each time that it was taught; else once, planned or missing."""

    school_class: SchoolClass
    lesson_id: str
    lesson: Lesson | None
    delivery: Delivery | None = None
    planned: Planned | None = None
    approval: Approval | None = None
    approved: approvals.State = "waiting"

    @property
    def standing(self) -> Standing:
        return "taught" if self.delivery else "planned" if self.planned else "missing"

    @property
    def title(self) -> str:
        return self.lesson.title if self.lesson else self.lesson_id


@dataclass(frozen=True)
class ClassCoverage:
    school_class: SchoolClass
    path: tuple[Lesson, ...]
    """The published lessons of its age, in order."""
    deliveries: Mapping[str, tuple[Delivery, ...]] = field(default_factory=dict)
    planned: Mapping[str, Planned] = field(default_factory=dict)
    statements: tuple[Met, ...] = ()
    rows: tuple[Row, ...] = ()
    """What was taught by date, then what is planned, then what is missing."""

    @property
    def taught(self) -> tuple[Lesson, ...]:
        return tuple(lesson for lesson in self.path if lesson.id in self.deliveries)

    @property
    def missing(self) -> tuple[Lesson, ...]:
        """Neither taught nor planned."""
        return tuple(each for each in self.path if each.id not in self.deliveries and each.id not in self.planned)

    @cached_property
    def count(self) -> Count:
        return _count(met.standing for met in self.statements)

    @cached_property
    def lessons(self) -> Count:
        """Of the lessons of its age, and of any other that it was taught or that is planned."""
        standing = {row.lesson_id: row.standing for row in self.rows}
        return _count(standing.values())


@dataclass(frozen=True)
class Spread:
    """In how many classes a statement is taught, planned, or missing."""

    framework: Framework
    statement: Statement
    count: Count


@dataclass(frozen=True)
class Together:
    """Several classes: those of an age, or all of a school."""

    classes: tuple[ClassCoverage, ...]

    @cached_property
    def count(self) -> Count:
        """Of statements, once for each class that should meet them."""
        return sum((each.count for each in self.classes), Count())

    @cached_property
    def lessons(self) -> Count:
        return sum((each.lessons for each in self.classes), Count())

    @cached_property
    def statements(self) -> tuple[Spread, ...]:
        found: dict[tuple[str, str], Spread] = {}
        for met in (met for each in self.classes for met in each.statements):
            key = met.framework.framework, met.statement.code
            before = found[key].count if key in found else Count()
            found[key] = Spread(met.framework, met.statement, before + _count([met.standing]))
        return tuple(sorted(found.values(), key=_place))


@dataclass(frozen=True)
class BandCoverage(Together):
    band: Band


@dataclass(frozen=True)
class LessonInSchool:
    """A lesson, in how many classes it was taught, and what the school's lead said of it."""

    lesson: Lesson
    deliveries: tuple[Delivery, ...]
    """Oldest first."""
    approval: Approval | None
    approved: approvals.State

    @property
    def classes(self) -> int:
        return len({delivery.school_class_id for delivery in self.deliveries})

    @property
    def versions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(delivery.version for delivery in self.deliveries))


@dataclass(frozen=True)
class SchoolCoverage(Together):
    school: School
    year: int
    years: tuple[int, ...]
    """The newest first."""
    bands: tuple[BandCoverage, ...]
    approvals: Mapping[str, Approval]
    counted: tuple[Core, ...]

    @cached_property
    def without_lesson(self) -> tuple[Statement, ...]:
        """Statements that the school counts and that no lesson for these ages meets."""
        met = {(each.framework.framework, each.statement.code) for each in self.statements}
        return tuple(
            statement for framework, statement, _ in self.counted if (framework.framework, statement.code) not in met
        )

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for each in self.classes for row in each.rows)

    @cached_property
    def deliveries(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.delivery)

    @cached_property
    def in_lessons(self) -> tuple[LessonInSchool, ...]:
        """Every lesson that these classes were or could be taught, in the order of the ages."""
        lessons = {row.lesson.id: row.lesson for row in self.rows if row.lesson}
        taught: dict[str, list[Delivery]] = defaultdict(list)
        for row in self.deliveries:
            if row.lesson and row.delivery:
                taught[row.lesson.id].append(row.delivery)
        return tuple(
            LessonInSchool(
                lesson,
                tuple(sorted(taught[lesson.id], key=lambda delivery: delivery.on)),
                self.approvals.get(lesson.id),
                approvals.state(lesson, self.approvals.get(lesson.id)),
            )
            for lesson in sorted(lessons.values(), key=lambda each: (each.band.order, each.facts.order))
        )

    @property
    def times(self) -> int:
        return len(self.deliveries)

    @property
    def first_and_last(self) -> tuple[date, date] | None:
        days = [row.delivery.on for row in self.deliveries if row.delivery]
        return (min(days), max(days)) if days else None

    @property
    def letters_first(self) -> int:
        """How often the letter had gone home before the lesson."""
        return sum(row.delivery.parents_told for row in self.deliveries if row.delivery)


def of_school(school: School, curriculum: Curriculum, year: int, on: date) -> SchoolCoverage:
    """Every class of a year, in five queries however many there are."""
    years = {school_year(on), *school.classes.filter(removed=None).order_by().values_list("year", flat=True).distinct()}
    standing, core = approvals.standing(school), counted(curriculum, school.country)
    classes = _of(list(school.classes.filter(removed=None, year=year)), curriculum, standing, core)
    bands = tuple(
        BandCoverage(tuple(each for each in classes if each.school_class.band == band.id), band)
        for band in curriculum.bands
    )
    return SchoolCoverage(
        classes=classes,
        school=school,
        year=year,
        years=tuple(sorted(years, reverse=True)),
        bands=tuple(each for each in bands if each.classes),
        approvals=standing,
        counted=core,
    )


def of_class(school_class: SchoolClass, curriculum: Curriculum) -> ClassCoverage:
    school = school_class.school
    core = counted(curriculum, school.country)
    return _of([school_class], curriculum, approvals.standing(school), core)[0]


def counted(curriculum: Curriculum, country: str) -> tuple[Core, ...]:
    """The statements that a school in this country counts: the core ones of its country's frameworks, or all of them
    where none is core; where its country has no framework, every core statement."""
    own = [framework for framework in curriculum.frameworks if framework.country == country]
    frameworks = own or curriculum.frameworks
    only_core = not own or any(statement.core for each in own for statement in each.statements)
    lessons: dict[str, list[Lesson]] = defaultdict(list)
    for lesson in curriculum.all_lessons:
        for reference in lesson.facts.statements if lesson.facts.status != "draft" else ():
            lessons[reference].append(lesson)
    return tuple(
        (framework, statement, tuple(lessons.get(f"{framework.framework}/{statement.code}", ())))
        for framework in frameworks
        for statement in framework.statements
        if statement.core or not only_core
    )


def _of(
    classes: list[SchoolClass], curriculum: Curriculum, standing: Mapping[str, Approval], core: tuple[Core, ...]
) -> tuple[ClassCoverage, ...]:
    taught, planned = _taught(classes), _planned(classes)
    named = {each.lesson for of_one in taught.values() for each in of_one}
    named |= {each.lesson for of_one in planned.values() for each in of_one}
    lessons = {lesson_id: known(curriculum, lesson_id) for lesson_id in named}
    paths = {band.id: curriculum.path(band) for band in curriculum.bands}
    return tuple(
        _of_one(each, paths.get(each.band, ()), taught[each.pk], planned[each.pk], lessons, core, standing)
        for each in classes
    )


def _taught(classes: list[SchoolClass]) -> defaultdict[int, list[Delivery]]:
    found: defaultdict[int, list[Delivery]] = defaultdict(list)
    for delivery in Delivery.objects.filter(school_class__in=classes, removed=None).select_related("recorded_by"):
        found[delivery.school_class_id].append(delivery)
    return found


def _planned(classes: list[SchoolClass]) -> defaultdict[int, list[Planned]]:
    found: defaultdict[int, list[Planned]] = defaultdict(list)
    for planned in Planned.objects.filter(school_class__in=classes):
        found[planned.school_class_id].append(planned)
    return found


def _of_one(
    school_class: SchoolClass, path: tuple[Lesson, ...], taught: list[Delivery], planned: list[Planned],
    lessons: Mapping[str, Lesson | None], core: tuple[Core, ...], standing: Mapping[str, Approval],
) -> ClassCoverage:  # fmt: skip
    deliveries: dict[str, list[Delivery]] = defaultdict(list)
    for delivery in taught:
        deliveries[_now(lessons, delivery.lesson)].append(delivery)
    plan = {_now(lessons, each.lesson): each for each in planned}
    names = {lesson.id: lesson for lesson in (*path, *lessons.values()) if lesson}

    def row(lesson_id: str, delivery: Delivery | None = None) -> Row:
        lesson, approval = names.get(lesson_id), standing.get(lesson_id)
        state = approvals.state(lesson, approval) if lesson else "waiting"
        return Row(school_class, lesson_id, lesson, delivery, plan.get(lesson_id), approval, state)

    to_come = [lesson_id for lesson_id in plan if lesson_id not in deliveries]
    missing = [lesson.id for lesson in path if lesson.id not in deliveries and lesson.id not in plan]
    rows = [row(_now(lessons, delivery.lesson), delivery) for delivery in taught]
    return ClassCoverage(
        school_class,
        path,
        {lesson_id: tuple(found) for lesson_id, found in deliveries.items()},
        plan,
        _met(core, {lesson.id for lesson in path}, deliveries.keys(), plan.keys()),
        (*rows, *(row(lesson_id) for lesson_id in (*to_come, *missing))),
    )


def _now(lessons: Mapping[str, Lesson | None], lesson_id: str) -> str:
    """The present id of a lesson that was recorded under a former one."""
    lesson = lessons.get(lesson_id)
    return lesson.id if lesson else lesson_id


def _met(core: tuple[Core, ...], path: set[str], taught: Iterable[str], planned: Iterable[str]) -> tuple[Met, ...]:
    """Each statement that a lesson of this path meets, or another lesson that was taught or is planned."""
    done = frozenset(taught)
    to_come = frozenset(planned) - done
    found = []
    for framework, statement, lessons in core:
        here = tuple(lesson for lesson in lessons if lesson.id in path or lesson.id in done or lesson.id in to_come)
        if here:
            was = tuple(lesson for lesson in here if lesson.id in done)
            will = tuple(lesson for lesson in here if lesson.id in to_come)
            found.append(Met(framework, statement, was, will, here))
    return tuple(found)


def _count(standings: Iterable[Standing]) -> Count:
    all_of_them = list(standings)
    return Count(*(all_of_them.count(each) for each in ("taught", "planned", "missing")))


def _place(spread: Spread) -> tuple[int, int]:
    return spread.framework.order, spread.framework.statements.index(spread.statement)
