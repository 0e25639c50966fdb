"""Approved lessons: what the school's safeguarding leads have read, and what has changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from starfish.curriculum.curriculum import Lesson
from starfish.curriculum.records import Band
from starfish.pages.current import curriculum
from starfish.schools import approvals
from starfish.schools.access import StaffRequest, staff
from starfish.schools.models import Approval, Role


@dataclass(frozen=True)
class Row:
    lesson: Lesson
    state: approvals.State
    approval: Approval | None


@dataclass(frozen=True)
class Table:
    band: Band
    rows: tuple[Row, ...]


@require_safe
@staff()
def every(request: StaffRequest) -> HttpResponseBase:
    known, standing = curriculum(), approvals.standing(request.school)
    band = known.band(request.GET.get("band", ""))
    tables = [Table(each, tuple(row(lesson, standing) for lesson in known.path(each))) for each in known.bands]
    counts = Counter(row.state for table in tables for row in table.rows)
    context = {
        "tables": [table for table in tables if table.rows and band in (None, table.band)],
        "bands": [table.band for table in tables if table.rows],
        "band": band,
        "to_read": counts["waiting"] + counts["changed"],
        "read": counts["approved"] + counts["with-lead"],
    }
    return render(request, "schools/approvals.html", context)


@require_safe
@staff()
def one(request: StaffRequest, lesson: str) -> HttpResponseBase:
    found = published(lesson)
    history = list(request.school.approvals.filter(lesson=found.id).select_related("by").order_by("-made", "-pk"))
    approval = next((each for each in history if each.taken_back is None), None)
    context = {
        "lesson": found,
        "approval": approval,
        "state": approvals.state(found, approval),
        "changes": approvals.changes_since(found, approval.version) if approval else (),
        "differences": approvals.differences(found, approval) if approval else {},
        "history": history,
    }
    return render(request, "schools/approval.html", context)


@require_POST
@staff(Role.LEAD)
def approve(request: StaffRequest, lesson: str) -> HttpResponseBase:
    found = published(lesson)
    with_lead = request.POST.get("with_lead") == "on"
    version = request.POST.get("version", "")
    try:
        approvals.approve(school=request.school, by=request.user, lesson=found, with_lead=with_lead, version=version)
    except approvals.AnotherVersion:
        messages.error(
            request, _("The lesson changed while you were reading. Nothing was approved. Please look again.")
        )
        return redirect("approval", found.id)
    messages.success(request, _("Approved: %(lesson)s, version %(version)s.") % {
        "lesson": found.title, "version": found.facts.version,
    })  # fmt: skip
    return redirect("approval", found.id)


@require_POST
@staff(Role.LEAD)
def take_back(request: StaffRequest, lesson: str) -> HttpResponseBase:
    approval = approvals.standing(request.school).get(lesson)
    if approval is None:
        raise Http404
    approvals.take_back(approval=approval, by=request.user)
    messages.success(request, _("Withdrawn. The lesson waits for approval again. Who approved it and when is kept."))
    return redirect("approvals")


def row(lesson: Lesson, standing: Mapping[str, Approval]) -> Row:
    approval = standing.get(lesson.id)
    return Row(lesson, approvals.state(lesson, approval), approval)


def published(lesson: str) -> Lesson:
    found = curriculum().lesson(lesson)
    if found is None or found.facts.status != "published":
        raise Http404
    return found
