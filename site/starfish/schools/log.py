"""The audit log: who changed what. Every verb that writes says so here, in the same transaction."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from .models import Entry, School, User

KEPT = timedelta(days=730)
LONGEST_VERB = 40
"""As the table has it. SQLite would not mind more; PostgreSQL refuses it."""


def note(*, school: School, by: User | None, verb: str, what: str = "") -> None:
    """Writes a line, and lets go of those that are older than two years."""
    assert len(verb) <= LONGEST_VERB, verb  # noqa: S101 - a verb is written in the code, so a test finds it
    school.log.filter(at__lt=timezone.now() - KEPT).delete()
    Entry.objects.create(school=school, by=by, who=str(by) if by else "", verb=verb, what=what[:120])
