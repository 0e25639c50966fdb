"""The audit log: who changed what. Every verb that writes says so here, in the same transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from .models import Entry, School, User

MONTH = timedelta(days=365.25 / 12)
LONGEST_VERB = 40
"""As the table has it. SQLite would not mind more; PostgreSQL refuses it."""


def note(*, school: School, by: User | None, verb: str, what: str = "") -> None:
    """Writes a line, and lets go of every line, of whichever school, that is older than the site keeps them."""
    assert len(verb) <= LONGEST_VERB, verb  # noqa: S101 - a verb is written in the code, so a test finds it
    Entry.objects.filter(at__lt=_oldest()).delete()
    Entry.objects.create(school=school, by=by, who=str(by) if by else "", verb=verb, what=what[:120])


def lines(school: School) -> QuerySet[Entry]:
    """What is kept of a school's log, the newest first. Where nobody writes any more, older lines are there and are not shown."""
    return school.log.filter(at__gte=_oldest())


def _oldest() -> datetime:
    return timezone.now() - settings.LOG_MONTHS * MONTH
