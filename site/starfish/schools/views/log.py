"""The audit log on the screen."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from starfish.schools import log as audit_log
from starfish.schools.access import StaffRequest, staff
from starfish.schools.models import Role

LINES = 100  # a page


@require_safe
@staff(Role.LEAD, Role.ADMINISTRATOR)
def log(request: StaffRequest) -> HttpResponseBase:
    page = Paginator(audit_log.lines(request.school), LINES).get_page(request.GET.get("page"))
    return render(request, "schools/log.html", {"page": page})
