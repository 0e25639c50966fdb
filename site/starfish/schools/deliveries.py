"""Lessons that were taught: date, version, length, what was left out. Nothing about pupils."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from starfish.curriculum.curriculum import Lesson

from .log import note
from .models import Delivery, SchoolClass, User
from .plans import lock


class RecordedAgain(Exception):
    """The same lesson, class and day stands in another record."""


@transaction.atomic
def record(
    *, school_class: SchoolClass, by: User, lesson: Lesson, on: date, length: int, left_out: Sequence[str],
    cover: bool, parents_told: bool,
) -> Delivery:  # fmt: skip
    """A form that is sent twice records once: the same lesson, class and day is one delivery."""
    lock(school_class)
    delivery, new = Delivery.objects.get_or_create(
        school_class=school_class, lesson=lesson.id, on=on, removed=None,
        defaults={
            "version": lesson.facts.version, "length": length, "left_out": list(left_out), "cover": cover,
            "parents_told": parents_told, "recorded_by": by,
        },
    )  # fmt: skip
    if new:
        note(school=school_class.school, by=by, verb="recorded", what=f"{school_class}: {lesson.id}, {on}")
    return delivery


@transaction.atomic
def remove(*, delivery: Delivery, by: User) -> None:
    """Out of sight, and kept: `bring_back` undoes it."""
    delivery.removed = timezone.now()
    delivery.save(update_fields=["removed"])
    note(school=delivery.school_class.school, by=by, verb="removed a record", what=str(delivery))


@transaction.atomic
def bring_back(*, delivery: Delivery, by: User) -> None:
    lock(delivery.school_class)
    if delivery.school_class.deliveries.filter(lesson=delivery.lesson, on=delivery.on, removed=None).exists():
        raise RecordedAgain
    delivery.removed = None
    delivery.save(update_fields=["removed"])
    note(school=delivery.school_class.school, by=by, verb="brought back a record", what=str(delivery))
