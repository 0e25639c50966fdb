"""What every test may ask for: the real server, a real browser, every page once, and axe.

Nothing here asks for a database, and the servers have none (see tests/promises/test_no_database.py), unless a test names one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from choosing import without_other_lessons
from counting import LONG
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from hypothesis import settings as of_hypothesis
from looking import look_with_axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from public_addresses import data_of, pages_of
from pytest_django import Settings
from reading import ReadPage
from running import BREAKING, CONTENT, PUBLIC_SETTINGS, ROOT, Server, StartServer, clean_environment, free_port, granian
from starfish.curriculum.curriculum import Curriculum
from starfish.pages import current
from visiting import CHROMIUM_FLAGS, ERROR_PAGES, NOT_LISTED, PHONE, Visit, visit, visitor
from whitenoise.base import WhiteNoise
from whitenoise.responders import StaticFile
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# Playwright keeps an event loop in the process that Django would take for code of its own; ours has none.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A pause of a busy machine is no fault of what is tried.
of_hypothesis.register_profile("unhurried", deadline=None)
of_hypothesis.load_profile("unhurried")

# --- What this command is for ------------------------------------------------------------------------------------------


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test of another command is not part of this one. Nothing is skipped: what is part of a command and cannot run, fails."""
    on_postgresql = os.environ.get("DATABASE_URL", "").startswith("postgres")
    of_others = {"of_sqlite" if on_postgresql else "of_postgresql", *(() if LONG else ("at_length",))}
    elsewhere = [item for item in items if any(item.get_closest_marker(name) for name in of_others)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


# --- The real server ---------------------------------------------------------------------------------------------------


def pytest_sessionstart(session: pytest.Session) -> None:
    """As `make run` does before it serves: static files under names that hold their hash. Once, before there are workers."""
    if not hasattr(session.config, "workerinput"):
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=clean_environment(), check=True)


class Together(LoadScopeScheduling):
    """What one worker does, so that the files, visits and servers that tests share are made once."""

    def _split_scope(self, nodeid: str) -> str:
        folder, _, rest = nodeid.partition("::")[0].removeprefix("tests/").partition("/")
        return (
            folder if folder in {"documents", "promises"} or rest.startswith("test_a_school_") else f"{folder}/{rest}"
        )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    return Together(config, log)


@pytest.fixture(scope="session", autouse=True)
def static_files_are_looked_through_once() -> Iterator[None]:
    """Each `Client()` is a site of its own that begins. Without this, half of a test's time goes into the same 150 files again."""
    found: dict[tuple[str, str | None], dict[str, StaticFile]] = {}
    look = WhiteNoise.add_files

    def add_files(noise: WhiteNoise, root: str, prefix: str | None = None) -> None:
        if noise.autorefresh:
            look(noise, root, prefix)
        elif (root, prefix) in found:
            noise.files.update(found[root, prefix])
        else:
            look(noise, root, prefix)
            found[root, prefix] = dict(noise.files)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "add_files", add_files)
        yield


@pytest.fixture(scope="session", autouse=True)
def connections_are_left_to_the_tests() -> Iterator[None]:
    """Django looks at its connections around every request, also of tests that may ask for none. A test's own lives as long as the test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", lambda connection: None)
        yield


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Starts a server with settings of its own. All of them are stopped at the end."""
    started = ExitStack()

    def start(*, wait: bool = True, through: tuple[str, ...] = (), **settings: str) -> Server:
        port = free_port()
        log = tmp_path_factory.mktemp("server") / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*through, *granian(port)], cwd=ROOT, env=clean_environment(**settings),
                stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        server = Server(f"http://127.0.0.1:{port}", process, log)
        started.callback(server.stop)
        if wait:
            server.wait()
        return server

    with started:
        yield start


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with our tables and nothing in them, as `make run` makes it. Copy it before you write."""
    file = tmp_path_factory.mktemp("database") / "starfish.sqlite3"
    command = [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=clean_environment(DATABASE_URL=f"sqlite:///{file}"), check=True)
    return file


@pytest.fixture(scope="session")
def site(start_server: StartServer) -> Server:
    """The site as `make run` serves it, with the real content."""
    return start_server()


@pytest.fixture(scope="session")
def public_site(start_server: StartServer) -> Server:
    """The site as a public server runs it, behind a front server that speaks https; and with a page that breaks."""
    return start_server(**BREAKING, **PUBLIC_SETTINGS, STARFISH_BEHIND_PROXY="true")


# --- Every page, once --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def known() -> Curriculum:
    """The real content. One that fails its checks fails every test that needs it, with the list of what is wrong."""
    return current.curriculum()


@pytest.fixture(scope="session")
def addresses(known: Curriculum) -> tuple[str, ...]:
    """The path of every public page."""
    return pages_of(known)


@pytest.fixture(scope="session")
def data_addresses(known: Curriculum) -> tuple[str, ...]:
    """The path of everything public that is not a page."""
    return data_of(known)


@pytest.fixture(scope="session")
def pages(addresses: tuple[str, ...]) -> dict[str, ReadPage]:
    """Every page of the sitemap, asked for once."""
    client = Client()
    return {path: ReadPage(path, client.get(path)) for path in addresses}


@pytest.fixture
def content(tmp_path: Path, settings: Settings) -> Path:
    """A copy of the real content to change and to break; this test's pages are made from it."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    settings.CONTENT_FOLDER = folder
    return folder


# --- The real browser --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> str:
    """The machine's Chromium. Without one, the tests that need it fail and say what to install."""
    for name in (os.environ.get("STARFISH_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if name and (found := shutil.which(name)):
            return found
    raise AssertionError(
        "This test needs Chromium. On Debian: sudo apt-get install chromium. Elsewhere: set STARFISH_CHROMIUM to its path."
    )


@pytest.fixture(scope="session")
def playwright_session() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright_session: Playwright, chromium: str) -> Iterator[Browser]:
    browser = playwright_session.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser, site: Server) -> Iterator[BrowserContext]:
    with visitor(browser, base_url=site.address) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A new window. An error in its console, such as a refusal by the security policy, fails the test."""
    page = context.new_page()
    said = listen(page)
    yield page
    assert said == []


def listen(page: Page) -> list[str]:
    """Fills with every error that the browser reports for this page."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


# --- axe ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """The last step of every journey: nothing that axe can find is wrong with the page."""

    def check(page: Page) -> None:
        assert look_with_axe(page) == []

    return check


# --- A walk through every page -----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def visits(browser: Browser, site: Server, addresses: tuple[str, ...], known: Curriculum) -> list[Visit]:
    """One browser that opens page after page of the sitemap, of lessons those that were chosen, and pages that say 404 and 400."""
    context = browser.new_context(base_url=site.address, viewport=PHONE)
    page = context.new_page()
    seen = [
        visit(context, page, path) for path in (*without_other_lessons(addresses, known), *NOT_LISTED, *ERROR_PAGES)
    ]
    context.close()
    return seen
