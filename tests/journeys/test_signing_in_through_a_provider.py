"""Somebody links single sign-on with their account, and signs in with it: in a real browser, which holds forms to this site."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from arriving import joins, sets_up_an_app
from conftest import listen
from playwright.sync_api import Browser, Page, expect
from provider import CLIENT, SECRET, Provider, running
from running import ROOT, SAMPLE, Server, StartServer, clean_environment

Axe = Callable[[Page], None]


@pytest.fixture
def reef() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def told_of_reef(
    start_server: StartServer, reef: Provider, migrated: Path, tmp_path: Path
) -> Iterator[tuple[Server, str]]:
    """A server with its settings as an operator gives them, and the path of the first invitation."""
    (tmp_path / "secret").write_text(SECRET, encoding="utf-8")
    told = {
        "STARFISH_OIDC_NAME": "Reef", "STARFISH_OIDC_SERVER": reef.address, "STARFISH_OIDC_CLIENT_ID": CLIENT,
        "STARFISH_OIDC_SECRET_FILE": str(tmp_path / "secret"), "STARFISH_CONTENT": str(SAMPLE),
        "DATABASE_URL": f"sqlite:///{shutil.copy(migrated, tmp_path / 'starfish.sqlite3')}",
    }  # fmt: skip
    said = subprocess.run(
        [sys.executable, "manage.py", "create_school", "Beach Primary"],
        cwd=ROOT, env=clean_environment(**told), check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    server = start_server(**told)
    yield server, urlsplit(said.split()[-1]).path
    server.stop()


def test_there_and_back(told_of_reef: tuple[Server, str], reef: Provider, browser: Browser, axe: Axe) -> None:
    server, invitation = told_of_reef
    page = browser.new_context(base_url=server.address).new_page()
    page.set_default_timeout(15_000)
    said = listen(page)
    joins(page, invitation, "Ada")
    spare = sets_up_an_app(page)
    page.goto("/school/account/")
    axe(page)
    page.get_by_role("link", name="Sign in with Reef too").click()
    axe(page)
    page.get_by_role("button", name="Go to Reef").click()
    expect(page.get_by_role("heading", name="Reef", exact=True)).to_be_visible()
    assert page.url.startswith(reef.address)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Linked. From now on")).to_be_visible()
    axe(page)

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto("/school/classes/")
    axe(page)
    page.get_by_role("button", name="Sign in with Reef").click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Code").fill(spare)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{server.address}/school/classes/")
    page.context.close()
    assert said == []


def test_without_scripts_and_with_nothing_on_its_own_a_link_leads_there(
    told_of_reef: tuple[Server, str], reef: Provider, browser: Browser, axe: Axe
) -> None:
    server, _invitation = told_of_reef
    page = browser.new_context(base_url=server.address, java_script_enabled=False).new_page()
    page.route(f"{reef.address}/**", lambda route: route.fulfill(status=204))  # with which a browser stays
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with Reef").click()
    link = page.get_by_role("link", name="Go to Reef")
    expect(link).to_be_visible()
    assert str(link.get_attribute("href")).startswith(f"{reef.address}/authorize?")
    page.context.close()
