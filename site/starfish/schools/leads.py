"""The safeguarding leads that pupils see. A change waits for a second person or a day, so that one stolen account cannot replace the adult whom children are sent to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from .log import note
from .models import Lead, LeadChange, School, User

Named = tuple[str, str]
"""A name and a place."""

LETTERS_ONLY = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '’.,-])*")
"""Letters, spaces and the marks inside names. No digit and no @: nothing by which somebody could be reached."""


class OwnChange(Exception):
    """Whoever asked for a change cannot be the second person."""


@transaction.atomic
def ask(*, school: School, by: User, leads: Sequence[Named]) -> None:
    """The first leads of a school stand at once. Any later change waits."""
    if not school.leads.exists():
        _carry_out(school, leads)
        note(school=school, by=by, verb="named the safeguarding leads")
        return
    school.lead_changes.filter(closed=None).update(closed=timezone.now())
    LeadChange.objects.create(school=school, leads=[list(lead) for lead in leads], asked_by=by)
    note(school=school, by=by, verb="asked to change the safeguarding leads")


@transaction.atomic
def confirm(*, change: LeadChange, by: User) -> None:
    if change.asked_by_id == by.pk:
        raise OwnChange
    _close(change)
    note(school=change.school, by=by, verb="confirmed a change of safeguarding leads")


@transaction.atomic
def take_back(*, change: LeadChange, by: User) -> None:
    change.closed = timezone.now()
    change.save(update_fields=["closed"])
    note(school=change.school, by=by, verb="refused a change of safeguarding leads")


@transaction.atomic
def pending(school: School) -> LeadChange | None:
    """The change that waits. One that has waited a day is carried out first."""
    change = school.lead_changes.filter(closed=None).select_related("asked_by").last()
    if change and change.due:
        _close(change)
        note(school=school, by=None, verb="carried out a change of safeguarding leads after a day")
        return None
    return change


def _close(change: LeadChange) -> None:
    _carry_out(change.school, [(name, place) for name, place in change.leads])
    change.closed = timezone.now()
    change.save(update_fields=["closed"])


def _carry_out(school: School, leads: Sequence[Named]) -> None:
    school.leads.all().delete()
    Lead.objects.bulk_create(
        Lead(school=school, name=name, place=place, order=number) for number, (name, place) in enumerate(leads)
    )
