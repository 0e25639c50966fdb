"""A lesson with the school's own names in it, for one of its classes."""

from __future__ import annotations

from datetime import date

from django.template.loader import render_to_string
from django.urls import reverse

from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.documents.our_school import OurSchool
from starfish.pages.gaps import GAP, Gaps

from . import leads, parents
from .models import SchoolClass


def of_class(
    school_class: SchoolClass, lesson: Lesson, curriculum: Curriculum, today: date, *, on: date | None = None
) -> OurSchool:
    """`on`: the day of the lesson, where it is known better than by the week of the plan."""
    school, named = school_class.school, leads.standing(school_class.school)
    help_here = parents.help_of(school, curriculum, today)
    return OurSchool(
        name=school.name,
        leads=named,
        country=help_here.country.country if help_here else "",
        routes=tuple(route.service.id for route in help_here.talk) if help_here else (),
        parents=reverse("for-parents", args=[school_class.parents_key]),
        gaps=_gaps({"school": school, "leads": named, "on": on, "week": _week(school_class, lesson)}),
    )


def _week(school_class: SchoolClass, lesson: Lesson) -> date | None:
    planned = school_class.plan.filter(lesson__in=(lesson.id, *lesson.facts.formerly)).first()
    return planned.week if planned else None


def _gaps(facts: dict[str, object]) -> Gaps:
    """From a template of lines such as `inside lead: Ms Okafor`."""
    said: dict[str, dict[str, str]] = {"alone": {}, "inside": {}}
    for line in render_to_string("schools/letter_gaps.txt", facts).splitlines():
        key, colon, words = line.partition(": ")
        if colon:
            where, _, gap = key.partition(" ")
            said[where][gap] = words
    return Gaps(**said)


def left(lesson: Lesson, our: OurSchool) -> tuple[str, ...]:
    """The gaps of the letter that are filled by hand, each once."""
    letter = lesson.words.letter.body
    passages = [passage for node in letter.nodes() for passage in node.text.split("\n\n")]
    found = [gap for passage in passages for gap in GAP.findall(passage) if gap not in our.gaps.said_in(passage)]
    return tuple(dict.fromkeys(found))
