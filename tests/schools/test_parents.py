"""The page for parents of a class: what is taught and when, where to get help, and not a trace of who read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from reading import ReadPage
from running import SAMPLE, StartServer
from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.pages.current import curriculum
from starfish.schools import classes, deliveries, leads, parents, plans
from starfish.schools.models import Entry, LeadChange, School, SchoolClass, SizeBand, User

SignIn = Callable[[User], Client]
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def in_the_autumn_of_2026() -> Iterator[None]:
    with time_machine.travel(f"{TODAY}T12:00:00Z", tick=False):
        yield


@pytest.fixture
def known() -> Curriculum:
    return curriculum()


@pytest.fixture
def path(known: Curriculum) -> tuple[Lesson, ...]:
    return next(known.path(band) for band in known.bands if len(known.path(band)) > 2)


@pytest.fixture
def maple(beach: School, tess: User, path: tuple[Lesson, ...]) -> SchoolClass:
    band = path[0].band.id
    found = classes.add(school=beach, by=tess, label="Maple", band=band, size=SizeBand.LARGE, year=2026)
    deliveries.record(
        school_class=found, by=tess, lesson=path[0], on=date(2026, 10, 7), length=30, left_out=[], cover=False, parents_told=True
    )  # fmt: skip
    plans.add(school_class=found, by=tess, lesson=path[2].id)
    plans.add(school_class=found, by=tess, lesson=path[1].id, week=date(2026, 12, 2))
    return found


def address(school_class: SchoolClass) -> str:
    return f"/for-parents/{school_class.parents_key}/"


def read(school_class: SchoolClass) -> ReadPage:
    return ReadPage("for parents", Client().get(address(school_class)))


# --- What it says --------------------------------------------------------------------------------------------------------


def test_it_says_what_is_taught_and_in_which_week(maple: SchoolClass, path: tuple[Lesson, ...]) -> None:
    page = read(maple)
    headings = ["".join(each.itertext()) for each in page.all("h3")]
    assert headings == [path[0].title, path[1].title, path[2].title], "by their weeks; without a week last"
    for said in (
        "Beach Primary", "2026/27", "Taught in the week beginning 5 October 2026", "Planned for the week beginning 30 November 2026",
        "Later this year", "Words to say at home",
    ):  # fmt: skip
        assert said in page.main, said


def test_every_material_is_one_link_away_and_opens_without_an_account(
    maple: SchoolClass, path: tuple[Lesson, ...]
) -> None:
    links = {each.attrib["href"] for each in read(maple).all("a")}
    for lesson in path[:3]:
        for end in ("", "home/", "plan/", "slides/", "easy-read/", "practise/"):
            assert f"/lessons/{lesson.id}/{end}" in links
            assert Client().get(f"/lessons/{lesson.id}/{end}").status_code == 200


def test_it_names_the_leads_with_their_place_and_the_routes_that_the_school_chose(
    beach: School, maple: SchoolClass, ada: User, known: Curriculum
) -> None:
    leads.ask(school=beach, by=ada, leads=[("Ms Okafor", "the blue door"), ("Mr Lind", "the library")])
    chosen = [each.id for each in known.routes(known.country("gb"), audience="child") if each.kind != "emergency"][1:3]  # type: ignore[arg-type]
    School.objects.filter(pk=beach.pk).update(routes=chosen)
    page = read(maple)
    for said in (
        "Ms Okafor",
        "the blue door",
        "Mr Lind",
        "the library",
        "999",
        *(known.services[each].name for each in chosen),
    ):
        assert said in page.main, said


def test_a_change_of_leads_is_not_shown_before_its_day_has_passed_and_reading_writes_nothing(
    beach: School, maple: SchoolClass, ada: User
) -> None:
    leads.ask(school=beach, by=ada, leads=[("Ms Okafor", "the blue door")])
    leads.ask(school=beach, by=ada, leads=[("Mr Stranger", "the gate")])
    assert "Mr Stranger" not in read(maple).main
    LeadChange.objects.update(asked=timezone.now() - timedelta(hours=25))
    with CaptureQueriesContext(connection) as captured:
        assert "Mr Stranger" in read(maple).main
    assert {query["sql"].split()[0] for query in captured.captured_queries} == {"SELECT"}


@pytest.mark.parametrize("routes", [[], ["there-is-no-such-service"]])
def test_two_ways_outside_the_school_always_stand_there(
    beach: School, maple: SchoolClass, known: Curriculum, routes: list[str]
) -> None:
    School.objects.filter(pk=beach.pk).update(routes=routes)
    found = parents.of_key(maple.parents_key, known, TODAY)
    assert found
    assert found.help
    assert len(found.help.talk) >= 2
    for route in found.help.talk:
        assert route.service.name in read(maple).main


def test_without_a_plan_it_leads_to_all_lessons_of_the_age(beach: School, tess: User, path: tuple[Lesson, ...]) -> None:
    band = path[0].band.id
    empty = classes.add(school=beach, by=tess, label="Oak", band=band, size=SizeBand.SMALL, year=2026)
    page = read(empty)
    assert "The plan for this class is not here yet" in page.main
    assert f"/ages/{band}/" in {each.attrib["href"] for each in page.all("a")}


def test_a_record_that_was_removed_and_a_lesson_that_is_gone_are_not_shown(maple: SchoolClass, tess: User) -> None:
    deliveries.remove(delivery=maple.deliveries.get(), by=tess)
    plans.add(school_class=maple, by=tess, lesson="no-longer-there")
    maple.plan.exclude(lesson="no-longer-there").delete()
    assert "The plan for this class is not here yet" in read(maple).main


def test_it_says_nothing_about_who_taught(maple: SchoolClass) -> None:
    html = read(maple).html
    assert "Tess" not in html
    assert "tess" not in html.lower().replace("atkinson", "")


# --- Who may read it, and what that leaves -------------------------------------------------------------------------------


def test_it_knows_no_cookie_and_is_the_same_for_everybody(maple: SchoolClass, ada: User, signed_in: SignIn) -> None:
    plain, staff = Client().get(address(maple)), signed_in(ada).get(address(maple))
    assert plain.content == staff.content
    for answer in (plain, staff):
        assert not answer.cookies
        assert "cookie" not in answer.headers.get("Vary", "").lower()


def test_nothing_is_asked_of_sessions_or_people(maple: SchoolClass) -> None:
    with CaptureQueriesContext(connection) as captured:
        Client().get(address(maple))
    asked = " ".join(query["sql"] for query in captured.captured_queries)
    assert "django_session" not in asked
    assert "schools_user" not in asked


def test_it_is_found_by_no_search_engine_and_kept_on_no_disk(maple: SchoolClass) -> None:
    page = read(maple)
    robots = [each.attrib["content"] for each in page.all("meta") if each.attrib.get("name") == "robots"]
    assert robots == ["noindex, nofollow"]
    assert page.response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["Referrer-Policy"] == "same-origin"
    assert "for-parents" not in Client().get("/sitemap.xml").content.decode()


def test_its_title_is_neutral_and_leaving_stands_first(maple: SchoolClass, known: Curriculum) -> None:
    page = read(maple)
    assert page.title == "For parents and carers – Starfish"
    assert any("data-leave" in each.attrib for each in page.all("a")[:3])
    assert page.mistakes == []
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_is_only_read(maple: SchoolClass, method: str) -> None:
    answer = Client().generic(method.upper(), address(maple))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("key", ["x", "A" * 43, "A" * 4000, "%00", "../school", "-", "é"])
def test_a_wrong_key_is_not_found_and_leaves_no_trace(maple: SchoolClass, caplog: Any, capfd: Any, key: str) -> None:
    answer = Client().get(f"/for-parents/{key}/")
    assert answer.status_code == 404
    assert f"for-parents/{key}" not in answer.content.decode()
    assert "for-parents" not in caplog.text + "".join(capfd.readouterr())
    assert not answer.cookies


def test_a_class_that_was_removed_has_no_page(maple: SchoolClass, tess: User) -> None:
    classes.remove(school_class=maple, by=tess)
    assert Client().get(address(maple)).status_code == 404


def test_queries_do_not_grow_with_the_plan(
    maple: SchoolClass, tess: User, known: Curriculum, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number, lesson in enumerate(known.lessons):
        plans.add(school_class=maple, by=tess, lesson=lesson.id)
        deliveries.record(
            school_class=maple, by=tess, lesson=lesson, on=date(2026, 9, 1) + timedelta(days=number), length=30, left_out=[],
            cover=False, parents_told=False,
        )  # fmt: skip
    with django_assert_num_queries(5):
        Client().get(address(maple))


# --- Without a database --------------------------------------------------------------------------------------------------


def test_when_the_database_fails_the_page_is_calm(maple: SchoolClass, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*arguments: object) -> None:
        raise OperationalError("no such table: secret")

    monkeypatch.setattr(parents, "of_key", gone)
    answer = Client().get(address(maple))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    page = ReadPage("", answer)
    assert "Every lesson" in page.main
    assert "secret" not in page.html
    assert page.mistakes == []


def test_lessons_go_on_when_there_is_no_database(start_server: StartServer, tmp_path: Path) -> None:
    from urllib.error import HTTPError
    from urllib.request import urlopen

    nowhere, sample = f"sqlite:///{tmp_path}/no-such-folder/none.sqlite3", SAMPLE
    server = start_server(DATABASE_URL=nowhere, STARFISH_CONTENT=str(sample))
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{server.address}/for-parents/{'A' * 43}/", timeout=20)
    with refused.value as answer:
        assert answer.code == 503
        assert "Set-Cookie" not in answer.headers
    for open_page in ("/lessons/ask-again/home/", "/help/gb/", "/"):
        with urlopen(f"{server.address}{open_page}", timeout=20) as answer:
            assert answer.status == 200


# --- Its address, for staff ----------------------------------------------------------------------------------------------


def test_staff_see_the_address_and_a_code_to_scan(maple: SchoolClass, tess: User, signed_in: SignIn) -> None:
    page = ReadPage("", signed_in(tess).get(f"/school/classes/{maple.pk}/parents/"))
    assert address(maple) in page.main
    assert any(each.attrib.get("class") == "qr" for each in page.tree.iter())
    assert page.mistakes == []


def test_a_new_address_ends_the_old_one(
    maple: SchoolClass, tess: User, signed_in: SignIn, post: Callable[..., Any]
) -> None:
    old = address(maple)
    answer = post(signed_in(tess), f"/school/classes/{maple.pk}/parents/", follow=True)
    assert "The old one leads nowhere" in answer.content.decode()
    maple.refresh_from_db()
    assert Client().get(old).status_code == 404
    assert Client().get(address(maple)).status_code == 200
    assert Entry.objects.filter(verb="changed the parents' address", by=tess).count() == 1


def test_the_address_of_another_school_is_not_shown_and_not_changed(
    maple: SchoolClass, henk: User, signed_in: SignIn, post: Callable[..., Any]
) -> None:
    henk_is = signed_in(henk)
    assert henk_is.get(f"/school/classes/{maple.pk}/parents/").status_code == 404
    assert post(henk_is, f"/school/classes/{maple.pk}/parents/").status_code == 404
    key = maple.parents_key
    maple.refresh_from_db()
    assert maple.parents_key == key
