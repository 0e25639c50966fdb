"""The classes of a school: the list, adding, changing, removing and bringing back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from starfish.pages.current import curriculum, today
from starfish.schools import classes
from starfish.schools.access import StaffRequest, staff
from starfish.schools.class_forms import ClassForm, year_name
from starfish.schools.models import SchoolClass


def class_or_404(request: StaffRequest, class_id: int) -> SchoolClass:
    """A class of this school that is in sight."""
    return get_object_or_404(request.school.classes.select_related("school"), pk=class_id, removed=None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def every_class(request: StaffRequest) -> HttpResponseBase:
    form = ClassForm(request.POST or None, curriculum=curriculum(), on=today())
    if request.method == "POST" and form.is_valid():
        try:
            added = classes.add(school=request.school, by=request.user, **form.cleaned_data)
            messages.success(request, _("The class was added. Now plan its lessons."))
            return redirect(f"{reverse('school-class', args=[added.pk])}#plan")
        except classes.LabelTaken:
            _taken(form)
    return render(request, "schools/classes.html", _lists(request, form), status=400 if form.errors else 200)


def _lists(request: StaffRequest, form: ClassForm) -> dict[str, Any]:
    now = classes.school_year(today())
    titles = {band.id: band.text.title for band in curriculum().bands}
    rows = [
        (each, titles.get(each.band, each.band), year_name(each.year)) for each in request.school.classes.order_by("-year", "label", "pk")
    ]  # fmt: skip
    return {
        "form": form,
        "classes": [row for row in rows if row[0].removed is None and row[0].year >= now],
        "earlier": [row for row in rows if row[0].removed is None and row[0].year < now],
        "removed": [row for row in rows if row[0].removed],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def change(request: StaffRequest, class_id: int) -> HttpResponseBase:
    school_class = class_or_404(request, class_id)
    before = {name: getattr(school_class, name) for name in ("label", "band", "size", "year")}
    form = ClassForm(request.POST or None, initial=before, curriculum=curriculum(), on=today())
    if request.method == "POST" and form.is_valid():
        try:
            classes.change(school_class=school_class, by=request.user, **form.cleaned_data)
            messages.success(request, _("The class was changed. Its plan and its records stay."))
            return redirect("school-class", school_class.pk)
        except classes.LabelTaken:
            _taken(form)
    context = {"form": form, "school_class": school_class, "label": before["label"]}
    return render(request, "schools/class_change.html", context, status=400 if form.errors else 200)


@require_POST
@staff()
def remove(request: StaffRequest, class_id: int) -> HttpResponseBase:
    classes.remove(school_class=class_or_404(request, class_id), by=request.user)
    messages.success(
        request, _("The class was removed. Its plan and its records are kept: you can bring it back below.")
    )
    return redirect("classes")


@require_POST
@staff()
def bring_back(request: StaffRequest, class_id: int) -> HttpResponseBase:
    school_class = get_object_or_404(request.school.classes, pk=class_id, removed__isnull=False)
    try:
        classes.bring_back(school_class=school_class, by=request.user)
        messages.success(request, _("The class is back, with its plan and its records."))
    except classes.LabelTaken:
        messages.error(request, _("Another class has this label now. Change that one first. Nothing was changed."))
    return redirect("classes")


def _taken(form: ClassForm) -> None:
    form.add_error("label", _("There is a class with this label in that year already."))
