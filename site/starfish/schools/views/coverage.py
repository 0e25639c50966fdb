"""What was taught: on the screen, as a table, and as a pack for inspectors and governors."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from starfish.documents.asking import NotNow
from starfish.documents.not_now import not_now
from starfish.pages.current import curriculum, today
from starfish.schools import coverage, evidence, tables
from starfish.schools.access import StaffRequest, staff
from starfish.schools.chart import chart
from starfish.schools.class_forms import year_name
from starfish.schools.classes import school_year
from starfish.schools.coverage import SchoolCoverage

YEARS = range(2000, 2100)


@require_safe
@staff()
def of_school(request: StaffRequest) -> HttpResponseBase:
    found = _asked(request)
    context = {
        "coverage": found,
        "chart": chart(found.bands),
        "year_name": year_name(found.year),
        "years": [(year, year_name(year)) for year in found.years],
    }
    return render(request, "schools/coverage.html", context)


@require_safe
@staff()
def of_class(request: StaffRequest, class_id: int) -> HttpResponseBase:
    found = get_object_or_404(request.school.classes, pk=class_id, removed=None)
    context = {"coverage": coverage.of_class(found, curriculum()), "year_name": year_name(found.year)}
    return render(request, "schools/class_coverage.html", context)


@require_safe
@staff()
def as_table(request: StaffRequest) -> HttpResponseBase:
    found = _asked(request)
    headers = {"Content-Disposition": f'attachment; filename="starfish-{found.year}.csv"'}
    return HttpResponse(tables.coverage_csv(found), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@staff()
def evidence_pack(request: StaffRequest) -> HttpResponseBase:
    found = _asked(request)
    try:
        pack = evidence.pack(found, curriculum(), today())
    except NotNow as problem:
        return not_now(request, "schools/pack_not_now.html", busy=problem.busy, year=found.year)
    headers = {"Content-Disposition": f'attachment; filename="evidence-pack-{found.year}.pdf"'}
    return HttpResponse(pack, content_type="application/pdf", headers=headers)


def _asked(request: StaffRequest) -> SchoolCoverage:
    """Of the year that was asked for; of this one when none was."""
    year = _year(request)
    return coverage.of_school(request.school, curriculum(), year, today())


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    if not asked:
        return school_year(today())
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in YEARS):
        raise BadRequest
    return int(asked)
