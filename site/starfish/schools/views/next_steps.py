"""The front page of a school: what is next."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from starfish.schools.access import StaffRequest, staff


@require_safe
@staff()
def front(request: StaffRequest) -> HttpResponseBase:
    return render(request, "schools/next_steps.html", {"classes": request.school.classes.filter(removed=None)})
