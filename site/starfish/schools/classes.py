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


def school_year(on: date) -> int:
    return on.year if on.month >= YEAR_BEGINS else on.year - 1


@transaction.atomic
def add(*, school: School, by: User, label: str, band: str, size: SizeBand, year: int) -> SchoolClass:
    school_class = SchoolClass.objects.create(
        school=school, label=label, band=band, size=size, year=year, parents_key=secrets.token_urlsafe(32)
    )
    note(school=school, by=by, verb="added a class", what=label)
    return school_class


@transaction.atomic
def change(*, school_class: SchoolClass, by: User, label: str, band: str, size: SizeBand, year: int) -> None:
    school_class.label, school_class.band, school_class.size, school_class.year = label, band, size, year
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
    school_class.removed = None
    school_class.save(update_fields=["removed"])
    note(school=school_class.school, by=by, verb="brought back a class", what=school_class.label)


@transaction.atomic
def new_address_for_parents(*, school_class: SchoolClass, by: User) -> None:
    """The old address leads nowhere from now on."""
    school_class.parents_key = secrets.token_urlsafe(32)
    school_class.save(update_fields=["parents_key"])
    note(school=school_class.school, by=by, verb="changed the parents' address", what=school_class.label)
