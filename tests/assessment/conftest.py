"""A teacher, a class of 20 to 29 and a lesson with questions."""

from __future__ import annotations

import pytest
from pupils import Open, Send, same
from starfish.assessment import answering, checks, tickets
from starfish.assessment.answering import Outcome
from starfish.assessment.models import Check, Moment, Way
from starfish.curriculum.curriculum import Lesson
from starfish.pages.current import curriculum
from starfish.schools import classes
from starfish.schools.models import Role, School, SchoolClass, SizeBand, User


@pytest.fixture
def lesson() -> Lesson:
    return curriculum().lessons[0]


@pytest.fixture
def beach(db: None) -> School:
    return School.objects.create(name="Beach Primary", country="gb")


@pytest.fixture
def tess(beach: School) -> User:
    return User.objects.create(username="tess", name="Tess", school=beach, role=Role.TEACHER)


@pytest.fixture
def tide(beach: School, tess: User, lesson: Lesson) -> SchoolClass:
    return classes.add(school=beach, by=tess, label="4 Tide", band=lesson.band.id, size=SizeBand.LARGE, year=2026)


@pytest.fixture
def open_(tide: SchoolClass, tess: User, lesson: Lesson) -> Open:
    def begin(moment: Moment = Moment.BASELINE, way: Way = Way.SCREENS, school_class: SchoolClass = tide) -> Check:
        return checks.open_(school_class=school_class, by=tess, lesson=lesson, moment=moment, way=way)

    return begin


@pytest.fixture
def check(open_: Open) -> Check:
    return open_()


@pytest.fixture
def send() -> Send:
    """Every pupil with a ticket of their own: so many with the first answer everywhere, so many with the second, and so on."""

    def every(check: Check, *of_each: int) -> list[Outcome]:
        check.refresh_from_db()
        return [
            answering.answer(ticket=tickets.give(check), choices=same(check, choice))
            for choice, number in enumerate(of_each)
            for _ in range(number)
        ]

    return every
