"""The first run: whoever sits at the machine makes its first school in the browser, once, and nobody else does."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings
from running import SAMPLE, StartServer, ask
from sending import send
from starfish.schools import first_run
from starfish.schools.models import Role, School, User

FIRST = "/accounts/first/"
PASSWORD = "seven lemons ride a tram"
FILLED = {
    "school": "Beach Primary", "country": "ie", "name": "Ada", "username": "Ada", "email": "ada@beach.example",
    "password": PASSWORD,
}  # fmt: skip
Post = Callable[..., Any]


@pytest.fixture(autouse=True)
def on_ones_own_machine(settings: Settings) -> None:
    settings.FIRST_RUN = True
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "school.example"]


@pytest.fixture
def here() -> Client:
    """A browser on this machine."""
    return Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR="127.0.0.1")


def test_the_first_administrator_makes_the_school_and_goes_on_to_a_second_step(
    db: None, here: Client, post: Post
) -> None:
    assert FIRST in here.get("/accounts/login/").content.decode()
    answer = post(here, FIRST, **FILLED)
    assert answer.headers["Location"] == "/accounts/2fa/"
    school, ada = School.objects.get(), User.objects.get()
    assert (school.name, school.country) == ("Beach Primary", "ie")
    assert (ada.username, ada.name, ada.email, ada.role, ada.school) == (
        "ada", "Ada", "ada@beach.example", Role.ADMINISTRATOR, school,
    )  # fmt: skip
    assert ada.check_password(PASSWORD)
    assert here.get("/school/").headers["Location"] == "/accounts/2fa/"
    assert here.get("/accounts/2fa/totp/activate/").status_code == 200, "without the password once more"
    assert list(school.log.order_by("pk").values_list("verb", flat=True)) == ["created", "invited", "joined"]


def test_once_there_is_a_school_the_page_is_gone(beach: School, here: Client, post: Post) -> None:
    assert here.get(FIRST).status_code == 404
    assert post(here, FIRST, **FILLED).status_code == 404
    assert FIRST not in here.get("/accounts/login/").content.decode()
    assert not User.objects.exists()


ELSEWHERE: dict[str, dict[str, str]] = {
    "another machine": {"REMOTE_ADDR": "192.168.1.20"},
    "another machine over IPv6": {"REMOTE_ADDR": "fe80::1"},
    "no address": {"REMOTE_ADDR": ""},
    "a name of the school": {"SERVER_NAME": "school.example"},
    "a front server that says for whom it asks": {"HTTP_X_FORWARDED_FOR": "203.0.113.7"},
    "a front server that says so in the standard's words": {"HTTP_FORWARDED": "for=203.0.113.7"},
    "a front server that speaks https": {"HTTP_X_FORWARDED_PROTO": "https"},
    "a front server that says which host was asked": {"HTTP_X_FORWARDED_HOST": "school.example"},
    "a front server of another habit": {"HTTP_X_REAL_IP": "203.0.113.7"},
    "a proxy": {"HTTP_VIA": "1.1 proxy"},
}


@pytest.mark.parametrize("way", ELSEWHERE)
def test_nobody_makes_a_school_from_elsewhere(way: str, db: None, post: Post) -> None:
    there = Client(**{"SERVER_NAME": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1", **ELSEWHERE[way]})  # type: ignore[arg-type]
    assert there.get(FIRST).status_code == 404
    assert post(there, FIRST, **FILLED).status_code == 404
    assert FIRST not in there.get("/accounts/login/").content.decode()
    assert not School.objects.exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "localhost:9000"])
def test_this_machine_has_several_names(host: str, db: None) -> None:
    answer = Client(REMOTE_ADDR="::1").get(FIRST, headers={"Host": host})
    assert answer.status_code == 200


def test_a_server_that_was_set_up_for_others_has_no_such_page(
    db: None, settings: Settings, here: Client, post: Post
) -> None:
    settings.FIRST_RUN = False
    assert here.get(FIRST).status_code == 404
    assert post(here, FIRST, **FILLED).status_code == 404
    assert not School.objects.exists()


WRONG = {
    "school": ["", "Call 01234 567890", "x" * 121],
    "country": ["", "atlantis"],
    "username": ["", "ab", "a b c"],
    "password": ["", "fourteen chars", "ada@beach.example"],
    "email": ["not an address"],
}


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in WRONG.items() for value in values])
def test_what_does_not_do_is_said_beside_the_field_and_nothing_is_made(
    field: str, value: str, db: None, here: Client, post: Post
) -> None:
    answer = post(here, FIRST, **{**FILLED, field: value})
    assert answer.status_code == 400
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert (School.objects.count(), User.objects.count()) == (0, 0)


def at_once(how_many: int, begin: Callable[[int], Any]) -> list[Any]:
    """What each of them met who began at the same moment."""
    together = threading.Barrier(how_many)

    def one(number: int) -> Any:
        together.wait()
        return begin(number)

    with ThreadPoolExecutor(how_many) as threads:
        return list(threads.map(one, range(how_many)))


def test_of_many_who_begin_at_once_one_makes_the_school(
    start_server: StartServer, migrated: Path, tmp_path: Path
) -> None:
    """On the server as `make run` starts it, which nobody has given a key."""
    file = shutil.copy(migrated, tmp_path / "starfish.sqlite3")
    server = start_server(DATABASE_URL=f"sqlite:///{file}", STARFISH_CONTENT=str(SAMPLE))

    def begin(number: int) -> int:
        return send(server, FIRST, **{**FILLED, "username": f"person-{number}", "email": ""}).status

    assert ask(server, FIRST).status == 200
    assert sorted(at_once(8, begin)) == [302, *[404] * 7]
    assert ask(server, FIRST).status == 404
    with contextlib.closing(sqlite3.connect(file)) as database:
        assert [database.execute(f"SELECT count(*) FROM schools_{table}").fetchone()[0] for table in ("school", "user")] == [1, 1]  # fmt: skip
    server.stop()


@pytest.mark.of_postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_too_one_makes_the_school() -> None:
    def begin(number: int) -> User | None:
        person = {"username": f"person-{number}", "name": "", "email": "", "password": PASSWORD}
        try:
            return first_run.begin(school=f"School {number}", country="gb", **person)
        finally:
            connection.close()

    made = at_once(8, begin)
    (ada,) = [user for user in made if user]
    assert (School.objects.get().pk, User.objects.get().pk) == (ada.school_id, ada.pk)
