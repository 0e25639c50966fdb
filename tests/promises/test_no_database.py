"""Lessons and help need no database: with it gone every public page answers 200, and staff meet a calm page that says so."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import DataError, IntegrityError, OperationalError
from django.test import Client
from public_addresses import data_of, pages_of
from pytest_django import Settings
from reading import ReadPage
from running import CONTENT, NO_DATABASE, ROOT, SAMPLE, Answer, Server, StartServer, ask, free_port
from starfish.pages.current import Shelf
from starfish.schools.models import School

SIGNED_IN = {"Cookie": "starfish-session=abcdefghijklmnopqrstuvwxyz012345"}
TOKEN = "abcdefghijklmnopqrstuvwxyz012345"  # of a form, and of the cookie that belongs to it
FORM = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": f"starfish-csrf={TOKEN}"}

Way = Callable[[Path, Path], str]
"""Leaves a database in trouble in a folder, and says its address."""

WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
"""Root may write where nobody may. So that a file can be read-only for the server, root gives that up first."""


def gone(folder: Path, migrated: Path) -> str:
    return f"sqlite:///{folder}/never-made/starfish.sqlite3"


def nowhere_to_make_one(folder: Path, migrated: Path) -> str:
    return NO_DATABASE


def a_folder(folder: Path, migrated: Path) -> str:
    (folder / "starfish.sqlite3").mkdir()
    return f"sqlite:///{folder}/starfish.sqlite3"


def garbage(folder: Path, migrated: Path) -> str:
    (folder / "starfish.sqlite3").write_bytes(b"this was a database once\n" * 400)
    return f"sqlite:///{folder}/starfish.sqlite3"


def damaged(folder: Path, migrated: Path) -> str:
    (folder / "starfish.sqlite3").write_bytes(migrated.read_bytes()[:4096] + b"\xa5" * 60_000)
    return f"sqlite:///{folder}/starfish.sqlite3"


def without_our_tables(folder: Path, migrated: Path) -> str:
    (folder / "starfish.sqlite3").touch()
    return f"sqlite:///{folder}/starfish.sqlite3"


def read_only(folder: Path, migrated: Path) -> str:
    shutil.copy(migrated, folder / "starfish.sqlite3").chmod(0o444)
    folder.chmod(0o555)
    return f"sqlite:///{folder}/starfish.sqlite3"


def nobody_listens(folder: Path, migrated: Path) -> str:
    return f"postgres://starfish:not-a-secret@127.0.0.1:{free_port()}/starfish"


WAYS = (gone, nowhere_to_make_one, a_folder, garbage, damaged, without_our_tables, read_only, nobody_listens)


@pytest.fixture(scope="module", params=WAYS, ids=lambda way: way.__name__.replace("_", " "))
def way(request: pytest.FixtureRequest) -> Way:
    return request.param


@pytest.fixture(scope="module")
def content(way: Way) -> Path:
    """Every lesson in the first way, and few in the others: which lessons there are changes nothing about a database."""
    return CONTENT if way is WAYS[0] else SAMPLE


@pytest.fixture(scope="module")
def server(
    way: Way, content: Path, start_server: StartServer, migrated: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The site as it runs when its database has gone in that way."""
    folder = tmp_path_factory.mktemp("gone")
    settings = {"DATABASE_URL": way(folder, migrated), "STARFISH_CONTENT": str(content)}
    running = start_server(**settings, through=WITHOUT_RIGHTS)
    yield running
    running.stop()
    folder.chmod(0o755)


def test_every_public_address_answers(server: Server, content: Path) -> None:
    known = Shelf(content).take(watch=False)
    answers = {path: ask(server, path).status for path in (*pages_of(known), *data_of(known))}
    assert answers == dict.fromkeys(answers, 200)


STAFF = {
    "what is next": lambda server: ask(server, "/school/", **SIGNED_IN),
    "an invitation": lambda server: ask(server, "/school/join/w0tl6-there-is-no-such-key/"),
    "the page for parents": lambda server: ask(server, "/for-parents/w0tl6-there-is-no-such-key/"),
    "signing in": lambda server: ask(
        server, "/accounts/login/", "POST", f"csrfmiddlewaretoken={TOKEN}&login=ada&password=x".encode(), **FORM
    ),
}


WORDS = (
    "cannot be reached",
    "It was not you",
    "has not been touched",
    "Try again in a minute",
    "Lessons and their files work",
)
WORDS_FOR_PARENTS = ("cannot be read", "It was not you", "Nothing is lost", "minutes", "Every lesson")


@pytest.mark.parametrize("place", STAFF)
def test_a_page_that_needs_it_says_so_calmly(server: Server, place: str) -> None:
    answer = STAFF[place](server)
    assert answer.status == 503
    assert answer.headers["retry-after"] == "60"
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers, "whoever was signed in still is when the database comes back"
    page = read(answer)
    assert page.mistakes == []
    assert len(page.all("h1")) == 1
    for words in WORDS_FOR_PARENTS if place == "the page for parents" else WORDS:
        assert words in page.main, "what happened, what was kept, what to do"
    assert {"/help/"} <= {link.attrib["href"] for link in page.all("a")}
    assert any("data-leave" in link.attrib for link in page.all("a"))


@pytest.mark.parametrize("place", STAFF)
def test_that_page_shows_nothing_of_the_server(server: Server, place: str) -> None:
    said = STAFF[place](server).text
    assert re.findall(r"Traceback|sqlite|postgres|psycopg|OperationalError|not-a-secret|w0tl6", said, re.I) == []
    assert str(ROOT) not in said


def test_the_page_to_sign_in_is_there(server: Server) -> None:
    assert ask(server, "/accounts/login/").status == 200
    assert ask(server, "/school/").status == 302


def test_the_log_says_what_happened_and_no_address_of_a_visitor(server: Server) -> None:
    STAFF["an invitation"](server)
    assert re.search(r"answered 503 after (Operational|Database|Programming)Error", server.output)
    assert not re.search(r"w0tl6|not-a-secret|/school/|/for-parents/", server.output)


def read(answer: Answer) -> ReadPage:
    return ReadPage("/", SimpleNamespace(content=answer.body))  # type: ignore[arg-type]


# --- An error that is ours stays an error of ours --------------------------------------------------------------------------


@pytest.fixture
def fails_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], int]:
    """The status of a page whose first query ends so."""

    def ask_for_it(error: Exception) -> int:
        def fail(*args: object, **kwargs: object) -> None:
            raise error

        monkeypatch.setattr("starfish.schools.joining.invitation_of", fail)
        return Client(raise_request_exception=False).get("/school/join/w0tl6/").status_code

    return ask_for_it


@pytest.mark.parametrize(
    ("error", "status"),
    [(OperationalError("database is locked"), 503), (IntegrityError("twice"), 500), (DataError("too long"), 500),
     (School.DoesNotExist(), 500), (RuntimeError("x"), 500)],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_only_a_database_that_does_not_answer_is_said_to_be_gone(
    fails_with: Callable[[Exception], int], error: Exception, status: int
) -> None:
    assert fails_with(error) == status


def test_the_suite_itself_asks_for_public_pages_without_a_database(
    settings: Settings, pages: dict[str, ReadPage]
) -> None:
    """pytest-django refuses every query that a test has not asked for; see what the fixture `pages` asks for."""
    assert {page.response.status_code for page in pages.values()} == {200}
