"""Slow visitors, and ten times as many as the site can serve: lessons and help still answer, and nothing grows."""

from __future__ import annotations

import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress

import pytest
import staff
from counting import LONG, counted, times
from front_server import HOST, FrontServer, ask_front, in_front_of, trusting
from processes import memory
from running import PUBLIC_SETTINGS, Answer, Server, StartServer
from starfish.curriculum.curriculum import Curriculum
from starfish.publishing import front_server

LESSON, HELP, STAFF = "/lessons/ask-again/plan/", "/help/gb/", "/accounts/login/"


@pytest.fixture(scope="module")
def app(start_server: StartServer) -> Iterator[Server]:
    running = start_server(**{**staff.SETTINGS, **PUBLIC_SETTINGS}, STARFISH_BEHIND_PROXY="true")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def front(app: Server, known: Curriculum, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontServer]:
    with in_front_of(app, tmp_path_factory.mktemp("nginx")) as server:
        front_server.write(known, server.web / "front")
        yield server


# --- slow visitors ---


def slow_header(connection: ssl.SSLSocket) -> None:
    connection.sendall(f"GET {LESSON} HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: ".encode())


def slow_body(connection: ssl.SSLSocket) -> None:
    head = f"POST {STAFF} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\n"
    connection.sendall(f"{head}a=".encode())


def slow_reader(connection: ssl.SSLSocket) -> None:
    connection.sendall(f"GET /search/index.json HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())


@pytest.mark.parametrize(
    "kind", [slow_header, slow_body, slow_reader], ids=lambda kind: kind.__name__.replace("_", " ")
)
def test_four_hundred_slow_visitors_change_nothing_for_others(
    front: FrontServer, kind: Callable[[ssl.SSLSocket], None]
) -> None:
    context = trusting()
    with ExitStack() as held:
        for _ in range(400):
            plain = socket.create_connection(("127.0.0.1", front.port), 20)
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            connection = held.enter_context(context.wrap_socket(plain, server_hostname=HOST))
            kind(connection)
        answers = [ask_front(front, path, seconds=10).status for path in (LESSON, HELP, STAFF) * times(5, 60)]
    assert answers == [200] * len(answers)
    counted(f"pages answered beside 400 visitors of the kind “{kind.__name__.replace('_', ' ')}”", len(answers))


@pytest.mark.skipif(not LONG, reason="`make faults`: nginx waits ten seconds")
def test_a_visitor_who_never_ends_a_sentence_is_shown_out(front: FrontServer) -> None:
    """After ten seconds. A server without such a limit would wait for ever."""
    plain = socket.create_connection(("127.0.0.1", front.port), 30)
    with trusting().wrap_socket(plain, server_hostname=HOST) as connection, suppress(ConnectionResetError):
        slow_header(connection)
        assert connection.recv(100) == b""


# --- ten times the load ---

AT_ONCE = 320  # ten times the 32 that may be asked of the app at the same moment for pages and help


def ask_patiently(front: FrontServer, path: str) -> Answer:
    """So many visitors in one process of Python are slow to shake hands, and nginx shows out who takes ten seconds: they come again."""
    for _ in range(20):
        with suppress(ssl.SSLError, ConnectionError):
            return ask_front(front, path, seconds=60)
    raise AssertionError("nobody was let in")


def crowd(front: FrontServer, path: str, each: int, visitors_at_once: int = AT_ONCE) -> Counter[int]:
    """So many visitors at once, each asking again and again. Every answer is kept."""
    answers: list[int] = []
    waits: set[str | None] = set()

    def visit() -> None:
        for _ in range(each):
            answer = ask_patiently(front, path)
            answers.append(answer.status)
            if answer.status == 503:
                waits.add(answer.headers.get("retry-after"))

    visitors = [threading.Thread(target=visit) for _ in range(visitors_at_once)]
    for visitor in visitors:
        visitor.start()
    helped = []
    while any(visitor.is_alive() for visitor in visitors):
        helped.append(ask_patiently(front, HELP).status)
    for visitor in visitors:
        visitor.join()
    assert helped == [200] * len(helped), "help has its own share"
    assert waits <= {"30"}
    counted("help pages answered beside ten times the load", len(helped))
    return Counter(answers)


def test_ten_times_the_load(front: FrontServer, app: Server) -> None:
    crowd(front, f"{LESSON}?warm", 1, 32)
    before = memory(app)
    found = crowd(front, f"{LESSON}?load", times(1, 40))
    after = memory(app)
    assert set(found) <= {200, 503}
    assert found[200]
    assert found.total() == AT_ONCE * times(1, 40)
    assert app.process.poll() is None
    assert after < 500 * 1024 * 1024
    assert after < before * 1.25 + 30 * 1024 * 1024, (before, after)
    assert ask_front(front, LESSON).status == 200
    counted("answers under ten times the load: the page", found[200])
    counted("answers under ten times the load: come back in half a minute", found[503])
    if LONG:
        counted("megabytes of memory afterwards", after // 1024 // 1024)
