"""One sheet: every question with one answer, counted once or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from . import tickets
from .models import Check, SpentTicket, Tally


class Outcome(Enum):
    COUNTED = "counted"
    AGAIN = "again"
    """This ticket was counted before."""
    CLOSED = "closed"
    """Closed, ended, opened anew, or never ours. Nothing was counted."""
    FULL = "full"
    """More sheets than the class can have. Nothing was counted."""


class Incomplete(Exception):
    """Not one answer of ours to each question. `args` are the ids of the questions that miss one."""


class _NotTaken(Exception):
    """Undoes what was written so far."""


def answer(*, ticket: str, choices: Mapping[str, int]) -> Outcome:
    """`choices` has the place of an answer, counted from 0, for each question. It is refused before anything is written."""
    found = tickets.read(ticket)
    check = tickets.check_of(found)
    if check is None or found is None:
        return Outcome.CLOSED
    if missing := incomplete(check, choices):
        raise Incomplete(*missing)
    try:
        with transaction.atomic():
            SpentTicket.objects.create(class_check=check, hash=found.hash)
            _count(check, choices)
    except IntegrityError:
        return Outcome.AGAIN
    except _NotTaken:
        return Outcome.FULL if Check.objects.filter(pk=check.pk, received__gte=check.limit).exists() else Outcome.CLOSED
    return Outcome.COUNTED


def incomplete(check: Check, choices: Mapping[str, int]) -> tuple[str, ...]:
    """The questions without one answer of theirs."""
    return tuple(
        question.id for question in check.questions
        if choices.get(question.id) not in range(len(question.answers))
    )  # fmt: skip


def _count(check: Check, choices: Mapping[str, int]) -> None:
    """Whether the check still takes a sheet is asked and written in one step, so that no two take the last place."""
    still = Check.objects.filter(
        pk=check.pk, opening=check.opening, closed=None, ends__gt=timezone.now(), received__lt=check.limit
    )
    if not still.update(received=F("received") + 1):
        raise _NotTaken
    chosen = Q()
    for question in check.questions:
        chosen |= Q(question=question.id, choice=choices[question.id])
    if Tally.objects.filter(chosen, class_check=check).update(count=F("count") + 1) != len(check.questions):
        raise _NotTaken
