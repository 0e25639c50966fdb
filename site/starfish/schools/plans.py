"""A class's plan: lessons in order, with weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db import transaction

from starfish.curriculum.curriculum import Curriculum, Lesson

from .log import note
from .models import Planned, SchoolClass, User

TAUGHT_A_YEAR = 4
"""Sessions that an age should have in a year, at least: more than three did better than fewer."""

Warned = Literal["before-its-prerequisite", "not-approved", "parents-not-told", "gone", "twice-in-a-week"]


@dataclass(frozen=True)
class Step:
    """A planned lesson, what it is, and what to look at before it is taught."""

    planned: Planned
    lesson: Lesson | None
    warnings: tuple[Warned, ...] = ()


@transaction.atomic
def add(*, school_class: SchoolClass, by: User, lesson: str, week: date | None = None) -> None:
    """At the end. A lesson that is in the plan already stays where it is."""
    last = school_class.plan.last()
    Planned.objects.get_or_create(
        school_class=school_class,
        lesson=lesson,
        defaults={"week": week, "order": last.order + 1 if last else 1},
    )
    note(school=school_class.school, by=by, verb="planned", what=f"{school_class}: {lesson}")


@transaction.atomic
def take_out(*, planned: Planned, by: User) -> None:
    planned.delete()
    note(school=planned.school_class.school, by=by, verb="took out of the plan", what=planned.lesson)


@transaction.atomic
def arrange(*, school_class: SchoolClass, by: User, order: Sequence[int]) -> None:
    """The plan in the order of these ids; any that are not named follow as they stood."""
    plan = {planned.pk: planned for planned in school_class.plan.all()}
    named = [plan.pop(pk) for pk in dict.fromkeys(order) if pk in plan]
    for number, planned in enumerate([*named, *plan.values()], start=1):
        planned.order = number
    Planned.objects.bulk_update([*named, *plan.values()], ["order"])
    note(school=school_class.school, by=by, verb="arranged the plan", what=school_class.label)


@transaction.atomic
def set_week(*, planned: Planned, by: User, week: date | None) -> None:
    planned.week = monday(week) if week else None
    planned.save(update_fields=["week"])
    note(school=planned.school_class.school, by=by, verb="set a week", what=planned.lesson)


@transaction.atomic
def start(*, school_class: SchoolClass, by: User, curriculum: Curriculum, first: date, apart: int) -> None:
    """The recommended path of the band, from a week on, so many weeks apart. What is planned already stays."""
    band = curriculum.band(school_class.band)
    week = monday(first)
    for lesson in curriculum.path(band) if band else ():
        add(school_class=school_class, by=by, lesson=lesson.id, week=week)
        week += timedelta(weeks=apart)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
