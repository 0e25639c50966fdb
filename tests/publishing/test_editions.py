"""What the front remembers, and when it forgets: the front itself and Django behind it, both inside the test."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from socketserver import TCPServer, ThreadingMixIn
from threading import Event, Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
import time_machine
from pytest_django import Settings
from running import SAMPLE
from starfish.documents import store
from starfish.documents.papers import Paper, every_paper
from starfish.pages.current import curriculum
from starfish.publishing import answers, behind, edition
from starfish.publishing.front import THREADS, Front
from starfish.publishing.memory import Memory
from starfish.publishing.names import ASK_EDITION, ASK_PAGE
from starfish.publishing.published import Published
from starfish.publishing.replies import Answer, Environ
from starfish.publishing.turns import Turn

LESSON = "/lessons/ask-again/"


class OnSocket(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 512
    address_family = socket.AF_UNIX

    def server_bind(self) -> None:
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", 0
        self.setup_environ()


class Quiet(WSGIRequestHandler):
    def setup(self) -> None:
        self.client_address = ("", 0)
        super().setup()

    def log_message(self, format: str, *args: object) -> None:
        pass


class Behind:
    """Django as the front meets it. `breaks` are addresses that answer 500, and `asked` all that was asked for."""

    def __init__(self) -> None:
        self.published = Published(self.django, behind_front=True)
        self.breaks: set[str] = set()
        self.rendered: list[str] = []
        self.asked: list[str] = []
        self.away = False
        self.goes_away_at = ""
        self.goes_on = Event()
        self.goes_on.set()

    def django(self, environ: Environ, start_response: Any) -> Any:
        self.rendered.append(environ["PATH_INFO"])
        self.goes_on.wait(30)
        return answers.django()(environ, start_response)

    def __call__(self, environ: Environ, start_response: Any) -> Any:
        path = environ["PATH_INFO"]
        self.asked.append(path)
        self.away = self.away or path == self.goes_away_at
        if self.away:
            raise ConnectionAbortedError
        if path in self.breaks:
            start_response("500 Internal Server Error", [])
            return [b""]
        return self.published(environ, start_response)


class Visitor:
    """granian's side of a request, for somebody who waits for the answer."""

    def __init__(self) -> None:
        self.told: Queue[Answer] = Queue()

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.told.put(Answer(status, headers, body))

    def response_iter(self, status: int, headers: list[tuple[str, str]], body: object) -> None:
        raise AssertionError("nothing here is large")


@pytest.fixture
def django(settings: Settings, tmp_path: Path) -> Behind:
    settings.CONTENT_FOLDER = SAMPLE
    settings.DOCUMENTS_FOLDER = tmp_path / "documents"
    settings.OFFLINE_BUNDLE = tmp_path / "stick.zip"
    return Behind()


@pytest.fixture
def front(django: Behind, tmp_path: Path) -> Iterator[Front]:
    with OnSocket(str(tmp_path / "socket"), Quiet) as server:
        server.set_app(django)
        Thread(target=server.serve_forever, args=(0.01,)).start()
        front = Front(str(tmp_path / "socket"))
        front.look()
        yield front
        server.shutdown()


def tell(front: Front, path: str, **more: str) -> Answer:
    visitor = Visitor()
    front(
        visitor, {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "localhost:8000", **more}
    )
    return visitor.told.get(timeout=30)


# --- An edition ---


def test_a_new_day_is_a_new_edition(front: Front, django: Behind) -> None:
    with time_machine.travel("2027-03-01 23:59:30+00:00") as clock:
        front.look()
        tell(front, LESSON)
        django.rendered.clear()
        front.look()
        tell(front, LESSON)
        assert django.rendered == [], "the same day"
        clock.shift(60)
        front.look()
        tell(front, LESSON)
        assert django.rendered == [LESSON]


def test_pages_that_are_to_be_ready_are_so_before_the_old_ones_go(
    front: Front, django: Behind, settings: Settings
) -> None:
    """At midnight, and though Django goes away right then."""
    settings.PRERENDER = True
    with time_machine.travel("2027-03-01 23:59:30+00:00") as clock:
        front.look()
        tell(front, LESSON)
        clock.shift(60)
        django.breaks = {f"{ASK_PAGE}/"}  # the first of them
        old = front.memory
        front.look()
        assert front.memory is not old
        django.away = True
        assert tell(front, LESSON, HTTP_ACCEPT_ENCODING="gzip").status == 200, "though the first page broke"
        assert tell(front, "/", HTTP_ACCEPT_ENCODING="gzip").status == 503


@pytest.mark.parametrize("moment", [ASK_EDITION, ASK_PAGE + LESSON])
def test_when_django_goes_away_yesterdays_pages_stay(
    front: Front, django: Behind, settings: Settings, moment: str
) -> None:
    """Also while it makes today's ready."""
    with time_machine.travel("2027-03-01 23:59:30+00:00") as clock:
        front.look()
        tell(front, LESSON)
        settings.PRERENDER = True
        clock.shift(60)
        django.goes_away_at = moment
        with pytest.raises(behind.NOT_THERE):
            front.look()
        assert tell(front, LESSON).status == 200


@pytest.mark.parametrize("trouble", ["an error", "an answer without an edition"])
def test_an_odd_answer_makes_the_front_forget_nothing(
    front: Front, django: Behind, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(front, LESSON)
    if trouble == "an error":
        django.breaks = {ASK_EDITION}
    else:
        monkeypatch.setattr(edition, "name", lambda: "")
    assert not front._looked()
    django.away = True
    assert tell(front, LESSON).status == 200


def test_whatever_happens_the_front_looks_again(
    front: Front, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(behind, "edition", lambda socket: 1 / 0)
    assert not front._looked()
    assert "ZeroDivisionError" in caplog.text
    monkeypatch.undo()
    assert front._looked()


# --- Files to take away: pages tell how large they are ---


def test_a_file_that_is_made_changes_the_edition_and_many_are_one_change(django: Behind, settings: Settings) -> None:
    known = curriculum()
    one, two, *_ = every_paper(known)
    with time_machine.travel("2027-03-01 12:00:00+00:00") as clock:
        before = edition.name()
        keep_now(one)
        seen = {edition.name()}
        assert before not in seen
        keep_now(two)
        seen.add(edition.name())
        assert len(seen) == 1, "hundreds are made in a row"
        clock.shift(edition.STEP)
        after = edition.name()
        assert after not in seen, "what was remembered between the two is made anew"
        clock.shift(10 * edition.STEP)
        assert edition.name() == after


def keep_now(paper: Paper) -> None:
    store.keep(curriculum(), paper, b"x", 1)
    os.utime(store.settings.DOCUMENTS_FOLDER, (time.time(), time.time()))


# --- One answer ---


def test_what_many_want_at_once_is_not_made_for_each(front: Front, django: Behind) -> None:
    """Once for all who came meanwhile; perhaps once more for those who came after it was made and before it was remembered."""
    django.goes_on.clear()
    with ThreadPoolExecutor(300) as visitors:
        told = [visitors.submit(tell_from_pool, front) for _ in range(300)]
        assert any(django.asked.count(LESSON) == THREADS or time.sleep(0.05) for _ in range(400))
        django.goes_on.set()
    assert {each.result().status for each in told} == {200}
    assert django.rendered.count(LESSON) < 5


def tell_from_pool(front: Front) -> Answer:
    visitor = Visitor()
    front._pass_on(
        visitor, {"REQUEST_METHOD": "GET", "PATH_INFO": LESSON, "QUERY_STRING": "", "HTTP_HOST": "localhost"}
    )
    return visitor.told.get(timeout=60)


def test_a_remembered_page_does_not_say_when_it_was_made(front: Front) -> None:
    """The server says with each answer what time it is."""
    assert tell(front, LESSON).header("date") == ""
    assert tell(front, "/accounts/login/").header("date") == ""


def test_the_front_itself_fails_and_says_so_in_words(
    front: Front, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(behind, "ask", lambda *request: 1 / 0)
    answer = tell(front, "/guides/")
    assert (answer.status, answer.header("retry-after")) == (503, "30")
    assert "not ready at the moment" in answer.body.decode()
    assert "could not pass on an answer: ZeroDivisionError" in caplog.text


def test_there_is_one_django_in_a_process(django: Behind) -> None:
    """Each looks through all static files when it begins."""
    from starfish.wsgi import application

    assert application.django is answers.django()


# --- Doors, and turns ---


def test_the_oldest_door_makes_room() -> None:
    memory = Memory("e")
    for name in range(100):
        memory.admit({"HTTP_HOST": f"school{name}.example"})
    memory.keep("e", "/", "", Answer(200, [], b"x"))
    wish = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": ""}
    assert memory.find({**wish, "HTTP_HOST": "school99.example"})
    assert not memory.find({**wish, "HTTP_HOST": "school0.example"})


def test_a_thread_that_ends_leaves_its_turn_to_another() -> None:
    turn, took = Turn(), []

    def take() -> None:
        turn.take()
        took.append(turn.whose)

    for _ in range(3):
        thread = Thread(target=take)
        thread.start()
        thread.join(10)
    assert len(took) == 3
