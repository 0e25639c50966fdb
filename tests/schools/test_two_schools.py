"""Two schools on one server never see each other: what belongs to one is not there for the other."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
import roles
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from starfish.pages.current import curriculum, today
from starfish.schools import classes, plans
from starfish.schools.models import (
    Adaptation,
    Approval,
    ApprovedText,
    Delivery,
    Entry,
    Failure,
    Invitation,
    Lead,
    LeadChange,
    Planned,
    Role,
    School,
    SchoolClass,
    SizeBand,
    User,
)
from walking import ask, outcome, writing

SignIn = Callable[[User], Client]
Fill = Callable[..., dict[str, Any]]
Post = Callable[..., Any]


@pytest.fixture
def hill_people(hill: School, henk: User) -> dict[str, User]:
    people = {roles.ADMINISTRATOR: henk}
    for role in (Role.TEACHER, Role.LEAD):
        people[role] = User.objects.create(username=f"hill-{role}", school=hill, role=role)
        Authenticator.objects.create(
            user=people[role], type=Authenticator.Type.TOTP, data={"secret": "never used here"}
        )
    return people


@pytest.fixture
def hill_class(hill: School, henk: User) -> SchoolClass:
    lesson = curriculum().lessons[0]
    made = classes.add(school=hill, by=henk, label="Hill 4", band=lesson.band.id, size=SizeBand.LARGE, year=2026)
    plans.add(school_class=made, by=henk, lesson=lesson.id)
    return made


@pytest.mark.parametrize("role", sorted(roles.STAFF))
def test_no_object_of_a_school_is_there_for_another(
    role: str, hill_people: dict[str, User], fill: Fill, at_the_desk: SignIn
) -> None:
    session = at_the_desk(hill_people[role]).cookies[settings.SESSION_COOKIE_NAME].value
    wrong, asked = [], 0
    for name, method in itertools.product(roles.ROLES, ("GET", "POST")):
        may = getattr(roles.ROLES[name], {"GET": "read", "POST": "send"}[method])
        if not (may and roles.parts(name) & roles.OF_A_SCHOOL):
            continue
        asked += 1
        with writing() as written:
            found = outcome(name, ask(method, reverse(name, kwargs=fill(name, None)), session))
        if found != ("not there" if role in may else "not for you") or written:
            wrong.append(f"{method} {name}: {found} {written}")
    assert wrong == []
    assert asked > 30


def test_a_class_of_ones_own_opens_no_lesson_or_record_of_another(
    hill_class: SchoolClass, henk: User, fill: Fill, at_the_desk: SignIn
) -> None:
    """Ids of two schools in one address; and of two classes of one school."""
    session = at_the_desk(henk).cookies[settings.SESSION_COOKIE_NAME].value
    mixed = [name for name in roles.ROLES if {"class_id"} < roles.parts(name) & roles.OF_A_SCHOOL]
    assert len(mixed) >= 6
    for name, method in itertools.product(mixed, ("GET", "POST")):
        with writing() as written:
            answer = ask(method, reverse(name, kwargs={**fill(name, None), "class_id": hill_class.pk}), session)
        assert answer.status_code in {404, 405}, name
        assert written == [], name


def test_nobody_removes_or_renames_the_passkey_of_another(tess: User, lou: User, at_the_desk: SignIn) -> None:
    key = Authenticator.objects.create(
        user=lou, type=Authenticator.Type.WEBAUTHN, data={"name": "key", "credential": {}}
    )
    session = at_the_desk(tess).cookies[settings.SESSION_COOKIE_NAME].value
    for name, method in itertools.product(("remove-passkey", "mfa_edit_webauthn"), ("GET", "POST")):
        with writing() as written:
            assert ask(method, reverse(name, kwargs={"pk": key.pk}), session, "name=mine").status_code == 404
        assert written == []


def test_ids_in_a_form_reach_nothing_of_another_school(
    hill_class: SchoolClass,
    hill: School,
    beach: School,
    henk: User,
    tess: User,
    fill: Fill,
    signed_in: SignIn,
    post: Post,
) -> None:
    theirs = fill("planned", None)
    ids = {
        "class_id": theirs["class_id"], "school_class": theirs["class_id"], "planned": theirs["planned_id"],
        "planned_id": theirs["planned_id"], "school": beach.pk, "school_id": beach.pk, "user": tess.pk, "user_id": tess.pk,
        "by": tess.pk, "id": theirs["class_id"], "pk": theirs["class_id"],
    }  # fmt: skip
    before = everything_of(beach)
    here, lesson = f"/school/classes/{hill_class.pk}/", curriculum().lessons[0]
    own = hill_class.plan.get()
    forms = {
        f"{here}plan/arrange/": {"order": [theirs["planned_id"], own.pk]},
        f"{here}plan/add/": {"lesson": curriculum().lessons[1].id},
        f"{here}plan/{own.pk}/": {"week": "2026-11-23"},
        f"{here}plan/{own.pk}/move/": {"places": "1"},
        f"{here}change/": {"label": "Hill 5", "band": hill_class.band, "size": "20-29", "year": 2026},
        f"{here}record/{lesson.id}/": {"on": today()},
        f"{here}adapt/{lesson.id}/": {"notes": "Bring the spoon."},
        f"{here}parents/": {},
        "/school/classes/": {"label": "Hill 6", "band": hill_class.band, "size": "20-29", "year": 2026},
        "/school/names/leads/": {"name_0": "Hope", "place_0": "Room two"},
        "/school/names/": {"name": "Hill School", "country": "ie"},
        "/school/account/": {"name": "Henk"},
        "/school/people/": {"role": "teacher"},
    }  # fmt: skip
    for address, values in forms.items():
        answer = post(signed_in(henk), address, **{**ids, **values})
        assert answer.status_code in {200, 302}, (address, answer.content.decode()[-900:])
        assert everything_of(beach) == before, address
    assert hill.classes.count() == 2
    assert own in hill_class.plan.all()
    assert hill_class.plan.count() == 2


OF_A_SCHOOL: dict[type[Model], str] = {
    School: "pk", User: "school", SchoolClass: "school", Planned: "school_class__school", Delivery: "school_class__school",
    Approval: "school", ApprovedText: "approval__school", Entry: "school", Invitation: "school", Lead: "school", LeadChange: "school",
    Adaptation: "school_class__school",
}  # fmt: skip


def everything_of(school: School) -> dict[str, list[dict[str, Any]]]:
    """Every row that belongs to a school."""
    return {
        model.__name__: list(model._default_manager.filter(**{by: school.pk}).order_by("pk").values())
        for model, by in OF_A_SCHOOL.items()
    }


def test_everything_of_a_school_is_looked_at() -> None:
    assert {*OF_A_SCHOOL, Failure} == set(apps.get_app_config("schools").get_models()), "a failure names nobody"
