"""Teaching: what to tick before a lesson, and the record afterwards."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starfish.curriculum.curriculum import Lesson
from starfish.curriculum.markdown import pieces
from starfish.curriculum.prose import Markdown
from starfish.curriculum.records import Length
from starfish.pages.current import curriculum, today
from starfish.schools import adapting, approvals, deliveries, leads, plans
from starfish.schools.access import StaffRequest, staff
from starfish.schools.class_forms import RecordForm
from starfish.schools.models import Delivery

from .classes import class_or_404

LEAD_PRESENT = 4
"""The supervision level of a lesson that is taught with a safeguarding lead in the room."""


@require_safe
@staff()
def ready(request: StaffRequest, class_id: int, lesson_id: str) -> HttpResponseBase:
    school_class = class_or_404(request, class_id)
    lesson = _lesson_or_404(lesson_id)
    found = plans.of_class(school_class, curriculum(), today())
    words = curriculum().words
    approval = approvals.state(lesson, approvals.standing(request.school).get(lesson.id))
    context = {
        "school_class": school_class, "lesson": lesson, "checklist": checklist(lesson),
        "step": next((step for step in found.steps if step.lesson is lesson), None),
        "approval": approval,
        "needs_lead": approval == "with-lead" or lesson.facts.supervision == LEAD_PRESENT,
        "leads": leads.standing(request.school),
        "supervision": next((e for e in words.supervision if e.id == lesson.facts.supervision), None) if words else None,
        "guide": curriculum().guide_before(lesson.band),
        "adapted": adapting.kept(request.user, school_class, lesson, today()),
    }  # fmt: skip
    withdrawn = lesson.facts.status == "withdrawn"
    return render(request, "schools/ready.html", {**context, "withdrawn": withdrawn}, status=410 if withdrawn else 200)


def checklist(lesson: Lesson) -> tuple[str, ...]:
    """The things to tick before this lesson, as its plan lists them."""
    section = lesson.words.plan.body.section("checklist")
    texts = (node.source for node in section.body if isinstance(node, Markdown)) if section else ()
    return tuple(piece.text.replace("\n", " ").removeprefix("[ ] ") for text in texts for piece in pieces(text))


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def record(request: StaffRequest, class_id: int, lesson_id: str) -> HttpResponseBase:
    school_class = class_or_404(request, class_id)
    lesson = _lesson_or_404(lesson_id)
    adapted = adapting.kept(request.user, school_class, lesson, today())
    length = length_asked(lesson, request.GET.get("length", str(adapted.length) if adapted else ""))
    planned = school_class.plan.filter(lesson__in=(lesson.id, *lesson.facts.formerly)).first()
    told: dict[str, object] = {"parents_told": bool(planned and planned.parents_told)}
    if adapted and adapted.length == length:
        told["left_out"] = adapting.left_out(adapted)
    form = RecordForm(request.POST or None, initial=told, school_class=school_class, lesson=lesson, length=length, on=today())  # fmt: skip
    if request.method == "POST" and form.is_valid():
        before = school_class.deliveries.filter(lesson=lesson.id, on=form.cleaned_data["on"], removed=None).exists()
        values = {"left_out": (), **form.cleaned_data}
        deliveries.record(school_class=school_class, by=request.user, lesson=lesson, length=length, **values)
        if before:
            messages.success(request, _("It was recorded for that day already. Nothing was changed."))
        else:
            messages.success(request, _("Recorded. Thank you for teaching it."))
        return redirect(f"{reverse('school-class', args=[class_id])}#taught")
    context = {"form": form, "school_class": school_class, "lesson": lesson, "length": length}
    return render(request, "schools/record.html", context, status=400 if form.errors else 200)


@require_POST
@staff()
def remove(request: StaffRequest, class_id: int, delivery_id: int) -> HttpResponseBase:
    deliveries.remove(delivery=_delivery_or_404(request, class_id, delivery_id, removed=False), by=request.user)
    messages.success(request, _("The record was removed. You can bring it back under “Removed records”."))
    return redirect(f"{reverse('school-class', args=[class_id])}#taught")


@require_POST
@staff()
def bring_back(request: StaffRequest, class_id: int, delivery_id: int) -> HttpResponseBase:
    try:
        deliveries.bring_back(delivery=_delivery_or_404(request, class_id, delivery_id, removed=True), by=request.user)
        messages.success(request, _("The record is back."))
    except deliveries.RecordedAgain:
        messages.error(request, _("This lesson was recorded again for that day. Nothing was changed."))
    return redirect(f"{reverse('school-class', args=[class_id])}#taught")


def _delivery_or_404(request: StaffRequest, class_id: int, delivery_id: int, removed: bool) -> Delivery:
    records = class_or_404(request, class_id).deliveries.select_related("school_class__school")
    return get_object_or_404(records, pk=delivery_id, removed__isnull=not removed)


def _lesson_or_404(lesson_id: str) -> Lesson:
    lesson = plans.known(curriculum(), lesson_id)
    if lesson is None:
        raise Http404
    return lesson


def length_asked(lesson: Lesson, asked: str) -> Length:
    """The length that was asked for; else the one that this age usually has."""
    usual = lesson.band.usual_minutes
    wanted = next((length for length in lesson.lengths if str(length) == asked), None)
    return wanted or (usual if usual in lesson.lengths else lesson.lengths[-1])
