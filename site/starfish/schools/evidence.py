"""The evidence pack: what a school was taught, for inspectors and governors."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.urls import reverse

from starfish.curriculum.curriculum import Curriculum
from starfish.documents.asking import draw
from starfish.documents.page import page

from .chart import chart
from .class_forms import year_name
from .coverage import SchoolCoverage


def facts(coverage: SchoolCoverage, on: date) -> dict[str, object]:
    return {
        "coverage": coverage,
        "chart": chart(coverage.bands),
        "year_name": (name := year_name(coverage.year)),
        "on": on,
        "log_months": settings.LOG_MONTHS,
        "neutral_title": f"{coverage.school.name}, {name}",
        "address": f"{settings.ADDRESS}{reverse('school-coverage')}?year={coverage.year}",
    }


def pack(coverage: SchoolCoverage, curriculum: Curriculum, on: date) -> bytes:
    """Drawn in a process of its own, which may take seconds for a large school, and kept nowhere."""
    return draw(page("documents/evidence_pack.html", curriculum, facts(coverage, on)))
