"""How a school begins in the real browser, for journeys that need one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect
from running import ROOT, Server, StartServer, clean_environment

PASSWORD = "seven lemons ride a tram"


@dataclass
class Place:
    """A server with a database of its own, and the invitation of its first administrator."""

    server: Server
    invitation: str


def begin(start_server: StartServer, migrated: Path, folder: Path) -> Place:
    """Beach Primary, as `manage.py create_school` makes it."""
    file = shutil.copy(migrated, folder / "starfish.sqlite3")
    database = f"sqlite:///{file}"
    said = subprocess.run(
        [sys.executable, "manage.py", "create_school", "Beach Primary", "--country", "gb"],
        cwd=ROOT, env=clean_environment(DATABASE_URL=database), check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return Place(start_server(DATABASE_URL=database), urlsplit(said.split()[-1]).path)


def joins(page: Page, invitation: str, name: str) -> None:
    page.goto(invitation)
    page.get_by_label("Your name, as colleagues see it").fill(name)
    page.get_by_label("A name to sign in with").fill(name.lower())
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()


def sets_up_an_app(page: Page) -> None:
    """As an authenticator app would: the secret is typed into it, and it shows six digits."""
    page.get_by_role("link", name="Add an authenticator app").click()
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Authenticator code").fill(digits(secret))
    page.get_by_role("button", name="Turn it on").click()
    page.get_by_role("link", name="I have them. Go on").click()


def digits(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def goes_to(page: Page, name: str) -> None:
    page.locator(".staff-nav").get_by_role("link", name=name, exact=True).click()


def adds_a_class(page: Page, label: str) -> None:
    goes_to(page, "Classes")
    page.get_by_label("Label").fill(label)
    page.get_by_label("Age").select_option("7-9")
    page.get_by_role("button", name="Save the class").click()
    expect(page.get_by_role("heading", name=f"Class {label}", level=1)).to_be_visible()
