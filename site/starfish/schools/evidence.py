"""The evidence pack: what a school was taught, for inspectors and governors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.conf import settings
from django.urls import reverse

from starfish.curriculum.curriculum import Curriculum
from starfish.documents.asking import draw
from starfish.documents.page import page

from .chart import chart
from .class_forms import year_name
from .coverage import SchoolCoverage

Section = Callable[[SchoolCoverage, Curriculum], Mapping[str, object]]
sections: list[Section] = []
"""What apps above this one add to the pack. Each puts its own here when it is loaded: we may not import them."""


def facts(coverage: SchoolCoverage, curriculum: Curriculum, on: date) -> dict[str, object]:
    more = (section(coverage, curriculum) for section in sections)
    return {
        **{name: value for facts in more for name, value in facts.items()},
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
    return draw(page("documents/evidence_pack.html", curriculum, facts(coverage, curriculum, on)))
