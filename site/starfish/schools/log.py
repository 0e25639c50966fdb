"""The audit log: who changed what. Every verb that writes says so here, in the same transaction."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from .models import Entry, School, User

KEPT = timedelta(days=730)


def note(*, school: School, by: User | None, verb: str, what: str = "") -> None:
    """Writes a line, and lets go of those that are older than two years."""
    school.log.filter(at__lt=timezone.now() - KEPT).delete()
    Entry.objects.create(school=school, by=by, who=str(by) if by else "", verb=verb, what=what[:120])
