"""A large school, made in a few writes."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from starfish.curriculum.curriculum import Curriculum
from starfish.schools.models import Approval, Delivery, Planned, School, SchoolClass, SizeBand, User


def classes_of(school: School, known: Curriculum, year: int, number: int) -> list[SchoolClass]:
    bands = [band for band in known.bands if known.path(band)]
    return SchoolClass.objects.bulk_create(
        SchoolClass(
            school=school, label=f"{year}-{place}", band=bands[place % len(bands)].id, size=SizeBand.LARGE, year=year,
            parents_key=secrets.token_urlsafe(32),
        )
        for place in range(number)
    )  # fmt: skip


def taught_and_planned(classes: list[SchoolClass], known: Curriculum, by: User) -> None:
    """Each class is taught its path but the last lesson, which is planned; and each lesson once more, later."""
    deliveries, planned = [], []
    for each in classes:
        band = known.band(each.band)
        path = known.path(band) if band else ()
        for place, lesson in enumerate(path):
            week = date(each.year, 9, 7) + timedelta(weeks=place)
            planned.append(Planned(school_class=each, lesson=lesson.id, week=week, order=place))
            if lesson is not path[-1] or len(path) == 1:
                deliveries += [
                    Delivery(school_class=each, lesson=lesson.id, version="1.0.0", on=day, length=30, recorded_by=by)
                    for day in (week, week + timedelta(weeks=20))
                ]
    Delivery.objects.bulk_create(deliveries)
    Planned.objects.bulk_create(planned)


def large_school(school: School, known: Curriculum, by: User, *, classes: int = 60, years: int = 5) -> int:
    """Its last year."""
    for year in range(2022, 2022 + years):
        taught_and_planned(classes_of(school, known, year, classes), known, by)
    Approval.objects.bulk_create(
        Approval(school=school, lesson=lesson.id, version=lesson.facts.version, by=by) for lesson in known.lessons
    )
    return 2022 + years - 1
