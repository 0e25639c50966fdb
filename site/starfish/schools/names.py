"""The school's own names, and the ways to get help outside it that its pupils are shown."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.records import HelpService

from .log import note
from .models import School, User

LEAST_ROUTES = 2
"""Outside the school: the one at school who should help may be the one who harms."""


def available(country: str, curriculum: Curriculum) -> tuple[HelpService, ...]:
    """What pupils in this country can reach. The emergency number is on every page and is not chosen."""
    found = curriculum.country(country)
    services = curriculum.routes(found, audience="child") if found else ()
    return tuple(service for service in services if service.kind != "emergency")


def chosen(school: School, curriculum: Curriculum) -> tuple[HelpService, ...]:
    """In the school's order, without those that are no longer there."""
    services = {service.id: service for service in available(school.country, curriculum)}
    return tuple(services[route] for route in school.routes if route in services)


@transaction.atomic
def change(
    *, school: School, by: User, name: str, country: str, signature: str, approval_needed: bool, curriculum: Curriculum
) -> bool:
    """Whether ways to get help had to go, because they are not there in the new country."""
    new = {"name": name, "country": country, "signature": signature, "approval_needed": approval_needed}
    changed = [field for field, value in new.items() if getattr(school, field) != value]
    if not changed:
        return False
    for field in changed:
        setattr(school, field, new[field])
    here = {service.id for service in available(country, curriculum)}
    kept = [route for route in school.routes if route in here]
    before, school.routes = school.routes, kept if len(kept) >= LEAST_ROUTES else []
    school.save(update_fields=[*changed, "routes"])
    note(school=school, by=by, verb="changed the school's names", what=", ".join(changed))
    return bool(before != school.routes)


@transaction.atomic
def choose_routes(*, school: School, by: User, routes: Sequence[str]) -> None:
    """Those that were chosen before keep their place; new ones follow."""
    before = [route for route in school.routes if route in routes]
    chosen = [*before, *(route for route in routes if route not in before)]
    if chosen == school.routes:
        return
    school.routes = chosen
    school.save(update_fields=["routes"])
    note(school=school, by=by, verb="chose the ways to get help", what=", ".join(school.routes))


@transaction.atomic
def move_up(*, school: School, by: User, route: str) -> None:
    place = school.routes.index(route)
    if place:
        school.routes[place - 1 : place + 1] = [route, school.routes[place - 1]]
        school.save(update_fields=["routes"])
        note(school=school, by=by, verb="arranged the ways to get help", what=route)
