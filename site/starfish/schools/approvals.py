"""A safeguarding lead reads a lesson and approves it for the school, at a version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from django.db import transaction
from django.utils import timezone

from starfish.curriculum.curriculum import Lesson

from .log import note
from .models import Approval, School, User

State = Literal["approved", "with-lead", "changed", "waiting"]
"""`changed`: approved at an earlier version, and something that matters has changed since."""


@transaction.atomic
def approve(*, school: School, by: User, lesson: Lesson, with_lead: bool) -> Approval:
    school.approvals.filter(lesson=lesson.id, taken_back=None).update(taken_back=timezone.now())
    approval = Approval.objects.create(
        school=school, lesson=lesson.id, version=lesson.facts.version, with_lead=with_lead, by=by
    )
    note(school=school, by=by, verb="approved", what=str(approval))
    return approval


@transaction.atomic
def take_back(*, approval: Approval, by: User) -> None:
    approval.taken_back = timezone.now()
    approval.save(update_fields=["taken_back"])
    note(school=approval.school, by=by, verb="took back an approval", what=str(approval))


def standing(school: School) -> Mapping[str, Approval]:
    """The approvals that stand, by lesson."""
    return {approval.lesson: approval for approval in school.approvals.filter(taken_back=None).select_related("by")}


def state(lesson: Lesson, approval: Approval | None) -> State:
    if approval is None:
        return "waiting"
    if approval.version != lesson.facts.version:
        return "changed"
    return "with-lead" if approval.with_lead else "approved"
