"""Passkeys work for school staff, in a real browser with a virtual key; public pages have them off."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import listen
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from running import ROOT, SAMPLE, Server, StartServer, clean_environment
from starfish.pages.headers import permissions
from starfish.schools.models import User

SignIn = Callable[[User], Client]

PUBLIC = (
    "/",
    "/lessons/",
    "/help/",
    "/schools/",
    "/school",
    "/accounts",
    "/static/css/starfish.css",
    "/x/school/",
    "//school/",
)
STAFF = ("/school/", "/school/account/", "/accounts/login/", "/accounts/2fa/webauthn/add/")


@pytest.mark.parametrize("path", PUBLIC)
def test_no_public_page_may_ask_for_a_passkey(path: str) -> None:
    assert "publickey-credentials-create=(), publickey-credentials-get=()," in permissions(path)


@pytest.mark.parametrize("path", STAFF)
def test_pages_of_staff_may(path: str) -> None:
    assert "publickey-credentials-create=(self), publickey-credentials-get=(self)," in permissions(path)


def test_the_header_is_sent(db: None, client: Client) -> None:
    assert client.get("/").headers["Permissions-Policy"] == permissions("/")
    assert client.get("/accounts/login/").headers["Permissions-Policy"] == permissions("/accounts/login/")
    assert client.get("/school/").headers["Permissions-Policy"] == permissions("/school/")


# --- In a real browser -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def school_site(
    start_server: StartServer, migrated: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Server, str]:
    """A server with one school, and the path of the invitation for its first administrator. No lesson of it is looked at."""
    file = shutil.copy(migrated, tmp_path_factory.mktemp("school") / "school.sqlite3")
    told = {"DATABASE_URL": f"sqlite:///{file}", "STARFISH_CONTENT": str(SAMPLE)}
    said = subprocess.run(
        [sys.executable, "manage.py", "create_school", "Beach Primary"], cwd=ROOT, env=clean_environment(**told),
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return start_server(**told), urlsplit(said.split()[-1]).path


def with_a_key(page: Page) -> None:
    """Gives the browser a key that says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_somebody_joins_adds_a_passkey_and_signs_in_with_it_alone(
    browser: Browser, school_site: tuple[Server, str], axe: Callable[[Page], None]
) -> None:
    server, invitation = school_site
    address = server.address.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, never to a number
    page = browser.new_context(base_url=address, viewport={"width": 1024, "height": 768}).new_page()
    page.set_default_timeout(15_000)
    said = listen(page)
    with_a_key(page)

    page.goto(invitation)
    page.get_by_label("Your name, as colleagues see it").fill("Ada")
    page.get_by_label("A name to sign in with").fill("ada")
    page.get_by_label("Password").fill("seven lemons ride a tram")
    page.get_by_role("button", name="Join").click()
    assert "Your role needs a second step." in page.inner_text("main")
    axe(page)

    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Sign in with it alone, without a password").check()
    axe(page)
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("heading", name="Spare codes").wait_for()
    assert page.locator(".spare-codes li").count() == 10
    axe(page)
    page.get_by_role("link", name="I have them. Go on").click()
    assert page.url == f"{address}/school/"

    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")
    axe(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{address}/school/")

    page.goto("/accounts/password/change/")
    axe(page)
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_role("button", name="Remove it").click()
    assert "this is your only one" in page.inner_text("main")
    assert said == []
    page.context.close()


@pytest.mark.parametrize(
    ("host", "works"), [("127.0.0.1:8000", False), ("[::1]:8000", False), ("localhost:8000", True)]
)
def test_at_a_number_a_page_says_where_passkeys_work(
    host: str, works: bool, tess: User, at_the_desk: SignIn, settings: Settings
) -> None:
    """A browser keeps passkeys for names alone, and `make run` names a number. Without a word a button would do nothing."""
    settings.ALLOWED_HOSTS = ["*"]
    window = at_the_desk(tess)
    for path in ("/accounts/2fa/", "/accounts/2fa/webauthn/add/"):
        page = window.get(path, headers={"Host": host}).content.decode()
        assert (f'href="http://localhost:8000{path}"' in page) is not works, path
    page = Client().get("/accounts/login/", headers={"Host": host}).content.decode()
    assert ("Sign in with a passkey" in page) is works


def test_a_public_page_cannot_ask_for_a_passkey(browser: Browser, school_site: tuple[Server, str]) -> None:
    page = browser.new_page(base_url=school_site[0].address)
    page.goto("/")
    refused = page.evaluate(
        "navigator.credentials ? navigator.credentials.get({publicKey: {challenge: new Uint8Array(16)}}).catch(e => e.name) : 'none'"
    )
    assert refused == "NotAllowedError"
    page.close()
