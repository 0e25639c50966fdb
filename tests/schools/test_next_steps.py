"""The front page of a school says what is next, and where to begin when there is nothing yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import html5lib
import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from starfish.curriculum.curriculum import Lesson
from starfish.pages.current import curriculum
from starfish.schools import classes, deliveries, plans
from starfish.schools.models import School, SchoolClass, SizeBand, User

WEDNESDAY = date(2026, 11, 25)
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def _wednesday() -> object:
    with time_machine.travel(f"{WEDNESDAY}T10:00", tick=False) as moment:
        yield moment


@pytest.fixture
def teacher(tess: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(tess)


@pytest.fixture
def path(db: None) -> tuple[Lesson, ...]:
    return tuple(lesson for lesson in curriculum().lessons if lesson.band.id == "9-11")


def a_class(school: School, by: User, label: str = "6 Tide", year: int = 2026) -> SchoolClass:
    return classes.add(school=school, by=by, label=label, band="9-11", size=SizeBand.LARGE, year=year)


def front(client: Client) -> str:
    response: HttpResponse = client.get("/school/")
    assert response.status_code == 200
    return response.content.decode()


def part(page: str, heading: str) -> str:
    """The words of the section with this id in its heading."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    sections = (section for section in tree.iter("section") if section.get("aria-labelledby") == heading)
    return " ".join(" ".join(" ".join(section.itertext()) for section in sections).split())


def test_an_empty_school_is_led_to_its_first_class(teacher: Client) -> None:
    page = front(teacher)
    assert "Start by adding a class" in page
    assert 'href="/school/classes/#add"' in page
    assert "Every class" not in page


def test_a_class_without_a_plan_leads_to_one(teacher: Client, beach: School, tess: User) -> None:
    found = a_class(beach, tess)
    page = front(teacher)
    assert "No lesson is planned for this week." in page
    assert f'<a href="/school/classes/{found.pk}/">No plan yet: begin one' in page


def test_the_lessons_of_this_week_come_first(
    teacher: Client, beach: School, tess: User, path: tuple[Lesson, ...]
) -> None:
    found = a_class(beach, tess)
    plans.add(school_class=found, by=tess, lesson=path[0].id, week=WEDNESDAY)
    plans.add(school_class=found, by=tess, lesson=path[1].id, week=WEDNESDAY + WEEK)
    page = front(teacher)
    assert f"6 Tide : {path[0].title}" in part(page, "this-week")
    assert path[1].title not in part(page, "this-week")
    assert f"{path[1].title}, week beginning 30 November" in page


@pytest.mark.parametrize(("day", "shown"), [(27, 0), (28, 1), (29, 1), (30, 1)])
def test_at_the_weekend_the_week_to_come_is_shown(
    beach: School, tess: User, path: tuple[Lesson, ...], day: int, shown: int
) -> None:
    found = a_class(beach, tess)
    plans.add(school_class=found, by=tess, lesson=path[0].id, week=WEDNESDAY)
    plans.add(school_class=found, by=tess, lesson=path[1].id, week=WEDNESDAY + WEEK)
    plan = plans.of_class(found, curriculum(), date(2026, 11, day))
    assert [step.title for step in plan.this_week] == [path[shown].title]


def test_what_still_has_to_be_done_is_listed(
    teacher: Client, beach: School, tess: User, path: tuple[Lesson, ...]
) -> None:
    beach.approval_needed = True
    beach.save()
    found = a_class(beach, tess)
    plans.add(school_class=found, by=tess, lesson=path[0].id, week=WEDNESDAY - WEEK)
    plans.add(school_class=found, by=tess, lesson="i-can-tell", week=WEDNESDAY + 20 * WEEK)
    plans.add(school_class=found, by=tess, lesson="never-was")
    page = front(teacher)
    assert path[0].title in part(page, "to-do-late")
    assert path[0].title in part(page, "to-do-parents")
    assert "I can tell" not in part(page, "to-do-parents")
    assert path[0].title in part(page, "to-do-approve")
    assert "I can tell" in part(page, "to-do-approve")
    assert "never-was" in part(page, "to-do-gone")


def test_what_is_done_is_off_the_list(teacher: Client, beach: School, tess: User, path: tuple[Lesson, ...]) -> None:
    found = a_class(beach, tess)
    plans.add(school_class=found, by=tess, lesson=path[0].id, week=WEDNESDAY - WEEK)
    deliveries.record(
        school_class=found,
        by=tess,
        lesson=path[0],
        on=WEDNESDAY,
        length=50,
        left_out=(),
        cover=False,
        parents_told=True,
    )
    page = front(teacher)
    assert part(page, "to-do") == ""
    assert f"25 November 2026: 6 Tide, {path[0].title}" in " ".join(page.split())


def test_a_lesson_that_several_classes_plan_is_to_be_approved_once(
    teacher: Client, beach: School, tess: User, path: tuple[Lesson, ...]
) -> None:
    beach.approval_needed = True
    beach.save()
    for label in ("6A", "6B"):
        plans.add(school_class=a_class(beach, tess, label), by=tess, lesson=path[0].id)
    assert part(front(teacher), "to-do-approve").count(path[0].title) == 1


def test_classes_that_are_over_or_removed_are_not_shown(teacher: Client, beach: School, tess: User) -> None:
    a_class(beach, tess, "Last", year=2025)
    classes.remove(school_class=a_class(beach, tess, "Gone"), by=tess)
    assert "Start by adding a class" in front(teacher)


def test_another_school_shows_nothing_here(teacher: Client, beach: School, hill: School, henk: User) -> None:
    plans.add(school_class=a_class(hill, henk, "Hill 6"), by=henk, lesson="i-can-tell", week=WEDNESDAY)
    assert "Hill 6" not in front(teacher)


def test_the_page_asks_no_more_when_there_are_more_classes_plans_and_records(
    teacher: Client, beach: School, tess: User, path: tuple[Lesson, ...]
) -> None:
    counts = []
    for label in ("1A", "2A", "3A"):
        found = a_class(beach, tess, label)
        for lesson in path:
            plans.add(school_class=found, by=tess, lesson=lesson.id, week=WEDNESDAY)
        deliveries.record(
            school_class=found, by=tess, lesson=path[0], on=WEDNESDAY, length=50, left_out=(), cover=False,
            parents_told=True,
        )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            front(teacher)
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def test_who_is_not_signed_in_is_asked_to(db: None) -> None:
    assert Client().get("/school/").headers["Location"].startswith("/accounts/login/")
