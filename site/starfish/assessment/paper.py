"""The questions of a check on paper: a tally sheet for the teacher, and a sheet to print for each pupil."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from starfish.curriculum.curriculum import Curriculum
from starfish.documents.asking import draw
from starfish.documents.page import page
from starfish.schools.plans import known

from .models import Check


def sheets(check: Check, curriculum: Curriculum) -> bytes:
    """As they stood when the check was opened. Drawn in a process of its own, and kept nowhere."""
    lesson = known(curriculum, check.lesson)
    facts = {
        "check": check,
        "title": lesson.title if lesson else check.lesson,
        "neutral_title": lesson.words.front.neutral_title if lesson else check.lesson,
        "version": check.version,
        "address": f"{settings.ADDRESS}{reverse('lesson', args=[lesson.id if lesson else check.lesson])}",
    }
    return draw(page("documents/check_paper.html", curriculum, facts))
