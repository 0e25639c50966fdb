"""No page of staff asks the database more when the school has more classes, plans and records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import roles
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from made import large_school
from starfish.pages.current import curriculum, today
from starfish.schools import evidence
from starfish.schools.models import Delivery, Planned, School, SchoolClass, User
from starfish.schools.views import ours
from walking import ask

PAGES = tuple(name for name, may in roles.ROLES.items() if roles.ADMINISTRATOR in may.read)


@pytest.fixture
def queries(
    ada: User, fill: Callable[..., dict[str, Any]], at_the_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], dict[str, int]]:
    """How many each page takes. What is drawn in another process is left out: it asks nothing."""
    monkeypatch.setattr(evidence, "pack", lambda *_: b"%PDF-")
    monkeypatch.setattr(ours, "ask_for_school", lambda *_: b"%PDF-")
    session = at_the_desk(ada).cookies[settings.SESSION_COOKIE_NAME].value

    def count() -> dict[str, int]:
        counts = {}
        for name in PAGES:
            with CaptureQueriesContext(connection) as captured:
                ask("GET", reverse(name, kwargs=fill(name, ada)), session)
            counts[name] = len(captured)
        return counts

    count()  # what is asked once, and then known
    return count


def busy_class(tide: SchoolClass, tess: User) -> None:
    """The class in the addresses plans every lesson of its age, and was taught each one twice."""
    known = curriculum()
    band = known.band(tide.band)
    assert band
    path = known.path(band)
    there = set(tide.plan.values_list("lesson", flat=True))
    Planned.objects.bulk_create(
        Planned(school_class=tide, lesson=lesson.id, order=place)
        for place, lesson in enumerate(path, start=1)
        if lesson.id not in there
    )
    Delivery.objects.bulk_create(
        Delivery(school_class=tide, lesson=lesson.id, version="1.0.0", on=today(), length=30, recorded_by=tess)
        for lesson in (*path, *path)
    )


def test_no_page_takes_more_queries_in_a_larger_school(
    beach: School, tess: User, queries: Callable[[], dict[str, int]]
) -> None:
    few = queries()
    large_school(beach, curriculum(), tess, classes=14, years=5)
    busy_class(beach.classes.get(label="4 Tide"), tess)
    many = queries()
    print("\n".join(f"{many[name]:3} /{roles.ADDRESSES[name]}" for name in PAGES))  # noqa: T201
    assert {name: (few[name], many[name]) for name in PAGES if many[name] > few[name]} == {}
    assert max(many.values()) <= 30
