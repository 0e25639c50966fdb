"""One's own account: a name, a password, a second step, what is kept, and leaving."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from starfish.pages.current import curriculum
from starfish.schools import approvals, joining
from starfish.schools.classes import add
from starfish.schools.deliveries import record
from starfish.schools.models import Role, School, SizeBand, User

SignedIn = Callable[[User], Client]
Post = Callable[..., Any]
PASSWORD = "seven lemons ride a tram"


def test_everybody_sees_their_own_account(ada: User, lou: User, tess: User, signed_in: SignedIn) -> None:
    for person in (ada, lou, tess):
        page = signed_in(person).get("/school/account/").content.decode()
        assert person.username in page
        assert 'href="/accounts/password/change/"' in page
        assert 'href="/accounts/2fa/"' in page


def test_a_new_name(tess: User, beach: School, signed_in: SignedIn, post: Post) -> None:
    page = post(signed_in(tess), "/school/account/", follow=True, name="Ms T").content.decode()
    assert "Colleagues see you as Ms T." in page
    assert beach.log.first().verb == "changed their name"


def test_nobody_gives_themselves_a_role_or_a_school(tess: User, hill: School, signed_in: SignedIn, post: Post) -> None:
    post(signed_in(tess), "/school/account/", name="T", role="administrator", school=hill.pk, is_superuser="on")
    tess.refresh_from_db()
    assert tess.role == Role.TEACHER
    assert tess.school != hill
    assert not tess.is_superuser


def test_a_name_that_is_too_long_is_refused(tess: User, signed_in: SignedIn, post: Post) -> None:
    assert post(signed_in(tess), "/school/account/", name="x" * 81).status_code == 400


def test_sign_out_everywhere_ends_every_window_and_nobody_elses(
    tess: User, lou: User, signed_in: SignedIn, post: Post
) -> None:
    one, two, other = signed_in(tess), signed_in(tess), signed_in(lou)
    page = post(one, "/school/account/sign-out-everywhere/", follow=True).content.decode()
    assert "You are signed out everywhere" in page
    for window in (one, two):
        assert window.get("/school/account/").status_code == 302
    assert other.get("/school/account/").status_code == 200


def test_the_export_holds_what_somebody_did_and_no_secret(
    beach: School, ada: User, lou: User, signed_in: SignedIn
) -> None:
    lesson = curriculum().lessons[0]
    school_class = add(school=beach, by=lou, label="4B", band=lesson.band.id, size=SizeBand.LARGE, year=2026)
    approvals.approve(school=beach, by=lou, lesson=lesson, with_lead=False)
    record(
        school_class=school_class, by=lou, lesson=lesson, on=date(2026, 11, 2), length=30, left_out=(), cover=False, parents_told=True
    )  # fmt: skip
    joining.invite(school=beach, role=Role.TEACHER, by=ada)
    answer = signed_in(lou).get("/school/account/my-account.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-account.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    kept = json.loads(answer.content)
    assert kept["account"]["signs in as"] == "lou"
    assert kept["approved"][0]["lesson"] == kept["recorded"][0]["lesson"] == lesson.id
    assert kept["recorded"][0]["class"] == "4B"
    assert {line["did"] for line in kept["log"]} >= {"added a class", "approved", "recorded"}
    assert kept["invited"] == []  # that was Ada
    for secret in (lou.password, "argon2", "never used here"):
        assert secret not in answer.content.decode()


def test_erasing_asks_once_more(tess: User, signed_in: SignedIn, post: Post) -> None:
    window = signed_in(tess)
    assert "cannot be undone" in window.get("/school/account/erase/").content.decode()
    assert post(window, "/school/account/erase/").status_code == 400
    assert User.objects.filter(pk=tess.pk).exists()


def test_somebody_erases_their_account_and_what_they_recorded_stays(
    beach: School, lou: User, ada: User, signed_in: SignedIn, post: Post
) -> None:
    lesson = curriculum().lessons[0]
    approvals.approve(school=beach, by=lou, lesson=lesson, with_lead=False)
    window, other = signed_in(lou), signed_in(lou)
    page = post(window, "/school/account/erase/", follow=True, sure="on").content.decode()
    assert "Your account is erased." in page
    assert not User.objects.filter(username="lou").exists()
    assert not Authenticator.objects.filter(user_id=lou.pk).exists()
    for each in (window, other):
        assert each.get("/school/").status_code == 302
    assert approvals.standing(beach)[lesson.id].by is None
    assert (
        "Somebody whose account has been removed"
        in signed_in(ada).get(f"/school/approvals/{lesson.id}/").content.decode()
    )
    assert beach.log.first().verb == "erased their own account"


def test_the_last_administrator_stays(beach: School, ada: User, signed_in: SignedIn, post: Post) -> None:
    page = post(signed_in(ada), "/school/account/erase/", follow=True, sure="on").content.decode()
    assert "you are the last" in page
    assert "Nothing was changed." in page
    assert User.objects.filter(pk=ada.pk).exists()
    assert signed_in(ada).get("/school/").status_code == 200


@pytest.mark.parametrize("address", ["", "my-account.json", "erase/"])
def test_without_signing_in_there_is_no_account(address: str, db: None, client: Client) -> None:
    assert client.get(f"/school/account/{address}").headers["Location"].startswith("/accounts/login/")


# --- allauth's pages, in our words -------------------------------------------------------------------------------------


@pytest.fixture
def lou_at_the_desk(lou: User, post: Post) -> Client:
    """Lou has signed in with a password and a spare code just now."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    cache.clear()  # the count of failures of earlier tests
    Authenticator.objects.filter(user=lou, type="totp").update(data={"secret": "JBSWY3DPEHPK3PXP"})
    code = RecoveryCodes.activate(lou).get_unused_codes()[0]
    window = Client()
    answer = post(window, "/accounts/login/", login="lou", password=PASSWORD)
    assert answer.headers["Location"].startswith("/accounts/2fa/authenticate/")
    page = window.get("/accounts/2fa/authenticate/").content.decode()
    assert "Your second step" in page
    assert post(window, "/accounts/2fa/authenticate/", code=code).headers["Location"] == "/school/"
    assert post(window, "/accounts/reauthenticate/", password=PASSWORD).status_code == 302
    return window


PAGES = {
    "/accounts/2fa/": "With a second step nobody gets in with the password alone.",
    "/accounts/2fa/totp/deactivate/": "Turn the authenticator app off",
    "/accounts/2fa/recovery-codes/": "Each code gets you in once",
    "/accounts/2fa/recovery-codes/generate/": "Make new spare codes",
    "/accounts/2fa/webauthn/": "You have none yet.",
    "/accounts/2fa/webauthn/add/": "Sign in with it alone, without a password",
    "/accounts/reauthenticate/": "Is it still you?",
    "/accounts/2fa/reauthenticate/": "Is it still you?",
    "/accounts/password/change/": "Your new password once more",
}


@pytest.mark.parametrize(("address", "words"), PAGES.items())
def test_each_page_of_signing_in_reads_in_our_words(address: str, words: str, lou_at_the_desk: Client) -> None:
    page = lou_at_the_desk.get(address).content.decode()
    assert words in page
    assert "css/staff" in page
    for jargon in (
        "Two-Factor",
        "Authenticator App",
        "Security Key",
        "Reauthenticate",
        "JavaScript",
        "style=",
        "onclick",
    ):
        assert jargon not in page


def test_the_only_second_step_of_a_lead_cannot_be_turned_off(lou_at_the_desk: Client, lou: User, post: Post) -> None:
    assert "this is your only one" in post(lou_at_the_desk, "/accounts/2fa/totp/deactivate/").content.decode()
    assert Authenticator.objects.filter(user=lou, type=Authenticator.Type.TOTP).exists()


def test_a_new_password_ends_the_other_windows(
    lou_at_the_desk: Client, lou: User, signed_in: SignedIn, post: Post
) -> None:
    other = signed_in(lou)
    answer = post(
        lou_at_the_desk, "/accounts/password/change/",
        oldpassword=PASSWORD, password1="nine pears in the rain", password2="nine pears in the rain",
    )  # fmt: skip
    assert answer.headers["Location"] == "/school/account/"
    assert lou_at_the_desk.get("/school/account/").status_code == 200
    assert other.get("/school/account/").status_code == 302
    assert lou.school
    assert lou.school.log.first().verb == "changed their password"


def test_new_spare_codes_are_in_the_log(
    lou_at_the_desk: Client, beach: School, post: Post, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post(lou_at_the_desk, "/accounts/2fa/recovery-codes/generate/")
    assert beach.log.first().verb == "made new spare codes"


def test_a_lead_without_a_second_step_is_led_to_it(beach: School, signed_in: SignedIn) -> None:
    new = User.objects.create_user(username="new", password=PASSWORD, school=beach, role=Role.LEAD)
    page = signed_in(new).get("/school/approvals/", follow=True).content.decode()
    assert "Your role needs a second step." in page
    assert 'class="staff-nav"' not in page
