"""What a class, an age or the school has been taught. One object feeds screen, CSV and print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.records import Framework, Statement

from .models import Delivery, Planned, School, SchoolClass


@dataclass(frozen=True)
class Met:
    """A statement, with the lessons that meet it: taught, planned, or only there."""

    framework: Framework
    statement: Statement
    taught: tuple[Lesson, ...]
    planned: tuple[Lesson, ...]
    available: tuple[Lesson, ...]


@dataclass(frozen=True)
class ClassCoverage:
    school_class: SchoolClass
    path: tuple[Lesson, ...]
    """The published lessons of its age, in order."""
    deliveries: Mapping[str, tuple[Delivery, ...]] = field(default_factory=dict)
    planned: Mapping[str, Planned] = field(default_factory=dict)

    @property
    def taught(self) -> tuple[Lesson, ...]:
        return tuple(lesson for lesson in self.path if lesson.id in self.deliveries)

    @property
    def missing(self) -> tuple[Lesson, ...]:
        """Neither taught nor planned."""
        return tuple(each for each in self.path if each.id not in self.deliveries and each.id not in self.planned)


def of_school(school: School, curriculum: Curriculum, year: int) -> tuple[ClassCoverage, ...]:
    """Every class of a year, in three queries however many there are."""
    classes = list(school.classes.filter(removed=None, year=year))
    return _of(classes, curriculum)


def of_class(school_class: SchoolClass, curriculum: Curriculum) -> ClassCoverage:
    return _of([school_class], curriculum)[0]


def _of(classes: list[SchoolClass], curriculum: Curriculum) -> tuple[ClassCoverage, ...]:
    taught: dict[int, dict[str, list[Delivery]]] = defaultdict(lambda: defaultdict(list))
    for delivery in Delivery.objects.filter(school_class__in=classes, removed=None).select_related("recorded_by"):
        taught[delivery.school_class_id][delivery.lesson].append(delivery)
    planned: dict[int, dict[str, Planned]] = defaultdict(dict)
    for each in Planned.objects.filter(school_class__in=classes):
        planned[each.school_class_id][each.lesson] = each
    bands = {band.id: curriculum.path(band) for band in curriculum.bands}
    return tuple(
        ClassCoverage(
            school_class,
            bands.get(school_class.band, ()),
            {lesson: tuple(found) for lesson, found in taught[school_class.pk].items()},
            planned[school_class.pk],
        )
        for school_class in classes
    )


def statements(coverages: Iterable[ClassCoverage], curriculum: Curriculum) -> tuple[Met, ...]:
    """Each core statement that lessons of these classes' ages could meet."""
    seen = tuple(coverages)
    path = {lesson.id: lesson for coverage in seen for lesson in coverage.path}
    taught = {lesson for coverage in seen for lesson in coverage.deliveries}
    planned = {lesson for coverage in seen for lesson in coverage.planned} - taught
    found = []
    for framework in curriculum.frameworks:
        for met in curriculum.meets(framework):
            lessons = tuple(lesson for lesson in met.lessons if lesson.id in path)
            if met.statement.core and lessons:
                found.append(
                    Met(
                        framework,
                        met.statement,
                        tuple(lesson for lesson in lessons if lesson.id in taught),
                        tuple(lesson for lesson in lessons if lesson.id in planned),
                        lessons,
                    )
                )
    return tuple(found)
