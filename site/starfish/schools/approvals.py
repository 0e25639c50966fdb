"""A safeguarding lead reads a lesson and approves it for the school, at a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.utils import timezone

from starfish.curriculum.curriculum import Lesson
from starfish.curriculum.records import Change

from .differences import Passage, difference, passages
from .log import note
from .models import Approval, ApprovedText, School, User

State = Literal["approved", "with-lead", "changed", "waiting"]
"""`changed`: approved at an earlier version, and something that matters has changed since."""


class AnotherVersion(Exception):
    """The lesson is not at the version that was read."""


@dataclass(frozen=True)
class Changed:
    """A change of a lesson, in the words of its change log."""

    change: Change
    words: str


@transaction.atomic
def approve(*, school: School, by: User, lesson: Lesson, with_lead: bool, version: str | None = None) -> Approval:
    """A form that is sent twice approves once. `version` is the one that was read; the lesson may have changed meanwhile."""
    if version is not None and version != lesson.facts.version:
        raise AnotherVersion
    stands = school.approvals.filter(lesson=lesson.id, taken_back=None)
    same = stands.filter(version=lesson.facts.version, with_lead=with_lead, by=by).last()
    if same:
        return same
    ApprovedText.objects.filter(approval__school=school, approval__lesson=lesson.id).delete()
    stands.update(taken_back=timezone.now())
    approval = Approval.objects.create(
        school=school, lesson=lesson.id, version=lesson.facts.version, with_lead=with_lead, by=by
    )
    ApprovedText.objects.bulk_create(
        ApprovedText(approval=approval, name=name, text=text) for name, text in texts(lesson).items()
    )
    note(school=school, by=by, verb="approved, with the lead" if with_lead else "approved", what=str(approval))
    return approval


@transaction.atomic
def take_back(*, approval: Approval, by: User) -> None:
    """Taking back what was taken back changes nothing."""
    if approval.school.approvals.filter(pk=approval.pk, taken_back=None).update(taken_back=timezone.now()):
        note(school=approval.school, by=by, verb="took back an approval", what=str(approval))


def standing(school: School) -> Mapping[str, Approval]:
    """The approvals that stand, by lesson."""
    return {approval.lesson: approval for approval in school.approvals.filter(taken_back=None).select_related("by")}


def state(lesson: Lesson, approval: Approval | None) -> State:
    if approval is None:
        return "waiting"
    if matters_since(lesson, approval.version):
        return "changed"
    return "with-lead" if approval.with_lead else "approved"


def matters_since(lesson: Lesson, version: str) -> bool:
    """Whether a lead should read the lesson again. A version that the change log does not explain matters too."""
    if version == lesson.facts.version:
        return False
    since = [change for change in lesson.facts.changes if _number(change.version) > _number(version)]
    return not since or any(change.impact != "none" for change in since)


def changes_since(lesson: Lesson, version: str) -> tuple[Changed, ...]:
    """The newest first."""
    since = [change for change in lesson.facts.changes if _number(change.version) > _number(version)]
    words = lesson.words.front.changes
    return tuple(
        Changed(change, words.get(change.version, ""))
        for change in sorted(since, key=lambda change: _number(change.version), reverse=True)
    )


def texts(lesson: Lesson) -> dict[str, str]:
    """The files of a lesson that a lead's yes is about."""
    words = lesson.words
    return {"plan": words.plan.source, "slides": words.slides_document.source, "home": words.home.source}


def differences(lesson: Lesson, approval: Approval) -> dict[str, tuple[Passage, ...]]:
    """What is different now from what was approved, by file; files that are the same are left out."""
    now = texts(lesson)
    found = {
        old.name: difference(passages(old.text), passages(now[old.name]))
        for old in approval.texts.all()
        if old.name in now and old.text != now[old.name]
    }
    return {name: found[name] for name in now if found.get(name)}


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
