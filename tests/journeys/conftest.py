"""A school on a server of its own, for what its staff do. Its content is small unless a test asks for the whole, so that it is read in a moment, and may change."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from arriving import joins, sets_up_an_app
from at_work import invites
from conftest import listen
from playwright.sync_api import Browser, Page
from running import ROOT, SAMPLE, Server, StartServer, clean_environment


@dataclass
class Place:
    """A server, what it reads and where it writes."""

    server: Server
    content: Path
    database: Path

    def manage(self, *command: str) -> str:
        told = clean_environment(STARFISH_CONTENT=str(self.content), DATABASE_URL=f"sqlite:///{self.database}")
        arguments = [sys.executable, "manage.py", *command]
        return subprocess.run(arguments, cwd=ROOT, env=told, check=True, capture_output=True, text=True).stdout


StartPlace = Callable[..., Place]


@pytest.fixture(scope="session")
def start_place(start_server: StartServer, migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> StartPlace:
    def start(content_of: Path = SAMPLE) -> Place:
        folder = tmp_path_factory.mktemp("place")
        content = Path(shutil.copytree(content_of, folder / "content"))
        database = Path(shutil.copy(migrated, folder / "starfish.sqlite3"))
        settings = {"STARFISH_CONTENT": str(content), "STARFISH_DOCUMENTS": str(folder / "documents")}
        return Place(start_server(DATABASE_URL=f"sqlite:///{database}", **settings), content, database)

    return start


@pytest.fixture(scope="session")
def place(start_place: StartPlace) -> Place:
    return start_place()


@pytest.fixture(scope="session")
def open_window(browser: Browser) -> Callable[[Place], Page]:
    def open_window(at: Place) -> Page:
        context = browser.new_context(base_url=at.server.address, viewport={"width": 1024, "height": 768})
        context.set_default_timeout(20_000)
        return context.new_page()

    return open_window


@pytest.fixture
def window(open_window: Callable[[Place], Page], place: Place) -> Iterator[Callable[[], Page]]:
    """A new window for another person. An error in its console fails the test."""
    opened: list[tuple[Page, list[str]]] = []

    def another() -> Page:
        page = open_window(place)
        opened.append((page, listen(page)))
        return page

    yield another
    said = [line for _, lines in opened for line in lines]
    for page, _ in opened:
        page.context.close()
    assert said == []


@pytest.fixture(scope="session")
def ada(open_window: Callable[[Place], Page], place: Place) -> Iterator[Page]:
    """The first administrator, with a second step."""
    page = open_window(place)
    joins(page, urlsplit(place.manage("create_school", "Beach Primary").split()[-1]).path, "Ada")
    sets_up_an_app(page)
    yield from without_errors(page)


@pytest.fixture(scope="session")
def lou(open_window: Callable[[Place], Page], place: Place, ada: Page) -> Iterator[Page]:
    """A safeguarding lead, with a second step."""
    page = open_window(place)
    joins(page, invites(ada, "lead"), "Lou")
    sets_up_an_app(page)
    yield from without_errors(page)


def without_errors(page: Page) -> Iterator[Page]:
    said = listen(page)
    yield page
    page.context.close()
    assert said == []
