"""Ready to teach, and the record afterwards: a date and pick lists, nothing about pupils."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import html5lib
import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings
from running import SAMPLE
from starfish.curriculum.curriculum import Lesson
from starfish.pages.current import curriculum
from starfish.schools import approvals, classes, plans
from starfish.schools.models import Delivery, Entry, School, SchoolClass, SizeBand, User
from starfish.schools.views.deliveries import checklist

Post = Callable[..., HttpResponse]

WEDNESDAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _wednesday() -> object:
    with time_machine.travel(f"{WEDNESDAY}T10:00", tick=False) as moment:
        yield moment


@pytest.fixture
def teacher(tess: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(tess)


@pytest.fixture
def tide(beach: School, tess: User) -> SchoolClass:
    return classes.add(school=beach, by=tess, label="4 Tide", band="7-9", size=SizeBand.LARGE, year=2026)


@pytest.fixture
def lesson(db: None) -> Lesson:
    return next(lesson for lesson in curriculum().lessons if lesson.band.id == "7-9")


def words(response: HttpResponse) -> str:
    return response.content.decode()


def here(school_class: SchoolClass, more: str) -> str:
    return f"/school/classes/{school_class.pk}/{more}"


# --- Ready to teach ----------------------------------------------------------------------------------------------------


@pytest.fixture
def ready(teacher: Client, tide: SchoolClass, lesson: Lesson) -> str:
    return words(teacher.get(here(tide, f"ready/{lesson.id}/")))


def test_the_checklist_of_the_plan_is_there_to_tick(ready: str, lesson: Lesson) -> None:
    assert len(checklist(lesson)) >= 5
    tree = html5lib.parse(ready, namespaceHTMLElements=False)
    boxes = [box for box in tree.iter("input") if box.get("type") == "checkbox"]
    labels = {label.get("for"): "".join(label.itertext()) for label in tree.iter("label")}
    assert [labels[box.get("id")] for box in boxes] == list(checklist(lesson))


def test_the_ticks_can_neither_be_sent_nor_kept(ready: str) -> None:
    tree = html5lib.parse(ready, namespaceHTMLElements=False)
    assert not [box for form in tree.iter("form") for box in form.iter("input") if box.get("type") == "checkbox"]
    boxes = [box for box in tree.iter("input") if box.get("type") == "checkbox"]
    assert all(box.get("name") is None and box.get("form") is None for box in boxes)
    assert all(box.get("autocomplete") == "off" for box in boxes)


def test_every_real_lesson_has_its_checklist() -> None:
    assert all(len(checklist(lesson)) >= 5 for lesson in curriculum().lessons)


def test_letter_plans_slides_and_record_are_one_press_away(ready: str, lesson: Lesson, tide: SchoolClass) -> None:
    for more in (
        f"letter/{lesson.id}/", f"letter/{lesson.id}/letter.pdf", f"letter/{lesson.id}/letter.docx", f"plan/{lesson.id}/",
        f"plan/{lesson.id}/30/", f"plan/{lesson.id}/15/", f"slides/{lesson.id}/", f"record/{lesson.id}/",
    ):  # fmt: skip
        assert f'href="{here(tide, more)}"' in ready


def test_the_page_says_whether_the_lesson_is_approved(
    teacher: Client, beach: School, lou: User, tide: SchoolClass, lesson: Lesson
) -> None:
    beach.approval_needed = True
    beach.save()
    address = here(tide, f"ready/{lesson.id}/")
    assert "Not approved yet" in words(teacher.get(address))
    approvals.approve(school=beach, by=lou, lesson=lesson, with_lead=True)
    page = words(teacher.get(address))
    assert "Not approved yet" not in page
    assert "only with the safeguarding lead present" in page


def test_a_withdrawn_lesson_says_so_and_offers_no_slides(
    teacher: Client, tide: SchoolClass, settings: Settings
) -> None:
    settings.CONTENT_FOLDER = SAMPLE
    response = teacher.get(here(tide, "ready/old-map/"))
    assert response.status_code == 410
    assert "This lesson was withdrawn" in words(response)
    assert "/slides/" not in words(response)


@pytest.mark.parametrize("page", ["ready", "record"])
def test_a_lesson_that_is_not_there_is_a_404(teacher: Client, tide: SchoolClass, page: str) -> None:
    assert teacher.get(here(tide, f"{page}/no-such-lesson/")).status_code == 404


# --- Record it ---------------------------------------------------------------------------------------------------------


def test_the_form_holds_dates_and_pick_lists_only(teacher: Client, tide: SchoolClass, lesson: Lesson) -> None:
    page = words(teacher.get(here(tide, f"record/{lesson.id}/")))
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    kinds = {field.get("type", "text") for form in tree.iter("form") for field in form.iter("input")}
    assert kinds == {"hidden", "date", "checkbox"}
    assert not list(tree.iter("textarea"))


def test_extra_parts_of_the_length_can_be_left_out_and_no_others(
    teacher: Client, tide: SchoolClass, lesson: Lesson
) -> None:
    for length in lesson.lengths:
        page = words(teacher.get(here(tide, f"record/{lesson.id}/?length={length}")))
        for part in lesson.facts.parts:
            offered = part.weight == "extra" and length in part.minutes
            assert (f'name="left_out" value="{part.id}"' in page) is offered, (length, part.id)


def test_a_lesson_is_recorded_with_its_version(
    teacher: Client, post: Post, tess: User, tide: SchoolClass, lesson: Lesson
) -> None:
    part = next(part for part in lesson.parts(30) if part.facts.weight == "extra")
    response = post(
        teacher, here(tide, f"record/{lesson.id}/?length=30"),
        on="2026-11-24", left_out=[part.facts.id], cover="on", parents_told="on",
    )  # fmt: skip
    assert response.headers["Location"] == here(tide, "#taught")
    made = Delivery.objects.get()
    assert (made.lesson, made.version, made.on, made.length) == (
        lesson.id,
        lesson.facts.version,
        date(2026, 11, 24),
        30,
    )
    assert (made.left_out, made.cover, made.parents_told) == ([part.facts.id], True, True)
    assert made.recorded_by == tess
    page = words(teacher.get(here(tide, "")))
    for said in (lesson.title, "24 November 2026", part.title, "cover teacher"):
        assert said in page


def test_the_usual_length_of_the_age_is_chosen_unless_asked(
    teacher: Client, post: Post, tide: SchoolClass, lesson: Lesson
) -> None:
    for asked in ("", "?length=31", "?length=x"):
        page = words(teacher.get(here(tide, f"record/{lesson.id}/{asked}")))
        assert f"The {lesson.band.usual_minutes}-minute lesson" in page
    post(teacher, here(tide, f"record/{lesson.id}/"), on="2026-11-24")
    assert Delivery.objects.get().length == lesson.band.usual_minutes


def test_a_form_that_is_sent_twice_records_once(teacher: Client, post: Post, tide: SchoolClass, lesson: Lesson) -> None:
    address = here(tide, f"record/{lesson.id}/?length=30")
    post(teacher, address, on="2026-11-24")
    page = words(post(teacher, address, on="2026-11-24", cover="on", follow=True))
    assert "recorded for that day already. Nothing was changed." in page
    assert Delivery.objects.get().cover is False
    assert Entry.objects.filter(verb="recorded").count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"on": ""}, {"on": "2026-11-26"}, {"on": "yesterday"}, {"on": "2025-12-31"}, {"on": "2026-02-30"},
        {"on": "2026-11-24", "left_out": ["welcome"]}, {"on": "2026-11-24", "left_out": ["Sam was upset"]},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_shown_again(
    teacher: Client, post: Post, tide: SchoolClass, lesson: Lesson, values: dict[str, str | list[str]]
) -> None:
    response = post(teacher, here(tide, f"record/{lesson.id}/?length=30"), **values)
    assert response.status_code == 400
    assert "Something needs another look" in words(response)
    assert f'value="{values["on"]}"' in words(response) or not values["on"]
    assert not Delivery.objects.exists()


def test_nothing_else_that_is_sent_is_kept(
    teacher: Client, post: Post, beach: School, hill: School, tide: SchoolClass, lesson: Lesson
) -> None:
    post(
        teacher, here(tide, f"record/{lesson.id}/"), on="2026-11-24", notes="Sam was upset", version="9.9.9",
        school_class=999, recorded_by=999, length=5,
    )  # fmt: skip
    made = Delivery.objects.get()
    assert (made.version, made.school_class, made.length) == (lesson.facts.version, tide, lesson.band.usual_minutes)
    assert "Sam" not in str(list(Delivery.objects.values())) + str(list(Entry.objects.values()))


def test_the_letter_is_ticked_when_the_plan_says_it_went_home(
    teacher: Client, tess: User, tide: SchoolClass, lesson: Lesson
) -> None:
    address = here(tide, f"record/{lesson.id}/")
    assert 'name="parents_told" id="id_parents_told" checked' not in words(teacher.get(address))
    plans.add(school_class=tide, by=tess, lesson=lesson.id)
    plans.tell_parents(planned=tide.plan.get(), by=tess, on=date(2026, 11, 20))
    assert 'name="parents_told" id="id_parents_told" checked' in words(teacher.get(address))


def test_a_withdrawn_lesson_that_was_taught_before_can_be_recorded(
    teacher: Client, post: Post, tide: SchoolClass, settings: Settings
) -> None:
    settings.CONTENT_FOLDER = SAMPLE
    assert post(teacher, here(tide, "record/old-map/"), on="2026-11-10").status_code == 302
    assert Delivery.objects.get().lesson == "old-map"


def test_a_record_is_removed_and_brought_back(teacher: Client, post: Post, tide: SchoolClass, lesson: Lesson) -> None:
    post(teacher, here(tide, f"record/{lesson.id}/"), on="2026-11-24")
    made = Delivery.objects.get()
    page = words(post(teacher, here(tide, f"records/{made.pk}/remove/"), follow=True))
    assert "Removed records" in page
    assert "Nothing is recorded yet" in page
    assert post(teacher, here(tide, f"records/{made.pk}/remove/")).status_code == 404
    page = words(post(teacher, here(tide, f"records/{made.pk}/bring-back/"), follow=True))
    assert "The record is back" in page
    assert Delivery.objects.get().removed is None
    assert [entry.verb for entry in Entry.objects.order_by("pk")][-2:] == ["removed a record", "brought back a record"]


def test_a_record_does_not_come_back_beside_its_double(
    teacher: Client, post: Post, tide: SchoolClass, lesson: Lesson
) -> None:
    post(teacher, here(tide, f"record/{lesson.id}/"), on="2026-11-24")
    first = Delivery.objects.get()
    post(teacher, here(tide, f"records/{first.pk}/remove/"))
    post(teacher, here(tide, f"record/{lesson.id}/"), on="2026-11-24")
    page = words(post(teacher, here(tide, f"records/{first.pk}/bring-back/"), follow=True))
    assert "recorded again for that day" in page
    assert Delivery.objects.filter(removed=None).count() == 1
