"""The audit log: who changed what, for those who answer for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings
from starfish.schools.log import note
from starfish.schools.models import Entry, School, User

SignedIn = Callable[[User], Client]


def lines(school: School, how_many: int) -> None:
    Entry.objects.bulk_create(
        Entry(school=school, who="Ada", verb="planned", what=f"number {number:03}") for number in range(how_many)
    )


@pytest.mark.parametrize(("person", "status"), [("ada", 200), ("lou", 200), ("tess", 403)])
def test_leads_and_administrators_read_the_log(
    person: str, status: int, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    assert signed_in(request.getfixturevalue(person)).get("/school/log/").status_code == status


def test_the_newest_line_comes_first_a_hundred_to_a_page(beach: School, ada: User, signed_in: SignedIn) -> None:
    lines(beach, 150)
    first = signed_in(ada).get("/school/log/").content.decode()
    assert first.count("number ") == 100
    assert first.index("number 149") < first.index("number 050")
    assert "number 049" not in first
    assert 'href="?page=2"' in first
    second = signed_in(ada).get("/school/log/?page=2").content.decode()
    assert second.count("number ") == 50
    assert "number 049" in second


@pytest.mark.parametrize("page", ["0", "-1", "99", "abc", "1e9", "%00"])
def test_a_page_that_is_not_there_shows_one_that_is(page: str, beach: School, ada: User, signed_in: SignedIn) -> None:
    lines(beach, 3)
    answer = signed_in(ada).get(f"/school/log/?page={page}")
    assert answer.status_code == 200
    assert "number 001" in answer.content.decode()


def test_an_empty_log_says_so(ada: User, signed_in: SignedIn) -> None:
    assert "Nothing has been changed yet." in signed_in(ada).get("/school/log/").content.decode()


def test_a_school_reads_its_own_log_alone(beach: School, ada: User, henk: User, signed_in: SignedIn) -> None:
    note(school=beach, by=ada, verb="added a class", what="Kingfishers")
    assert "Kingfishers" not in signed_in(henk).get("/school/log/").content.decode()


def test_nothing_in_a_line_becomes_a_tag(beach: School, ada: User, signed_in: SignedIn) -> None:
    note(school=beach, by=ada, verb="added a class", what="<script>x</script>")
    assert "<script>x" not in signed_in(ada).get("/school/log/").content.decode()


@pytest.mark.parametrize(("months", "kept", "gone"), [(24, 730, 731), (1, 30, 31), (120, 3652, 3653)])
def test_lines_older_than_the_site_keeps_them_go(
    months: int, kept: int, gone: int, beach: School, hill: School, ada: User, settings: Settings
) -> None:
    settings.LOG_MONTHS = months
    lines(beach, 2)
    lines(hill, 1)
    Entry.objects.filter(what="number 000").update(at=timezone.now() - timedelta(days=gone))
    Entry.objects.filter(what="number 001").update(at=timezone.now() - timedelta(days=kept))
    note(school=beach, by=ada, verb="added a class", what="4B")
    assert sorted(beach.log.values_list("what", flat=True)) == ["4B", "number 001"]
    assert not hill.log.exists(), "where nobody writes any more, they go with the next line of another school"


def test_a_line_that_is_too_old_is_not_shown_even_before_it_goes(
    beach: School, ada: User, signed_in: SignedIn, settings: Settings
) -> None:
    settings.LOG_MONTHS = 3
    lines(beach, 1)
    Entry.objects.update(at=timezone.now() - timedelta(days=92))
    page = signed_in(ada).get("/school/log/").content.decode()
    assert "number 000" not in page
    assert "kept for 3 months" in page


def test_the_number_of_queries_does_not_grow(beach: School, ada: User, signed_in: SignedIn) -> None:
    window = signed_in(ada)
    counts = []
    for _ in range(3):
        lines(beach, 60)
        with CaptureQueriesContext(connection) as queries:
            window.get("/school/log/")
        counts.append(len(queries))
    assert counts[1] == counts[2]
