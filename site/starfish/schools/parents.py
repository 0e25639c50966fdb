"""What parents of a class see: what is taught and when, and where to get help. Anybody who has the address may read it; nothing is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.records import Band
from starfish.support.routes import HOME_COUNTRY, CountryHelp, emergency, shown

from . import leads, names
from .leads import Named
from .models import School, SchoolClass
from .plans import known, monday

OUTSIDE = 4
"""Ways to get help outside the school when the school chose none."""


@dataclass(frozen=True)
class LessonForParents:
    lesson: Lesson
    taught: tuple[date, ...] = ()
    """The Mondays of the weeks in which it was taught."""
    week: date | None = None
    """The Monday of the week for which it is planned."""


@dataclass(frozen=True)
class ForParents:
    label: str
    year: int
    school: School
    band: Band | None
    lessons: tuple[LessonForParents, ...]
    leads: tuple[Named, ...]
    help: CountryHelp | None


def of_key(key: str, curriculum: Curriculum, on: date) -> ForParents | None:
    """Everything is read here, so that a database that is gone is met here and nowhere later."""
    found = SchoolClass.objects.filter(parents_key=key, removed=None).select_related("school").first()
    if found is None:
        return None
    return ForParents(
        found.label,
        found.year,
        found.school,
        curriculum.band(found.band),
        _lessons(found, curriculum),
        leads.standing(found.school),
        help_of(found.school, curriculum, on),
    )


def help_of(school: School, curriculum: Curriculum, on: date) -> CountryHelp | None:
    """The ways to get help that the school chose; filled up with its country's when too few of them can be shown."""
    country = curriculum.country(school.country) or curriculum.country(HOME_COUNTRY)
    if country is None:
        return None
    routes = shown(names.chosen(school, curriculum), on)
    if len(routes) < names.LEAST_ROUTES:
        usual = [each for each in names.available(country.country, curriculum) if each.kind == "child-helpline"]
        routes = shown([*(route.service for route in routes), *usual], on)[:OUTSIDE]
    return CountryHelp(country, emergency(curriculum, country, on), (), routes, (), ())


def _lessons(school_class: SchoolClass, curriculum: Curriculum) -> tuple[LessonForParents, ...]:
    """In the order of their weeks; what has no week yet comes last, in the order of the plan."""
    taught: dict[str, dict[date, None]] = defaultdict(dict)
    lessons: dict[str, Lesson] = {}
    for delivery in school_class.deliveries.filter(removed=None):
        if lesson := known(curriculum, delivery.lesson):
            taught[lesson.id][monday(delivery.on)] = None
            lessons[lesson.id] = lesson
    weeks: dict[str, date | None] = {}
    for planned in school_class.plan.all():
        lesson = known(curriculum, planned.lesson)
        if lesson and (lesson.id in taught or lesson.facts.status == "published"):
            weeks[lesson.id] = planned.week
            lessons[lesson.id] = lesson
    found = [LessonForParents(lesson, tuple(taught.get(key, ())), weeks.get(key)) for key, lesson in lessons.items()]
    plan = list(weeks)
    return tuple(
        sorted(found, key=lambda each: (_week(each), plan.index(each.lesson.id) if each.lesson.id in plan else 0))
    )


def _week(lesson: LessonForParents) -> date:
    return lesson.taught[0] if lesson.taught else lesson.week or date.max
