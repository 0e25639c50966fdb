"""Invitations by mail, where the site has a mail server; without one, by a link that is copied or scanned."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings
from starfish.schools import joining
from starfish.schools.models import Entry, Invitation, Role, School, User

SignIn = Callable[[User], Client]
Post = Callable[..., Any]
PEOPLE = "/school/people/"


@pytest.fixture
def mail_server(settings: Settings) -> None:
    settings.MAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.beach.example", "starfish@beach.example"


def link_on(page: str) -> str:
    (link,) = re.findall(r'<code class="secret">([^<]+)</code>', page)
    return str(link)


def test_an_invitation_is_sent_and_opens_the_school(
    mail_server: None, beach: School, ada: User, signed_in: SignIn, post: Post
) -> None:
    page = post(signed_in(ada), PEOPLE, role="lead", email="lou@beach.example").content.decode()
    (sent,) = mail.outbox
    assert (sent.to, sent.from_email, sent.subject) == (
        ["lou@beach.example"], "starfish@beach.example", "Join Beach Primary on Starfish",
    )  # fmt: skip
    assert "You join as: Safeguarding lead." in sent.body
    assert "It was sent to lou@beach.example." in page
    assert link_on(page) in sent.body
    key = link_on(page).rstrip("/").rpartition("/")[2]
    invitation = joining.invitation_of(key)
    assert invitation
    assert invitation.role == Role.LEAD


def test_the_address_is_kept_nowhere(mail_server: None, ada: User, signed_in: SignIn, post: Post) -> None:
    post(signed_in(ada), PEOPLE, role="lead", email="lou@beach.example")
    kept = [str(row) for table in (Invitation, Entry, User) for row in table.objects.values()]  # type: ignore[attr-defined]
    assert len(kept) > 2
    assert not any("lou@beach.example" in row for row in kept)


def test_nothing_in_the_name_of_a_school_becomes_a_tag_or_a_sign_for_one(
    mail_server: None, beach: School, ada: User, signed_in: SignIn, post: Post
) -> None:
    School.objects.update(name="Tom & Ann's")
    post(signed_in(ada), PEOPLE, role="teacher", email="tess@beach.example")
    assert "Tom & Ann's invites you" in mail.outbox[0].body


def test_a_mail_that_cannot_be_sent_leaves_a_link_that_works(
    mail_server: None, ada: User, signed_in: SignIn, post: Post, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # where nobody listens
    page = post(signed_in(ada), PEOPLE, role="teacher", email="tess@beach.example").content.decode()
    assert "could not be sent" in page
    key = link_on(page).rstrip("/").rpartition("/")[2]
    assert joining.invitation_of(key)


@pytest.mark.parametrize(
    "address", ["not an address", "a@b.example\nBcc: everybody@b.example", "a@b.example, c@b.example"]
)
def test_an_address_that_is_none_is_refused_and_nobody_invited(
    address: str, mail_server: None, ada: User, signed_in: SignIn, post: Post
) -> None:
    answer = post(signed_in(ada), PEOPLE, role="teacher", email=address)
    assert answer.status_code == 400
    assert (len(mail.outbox), Invitation.objects.count()) == (0, 0)


def test_an_address_is_not_needed(mail_server: None, ada: User, signed_in: SignIn, post: Post) -> None:
    assert link_on(post(signed_in(ada), PEOPLE, role="teacher", email="").content.decode())
    assert mail.outbox == []


def test_without_a_mail_server_nobody_is_asked_for_an_address(ada: User, signed_in: SignIn, post: Post) -> None:
    window = signed_in(ada)
    assert 'name="email"' not in window.get(PEOPLE).content.decode()
    page = post(window, PEOPLE, role="teacher", email="tess@beach.example").content.decode()
    assert "sent to" not in page
    assert 'class="qr"' in page
    assert mail.outbox == []
