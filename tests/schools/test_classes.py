"""Classes: a label, an age, a size and a year. They can be removed, and come back with everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from starfish.pages.current import today
from starfish.schools import classes
from starfish.schools.models import Entry, School, SchoolClass, SizeBand, User

Post = Callable[..., HttpResponse]
FORM = {"label": "4B", "band": "7-9", "size": "20-29", "year": str(classes.school_year(today()))}


@pytest.fixture
def teacher(tess: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(tess)


def a_class(school: School, by: User, label: str = "4B", **more: Any) -> SchoolClass:
    values = {"band": "7-9", "size": SizeBand.LARGE, "year": classes.school_year(today()), **more}
    return classes.add(school=school, by=by, label=label, **values)


def words(response: HttpResponse) -> str:
    return response.content.decode()


def test_without_a_class_the_page_helps_to_add_the_first(teacher: Client) -> None:
    page = words(teacher.get("/school/classes/"))
    assert "There is no class yet" in page
    assert 'name="label"' in page


def test_a_teacher_adds_a_class_and_comes_to_its_plan(teacher: Client, post: Post, beach: School) -> None:
    response = post(teacher, "/school/classes/", **FORM)
    added = beach.classes.get()
    assert response.headers["Location"] == f"/school/classes/{added.pk}/#plan"
    assert (added.label, added.band, added.size) == ("4B", "7-9", "20-29")
    assert "4B" in words(teacher.get("/school/classes/"))


def test_a_form_that_is_sent_twice_adds_one_class(teacher: Client, post: Post, beach: School) -> None:
    post(teacher, "/school/classes/", **FORM)
    again = post(teacher, "/school/classes/", **FORM | {"label": "4b"})
    assert again.status_code == 400
    assert "There is a class with this label in that year already" in words(again)
    assert 'value="4b"' in words(again)
    assert beach.classes.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("label", ""), ("label", "<b>4B</b>"), ("label", "4B\nx"), ("label", "x" * 21), ("label", "tess@example.org"),
        ("band", "3-4"), ("band", ""), ("size", "31"), ("year", "1999"), ("year", "soon"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_shown_again(
    teacher: Client, post: Post, beach: School, field: str, value: str
) -> None:
    response = post(teacher, "/school/classes/", **FORM | {field: value})
    assert response.status_code == 400
    assert "Something needs another look" in words(response)
    assert not beach.classes.exists()


def test_a_class_changes_and_keeps_its_plan(teacher: Client, post: Post, beach: School, tess: User) -> None:
    found = a_class(beach, tess)
    found.plan.create(lesson="finding-the-words", order=1)
    address = f"/school/classes/{found.pk}/change/"
    assert 'value="4B"' in words(teacher.get(address))
    assert post(teacher, address, **FORM | {"label": "4C", "band": "9-11"}).status_code == 302
    found.refresh_from_db()
    assert (found.label, found.band, found.plan.count()) == ("4C", "9-11", 1)


def test_a_class_cannot_take_the_label_of_another(teacher: Client, post: Post, beach: School, tess: User) -> None:
    a_class(beach, tess)
    other = a_class(beach, tess, label="4C")
    assert post(teacher, f"/school/classes/{other.pk}/change/", **FORM).status_code == 400
    other.refresh_from_db()
    assert other.label == "4C"
    assert post(teacher, f"/school/classes/{other.pk}/change/", **FORM | {"label": "4C"}).status_code == 302


def test_a_removed_class_is_out_of_sight_and_comes_back(teacher: Client, post: Post, beach: School, tess: User) -> None:
    found = a_class(beach, tess)
    found.plan.create(lesson="finding-the-words", order=1)
    page = words(post(teacher, f"/school/classes/{found.pk}/remove/", follow=True))
    assert "Its plan and its records are kept" in page
    assert teacher.get(f"/school/classes/{found.pk}/").status_code == 404
    post(teacher, f"/school/classes/{found.pk}/bring-back/")
    assert teacher.get(f"/school/classes/{found.pk}/").status_code == 200
    assert found.plan.count() == 1


def test_a_class_does_not_come_back_beside_one_of_its_label(
    teacher: Client, post: Post, beach: School, tess: User
) -> None:
    found = a_class(beach, tess)
    classes.remove(school_class=found, by=tess)
    a_class(beach, tess)
    page = words(post(teacher, f"/school/classes/{found.pk}/bring-back/", follow=True))
    assert "Another class has this label now" in page
    assert beach.classes.filter(removed=None).count() == 1


def test_every_step_is_in_the_log(teacher: Client, post: Post, beach: School) -> None:
    post(teacher, "/school/classes/", **FORM)
    found = beach.classes.get()
    for _ in range(2):  # the second time changes nothing, and is not said
        post(teacher, f"/school/classes/{found.pk}/change/", **{**FORM, "label": "4 Wave"})
    post(teacher, f"/school/classes/{found.pk}/remove/")
    post(teacher, f"/school/classes/{found.pk}/bring-back/")
    said = [entry.verb for entry in Entry.objects.filter(school=beach).order_by("pk")]
    assert said == ["added a class", "changed a class", "removed a class", "brought back a class"]


@pytest.mark.parametrize("role", ["tess", "lou", "ada"])
def test_everybody_at_the_school_may_do_this(
    request: pytest.FixtureRequest, signed_in: Callable[[User], Client], post: Post, beach: School, role: str
) -> None:
    client = signed_in(request.getfixturevalue(role))
    assert client.get("/school/classes/").status_code == 200
    assert post(client, "/school/classes/", **FORM).status_code == 302
    assert client.get(f"/school/classes/{beach.classes.get().pk}/").status_code == 200


def test_nobody_meets_a_class_of_another_school(
    signed_in: Callable[[User], Client], henk: User, post: Post, beach: School, tess: User
) -> None:
    found = a_class(beach, tess)
    planned = found.plan.create(lesson="finding-the-words", order=1)
    record = found.deliveries.create(lesson="finding-the-words", version="1.0.0", on=today(), length=30)
    stranger = signed_in(henk)
    here = f"/school/classes/{found.pk}"
    for page in ("/school/", "/school/classes/"):
        assert here not in words(stranger.get(page))
    for page in (
        "",
        "change/",
        "calendar/",
        "plan.ics",
        f"plan/{planned.pk}/",
        "ready/finding-the-words/",
        "record/finding-the-words/",
    ):
        assert stranger.get(f"{here}/{page}").status_code == 404, page
    for act in (
        "change", "remove", "bring-back", "plan/add", "plan/start", "plan/arrange", "plan/put-back", f"plan/{planned.pk}",
        f"plan/{planned.pk}/move", f"plan/{planned.pk}/letter", f"plan/{planned.pk}/take-out", "record/finding-the-words",
        f"records/{record.pk}/remove", f"records/{record.pk}/bring-back",
    ):  # fmt: skip
        assert post(stranger, f"{here}/{act}/", **FORM).status_code == 404, act
    assert Entry.objects.filter(school=beach).count() == 1


def test_what_was_removed_is_brought_back_by_its_own_school_alone(
    signed_in: Callable[[User], Client], henk: User, post: Post, beach: School, tess: User
) -> None:
    found = a_class(beach, tess)
    record = found.deliveries.create(
        lesson="finding-the-words", version="1.0.0", on=today(), length=30, removed=timezone.now()
    )
    stranger = signed_in(henk)
    assert post(stranger, f"/school/classes/{found.pk}/records/{record.pk}/bring-back/").status_code == 404
    classes.remove(school_class=found, by=tess)
    assert post(stranger, f"/school/classes/{found.pk}/bring-back/").status_code == 404
    assert "4B</" not in words(stranger.get("/school/classes/"))


def test_the_plan_of_one_class_is_not_reached_through_another(
    teacher: Client, post: Post, beach: School, hill: School, henk: User, tess: User
) -> None:
    mine, theirs = a_class(beach, tess), a_class(hill, henk)
    planned = theirs.plan.create(lesson="finding-the-words", order=1)
    record = theirs.deliveries.create(lesson="finding-the-words", version="1.0.0", on=today(), length=30)
    for act in (f"plan/{planned.pk}/take-out", f"plan/{planned.pk}/move", f"records/{record.pk}/remove"):
        assert post(teacher, f"/school/classes/{mine.pk}/{act}/", places="1").status_code == 404
    assert theirs.plan.exists()


def test_a_number_that_no_class_can_have_is_a_404(teacher: Client) -> None:
    assert teacher.get(f"/school/classes/{10**30}/").status_code == 404


def test_the_list_asks_no_more_when_there_are_more_classes(teacher: Client, beach: School, tess: User) -> None:
    counts = []
    for label in ("1A", "2A", "3A"):
        a_class(beach, tess, label=label)
        with CaptureQueriesContext(connection) as asked:
            teacher.get("/school/classes/")
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def test_a_year_is_named_by_both_its_halves(teacher: Client) -> None:
    year = classes.school_year(today())
    assert f"{year}/{(year + 1) % 100:02}" in words(teacher.get("/school/classes/"))
