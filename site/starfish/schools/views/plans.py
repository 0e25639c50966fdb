"""The plan of a class: what is taught, in which order and when."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starfish.pages.current import curriculum, today
from starfish.schools import calendars, plans
from starfish.schools.access import StaffRequest, staff
from starfish.schools.class_forms import AddLessonForm, ArrangeForm, MoveForm, PlannedForm, PutBackForm, StartForm
from starfish.schools.classes import span
from starfish.schools.models import Planned, SchoolClass

from .classes import class_or_404


@require_safe
@staff()
def plan(request: StaffRequest, class_id: int) -> HttpResponseBase:
    school_class = class_or_404(request, class_id)
    taken_out = PutBackForm(request.GET or None, school_class=school_class, curriculum=curriculum())
    return _page(request, school_class, taken_out=taken_out if taken_out.is_valid() else None)


def _page(request: StaffRequest, school_class: SchoolClass, **forms: Any) -> HttpResponse:
    """The plan with its forms; those that were sent and need another look stand in place of fresh ones."""
    shown = plans.of_class(school_class, curriculum(), today())
    planned = [step.lesson.id for step in shown.steps if step.lesson]
    band = curriculum().band(school_class.band)
    context = {
        "plan": shown, "school_class": school_class, "band": band,
        "path_left": [each for each in (curriculum().path(band) if band else ()) if each.id not in shown.lessons],
        "least": plans.TAUGHT_A_YEAR,
        "removed_records": [
            plans.Taught(each, plans.known(curriculum(), each.lesson))
            for each in school_class.deliveries.filter(removed__isnull=False)
        ],
        "add": AddLessonForm(school_class=school_class, curriculum=curriculum(), planned=planned),
        "start": StartForm(school_class=school_class, on=today()),
        **forms,
    }  # fmt: skip
    wrong = any(form.errors for form in forms.values() if form)
    return render(request, "schools/class.html", context, status=400 if wrong else 200)


@require_POST
@staff()
def add(request: StaffRequest, class_id: int) -> HttpResponseBase:
    school_class = class_or_404(request, class_id)
    form = AddLessonForm(request.POST, school_class=school_class, curriculum=curriculum(), planned=())
    if not form.is_valid():
        return _page(request, school_class, add=form)
    if plans.add(school_class=school_class, by=request.user, **form.cleaned_data):
        messages.success(request, _("The lesson was added to the plan."))
    else:
        messages.success(request, _("The lesson is in the plan already. Nothing was changed."))
    return redirect("school-class", school_class.pk)


@require_POST
@staff()
def start(request: StaffRequest, class_id: int) -> HttpResponseBase:
    school_class = class_or_404(request, class_id)
    form = StartForm(request.POST, school_class=school_class, on=today())
    if not form.is_valid():
        return _page(request, school_class, start=form)
    added = plans.start(school_class=school_class, by=request.user, curriculum=curriculum(), **form.cleaned_data)
    said = ngettext("%(count)d lesson was planned.", "%(count)d lessons were planned.", added) % {"count": added}
    messages.success(request, f"{said} {_('What was planned or taught already stays.')}")
    return redirect("school-class", school_class.pk)


@require_POST
@staff()
def move(request: StaffRequest, class_id: int, planned_id: int) -> HttpResponseBase:
    planned = _planned_or_404(request, class_id, planned_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        plans.move(planned=planned, by=request.user, places=form.cleaned_data["places"])
        messages.success(request, _("The plan has a new order. The weeks stay with their lessons."))
    return redirect(f"{reverse('school-class', args=[class_id])}#step-{planned_id}")


@require_POST
@staff()
def arrange(request: StaffRequest, class_id: int) -> HttpResponseBase:
    """The order after somebody has dragged a lesson."""
    school_class = class_or_404(request, class_id)
    form = ArrangeForm(request.POST, ids=school_class.plan.values_list("pk", flat=True))
    if form.is_valid():
        plans.arrange(school_class=school_class, by=request.user, order=form.cleaned_data["order"])
        messages.success(request, _("The plan has a new order. The weeks stay with their lessons."))
    else:
        messages.error(request, _("The plan has changed in another window. Nothing was moved. Try again."))
    return redirect("school-class", class_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def planned(request: StaffRequest, class_id: int, planned_id: int) -> HttpResponseBase:
    """Week and letter of a lesson in the plan."""
    found = _planned_or_404(request, class_id, planned_id)
    before = {"week": found.week, "parents_told": found.parents_told}
    form = PlannedForm(request.POST or None, initial=before, school_class=found.school_class, on=today())
    if request.method == "POST" and form.is_valid():
        plans.set_week(planned=found, by=request.user, week=form.cleaned_data["week"])
        plans.tell_parents(planned=found, by=request.user, on=form.cleaned_data["parents_told"])
        messages.success(request, _("The plan was changed."))
        return redirect(f"{reverse('school-class', args=[class_id])}#step-{planned_id}")
    lesson = plans.known(curriculum(), found.lesson)
    title = lesson.title if lesson else found.lesson
    context = {"form": form, "planned": found, "school_class": found.school_class, "title": title}
    return render(request, "schools/planned.html", context, status=400 if form.errors else 200)


@require_POST
@staff()
def letter_went_home(request: StaffRequest, class_id: int, planned_id: int) -> HttpResponseBase:
    found = _planned_or_404(request, class_id, planned_id)
    if not found.parents_told:
        plans.tell_parents(planned=found, by=request.user, on=today())
    messages.success(request, _("Noted: the letter went home today. You can change the day under “Week and letter”."))
    if "ready" in request.POST:
        return redirect("ready", class_id, found.lesson)
    return redirect(f"{reverse('school-class', args=[class_id])}#step-{planned_id}")


@require_POST
@staff()
def take_out(request: StaffRequest, class_id: int, planned_id: int) -> HttpResponseBase:
    """The address that follows holds what a button needs to put it back."""
    found = _planned_or_404(request, class_id, planned_id)
    stood = {
        "lesson": found.lesson,
        "place": found.school_class.plan.filter(order__lt=found.order).count(),
        "week": found.week or "",
        "parents_told": found.parents_told or "",
    }
    plans.take_out(planned=found, by=request.user)
    return redirect(f"{reverse('school-class', args=[class_id])}?{urlencode(stood)}")


@require_POST
@staff()
def put_back(request: StaffRequest, class_id: int) -> HttpResponseBase:
    school_class = class_or_404(request, class_id)
    form = PutBackForm(request.POST, school_class=school_class, curriculum=curriculum())
    if form.is_valid():
        plans.put_back(school_class=school_class, by=request.user, **form.cleaned_data)
        messages.success(request, _("The lesson is in the plan again, where it stood."))
    else:
        messages.error(request, _("This lesson cannot be put back. Nothing was changed. Add it below."))
    return redirect("school-class", class_id)


@require_safe
@staff()
def calendar(request: StaffRequest, class_id: int, year: int | None = None, month: int = 1) -> HttpResponseBase:
    """A month of the plan; without one, this month."""
    school_class = class_or_404(request, class_id)
    first, last = span(school_class)
    shown = min(max(today(), first), last).replace(day=1)
    if year is not None:
        if not (first.year <= year <= last.year and 1 <= month <= 12):
            raise Http404
        shown = date(year, month, 1)
    months = [date(first.year + n // 12, n % 12 + 1, 1) for n in range(24)]
    here = months.index(shown)
    found = plans.of_class(school_class, curriculum(), today())
    context = {
        "plan": found, "school_class": school_class, "month": shown, "weeks": calendars.month(found, shown),
        "before": months[here - 1] if here else None, "after": months[here + 1] if here + 1 < len(months) else None,
        "no_week": [step for step in found.waiting if not step.planned.week],
    }  # fmt: skip
    return render(request, "schools/calendar.html", context)


@require_safe
@staff()
def ics(request: StaffRequest, class_id: int) -> HttpResponseBase:
    found = plans.of_class(class_or_404(request, class_id), curriculum(), today())
    headers = {"Content-Disposition": 'attachment; filename="plan.ics"'}
    return HttpResponse(calendars.ics(found), content_type="text/calendar; charset=utf-8", headers=headers)


def _planned_or_404(request: StaffRequest, class_id: int, planned_id: int) -> Planned:
    school_class = class_or_404(request, class_id)
    return get_object_or_404(school_class.plan.select_related("school_class__school"), pk=planned_id)
