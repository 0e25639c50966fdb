"""The front page of a school: what is next."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from starfish.pages.current import curriculum, today
from starfish.schools import plans
from starfish.schools.access import StaffRequest, staff
from starfish.schools.classes import school_year

LAST_RECORDED = 5


@require_safe
@staff()
def front(request: StaffRequest) -> HttpResponseBase:
    shown = plans.of_school(request.school, curriculum(), today(), since=school_year(today()))
    taught = sorted(
        ((plan, each) for plan in shown for each in plan.taught),
        key=lambda pair: (pair[1].delivery.on, pair[1].delivery.pk),
        reverse=True,
    )
    context = {
        "plans": shown,
        "this_week": [(plan, step) for plan in shown for step in plan.this_week],
        "late": [(plan, step) for plan in shown for step in plan.late],
        "not_approved": {
            step.lesson.id: step.lesson for _, step in _with(shown, "not-approved") if step.lesson
        }.values(),
        "parents_not_told": _with(shown, "parents-not-told"),
        "gone": _with(shown, "gone"),
        "last_recorded": taught[:LAST_RECORDED],
    }
    return render(request, "schools/next_steps.html", context)


def _with(shown: tuple[plans.ClassPlan, ...], warning: plans.Warned) -> list[tuple[plans.ClassPlan, plans.Step]]:
    return [(plan, step) for plan in shown for step in plan.steps if warning in step.warnings]
