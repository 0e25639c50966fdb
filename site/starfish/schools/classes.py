"""Classes: a label, an age, a rough size and a year. No pupils, and no facts about any."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone

from .log import note
from .models import School, SchoolClass, SizeBand, User

YEAR_BEGINS = 8
"""The month from which a date belongs to the new school year."""


class LabelTaken(Exception):
    """Another class of that year has this label."""


def school_year(on: date) -> int:
    return on.year if on.month >= YEAR_BEGINS else on.year - 1


def span(school_class: SchoolClass) -> tuple[date, date]:
    """The first and last day that its plan may name, wherever in the world its school year begins."""
    return date(school_class.year, 1, 1), date(school_class.year + 1, 12, 31)


@transaction.atomic
def add(*, school: School, by: User, label: str, band: str, size: SizeBand, year: int) -> SchoolClass:
    _keep_label_free(school, label, year)
    school_class = SchoolClass.objects.create(
        school=school, label=label, band=band, size=size, year=year, parents_key=secrets.token_urlsafe(32)
    )
    note(school=school, by=by, verb="added a class", what=label)
    return school_class


@transaction.atomic
def change(*, school_class: SchoolClass, by: User, label: str, band: str, size: SizeBand, year: int) -> None:
    _keep_label_free(school_class.school, label, year, but=school_class)
    new = {"label": label, "band": band, "size": size, "year": year}
    if all(getattr(school_class, field) == value for field, value in new.items()):
        return
    for field, value in new.items():
        setattr(school_class, field, value)
    school_class.save()
    note(school=school_class.school, by=by, verb="changed a class", what=label)


@transaction.atomic
def remove(*, school_class: SchoolClass, by: User) -> None:
    """Out of sight, and kept: `bring_back` undoes it."""
    school_class.removed = timezone.now()
    school_class.save(update_fields=["removed"])
    note(school=school_class.school, by=by, verb="removed a class", what=school_class.label)


@transaction.atomic
def bring_back(*, school_class: SchoolClass, by: User) -> None:
    _keep_label_free(school_class.school, school_class.label, school_class.year, but=school_class)
    school_class.removed = None
    school_class.save(update_fields=["removed"])
    note(school=school_class.school, by=by, verb="brought back a class", what=school_class.label)


@transaction.atomic
def new_address_for_parents(*, school_class: SchoolClass, by: User) -> None:
    """The old address leads nowhere from now on."""
    school_class.parents_key = secrets.token_urlsafe(32)
    school_class.save(update_fields=["parents_key"])
    note(school=school_class.school, by=by, verb="changed the parents' address", what=school_class.label)


def _keep_label_free(school: School, label: str, year: int, but: SchoolClass | None = None) -> None:
    """So that a form that is sent twice adds one class, and nobody mixes two up."""
    School.objects.select_for_update().get(pk=school.pk)
    same = school.classes.filter(label__iexact=label, year=year, removed=None)
    if any(other != but for other in same):
        raise LabelTaken
