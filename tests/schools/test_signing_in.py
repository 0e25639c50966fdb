"""Signing in: who is slowed down, what is given away, where it leads, and when it ends."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from running import SAMPLE, StartServer
from sending import send
from starfish.schools import joining
from starfish.schools.models import Failure, Role, School, User

SignIn = Callable[[User], Client]
Post = Callable[..., Any]
PASSWORD = "seven lemons ride a tram"
WRONG = "eight lemons ride a tram"
MORNING = datetime.fromisoformat("2026-11-23T08:00:00+00:00")
NAME = settings.SESSION_COOKIE_NAME


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def a_spare_code(user: User) -> str:
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).update(data={"secret": "JBSWY3DPEHPK3PXP"})
    return str(RecoveryCodes.activate(user).get_unused_codes()[0])


def sign_in(post: Post, login: str, password: str = PASSWORD, window: Client | None = None, **more: str) -> Any:
    return post(window or Client(), "/accounts/login/", login=login, password=password, **more)


# --- Failures ----------------------------------------------------------------------------------------------------------


def test_failures_slow_an_account_down_and_nobody_else_at_that_address(
    tess: User, henk: User, clock: time_machine.Coordinates, post: Post
) -> None:
    for _ in range(5):
        assert "do not fit together" in sign_in(post, "tess", WRONG).content.decode()
    assert "tried too often" in sign_in(post, "tess").content.decode(), "even with the right password"
    assert sign_in(post, "henk").status_code == 302, "somebody else behind the same address gets in"
    clock.shift(timedelta(minutes=5, seconds=1))
    assert sign_in(post, "tess").headers["Location"] == "/school/"


def test_a_whole_staff_room_mistypes_and_signs_in(
    beach: School, post: Post, clock: time_machine.Coordinates, settings: Settings
) -> None:
    """From one address. Nobody has failed often, so nobody waits."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for fifty passwords
    for number in range(25):
        User.objects.create_user(f"person-{number}", password=PASSWORD, school=beach)
    for number in range(25):
        assert sign_in(post, f"person-{number}", WRONG).status_code == 200
    for number in range(25):
        assert sign_in(post, f"person-{number}").status_code == 302


def test_every_worker_counts_the_same_failures_and_a_restart_forgets_none(
    start_server: StartServer, migrated: Path, tmp_path: Path
) -> None:
    database = f"sqlite:///{shutil.copy(migrated, tmp_path / 'starfish.sqlite3')}"
    told = {"DATABASE_URL": database, "STARFISH_CONTENT": str(SAMPLE)}
    one, other = start_server(**told), start_server(**told)
    person = {"name": "", "username": "ada", "email": "", "password": PASSWORD}
    assert send(one, "/accounts/first/", school="Beach Primary", country="gb", **person).status == 302
    for server in (one, other, one, other, one):
        assert "do not fit together" in send(server, "/accounts/login/", login="ada", password=WRONG).page
    one.stop()
    again = start_server(**told)
    for server in (other, again):
        assert "tried too often" in send(server, "/accounts/login/", login="ada", password=PASSWORD).page
        server.stop()


def test_passkeys_are_not_counted_by_address(db: None, post: Post, clock: time_machine.Coordinates) -> None:
    for _ in range(15):
        assert (
            post(Client(), "/accounts/2fa/webauthn/login/", credential="{}").headers["Location"] == "/accounts/login/"
        )


@pytest.mark.parametrize("name", ["TESS", "Tess", " tess ", "teſs"])
def test_other_ways_to_write_a_name_are_counted_together(
    name: str, tess: User, clock: time_machine.Coordinates, post: Post
) -> None:
    for _ in range(5):
        sign_in(post, name, WRONG)
    assert "tried too often" in sign_in(post, "tess").content.decode()


def test_another_host_of_ours_is_no_fresh_start(
    tess: User, settings: Settings, clock: time_machine.Coordinates, client: Client
) -> None:
    settings.ALLOWED_HOSTS = [".example.org"]
    said = [
        client.post(
            "/accounts/login/", f"login=tess&password={number}", content_type="application/x-www-form-urlencoded",
            headers={"Host": f"a{number}.example.org"},
        ).content.decode()
        for number in range(6)
    ]  # fmt: skip
    assert "tried too often" not in said[4]
    assert "tried too often" in said[5]


def test_trying_many_other_names_does_not_wipe_the_count(
    tess: User, clock: time_machine.Coordinates, post: Post
) -> None:
    for _ in range(5):
        sign_in(post, "tess", WRONG)
    ends = MORNING + timedelta(minutes=5)
    Failure.objects.bulk_create(
        Failure(cache_key=f":1:another-name-{number}", value="", expires=ends) for number in range(1000)
    )
    cache.set("one-more", [1.0], 300)
    assert "tried too often" in sign_in(post, "tess").content.decode()


def test_who_was_tried_cannot_be_read_in_the_database(tess: User, post: Post) -> None:
    sign_in(post, "tess", WRONG)
    sign_in(post, "a-password-in-the-wrong-field", WRONG)
    kept = [f"{each.cache_key} {each.value}" for each in Failure.objects.all()]
    assert len(kept) == 2
    for name in ("tess", "a-password-in-the-wrong-field"):
        assert not any(name in each or sha256(name.encode()).hexdigest() in each for each in kept)


def test_wrong_digits_slow_the_second_step_down(lou: User, clock: time_machine.Coordinates, post: Post) -> None:
    code = a_spare_code(lou)
    window = Client()
    sign_in(post, "lou", window=window)
    for _ in range(5):
        assert post(window, "/accounts/2fa/authenticate/", code="000000").status_code == 200
    post(window, "/accounts/2fa/authenticate/", code=code)
    assert "_auth_user_id" not in window.session, "even with the right code"
    clock.shift(timedelta(minutes=5, seconds=1))
    window = Client()
    sign_in(post, "lou", window=window)
    assert post(window, "/accounts/2fa/authenticate/", code=code).headers["Location"] == "/school/"


@pytest.mark.parametrize("login", ["tess", "TESS", " tess ", "tess@beach.example", "Tess@Beach.Example"])
def test_a_name_or_a_mail_address_will_do(login: str, tess: User, post: Post) -> None:
    User.objects.filter(pk=tess.pk).update(email="tess@beach.example")
    assert sign_in(post, login).headers["Location"] == "/school/"


def test_a_window_asks_for_both_in_plain_words(db: None, client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "The name that you sign in with, or your email address" in page
    assert "placeholder" not in page


# --- Nothing is given away ---------------------------------------------------------------------------------------------


def page_of(answer: Any, name: str) -> str:
    """A page without what differs on purpose: the form's token, and the name that was typed."""
    return re.sub(r'value="[\w-]{64}"', "", answer.content.decode()).replace(name, "NAME")


def test_a_name_that_is_not_there_looks_like_a_wrong_password(
    tess: User, lou: User, clock: time_machine.Coordinates, post: Post
) -> None:
    gone = User.objects.create_user("gone", password=PASSWORD, is_active=False, school=tess.school)
    User.objects.filter(pk=tess.pk).update(email="tess@beach.example")
    for _ in range(7):  # and the sixth and the seventh, which are slowed down
        answers = {
            (answer.status_code, page_of(answer, name))
            for name in ("tess", "lou", gone.username, "there-is-nobody", "tess@beach.example", "nobody@beach.example")
            for answer in [sign_in(post, name, WRONG)]
        }
        assert len(answers) == 1


def test_a_name_that_is_not_there_takes_as_long(tess: User, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    real = hashers.Argon2PasswordHasher.encode
    monkeypatch.setattr(hashers.Argon2PasswordHasher, "encode", lambda *args: hashed.append("once") or real(*args))
    verified = hashers.Argon2PasswordHasher.verify
    monkeypatch.setattr(hashers.Argon2PasswordHasher, "verify", lambda *args: hashed.append("once") or verified(*args))
    counts = []
    for name in ("tess", "there-is-nobody"):
        hashed.clear()
        sign_in(post, name, WRONG)
        counts.append(len(hashed))
    assert counts == [1, 1]


CLOSED = (
    "/accounts/", "/accounts/signup/", "/accounts/signup/passkey/", "/accounts/email/", "/accounts/confirm-email/",
    "/accounts/confirm-email/abc/", "/accounts/password/reset/", "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-set-password/", "/accounts/password/reset/key/done/", "/accounts/password/set/",
    "/accounts/login/code/", "/accounts/login/code/confirm/", "/accounts/phone/verify/", "/accounts/phone/change/",
    "/accounts/3rdparty/", "/accounts/social/signup/", "/accounts/google/login/", "/accounts/microsoft/login/callback/",
    "/accounts/sessions/", "/accounts/2fa/trust/", "/accounts/2fa/webauthn/signup/", "/_allauth/browser/v1/config",
    "/admin/", "/school/admin/",
)  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_what_allauth_offers_and_we_do_not_use_is_not_there(address: str, db: None, client: Client) -> None:
    assert client.get(address).status_code == 404
    sent = client.post(address, "username=me", content_type="application/x-www-form-urlencoded")
    assert sent.status_code == (404 if address.startswith(settings.STAFF_PATHS) else 405)
    assert not User.objects.exists()


def test_nobody_signs_up_even_if_the_address_were_there(rf: Any) -> None:
    from allauth.account.adapter import get_adapter

    assert get_adapter().is_open_for_signup(rf.get("/")) is False


# --- Where it leads ----------------------------------------------------------------------------------------------------

ELSEWHERE = (
    "https://evil.example/", "http://evil.example/", "//evil.example/", "///evil.example/", "////evil.example",
    "/\\evil.example", "\\\\evil.example", "/\\/evil.example", "https:evil.example", "https:/evil.example", "https:///evil.example",
    "http:///evil.example", "javascript:alert(1)", "data:text/html,hello", "\thttps://evil.example", "\x00//evil.example",
    "/\t/evil.example", "https://testserver@evil.example/", "https://testserver.evil.example/", "https://evil.example\\@testserver/",
    "ftp://testserver/", " //evil.example", "/\n/evil.example", "http://[evil", "//%65vil.example/",
)  # fmt: skip


def stays(answer: Any) -> bool:
    """Whether a browser would stay on this site: it drops tabs and line ends, and takes \\ for /."""
    leads_to = re.sub(r"[\t\r\n]", "", answer.headers.get("Location", "/")).strip("\x00 ").replace("\\", "/")
    try:
        found = urlsplit(urljoin("http://testserver/accounts/login/", leads_to))
    except ValueError:
        return False
    return (found.scheme, found.netloc) == ("http", "testserver") and not re.match(r"[a-z]+:|//", leads_to)


def test_the_forms_of_elsewhere_would_be_noticed() -> None:
    assert len(ELSEWHERE) >= 20

    class Led:
        def __init__(self, to: str) -> None:
            self.headers = {"Location": to}

    assert [to for to in ELSEWHERE if stays(Led(to))] == []
    assert stays(Led("/school/classes/"))


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_leads_nowhere_else(elsewhere: str, tess: User, at_the_desk: SignIn, post: Post) -> None:
    answer = sign_in(post, "tess", next=elsewhere)
    assert answer.status_code == 302
    assert stays(answer)
    window = at_the_desk(tess)
    assert stays(window.get("/accounts/login/", {"next": elsewhere}))
    assert stays(post(window, "/accounts/reauthenticate/", password=PASSWORD, next=elsewhere))
    assert stays(post(window, "/accounts/logout/", next=elsewhere))


def test_signing_in_leads_to_where_somebody_wanted_to_be(tess: User, post: Post) -> None:
    asked = Client().get("/school/coverage/?year=2026").headers["Location"]
    assert asked == "/accounts/login/?next=/school/coverage/%3Fyear%3D2026"
    assert (
        sign_in(post, "tess", next="/school/coverage/?year=2026").headers["Location"] == "/school/coverage/?year=2026"
    )


def test_a_form_sent_too_late_says_so_and_leads_to_a_page_that_is_there(tess: User, post: Post) -> None:
    window = Client()
    answer = post(window, "/school/classes/3/remove/", follow=True)
    assert "Nothing was saved." in answer.content.decode()
    assert answer.redirect_chain == [("/accounts/login/?next=/school/", 302)]


# --- When it begins and ends -------------------------------------------------------------------------------------------


def given_a_session(window: Client) -> str:
    """The key of a session that somebody else knows, as if they had put its cookie into this browser."""
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store["planted"] = "yes"
    store.create()
    window.cookies[NAME] = store.session_key
    return str(store.session_key)


def test_signing_in_changes_the_key_of_the_session(tess: User, post: Post) -> None:
    window = Client()
    planted = given_a_session(window)
    sign_in(post, "tess", window=window)
    assert window.session["_auth_user_id"] == str(tess.pk)
    assert window.cookies[NAME].value != planted
    assert not Session.objects.filter(pk=planted).exists()


def test_a_key_of_ones_own_making_is_not_taken(tess: User, post: Post) -> None:
    window = Client()
    window.cookies[NAME] = "a" * 32
    sign_in(post, "tess", window=window)
    assert window.cookies[NAME].value != "a" * 32


def test_the_second_step_changes_it_again(lou: User, post: Post) -> None:
    code = a_spare_code(lou)
    window = Client()
    planted = given_a_session(window)
    sign_in(post, "lou", window=window)
    half = window.cookies[NAME].value
    assert window.get("/school/").status_code == 302, "a password alone opens nothing"
    post(window, "/accounts/2fa/authenticate/", code=code)
    assert window.get("/school/").status_code == 200
    assert window.cookies[NAME].value not in {planted, half}
    assert not Session.objects.filter(pk__in=[planted, half]).exists()


def test_joining_changes_it(beach: School, ada: User, post: Post) -> None:
    key = joining.invite(school=beach, role=Role.TEACHER, by=ada)
    window = Client()
    planted = given_a_session(window)
    post(window, f"/school/join/{key}/", username="new-teacher", password=PASSWORD)
    assert window.get("/school/").status_code == 200
    assert not Session.objects.filter(pk=planted).exists()


def test_signing_out_ends_it_on_the_server(tess: User, signed_in: SignIn, post: Post) -> None:
    window = signed_in(tess)
    key = window.cookies[NAME].value
    post(window, "/accounts/logout/")
    stolen = Client()
    stolen.cookies[NAME] = key
    assert stolen.get("/school/").status_code == 302


def removed(ada: User, tess: User) -> None:
    joining.remove(user=tess, by=ada)


def new_password(ada: User, tess: User) -> None:
    tess.set_password("nine pears in the rain")
    tess.save()


def closed(ada: User, tess: User) -> None:
    tess.is_active = False
    tess.save()


def without_school(ada: User, tess: User) -> None:
    tess.school = None
    tess.save()


@pytest.mark.parametrize("after", [removed, new_password, closed, without_school])
@pytest.mark.parametrize("address", ["/school/", "/school/account/my-account.json"])
def test_windows_are_stale_after(
    after: Callable[[User, User], None], address: str, ada: User, tess: User, signed_in: SignIn
) -> None:
    window = signed_in(tess)
    assert window.get(address).status_code == 200
    after(ada, tess)
    assert window.get(address).headers["Location"].startswith("/accounts/login/")


def test_another_role_counts_at_once_in_every_window(ada: User, lou: User, tess: User, signed_in: SignIn) -> None:
    lead, teacher = signed_in(lou), signed_in(tess)
    assert lead.get("/school/log/").status_code == 200
    joining.change_role(user=lou, role=Role.TEACHER, by=ada)
    joining.change_role(user=tess, role=Role.LEAD, by=ada)
    assert lead.get("/school/log/").status_code == 403
    assert teacher.get("/school/log/").headers["Location"] == "/accounts/2fa/", "who leads needs a second step first"


OURS_AND_ALLAUTHS = ("/school/", "/accounts/2fa/", "/accounts/password/change/")


@pytest.mark.parametrize("address", OURS_AND_ALLAUTHS)
def test_half_an_hour_without_a_page_ends_it(
    address: str, tess: User, signed_in: SignIn, clock: time_machine.Coordinates
) -> None:
    window = signed_in(tess)
    clock.shift(timedelta(minutes=29))
    assert window.get(address).status_code == 200
    clock.shift(timedelta(minutes=29))
    assert window.get(address).status_code == 200
    clock.shift(timedelta(minutes=30, seconds=1))
    assert window.get(address).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("address", OURS_AND_ALLAUTHS)
def test_eight_hours_end_it_however_busy_somebody_is(
    address: str, tess: User, post: Post, clock: time_machine.Coordinates
) -> None:
    window = Client()
    sign_in(post, "tess", window=window)
    key = window.cookies[NAME].value
    for _ in range(24):
        clock.shift(timedelta(minutes=20))
        assert window.get(address).status_code == 200, clock
    clock.shift(timedelta(seconds=1))
    assert window.get(address).headers["Location"].startswith("/accounts/login/")
    assert not Session.objects.filter(pk=key).exists()
    sign_in(post, "tess", window=window)
    clock.shift(timedelta(minutes=20))
    assert window.get(address).status_code == 200, "and it begins anew"


def test_a_new_password_and_showing_that_it_is_oneself_do_not_make_it_longer(
    tess: User, post: Post, clock: time_machine.Coordinates
) -> None:
    window = Client()
    sign_in(post, "tess", window=window)
    for number in range(16):
        clock.shift(timedelta(minutes=29))
        if number == 8:
            assert post(window, "/accounts/reauthenticate/", password=PASSWORD).status_code == 302
            new = {"oldpassword": PASSWORD, "password1": WRONG, "password2": WRONG}
            assert post(window, "/accounts/password/change/", **new).status_code == 302
        assert window.get("/school/").status_code == 200
    clock.shift(timedelta(minutes=17))
    assert window.get("/school/").status_code == 302
