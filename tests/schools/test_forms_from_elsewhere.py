"""Forms as nobody should send them: with fields that are not theirs, from elsewhere, without a token, under another name, twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import roles
import time_machine
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from starfish.pages.current import curriculum
from starfish.schools.models import Adaptation, School, User
from walking import writing

SignIn = Callable[[User], Client]
Fill = Callable[..., dict[str, Any]]
Post = Callable[..., Any]
FORM = "application/x-www-form-urlencoded"
NAME = settings.SESSION_COOKIE_NAME
DAY = "2026-11-22"
RANDOM = {
    "id",
    "pk",
    "password",
    "parents_key",
    "key_hash",
    "by_id",
    "approval_id",
    "data",
    "session_data",
    "session_key",
    "code",
}
"""Different in every run, so not to be compared."""


@pytest.fixture(autouse=True)
def _sunday() -> Iterator[None]:
    with time_machine.travel(f"{DAY}T10:00:00Z", tick=False):
        yield


def forms() -> dict[str, dict[str, Any]]:
    """What a browser would send to every address of our own that takes a form."""
    lesson, other = curriculum().lessons[:2]
    band = lesson.band.id
    password = "seven lemons ride a tram"
    return {
        "classes": {"label": "4 Wave", "band": band, "size": "20-29", "year": 2026},
        "change-class": {"label": "4 Wave", "band": band, "size": "20-29", "year": 2026},
        "remove-class": {},
        "bring-back-class": {},
        "plan-add": {"lesson": other.id, "week": DAY},
        "plan-start": {"first": DAY, "apart": 2},
        "plan-arrange": {"order": []},
        "plan-put-back": {"lesson": other.id, "place": 0, "week": DAY, "parents_told": DAY},
        "planned": {"week": DAY, "parents_told": DAY},
        "plan-move": {"places": 1},
        "plan-letter": {},
        "plan-take-out": {},
        "adapt": {"notes": "Bring the spoon."},
        "reset-adapted": {},
        "bring-back-adapted": {},
        "record": {"on": "2026-11-19"},
        "remove-record": {},
        "bring-back-record": {},
        "open-check": {"moment": "endpoint", "way": "hands"},
        "check-board": {
            f"{each.id}-{place}": 3 for each in lesson.words.questions for place in range(len(each.answers))
        },
        "close-check": {},
        "reopen-check": {},
        "void-check": {},
        "join": {"name": "New", "username": "new-person", "email": "new@beach.example", "password": password},
        "people": {"role": "teacher"},
        "change-role": {"role": "lead"},
        "remove-person": {},
        "withdraw-invitation": {},
        "approve": {"version": lesson.facts.version, "with_lead": "on"},
        "take-back-approval": {},
        "school-names": {"name": "Beach School", "country": "gb", "signature": "Ms Sand"},
        "school-routes": {"routes": ["gb-childline", "gb-ceop"]},
        "school-route-up": {},
        "school-leads": {"name_0": "Lou", "place_0": "Room one"},
        "confirm-leads": {},
        "refuse-leads": {},
        "own-account": {"name": "Ms T"},
        "sign-out-everywhere": {},
        "erase-account": {"sure": "on"},
        "class-parents": {},
    }


OUR_FORMS = [
    name for name, may in roles.ROLES.items() if may.send and not roles.ADDRESSES[name].startswith("accounts/")
]


@pytest.fixture
def sender(ada: User, lou: User, tess: User) -> Callable[[str], User]:
    """Whoever may do the least, of those who may send this."""
    return lambda name: next(person for person in (tess, lou, ada) if person.role in roles.ROLES[name].send)


def test_every_form_of_ours_is_here(db: None) -> None:
    assert set(forms()) == set(OUR_FORMS)


# --- Fields that are not theirs ----------------------------------------------------------------------------------------


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of ours, without what is random."""
    return {
        model.__name__: [
            {key: value for key, value in row.items() if key not in RANDOM}
            for row in model._default_manager.order_by("pk").values()
        ]
        for app in ("schools", "assessment")
        for model in apps.get_app_config(app).get_models()
    }


def after(
    post: Post, window: Client, address: str, values: dict[str, Any]
) -> tuple[int, dict[str, list[dict[str, Any]]]]:
    """The status and every row after a form was sent; then it is taken back."""
    with transaction.atomic():
        status = post(window, address, **values).status_code
        rows = everything()
        transaction.set_rollback(True)
    return status, rows


@pytest.mark.parametrize("name", OUR_FORMS)
def test_more_fields_change_nothing_more(
    name: str, hill: School, sender: Callable[[str], User], fill: Fill, signed_in: SignIn, post: Post
) -> None:
    address, values = reverse(name, kwargs=fill(name, None)), forms()[name]
    more = {
        "role": "administrator", "school": hill.pk, "school_id": hill.pk, "is_staff": "on", "is_superuser": "on", "is_active": "",
        "id": 1, "pk": 1, "user": 1, "by": 1, "recorded_by": 1, "made_by": 1, "made": "2020-01-01", "asked": "2020-01-01",
        "closed": "2020-01-01", "removed": "2020-01-01", "taken_back": "2020-01-01", "parents_key": "x" * 43, "key": "x", "key_hash": "x",
        "version": "9.9.9", "order": 7, "username": "somebody-else", "password": "x", "leads": "[]", "approval_needed_by": "x",
        "groups": 1, "user_permissions": 1, "last_login": "2020-01-01", "date_joined": "2020-01-01", "used": "", "ends": "2040-01-01",
        "created": "2020-01-01", "school_class": 1, "what": "x", "verb": "x", "who": "x",
    }  # fmt: skip
    honest = after(post, signed_in(sender(name)), address, values)
    greedy = after(post, signed_in(sender(name)), address, {**more, **values})
    assert honest[0] in {200, 302}
    assert greedy == honest


# --- From elsewhere ----------------------------------------------------------------------------------------------------

TOKEN = "a" * 32
ELSEWHERE: dict[str, tuple[dict[str, str], str]] = {
    "no token": ({}, ""),
    "a wrong token": ({}, f"csrfmiddlewaretoken={'b' * 32}"),
    "half a token": ({}, f"csrfmiddlewaretoken={TOKEN[:16]}"),
    "another origin": ({"Origin": "https://evil.example"}, f"csrfmiddlewaretoken={TOKEN}"),
    "no origin to speak of": ({"Origin": "null"}, f"csrfmiddlewaretoken={TOKEN}"),
    "another port": ({"Origin": "http://testserver:8001"}, f"csrfmiddlewaretoken={TOKEN}"),
}


@pytest.mark.parametrize(("headers", "body"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_no_form_from_elsewhere_is_taken(
    headers: dict[str, str], body: str, sender: Callable[[str], User], fill: Fill, signed_in: SignIn
) -> None:
    wrong = []
    for name, may in roles.ROLES.items():
        if not may.send:
            continue
        window = Client(enforce_csrf_checks=True)
        window.cookies[NAME] = signed_in(sender(name) if name in OUR_FORMS else sender("people")).cookies[NAME].value
        window.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
        values = urlencode(forms().get(name, {}), doseq=True)
        with writing() as written:
            answer = window.post(
                reverse(name, kwargs=fill(name, None)), f"{values}&{body}", content_type=FORM, headers=headers
            )
        if answer.status_code != 403 or written or "Nothing was saved." not in answer.content.decode():
            wrong.append((name, answer.status_code, written))
    assert wrong == []


def test_a_form_from_here_is_taken(tess: User, signed_in: SignIn) -> None:
    window = Client(enforce_csrf_checks=True)
    window.cookies[NAME] = signed_in(tess).cookies[NAME].value
    window.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    body = f"name=Ms+T&csrfmiddlewaretoken={TOKEN}"
    sent = window.post("/school/account/", body, content_type=FORM, headers={"Origin": "http://testserver"})
    assert sent.status_code == 302


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "evil.example:80", "", "a b", "[::1"]
)
def test_another_host_is_refused_everywhere(host: str, tess: User, fill: Fill, signed_in: SignIn) -> None:
    window = signed_in(tess)
    for name, may in roles.ROLES.items():
        method = "GET" if may.read else "POST"
        with writing() as written:
            answer = window.generic(
                method, reverse(name, kwargs=fill(name, None)), content_type=FORM, headers={"Host": host}
            )
        assert (name, answer.status_code, written) == (name, 400, [])
        assert "evil" not in answer.content.decode()


def test_the_host_of_a_request_stands_in_no_link(ada: User, signed_in: SignIn) -> None:
    """Links that are given to others are of the address in the settings, also behind a front server that forwards what it was sent."""
    answer = signed_in(ada).post(
        "/school/people/", "role=teacher", content_type=FORM, headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    )  # fmt: skip
    page = answer.content.decode()
    assert f"{settings.ADDRESS}/school/join/" in page
    assert "evil" not in page


# --- Twice -------------------------------------------------------------------------------------------------------------

EACH_TIME = {
    "plan-move": "one more place down is what the button says",
    "people": "each link is for one person; one that nobody saw can be withdrawn",
    "class-parents": "the newest address counts",
    "school-route-up": "one more place up",
}
"""Forms that do something each time they are sent, and why that is right."""


@pytest.mark.parametrize("name", [name for name in OUR_FORMS if name not in EACH_TIME])
def test_a_form_sent_twice_does_it_once(
    name: str, ada: User, sender: Callable[[str], User], fill: Fill, signed_in: SignIn, post: Post
) -> None:
    """The second answer may say that it is done already; what is stored is the same, and the log says it once."""
    if name == "confirm-leads":
        User.objects.update(date_joined="2020-01-01T00:00Z")
    if name == "bring-back-adapted":
        Adaptation.objects.update(removed=timezone.now())
    address, values = reverse(name, kwargs=fill(name, None)), forms()[name]
    session = signed_in(sender(name)).cookies[NAME].value

    def send() -> int:
        window = Client()
        window.cookies[NAME] = session
        return int(post(window, address, **values).status_code)

    before = everything()
    first, once = send(), everything()
    second, twice = send(), everything()
    assert first in {200, 302}
    assert second in {200, 302, 400, 404, 410}
    assert once != before or name == "plan-arrange"
    assert twice == once
