"""Several classes of a school together, for the evidence pack: bands that were shown, added up. No check is looked into again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starfish.curriculum.curriculum import Curriculum
from starfish.schools.coverage import SchoolCoverage
from starfish.schools.models import School
from starfish.schools.plans import known

from . import bands, results
from .comparison import Compared, asked_words
from .models import Check, Moment
from .results import Asked, Result


@dataclass(frozen=True)
class Pooled:
    """A lesson in every class that answered both before and after, with the same questions."""

    lesson: str
    """Its id at that time."""
    classes: int
    compared: tuple[Compared, ...]


def section(coverage: SchoolCoverage, curriculum: Curriculum) -> Mapping[str, object]:
    """What class checks add to the evidence pack: each lesson's title, and its classes together."""
    pools = of_school(coverage.school, coverage.year)
    lessons = [known(curriculum, each.lesson) for each in pools]
    titles = [lesson.title if lesson else each.lesson for lesson, each in zip(lessons, pools, strict=True)]
    return {"class_checks": tuple(zip(titles, pools, strict=True))}


def of_school(school: School, year: int) -> tuple[Pooled, ...]:
    """In three queries, however many classes there are."""
    found = Check.objects.filter(
        school_class__school=school, school_class__year=year, school_class__removed=None,
        voided=None, closed__isnull=False, releases__isnull=False,
    ).distinct().select_related("school_class").prefetch_related("releases")  # fmt: skip
    return pool(map(results.of, found))


def pool(found: Iterable[Result]) -> tuple[Pooled, ...]:
    """Once for each lesson and wording of its questions, in the order of the lessons' ids."""
    by_words: dict[tuple[str, object], dict[int, dict[str, Result]]] = defaultdict(lambda: defaultdict(dict))
    for result in found:
        check = result.check
        by_words[check.lesson, asked_words(check)][check.school_class_id].setdefault(check.moment, result)
    pools = [_pool(lesson, classes) for (lesson, _), classes in by_words.items()]
    return tuple(sorted((each for each in pools if each), key=lambda each: each.lesson))


def _pool(lesson: str, classes: Mapping[int, Mapping[str, Result]]) -> Pooled | None:
    both = [moments for moments in classes.values() if len(moments) == len(Moment)]
    if not both:
        return None
    before, after = (_together([each[moment] for each in both]) for moment in (Moment.BASELINE, Moment.ENDPOINT))
    return Pooled(lesson, len(both), tuple(map(Compared, before, after)))


def _together(several: list[Result]) -> tuple[Asked, ...]:
    columns = zip(*(result.asked for result in several), strict=True)
    return tuple(
        Asked(column[0].question, bands.together(each.shown for each in column if each.shown)) for column in columns
    )
