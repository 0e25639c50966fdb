"""Every address of school staff, asked by everybody in every way, does what the table in roles.py says."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import roles
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.test import Client
from django.urls import reverse
from provider import Provider
from running import ROOT
from starfish.assessment import paper
from starfish.schools import evidence
from starfish.schools.models import Role, School, User
from starfish.schools.views import ours
from walking import ask, outcome, writing

SignIn = Callable[[User], Client]
Fill = Callable[..., dict[str, Any]]

METHODS = ("GET", "POST", "PUT", "DELETE")
STRANGER = "another school's administrator"
NEW = tuple(f"a new {role}" for role in (roles.LEAD, roles.ADMINISTRATOR))
"""People whose role needs a second step, and who have not set one up."""
NOTHING_YET = {"mfa_deactivate_totp", "mfa_view_recovery_codes", "download-spare-codes"}
"""Not there for somebody without a second step."""


def test_every_address_is_in_the_table_and_no_other() -> None:
    assert set(roles.ADDRESSES) == set(roles.ROLES)


def test_no_address_of_staff_lies_elsewhere() -> None:
    """Sessions exist under STAFF_PATHS alone; only the parents' page is public."""
    from starfish.schools.urls import urlpatterns

    elsewhere = {
        address for address, _ in roles.walk(urlpatterns) if not f"/{address}".startswith(settings.STAFF_PATHS)
    }
    assert elsewhere == {"for-parents/<slug:key>/"}


def test_the_operators_page_says_the_same(tmp_path: Path) -> None:
    """When it does not, this leaves the page as it should be beside the tests' other files, and says where."""
    page = roles.page()
    (tmp_path / "roles.md").write_text(page, encoding="utf-8")
    there = (ROOT / "docs" / "operators" / "roles.md").read_text(encoding="utf-8")
    assert there == page, f"cp {tmp_path / 'roles.md'} docs/operators/roles.md"


# --- The walk ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def everybody(beach: School, ada: User, lou: User, tess: User, henk: User) -> dict[str, User | None]:
    Authenticator.objects.create(user=tess, type=Authenticator.Type.TOTP, data={"secret": "never used here"})
    for user in (ada, lou, tess, henk):
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "key", "credential": {}}
        )
        RecoveryCodes.activate(user)
    new = {f"a new {role}": User.objects.create(username=f"new-{role}", school=beach, role=role) for role in Role}
    return {
        "nobody": None, roles.TEACHER: tess, roles.LEAD: lou, roles.ADMINISTRATOR: ada, STRANGER: henk,
        **{name: new[name] for name in NEW},
    }  # fmt: skip


def expected(name: str, method: str, who: str) -> str:
    """What the table promises: answered, or how it is refused."""
    may = {"GET": roles.ROLES[name].read, "POST": roles.ROLES[name].send}.get(method, roles.NOBODY)
    if not may:
        asked_first = method == "POST" and name.startswith(
            "mfa_"
        )  # allauth looks who it is before it looks what is asked
        return "sign in" if asked_first and who == "nobody" else "no such method"
    if may == roles.FIRST:
        return "not there"
    if may == roles.ANYONE:
        return "answered"
    if who == "nobody":
        return "sign in"
    if who in NEW:
        if "pk" in roles.parts(name) or name in NOTHING_YET:
            return "not there"
        return "answered" if may == roles.SIGNED_IN else "second step"
    if (roles.ADMINISTRATOR if who == STRANGER else who) not in may:
        return "not for you"
    return "not there" if who == STRANGER and roles.OF_A_SCHOOL & roles.parts(name) else "answered"


@pytest.mark.parametrize("who", ["nobody", *sorted(roles.STAFF), STRANGER, *NEW])
def test_everybody_may_what_the_table_says_and_nothing_more(
    who: str,
    everybody: dict[str, User | None],
    fill: Fill,
    at_the_desk: SignIn,
    reef: Provider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(evidence, "pack", lambda *_: b"%PDF-")  # drawing takes seconds
    monkeypatch.setattr(paper, "sheets", lambda *_: b"%PDF-")
    monkeypatch.setattr(ours, "ask_for_school", lambda *_: b"%PDF-")
    monkeypatch.setattr(webauthn, "get_credentials", lambda user: [])  # the passkeys here are made up
    user = everybody[who]
    session = at_the_desk(user).cookies[settings.SESSION_COOKIE_NAME].value if user else ""
    wrong = []
    for name, method in itertools.product(roles.ADDRESSES, METHODS):
        address, promised = reverse(name, kwargs=fill(name, user)), expected(name, method, who)
        with writing() as written:
            found = outcome(name, ask(method, address, session))
        if found != promised:
            wrong.append(f"{method} {address}: {found}, and not: {promised}")
        if found != "answered" and written:
            wrong.append(f"{method} {address}: {found}, and yet: {written}")
    assert wrong == []
