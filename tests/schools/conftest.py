"""A small cast of people who work at two schools, and how they sign in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from django.http.response import HttpResponseBase
from django.test import Client
from starfish.schools.models import Role, School, User

PASSWORD = "seven lemons ride a tram"  # noqa: S105 - a password for made-up people
FORM = "application/x-www-form-urlencoded"

Post = Callable[..., HttpResponseBase]


def person(school: School, username: str, name: str, role: Role) -> User:
    """Somebody with an authenticator app where the role needs one."""
    user = User.objects.create_user(username=username, password=PASSWORD, name=name, school=school, role=role)
    if user.needs_second_factor:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "never used here"})
    return user


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
def post() -> Post:
    """Sends a form as a browser does; the site takes no other kind of body."""

    def send(client: Client, address: str, follow: bool = False, **values: Any) -> HttpResponseBase:
        return client.post(address, urlencode(values, doseq=True), content_type=FORM, follow=follow)

    return send
