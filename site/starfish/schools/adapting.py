"""A lesson as one teacher adapts it for one class: kept, reset, brought back, and its notes let go of in time."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.records import LENGTHS
from starfish.lessons.adapt import LEFT_OUT, Choices

from . import private_notes
from .classes import school_year
from .log import note
from .models import Adaptation, SchoolClass, User

UNDO = timedelta(days=30)
"""How long an adaptation that was reset can be brought back."""


def own(user: User, school_class: SchoolClass, lesson: Lesson, on: date) -> Adaptation | None:
    """What this person has for this class, whether in sight or reset. Of a class whose year has ended, without notes."""
    ids = (lesson.id, *lesson.facts.formerly)
    found = user.adaptations.select_related("school_class__school").filter(school_class=school_class, lesson__in=ids)
    newest = found.order_by("-pk").first()
    return _without_old_notes(newest, on) if newest else None


def _without_old_notes(adaptation: Adaptation, on: date) -> Adaptation:
    if adaptation.school_class.year < school_year(on):
        adaptation.notes = ""
    return adaptation


def kept(user: User, school_class: SchoolClass, lesson: Lesson, on: date) -> Adaptation | None:
    """What is in sight."""
    found = own(user, school_class, lesson, on)
    return found if found and found.removed is None else None


def choices(adaptation: Adaptation) -> Choices:
    length = next((length for length in LENGTHS if length == adaptation.length), LENGTHS[-1])
    return Choices(length, {str(part): str(way) for part, way in adaptation.ways.items()})


def left_out(adaptation: Adaptation) -> list[str]:
    return [part for part, way in adaptation.ways.items() if way == LEFT_OUT]


@transaction.atomic
def keep(
    *, user: User, school_class: SchoolClass, lesson: Lesson, choices: Choices, notes: str, curriculum: Curriculum, on: date
) -> Adaptation:  # fmt: skip
    """One for each person, class and lesson. Notes that hold what they never hold are refused, and nothing is written."""
    if found := private_notes.look(notes, curriculum):
        raise private_notes.NotKept(found)
    forget(on=on)
    kept = own(user, school_class, lesson, on) or Adaptation(user=user, school_class=school_class)
    chosen = {
        "lesson": lesson.id, "version": lesson.facts.version, "removed": None, "length": choices.length, "ways": dict(choices.ways),
        "notes": notes if school_class.year >= school_year(on) else "",
    }  # fmt: skip
    if kept.pk and all(getattr(kept, name) == value for name, value in chosen.items()):
        return kept
    for name, value in chosen.items():
        setattr(kept, name, value)
    kept.save()
    note(school=school_class.school, by=user, verb="adapted a lesson", what=f"{school_class}: {lesson.id}")
    return kept


@transaction.atomic
def reset(*, adaptation: Adaptation, by: User) -> None:
    """Out of sight; `bring_back` undoes it for a month."""
    if Adaptation.objects.filter(pk=adaptation.pk, removed=None).update(removed=timezone.now()):
        note(school=adaptation.school_class.school, by=by, verb="reset an adapted lesson", what=_what(adaptation))


@transaction.atomic
def bring_back(*, adaptation: Adaptation, by: User) -> None:
    if Adaptation.objects.filter(pk=adaptation.pk).exclude(removed=None).update(removed=None):
        note(
            school=adaptation.school_class.school, by=by, verb="brought back an adapted lesson", what=_what(adaptation)
        )


def _what(adaptation: Adaptation) -> str:
    return f"{adaptation.school_class}: {adaptation.lesson}"


def export(user: User, *, on: date) -> list[dict[str, object]]:
    found = Adaptation.objects.filter(user=user).select_related("school_class").order_by("pk")
    return [
        {
            "class": str(each.school_class), "lesson": each.lesson, "version": each.version, "length": each.length,
            "parts": each.ways, "private notes": each.notes, "taken away": each.removed,
        }
        for each in (_without_old_notes(one, on) for one in found)
    ]  # fmt: skip


@transaction.atomic
def forget(*, on: date) -> tuple[int, int]:
    """Notes of classes whose year has ended, and adaptations that were taken away a month ago, are gone. How many of each."""
    taken_away, _ = Adaptation.objects.filter(removed__lt=timezone.now() - UNDO).delete()
    ended = Adaptation.objects.filter(school_class__year__lt=school_year(on)).exclude(notes="")
    return ended.update(notes=""), taken_away
