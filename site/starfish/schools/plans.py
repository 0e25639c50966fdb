"""A class's plan: lessons in order, with weeks, and what to look at before each is taught."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db import transaction

from starfish.curriculum.curriculum import Curriculum, Lesson

from . import approvals
from .log import note
from .models import Approval, Delivery, Planned, School, SchoolClass, User

TAUGHT_A_YEAR = 4
"""Sessions that an age should have in a year, at least: more than three did better than fewer."""
LETTER_BEFORE = timedelta(weeks=2)
"""How long before a lesson its letter should go home."""
WEEKEND = timedelta(days=2)

Warned = Literal["before-its-prerequisite", "not-approved", "parents-not-told", "gone", "twice-in-a-week"]


# --- What is written down ------------------------------------------------------------------------------------------------


@transaction.atomic
def add(*, school_class: SchoolClass, by: User, lesson: str, week: date | None = None) -> bool:
    """At the end, in a week. A lesson that is in the plan already stays where it is; says whether it was new."""
    lock(school_class)
    last = school_class.plan.last()
    _, new = Planned.objects.get_or_create(
        school_class=school_class,
        lesson=lesson,
        defaults={"week": monday(week) if week else None, "order": last.order + 1 if last else 1},
    )
    if new:
        note(school=school_class.school, by=by, verb="planned", what=f"{school_class}: {lesson}")
    return new


@transaction.atomic
def take_out(*, planned: Planned, by: User) -> None:
    planned.delete()
    note(school=planned.school_class.school, by=by, verb="took out of the plan", what=_named(planned))


@transaction.atomic
def put_back(
    *, school_class: SchoolClass, by: User, lesson: str, place: int, week: date | None, parents_told: date | None
) -> None:
    """Undoes `take_out`: the lesson stands at its place again, counted from 0, as it was."""
    if add(school_class=school_class, by=by, lesson=lesson, week=week):
        *others, back = school_class.plan.all()
        back.parents_told = parents_told
        back.save(update_fields=["parents_told"])
        _number([*others[:place], back, *others[place:]])


@transaction.atomic
def arrange(*, school_class: SchoolClass, by: User, order: Sequence[int]) -> None:
    """The plan in the order of these ids; any that are not named follow as they stood."""
    lock(school_class)
    plan = {planned.pk: planned for planned in school_class.plan.all()}
    named = [plan.pop(pk) for pk in dict.fromkeys(order) if pk in plan]
    _number([*named, *plan.values()])
    note(school=school_class.school, by=by, verb="arranged the plan", what=school_class.label)


@transaction.atomic
def move(*, planned: Planned, by: User, places: int) -> None:
    """So many places down; up, when negative. At either end it stays."""
    order = list(planned.school_class.plan.values_list("pk", flat=True))
    here = order.index(planned.pk)
    there = min(max(here + places, 0), len(order) - 1)
    if there != here:
        order.insert(there, order.pop(here))
        arrange(school_class=planned.school_class, by=by, order=order)


@transaction.atomic
def set_week(*, planned: Planned, by: User, week: date | None) -> None:
    first = monday(week) if week else None
    if planned.week == first:
        return
    planned.week = first
    planned.save(update_fields=["week"])
    note(school=planned.school_class.school, by=by, verb="set a week", what=_named(planned))


@transaction.atomic
def tell_parents(*, planned: Planned, by: User, on: date | None) -> None:
    """The letter went home on that day; without a day, it has not gone."""
    if planned.parents_told == on:
        return
    planned.parents_told = on
    planned.save(update_fields=["parents_told"])
    verb = "sent the letter home" if on else "took back that the letter went home"
    note(school=planned.school_class.school, by=by, verb=verb, what=_named(planned))


@transaction.atomic
def start(*, school_class: SchoolClass, by: User, curriculum: Curriculum, first: date, apart: int) -> int:
    """The recommended path of the band, from a week on, so many weeks apart. What is planned or taught already stays.

    Says how many lessons are new.
    """
    week, added = monday(first), 0
    for lesson in not_yet_planned(school_class, curriculum):
        added += add(school_class=school_class, by=by, lesson=lesson.id, week=week)
        week += timedelta(weeks=apart)
    return added


def lock(school_class: SchoolClass) -> None:
    """Until the transaction ends, nobody else writes to the plan or the records of this class. (SQLite has one writer anyway.)"""
    SchoolClass.objects.select_for_update().get(pk=school_class.pk)


def _number(plan: Sequence[Planned]) -> None:
    for number, planned in enumerate(plan, start=1):
        planned.order = number
    Planned.objects.bulk_update(plan, ["order"])


def _named(planned: Planned) -> str:
    return f"{planned.school_class}: {planned.lesson}"


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


# --- What is read --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """A planned lesson, what it is, and what to look at before it is taught."""

    planned: Planned
    lesson: Lesson | None
    warnings: tuple[Warned, ...] = ()
    first: tuple[Lesson, ...] = ()
    """What should be taught before it, and is neither taught nor earlier in the plan."""
    approval: approvals.State = "waiting"
    taught: tuple[Delivery, ...] = ()

    @property
    def title(self) -> str:
        return self.lesson.title if self.lesson else self.planned.lesson


@dataclass(frozen=True)
class Taught:
    """A record, with the lesson it is about."""

    delivery: Delivery
    lesson: Lesson | None

    @property
    def title(self) -> str:
        return self.lesson.title if self.lesson else self.delivery.lesson

    @property
    def left_out(self) -> tuple[str, ...]:
        """The titles of the parts left out, as far as the lesson still has them."""
        parts = self.lesson.words.plan.body.section("parts") if self.lesson else None
        found = [(part_id, parts.section(part_id) if parts else None) for part_id in self.delivery.left_out]
        return tuple(part.title if part else part_id for part_id, part in found)


@dataclass(frozen=True)
class ClassPlan:
    """The plan of a class as it looks on a day, and what it was taught."""

    school_class: SchoolClass
    on: date
    steps: tuple[Step, ...]
    taught: tuple[Taught, ...]
    """Oldest first."""

    @property
    def waiting(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if not step.taught)

    @property
    def week(self) -> date:
        """The Monday of this week; at the weekend, of the week to come."""
        return monday(self.on + WEEKEND)

    @property
    def this_week(self) -> tuple[Step, ...]:
        return tuple(step for step in self.waiting if step.planned.week == self.week)

    @property
    def late(self) -> tuple[Step, ...]:
        """Planned for a week that is over, and not recorded."""
        return tuple(step for step in self.waiting if step.planned.week and step.planned.week < self.week)

    @property
    def next(self) -> Step | None:
        """The first that is neither for this week nor for an earlier one."""
        return next((step for step in self.waiting if not step.planned.week or step.planned.week > self.week), None)

    @property
    def last(self) -> Taught | None:
        return self.taught[-1] if self.taught else None

    @property
    def lessons(self) -> frozenset[str]:
        """The ids of every lesson that is planned or was taught."""
        planned = (step.lesson.id if step.lesson else step.planned.lesson for step in self.steps)
        taught = (each.lesson.id if each.lesson else each.delivery.lesson for each in self.taught)
        return frozenset((*planned, *taught))

    @property
    def sessions(self) -> int:
        """Lessons of this year, taught or to come."""
        return len(self.lessons)

    @property
    def too_few(self) -> bool:
        return self.sessions < TAUGHT_A_YEAR


def of_class(school_class: SchoolClass, curriculum: Curriculum, on: date) -> ClassPlan:
    return _of([school_class], school_class.school, curriculum, on)[0]


def of_school(school: School, curriculum: Curriculum, on: date, since: int) -> tuple[ClassPlan, ...]:
    """The classes of a school year and of later ones, in four queries however many there are."""
    return _of(list(school.classes.filter(removed=None, year__gte=since)), school, curriculum, on)


def _of(classes: list[SchoolClass], school: School, curriculum: Curriculum, on: date) -> tuple[ClassPlan, ...]:
    planned: dict[int, list[Planned]] = defaultdict(list)
    for each in Planned.objects.filter(school_class__in=classes):
        planned[each.school_class_id].append(each)
    taught: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in Delivery.objects.filter(school_class__in=classes, removed=None).select_related("recorded_by"):
        taught[delivery.school_class_id].append(delivery)
    standing = approvals.standing(school)
    return tuple(
        ClassPlan(
            school_class,
            on,
            steps(planned[school_class.pk], taught[school_class.pk], curriculum, standing, school.approval_needed, on),
            tuple(Taught(each, known(curriculum, each.lesson)) for each in taught[school_class.pk]),
        )
        for school_class in classes
    )


def steps(
    plan: Sequence[Planned], deliveries: Iterable[Delivery], curriculum: Curriculum,
    standing: Mapping[str, Approval], approval_needed: bool, on: date,
) -> tuple[Step, ...]:  # fmt: skip
    taught: dict[str, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        taught[present_id(curriculum, delivery.lesson)].append(delivery)
    busy = Counter(each.week for each in plan if each.week and present_id(curriculum, each.lesson) not in taught)
    found = []
    for place, planned in enumerate(plan):
        lesson = known(curriculum, planned.lesson)
        records = tuple(taught.get(lesson.id if lesson else planned.lesson, ()))
        first = _first(planned, lesson, plan[:place], taught, curriculum)
        state = approvals.state(lesson, standing.get(lesson.id)) if lesson else "waiting"
        warnings: tuple[Warned, ...] = ()
        if not records:
            refused = approval_needed and state in ("waiting", "changed")
            warnings = tuple(_warnings(planned, lesson, bool(first), refused, busy, on))
        found.append(Step(planned, lesson, warnings, first, state, records))
    return tuple(found)


def _warnings(
    planned: Planned, lesson: Lesson | None, too_early: bool, refused: bool, busy: Mapping[date, int], on: date
) -> Iterator[Warned]:
    if lesson is None or lesson.facts.status != "published":
        yield "gone"
        return
    if too_early:
        yield "before-its-prerequisite"
    if refused:
        yield "not-approved"
    if planned.week and not planned.parents_told and planned.week <= on + LETTER_BEFORE:
        yield "parents-not-told"
    if planned.week and busy[planned.week] > 1:
        yield "twice-in-a-week"


def _first(
    planned: Planned, lesson: Lesson | None, earlier: Iterable[Planned], taught: Mapping[str, object], curriculum: Curriculum
) -> tuple[Lesson, ...]:  # fmt: skip
    """What should come first and does not. In the list but in a later week is too late as well."""
    in_time = {
        present_id(curriculum, each.lesson)
        for each in earlier
        if not (each.week and planned.week and each.week > planned.week)
    }
    wanted = lesson.facts.prerequisites if lesson else ()
    missing = [curriculum.lesson(other) for other in wanted if other not in taught and other not in in_time]
    return tuple(other for other in missing if other and other.facts.status == "published")


def known(curriculum: Curriculum, lesson_id: str) -> Lesson | None:
    """The lesson of a row, under its present id; withdrawn ones too."""
    return curriculum.lesson(lesson_id) or curriculum.lesson_formerly(lesson_id)


def present_id(curriculum: Curriculum, lesson_id: str) -> str:
    lesson = known(curriculum, lesson_id)
    return lesson.id if lesson else lesson_id


def not_yet_planned(school_class: SchoolClass, curriculum: Curriculum) -> tuple[Lesson, ...]:
    """The rest of the recommended path: neither planned nor taught."""
    band = curriculum.band(school_class.band)
    planned = school_class.plan.values_list("lesson", flat=True)
    taught = school_class.deliveries.filter(removed=None).values_list("lesson", flat=True)
    seen = {present_id(curriculum, lesson) for lesson in (*planned, *taught)}
    return tuple(lesson for lesson in (curriculum.path(band) if band else ()) if lesson.id not in seen)
