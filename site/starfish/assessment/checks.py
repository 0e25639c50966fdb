"""Opening, closing and counting of class checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from starfish.curriculum.curriculum import Lesson
from starfish.schools.log import note
from starfish.schools.models import School, SchoolClass, User
from starfish.schools.plans import lock

from . import bands, codes
from .models import LASTS, Check, Moment, Release, Tally, Way
from .scrubbing import scrub

Counts = Mapping[str, Sequence[int]]
"""For each question, how many chose each answer."""


class NotPossible(Exception):
    """The check is in another state than the page that asked believed: closed, open or void meanwhile."""


class AlreadyShown(NotPossible):
    """The class's answers at this moment were shown. Asked again, the difference would tell about one pupil."""


class TooMany(Exception):
    """More counts than the class has pupils."""


@transaction.atomic
def open_(*, school_class: SchoolClass, by: User, lesson: Lesson, moment: Moment, way: Way) -> Check:
    """A new check; or the one that is open already for this class, lesson and moment, in whatever way."""
    lock(school_class)
    settle(school_class.school)
    same = school_class.checks.filter(lesson=lesson.id, moment=moment)
    if running := same.filter(closed=None).first():
        return running
    _refuse_if_shown(same)
    now = timezone.now()
    check = Check.objects.create(
        school_class=school_class, lesson=lesson.id, version=lesson.facts.version, moment=moment, way=way, opened=now,
        ends=now + LASTS, opened_by=by, wording=[each.model_dump(mode="json") for each in lesson.words.questions],
    )  # fmt: skip
    _begin(check)
    note(school=school_class.school, by=by, verb="opened a class check", what=str(check))
    return check


@transaction.atomic
def reopen(*, check: Check, by: User) -> None:
    """For those who were late, within a day of the first opening. The code is new, and so are the tickets."""
    lock(check.school_class)
    check = _locked(check)
    same = check.school_class.checks.filter(lesson=check.lesson, moment=check.moment).exclude(pk=check.pk)
    if not check.may_reopen or same.filter(closed=None).exists():
        raise NotPossible
    _refuse_if_shown(same)
    if check.closed is None:
        _close(check)
    check.closed, check.ends, check.opening = None, check.opened + LASTS, check.opening + 1
    check.save(update_fields=["closed", "ends", "opening"])
    _begin(check)
    note(school=check.school_class.school, by=by, verb="opened a class check again", what=str(check))


@transaction.atomic
def close(*, check: Check, by: User) -> None:
    """The code dies. With ten sheets or more since the last release, there is a new one. Closing twice closes once."""
    check = _locked(check)
    if check.closed is None:
        _close(check)
        note(school=check.school_class.school, by=by, verb="closed a class check", what=str(check))


@transaction.atomic
def void(*, check: Check, by: User) -> None:
    """It counts for nothing any more, and what was not released is forgotten."""
    check = _locked(check)
    if check.voided is None:
        check.voided = timezone.now()
        check.closed, check.code = check.closed or check.voided, None
        check.save(update_fields=["voided", "closed", "code"])
        _forget(check)
        note(school=check.school_class.school, by=by, verb="declared a class check void", what=str(check))


@transaction.atomic
def enter(*, check: Check, by: User, counts: Counts) -> None:
    """What was counted from hands or paper, once, and the check is closed with it."""
    check = _locked(check)
    if check.way == Way.SCREENS or not check.is_open:
        raise NotPossible
    _refuse_wrong(check, counts)
    check.received = max(sum(of_one) for of_one in counts.values())
    check.save(update_fields=["received"])
    _close(check, counts)
    note(school=check.school_class.school, by=by, verb="entered a class check", what=str(check))


def settle(school: School) -> None:
    """What time does by itself: a check whose time has run out is closed, and a day after it was opened its unreleased tallies are gone."""
    now, of_school = timezone.now(), Check.objects.filter(school_class__school=school)
    late = of_school.filter(closed=None, ends__lte=now)
    over = of_school.filter(closed__isnull=False, opened__lte=now - LASTS, tallies__isnull=False).distinct()
    for check in late:
        _close_late(check)
    for check in over:
        _forget(check)


@transaction.atomic
def _close_late(check: Check) -> None:
    check = _locked(check)
    if check.closed is None and not check.is_open:
        _close(check)
        note(school=check.school_class.school, by=None, verb="closed a class check", what=f"{check}, its time was over")


def _refuse_if_shown(same: QuerySet[Check]) -> None:
    """Void or not: what was shown is known."""
    if same.filter(releases__isnull=False).exists():
        raise AlreadyShown


def _begin(check: Check) -> None:
    """Every tally stands there from the start, so that an answer only ever adds to one. Hands and paper need none."""
    if check.way != Way.SCREENS:
        return
    every = (
        Tally(class_check=check, question=question.id, choice=choice)
        for question in check.questions
        for choice in range(len(question.answers))
    )
    Tally.objects.bulk_create(every, ignore_conflicts=True)
    _give_code(check)


def _give_code(check: Check) -> None:
    while True:
        check.code = codes.new()
        try:
            with transaction.atomic():
                check.save(update_fields=["code"])
        except IntegrityError:
            continue  # another class has it
        return


def _close(check: Check, counts: Counts | None = None) -> None:
    check.closed, check.code = _ended(check), None
    check.save(update_fields=["closed", "code"])
    if written := _bands(check, counts or _tallied(check)):
        Release.objects.create(class_check=check, bands=written)
        check.tallies.all().delete()
    check.spent.all().delete()
    transaction.on_commit(scrub, robust=True)


def _ended(check: Check) -> datetime:
    return min(timezone.now(), check.ends)


def _bands(check: Check, counts: Counts) -> list[bands.Written | None] | None:
    """One for each question; none at all where too few answered every one of them."""
    written = [bands.release(counts[question.id]) for question in check.questions]
    return written if any(written) else None


def _tallied(check: Check) -> Counts:
    """All zero where there are no tallies, as in a restored backup."""
    found = {(tally.question, tally.choice): tally.count for tally in check.tallies.all()}
    return {
        question.id: [found.get((question.id, choice), 0) for choice in range(len(question.answers))]
        for question in check.questions
    }


@transaction.atomic
def _forget(check: Check) -> None:
    check.tallies.all().delete()
    check.spent.all().delete()
    transaction.on_commit(scrub, robust=True)


def _refuse_wrong(check: Check, counts: Counts) -> None:
    for question in check.questions:
        of_one = counts.get(question.id, ())
        if len(of_one) != len(question.answers) or min(of_one) < 0:
            raise ValueError("a count for every answer")
        if sum(of_one) > check.limit:
            raise TooMany


def _locked(check: Check) -> Check:
    """As it stands now, and nobody else writes to it until the transaction ends."""
    return Check.objects.select_for_update(of=("self",)).select_related("school_class__school").get(pk=check.pk)
