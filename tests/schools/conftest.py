"""A small cast of people who work at two schools, and how they sign in."""

from __future__ import annotations

import functools
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import provider
import pytest
import roles
import time_machine
from allauth.mfa.models import Authenticator
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.contrib.auth.hashers import make_password
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from provider import Provider
from pytest_django import Settings
from running import SAMPLE
from starfish.assessment import checks
from starfish.assessment.models import Moment, Way
from starfish.curriculum.curriculum import Lesson
from starfish.lessons.adapt import Choices
from starfish.pages import current
from starfish.pages.current import curriculum, today
from starfish.schools import adapting, approvals, classes, deliveries, joining, plans
from starfish.schools.models import LeadChange, Role, School, SchoolClass, SizeBand, User
from starfish.settings import single_sign_on

PASSWORD = "seven lemons ride a tram"
FORM = "application/x-www-form-urlencoded"

Post = Callable[..., HttpResponseBase]
Fill = Callable[..., dict[str, Any]]


hashed = functools.cache(make_password)
"""Once for all tests: it is meant to be slow."""


def person(school: School, username: str, name: str, role: Role) -> User:
    """Somebody with an authenticator app where the role needs one."""
    user = User.objects.create(username=username, password=hashed(PASSWORD), name=name, school=school, role=role)
    if user.needs_second_factor:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "never used here"})
    return user


@pytest.fixture
def small_content(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of `tests/sample_content` to change; this test's pages and files are made from it. It is read in a moment."""
    folder = tmp_path / "content"
    shutil.copytree(SAMPLE, folder)
    settings.CONTENT_FOLDER = folder
    monkeypatch.setenv("STARFISH_CONTENT", str(folder))
    monkeypatch.setattr(current, "LOOK_AGAIN_AFTER", 0)
    return folder


@pytest.fixture
def reef(settings: Settings) -> Iterator[Provider]:
    """A provider of single sign-on, and a site that was told of it."""
    with provider.running() as reef:
        settings.OIDC, settings.OIDC_NAME = True, "Reef"
        settings.SOCIALACCOUNT_PROVIDERS = single_sign_on("Reef", reef.address, provider.CLIENT, provider.SECRET)
        registry.register(OpenIDConnectProvider)
        yield reef
        del registry.provider_map[OpenIDConnectProvider.id]


@pytest.fixture
def clock(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller]:
    """Stopped at noon of the module's `TODAY`."""
    with time_machine.travel(f"{request.module.TODAY}T12:00:00Z", tick=False) as moment:
        yield moment


@pytest.fixture
def lesson() -> Lesson:
    """One with every part, for children of 7 to 9."""
    found = curriculum().lesson("tell-and-tell-again")
    assert found
    return found


@pytest.fixture
def beach(db: None) -> School:
    return School.objects.create(name="Beach Primary", country="gb")


@pytest.fixture
def hill(db: None) -> School:
    return School.objects.create(name="Hill School", country="ie")


@pytest.fixture
def ada(beach: School) -> User:
    return person(beach, "ada", "Ada", Role.ADMINISTRATOR)


@pytest.fixture
def lou(beach: School) -> User:
    return person(beach, "lou", "Lou", Role.LEAD)


@pytest.fixture
def tess(beach: School) -> User:
    return person(beach, "tess", "Tess", Role.TEACHER)


@pytest.fixture
def henk(hill: School) -> User:
    return person(hill, "henk", "Henk", Role.ADMINISTRATOR)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A window in which this person has signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def at_the_desk(signed_in: Callable[[User], Client]) -> Callable[[User], Client]:
    """A window in which this person has typed the password a moment ago, so that sensitive pages do not ask for it."""

    def sign_in(user: User) -> Client:
        client = signed_in(user)
        session = client.session
        typed = {"method": "password", "at": time.time(), "reauthenticated": True}
        session.update({"account_authentication_methods": [typed], "account_authentication_methods_user": str(user.pk)})
        session.save()
        return client

    return sign_in


@pytest.fixture
def post() -> Post:
    """Sends a form as a browser does; the site takes no other kind of body."""

    def send(client: Client, address: str, follow: bool = False, **values: Any) -> HttpResponseBase:
        return client.post(address, urlencode(values, doseq=True), content_type=FORM, follow=follow)

    return send


@pytest.fixture
def fill(beach: School, ada: User, lou: User, tess: User) -> Fill:
    """What stands in an address: objects of Beach Primary, and a passkey of whoever asks."""
    lesson = curriculum().lessons[0]
    route = "gb-childline"
    beach.routes = [route]
    beach.save()

    def a_class(label: str) -> SchoolClass:
        return classes.add(school=beach, by=tess, label=label, band=lesson.band.id, size=SizeBand.LARGE, year=2026)

    def taught(day: int) -> int:
        return deliveries.record(
            school_class=tide, by=tess, lesson=lesson, on=today() - timedelta(days=day), length=30, left_out=(), cover=False,
            parents_told=True,
        ).pk  # fmt: skip

    tide, gone = a_class("4 Tide"), a_class("Gone")
    classes.remove(school_class=gone, by=tess)
    plans.add(school_class=tide, by=tess, lesson=lesson.id)
    record, removed = taught(1), taught(2)
    beach.classes.get(pk=tide.pk).deliveries.filter(pk=removed).update(removed=timezone.now())
    approvals.approve(school=beach, by=lou, lesson=lesson, with_lead=False)
    joining.invite(school=beach, role=Role.TEACHER, by=ada)
    for user in (ada, lou, tess):
        adapting.keep(
            user=user, school_class=tide, lesson=lesson, choices=Choices(50), notes="", curriculum=curriculum(), on=today()
        )  # fmt: skip
    planned = tide.plan.get()
    on_paper, over = (
        checks.open_(school_class=tide, by=tess, lesson=each, moment=Moment.BASELINE, way=way)
        for each, way in zip(curriculum().lessons[:2], (Way.PAPER, Way.SCREENS), strict=True)
    )
    checks.close(check=over, by=tess)
    change = LeadChange.objects.create(school=beach, leads=[["Lou", "Room one"]], asked_by=tess)
    usual = {
        "class_id": tide.pk, "planned_id": planned.pk, "delivery_id": record, "user_id": tess.pk, "lesson": lesson.id,
        "lesson_id": lesson.id, "year": 2026, "month": 11, "route": route, "change_id": change.pk,
        "invitation_id": beach.invitations.get().pk, "name": "letter.pdf", "length": 30, "check_id": on_paper.pk,
    }  # fmt: skip
    own = {
        "bring-back-class": {"class_id": gone.pk},
        "bring-back-record": {"delivery_id": removed},
        "reopen-check": {"check_id": over.pk},
        "our-slides-file": {"name": "slides.pptx"},
        "our-plan-file": {"name": "plan.docx"},
        "our-paper": {"name": "worksheets.pdf"},
        "adapted-file": {"name": "plan.pdf"},
        "for-parents": {"key": tide.parents_key},
        "join": {"key": joining.invite(school=beach, role=Role.TEACHER, by=ada)},
    }

    def fill(name: str, who: User | None) -> dict[str, Any]:
        passkey = Authenticator.objects.filter(user=who or tess, type=Authenticator.Type.WEBAUTHN).first()
        every = {**usual, "pk": passkey.pk if passkey else 0, **own.get(name, {})}
        return {key: every[key] for key in roles.parts(name)}

    return fill
