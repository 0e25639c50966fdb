"""Makes classes with open checks in the database of a server, lets pupils answer and closes them: `python classroom.py open 5`, `answer 12`, `close`.

A process of its own, because a server has a database that is not that of the tests.
"""

# ruff: noqa: E402, T201 - Django first; the answer goes to standard output
from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "starfish.settings")
django.setup()

from starfish.assessment import answering, checks, tickets
from starfish.assessment.models import Check, Moment, Way
from starfish.pages.current import curriculum
from starfish.schools import classes
from starfish.schools.models import School, SizeBand, User


def opened(number: int) -> list[str]:
    """The codes of so many classes of a new school."""
    lesson = curriculum().lessons[0]
    school = School.objects.create(name="Beach Primary", country="gb")
    tess = User.objects.create(username=f"tess-{school.pk}", school=school)
    found = []
    for place in range(number):
        made = classes.add(
            school=school, by=tess, label=f"{place} Tide", band=lesson.band.id, size=SizeBand.LARGER, year=2026
        )
        check = checks.open_(school_class=made, by=tess, lesson=lesson, moment=Moment.BASELINE, way=Way.SCREENS)
        found.append(str(check.code))
    return found


def answered(number: int) -> None:
    """So many pupils of each class, one after another."""
    for check in Check.objects.filter(closed=None):
        for place in range(number):
            choices = {question.id: place % len(question.answers) for question in check.questions}
            answering.answer(ticket=tickets.give(check), choices=choices)


def closed() -> None:
    for check in Check.objects.filter(closed=None):
        checks.close(check=check, by=User.objects.get(school=check.school_class.school))


if __name__ == "__main__":
    verb, *numbers = sys.argv[1:]
    print(json.dumps({"open": opened, "answer": answered, "close": closed}[verb](*map(int, numbers))))
