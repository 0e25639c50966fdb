"""What somebody does in a browser who is new: joins, and sets up a second step."""

from __future__ import annotations

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

PASSWORD = "seven lemons ride a tram"


def joins(page: Page, invitation: str, name: str) -> None:
    page.goto(invitation)
    fills_in_who(page, name)
    page.get_by_role("button", name="Join").click()


def fills_in_who(page: Page, name: str) -> None:
    page.get_by_label("Your name, as colleagues see it").fill(name)
    page.get_by_label("A name to sign in with").fill(name.lower())
    page.get_by_label("Password").fill(PASSWORD)


def sets_up_an_app(page: Page) -> str:
    """As an authenticator app would: the secret is typed into it, and it shows six digits. Returns a spare code."""
    page.get_by_role("link", name="Add an authenticator app").click()
    page.get_by_label("Authenticator code").fill(digits(page.locator("code.secret").inner_text()))
    page.get_by_role("button", name="Turn it on").click()
    spare = page.locator("code.secret").first.inner_text()
    page.get_by_role("link", name="I have them. Go on").click()
    return spare


def digits(secret: str) -> str:
    """What the app shows. In the last seconds of a code somebody waits for the next, as people do."""
    if (left := 30 - time.time() % 30) < 5:
        time.sleep(left)
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
