"""A teacher opens a check, shows the code, counts, and closes it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starfish.assessment import checks, codes, results, showing
from starfish.assessment.forms import CountsForm, OpenForm
from starfish.assessment.models import Check, Way
from starfish.pages.current import curriculum
from starfish.schools.access import StaffRequest, staff
from starfish.schools.views.classes import class_or_404
from starfish.schools.views.joining import qr_drawing
from starfish.schools.views.ours import published_or_404


@require_safe
@staff()
def of_class(request: StaffRequest, class_id: int) -> HttpResponseBase:
    school_class = class_or_404(request, class_id)
    checks.settle(request.school)
    found, band = showing.of_class(school_class, curriculum()), curriculum().band(school_class.band)
    asked = {each.lesson_id for each in found}
    others = [lesson for lesson in (curriculum().path(band) if band else ()) if lesson.id not in asked]
    context = {"school_class": school_class, "found": found, "others": others}
    return render(request, "assessment/class.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def open_(request: StaffRequest, class_id: int, lesson_id: str) -> HttpResponseBase:
    school_class, lesson = class_or_404(request, class_id), published_or_404(lesson_id)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check = checks.open_(school_class=school_class, by=request.user, lesson=lesson, **form.cleaned_data)
            return redirect("check-board", class_id, check.pk)
        except checks.AlreadyShown:
            form.add_error("moment", _("This class has a result for that already. It is not asked twice, so that nobody can be picked out by comparing."))  # fmt: skip
    context = {"form": form, "school_class": school_class, "lesson": lesson}
    return render(request, "assessment/open.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def board(request: StaffRequest, class_id: int, check_id: int) -> HttpResponseBase:
    """What pupils see on the board; for hands and paper, where the numbers go; afterwards, what can still be done."""
    check = check_or_404(request, class_id, check_id)
    if request.method == "POST":
        return _enter(request, check)
    return _board(request, check, CountsForm(check=check))


def _enter(request: StaffRequest, check: Check) -> HttpResponseBase:
    form = CountsForm(request.POST, check=check)
    if not form.is_valid():
        return _board(request, check, form, 400)
    try:
        checks.enter(check=check, by=request.user, counts=form.counts)
    except checks.NotPossible:
        messages.error(request, _("The check was closed in the meantime. Nothing was changed."))
        return redirect("check-board", check.school_class_id, check.pk)
    messages.success(request, _("The numbers are in, and the check is closed."))
    return redirect("check-results", check.school_class_id, check.lesson)


def _board(request: StaffRequest, check: Check, form: CountsForm, status: int = 200) -> HttpResponseBase:
    lesson = curriculum().lesson(check.lesson) or curriculum().lesson_formerly(check.lesson)
    link = f"{settings.ADDRESS}{reverse('check')}"
    context = {
        "school_class": check.school_class, "check": check, "lesson": lesson, "form": form, "where": link.partition("://")[2],
        "received": results.about_received(check), "released": results.of(check).released,
    }  # fmt: skip
    if check.is_open and check.code:
        context |= {"code": codes.shown(check.code), "qr": qr_drawing(f"{link}#{check.code}")}
    return render(request, "assessment/board.html", context, status=status)


@require_POST
@staff()
def close(request: StaffRequest, class_id: int, check_id: int) -> HttpResponseBase:
    check = check_or_404(request, class_id, check_id)
    checks.close(check=check, by=request.user)
    messages.success(request, _("The check is closed. Its code no longer works."))
    return redirect("check-results", class_id, check.lesson)


@require_POST
@staff()
def reopen(request: StaffRequest, class_id: int, check_id: int) -> HttpResponseBase:
    try:
        checks.reopen(check=check_or_404(request, class_id, check_id), by=request.user)
        messages.success(request, _("The check is open again, with a new code. What was counted before stays counted."))
    except checks.NotPossible:
        messages.error(request, _("It cannot be opened again: a day is over, it is full, or it was cancelled. Nothing was changed."))  # fmt: skip
    return redirect("check-board", class_id, check_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def void(request: StaffRequest, class_id: int, check_id: int) -> HttpResponseBase:
    """Asks first: what is forgotten cannot be brought back."""
    check = check_or_404(request, class_id, check_id)
    if request.method == "POST":
        checks.void(check=check, by=request.user)
        messages.success(request, _("The check was cancelled. Its numbers no longer count."))
        return redirect("class-checks", class_id)
    return render(request, "assessment/void.html", {"school_class": check.school_class, "check": check})


def check_or_404(request: StaffRequest, class_id: int, check_id: int, way: Way | None = None) -> Check:
    """A check of a class of this school, as time has left it."""
    school_class = class_or_404(request, class_id)
    checks.settle(request.school)
    found = school_class.checks.select_related("school_class__school").prefetch_related("releases")
    return get_object_or_404(found.filter(way=way) if way else found, pk=check_id)
