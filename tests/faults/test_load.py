"""Slow visitors, with nginx in front and without, and ten times as many as the site can serve: lessons and help still answer, and nothing grows."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPResponse
from pathlib import Path

import pytest
import staff
from counting import LONG, counted, times
from front_server import HOST, FrontServer, ask_front, connection_to, in_front_of, trusting
from processes import memory
from running import PUBLIC_SETTINGS, SAMPLE, Server, StartServer, ask
from starfish.pages.current import Shelf
from starfish.publishing import front_server

LESSON, HELP, STAFF = "/lessons/ask-again/plan/", "/help/gb/", "/accounts/login/"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy for a stick, of which no buffer on the way holds the whole."""
    file = tmp_path_factory.mktemp("stick") / "stick.zip"
    file.write_bytes(bytes(20_000_000))
    return file


@pytest.fixture(scope="module")
def app(start_server: StartServer, large: Path) -> Iterator[Server]:
    settings = {**staff.SETTINGS, **PUBLIC_SETTINGS}
    running = start_server(**settings, STARFISH_BEHIND_PROXY="true", STARFISH_OFFLINE_BUNDLE=str(large))
    yield running
    assert running.stop() == 0, "by itself, whatever visitors left behind"


@pytest.fixture(scope="module")
def front(app: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontServer]:
    with in_front_of(app, tmp_path_factory.mktemp("nginx")) as server:
        front_server.write(Shelf(SAMPLE).take(watch=False), server.web / "front")
        yield server


# --- slow visitors ---

Visitor = Callable[[socket.socket], None]
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


def slow_header(connection: socket.socket) -> None:
    connection.sendall(f"GET {LESSON} HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: ".encode())


def slow_form(connection: socket.socket) -> None:
    cookie = f"Cookie: __Host-starfish-csrf={staff.TOKEN}\r\n"  # without it the app would not even read the form
    head = f"POST {STAFF} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n{cookie}{FORM}"
    connection.sendall(f"{head}Content-Length: 9000\r\n\r\na=".encode())


def slow_reader(connection: socket.socket) -> None:
    head = f"GET /offline/starfish-offline.zip HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"
    connection.sendall(f"{head}\r\n".encode())


slow = pytest.mark.parametrize(
    "kind", [slow_header, slow_form, slow_reader], ids=lambda kind: kind.__name__.replace("_", " ")
)


@slow
def test_four_hundred_slow_visitors_change_nothing_for_others(front: FrontServer, kind: Visitor) -> None:
    context = trusting()
    with ExitStack() as held:
        for _ in range(400):
            connection = context.wrap_socket(plain_visitor(front.port), server_hostname=HOST)
            kind(held.enter_context(connection))
        answers = [ask_front(front, path, seconds=10).status for path in (LESSON, HELP, STAFF) * times(5, 60)]
    assert answers == [200] * len(answers)
    counted(f"pages answered beside 400 visitors of the kind “{kind.__name__.replace('_', ' ')}”", len(answers))


def plain_visitor(port: int) -> socket.socket:
    """Who takes little at a time."""
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    plain.settimeout(30)
    plain.connect(("127.0.0.1", port))
    return plain


@pytest.mark.at_length  # nginx waits ten seconds
def test_a_visitor_who_never_ends_a_sentence_is_shown_out(front: FrontServer) -> None:
    """After ten seconds. A server without such a limit would wait for ever."""
    plain = socket.create_connection(("127.0.0.1", front.port), 30)
    with trusting().wrap_socket(plain, server_hostname=HOST) as connection, suppress(ConnectionResetError):
        slow_header(connection)
        assert connection.recv(100) == b""


# --- slow visitors, and no nginx in front ---


@contextmanager
def beside(app: Server, kind: Visitor, number: int) -> Iterator[list[socket.socket]]:
    with ExitStack() as held:
        visitors = [held.enter_context(plain_visitor(app.port)) for _ in range(number)]
        for visitor in visitors:
            kind(visitor)
        yield visitors


def asked(app: Server, path: str, body: bytes | None = None) -> int:
    """Through no front server, but as one would ask, and with less patience than the front has with a slow form."""
    form = {"Content_Type": "application/x-www-form-urlencoded"} if body else {}
    return ask(
        app, path, "POST" if body else "GET", body, Host=HOST, X_Forwarded_Proto="https", seconds=10, **form
    ).status


@slow
def test_slow_visitors_of_the_bare_site_keep_no_page_from_others(app: Server, kind: Visitor) -> None:
    """More of them than it has threads. Pages that it remembers, pages that it has to make, and pages for staff."""
    with beside(app, kind, 200):
        answers = [asked(app, f"{path}{new}") for new in ("", f"?{kind.__name__}") for path in (LESSON, HELP, STAFF)]
    assert answers == [200] * len(answers)
    counted(f"pages of the bare site beside 200 visitors of the kind “{kind.__name__.replace('_', ' ')}”", len(answers))


def test_a_form_of_the_bare_site_arrives_beside_some_that_are_slow(app: Server) -> None:
    with beside(app, slow_form, 12):
        assert asked(app, STAFF, b"login=a") == 403, "it has no token, and the app says so itself"


def test_many_who_break_off_keep_nobody_waiting(app: Server) -> None:
    """A form that did not arrive whole is told to nobody, and no thread waits for the rest."""
    with beside(app, slow_form, 200):
        pass
    assert any(asked(app, STAFF, b"login=a") == 403 or time.sleep(0.2) for _ in range(50)), (
        "as soon as it is known that they left"
    )
    assert asked(app, f"{STAFF}?again") == 200


@pytest.mark.at_length  # the front waits twenty seconds
def test_who_never_ends_a_form_is_shown_out_of_the_bare_site(app: Server) -> None:
    """So that others can send theirs, although nobody has hung up."""
    with beside(app, slow_form, 200) as visitors:
        ends = {visitor.recv(20)[:12] for visitor in visitors}
        assert ends <= {b"HTTP/1.1 408", b"HTTP/1.1 503", b""}
        assert b"HTTP/1.1 408" in ends
        assert asked(app, STAFF, b"login=a") == 403
    counted("slow forms shown out", len(visitors))


# --- ten times the load ---

AT_ONCE = 320  # ten times the 32 that may be asked of the app at the same moment for pages and help


def crowd(front: FrontServer, path: str, rounds: int) -> Counter[int]:
    """So many visitors who all ask at the same moment, again and again, and somebody beside them who needs help."""
    answers: Counter[int] = Counter()
    with ExitStack() as held:
        visitors = [held.enter_context(closing(connection_to(front, 60))) for _ in range(AT_ONCE)]
        for visitor in visitors:
            visitor.connect()
        for _ in range(rounds):
            for visitor in visitors:
                visitor.request("GET", path, headers={"Host": HOST})
            assert ask_front(front, f"{HELP}?load").status == 200, "help has its own share"
            counted("help pages answered beside ten times the load")
            answers.update(status_of(visitor.getresponse()) for visitor in visitors)
    return answers


def status_of(response: HTTPResponse) -> int:
    assert len(response.read()) > 1_000, "in words"
    assert response.headers["Retry-After"] == ("30" if response.status == 503 else None)
    return response.status


def test_ten_times_the_load(front: FrontServer, app: Server) -> None:
    crowd(front, f"{LESSON}?warm", 1)
    before = memory(app)
    found = crowd(front, f"{LESSON}?load", times(1, 40))
    after = memory(app)
    assert set(found) == {200, 503}
    assert app.process.poll() is None
    assert after < 500 * 1024 * 1024
    assert after < before * 1.25 + 30 * 1024 * 1024, (before, after)
    assert ask_front(front, LESSON).status == 200
    counted("answers under ten times the load: the page", found[200])
    counted("answers under ten times the load: come back in half a minute", found[503])
    if LONG:
        counted("megabytes of memory afterwards", after // 1024 // 1024)
