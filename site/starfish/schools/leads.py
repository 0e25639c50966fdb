"""The safeguarding leads that pupils see. A change waits for a second person or a day, so that one stolen account cannot replace the adult whom children are sent to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from .log import note
from .models import Lead, LeadChange, School, User

Named = tuple[str, str]
"""A name and a place."""

MARKS = " '’.,-"
"""What stands inside names beside letters."""
WEB_ADDRESS = re.compile(r"\w{2,}\.(?:[a-z]|[A-Z]{2})")
"""`www.example` and `EXAMPLE.ORG`, but not `St.Mary`."""


def letters_only(text: str) -> bool:
    """Letters of any script, and the marks inside names. No digit, no @, no web address: nothing by which somebody could be reached."""
    letters = [unicodedata.category(letter)[0] in "LM" for letter in text if letter not in MARKS]
    return all(letters) and text[:1].isalpha() and not WEB_ADDRESS.search(text)


class OwnChange(Exception):
    """Whoever asked for a change cannot be the second person."""


class TooNew(Exception):
    """The second person joined less than a day before the change was asked for. A stolen account could invite its own second person."""


@transaction.atomic
def ask(*, school: School, by: User, leads: Sequence[Named]) -> LeadChange | None:
    """The first leads of a school stand at once. Any later change waits; one that changes nothing is not asked for."""
    if not leads or not all(letters_only(words) for lead in leads for words in lead):
        raise ValueError("a lead has a name and a place, of letters only")
    if not school.leads.exists():
        _name(school, leads)
        note(school=school, by=by, verb="named the safeguarding leads")
        return None
    if named(school) == tuple(leads):
        return None
    school.lead_changes.filter(closed=None).update(closed=timezone.now())
    change = LeadChange.objects.create(school=school, leads=[list(lead) for lead in leads], asked_by=by)
    note(school=school, by=by, verb="asked to change the safeguarding leads")
    return change


@transaction.atomic
def confirm(*, change: LeadChange, by: User) -> None:
    if change.asked_by_id == by.pk:
        raise OwnChange
    if by.date_joined > change.asked - LeadChange.WAITS:
        raise TooNew
    if _close(change):
        _name(change.school, change.named)
        note(school=change.school, by=by, verb="confirmed a change of safeguarding leads")


@transaction.atomic
def take_back(*, change: LeadChange, by: User) -> None:
    """Anybody who could confirm may refuse, and whoever asked may think again."""
    if _close(change):
        verb = "took back" if change.asked_by_id == by.pk else "refused"
        note(school=change.school, by=by, verb=f"{verb} a change of safeguarding leads")


def pending(school: School) -> LeadChange | None:
    """The change that waits. One that has waited a day is carried out first."""
    change = school.lead_changes.filter(closed=None).select_related("asked_by").last()
    if change and change.due:
        _carry_out_after_a_day(change)
        return None
    return change


def standing(school: School) -> tuple[Named, ...]:
    """As they stand now, and nothing is written: a change whose day has passed counts, and is carried out when staff next look."""
    change = school.lead_changes.filter(closed=None).last()
    return tuple(change.named) if change and change.due else named(school)


def named(school: School) -> tuple[Named, ...]:
    return tuple((lead.name, lead.place) for lead in school.leads.all())


@transaction.atomic
def _carry_out_after_a_day(change: LeadChange) -> None:
    if _close(change):
        _name(change.school, change.named)
        note(school=change.school, by=None, verb="carried out a change of leads", what="after a day")


def _close(change: LeadChange) -> bool:
    """Whether it was still open. Of two who answer at the same moment, one does."""
    return bool(LeadChange.objects.filter(pk=change.pk, closed=None).update(closed=timezone.now()))


def _name(school: School, leads: Sequence[Named]) -> None:
    school.leads.all().delete()
    Lead.objects.bulk_create(
        Lead(school=school, name=name, place=place, order=number) for number, (name, place) in enumerate(leads)
    )
