"""What a class knew before and after: as a page, as a table, and the questions on paper."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from starfish.assessment import checks, exports, paper, showing
from starfish.assessment.chart import chart
from starfish.assessment.models import Way
from starfish.assessment.showing import OfLesson
from starfish.documents.asking import NotNow
from starfish.documents.not_now import not_now
from starfish.pages.current import curriculum, today
from starfish.schools import leads
from starfish.schools.access import StaffRequest, staff
from starfish.schools.parents import help_of
from starfish.schools.plans import present_id
from starfish.schools.views.classes import class_or_404

from .checks import check_or_404


@require_safe
@staff()
def of_lesson(request: StaffRequest, class_id: int, lesson_id: str) -> HttpResponseBase:
    found = _found(request, class_id, lesson_id)
    context = {
        "school_class": found.school_class, "found": found, "drawn": [(pair, chart(pair)) for pair in found.pairs],
        "leads": leads.standing(request.school), "help": help_of(request.school, curriculum(), today()),
    }  # fmt: skip
    return render(request, "assessment/results.html", context)


@require_safe
@staff()
def as_table(request: StaffRequest, class_id: int, lesson_id: str) -> HttpResponseBase:
    found = _found(request, class_id, lesson_id)
    headers = {"Content-Disposition": f'attachment; filename="check-{found.lesson_id}.csv"'}
    return HttpResponse(exports.as_csv(found.released), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@staff()
def on_paper(request: StaffRequest, class_id: int, check_id: int) -> HttpResponseBase:
    check = check_or_404(request, class_id, check_id, Way.PAPER)
    try:
        made = paper.sheets(check, curriculum())
    except NotNow as problem:
        template = "assessment/paper_not_now.html"
        return not_now(request, template, busy=problem.busy, school_class=check.school_class, check=check)
    headers = {"Content-Disposition": f'attachment; filename="questions-{check.lesson}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _found(request: StaffRequest, class_id: int, lesson_id: str) -> OfLesson:
    school_class = class_or_404(request, class_id)
    checks.settle(request.school)
    found = showing.of_lesson(school_class, present_id(curriculum(), lesson_id), curriculum())
    if found.baseline is None and found.endpoint is None:
        raise Http404
    return found
