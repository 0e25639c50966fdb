"""Whoever comes to the front, and however, takes nothing from the others. A small site, as `make run` serves it."""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import pytest
from processes import children, command, frozen, parts
from running import ROOT, SAMPLE, Server, StartServer, ask, clean_environment, granian, until
from starfish.publishing import behind, front, serving

SMALL = {"STARFISH_CONTENT": str(SAMPLE)}
LESSON = "/lessons/ask-again/"
SOON = 10.0  # seconds, so before the front gives up whoever sends a form slowly
FORM = "Content-Type: application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def small(start_server: StartServer) -> Server:
    return start_server(**SMALL)


@contextmanager
def said(server: Server, request: str, *lines: str, body: bytes = b"") -> Iterator[socket.socket]:
    """A visitor who says so much, and for now no more."""
    with socket.create_connection(("127.0.0.1", server.port), SOON) as visitor:
        visitor.sendall("\r\n".join((f"{request} HTTP/1.1", "Host: localhost", *lines, "", "")).encode() + body)
        yield visitor


def status(visitor: socket.socket) -> int:
    return int(visitor.recv(4096).split()[1])


# --- Who comes first ---


def test_whoever_reads_a_lesson_comes_before_whoever_waits_for_django(small: Server) -> None:
    """A priority counts within a session, where each session has an equal share of the processors."""
    its = parts(small)
    front, django = its["the front"], its["Django's own"]
    assert os.getpriority(os.PRIO_PROCESS, django) == os.getpriority(os.PRIO_PROCESS, front) + 5
    assert os.getsid(django) == os.getsid(front)


def test_the_front_asks_for_short_turns(small: Server) -> None:
    """Linux remembers the wish of each thread since 6.12; before, it tells of none."""
    since = tuple(map(int, platform.release().split(".")[:2]))
    expected = 100_000 if since >= (6, 12) else 0
    front = parts(small)["the front"]
    assert {turn_of(int(thread.name)) for thread in Path(f"/proc/{front}/task").iterdir()} == {expected}


def turn_of(thread: int) -> int:
    """In nanoseconds; sched_getattr of Linux."""
    told = ctypes.create_string_buffer(48)
    number = {"x86_64": 315, "aarch64": 275}[platform.machine()]
    assert ctypes.CDLL(None).syscall(number, thread, told, len(told), 0) == 0
    return int(struct.unpack("=IIQiIQQQ", told.raw)[5])


# --- By which name ---


def test_a_name_that_is_not_ours_gets_no_page_whatever_it_was_sent_before(small: Server) -> None:
    static = next(line for line in ask(small, LESSON).text.split('"') if line.startswith("/static/"))
    evil = {"Host": "evil.example"}
    for path in (static, LESSON):
        ask(small, path)
        ask(small, path, **evil)
    assert ask(small, LESSON).status == 200
    assert ask(small, LESSON, **evil).status == 400


def test_many_names_and_ports_shut_out_nobody_who_comes_later(small: Server) -> None:
    for number in range(1, 71):
        ask(small, LESSON, Host=f"localhost:{number}")
        ask(small, LESSON, Host=f"evil{number}.example")
        ask(small, LESSON, X_Forwarded_Proto=f"gopher{number}")
    ask(small, LESSON, X_Forwarded_Proto="http")
    with frozen(small):
        assert ask(small, LESSON, X_Forwarded_Proto="http").status == 200, "from memory"
        assert ask(small, LESSON, Host="localhost:9999").status == 200


# --- Forms ---


def test_a_form_that_breaks_off_is_not_passed_on(small: Server) -> None:
    with ExitStack() as visitors:
        for _ in range(80):  # more than there are threads to pass them on
            visitor = visitors.enter_context(said(small, "POST /check/", FORM, "Content-Length: 500", body=b"code="))
            visitor.shutdown(socket.SHUT_WR)
        assert ask(small, "/accounts/login/").status == 200


def test_a_form_in_pieces_is_refused_in_words(small: Server) -> None:
    answer = ask(
        small, "/check/", "POST", b"code=abc", Transfer_Encoding="chunked", Content_Type=FORM.partition(": ")[2]
    )
    assert answer.status == 411
    assert "There is nothing to show here" in answer.text
    assert "tel:" in answer.text
    assert "content-security-policy" in answer.headers


def test_slow_forms_stop_no_page(small: Server) -> None:
    """As many as are read at once, and more. The pages, remembered or not, go on, and quicker forms while there is room. How the slow ones end
    is told in tests/faults/test_load.py, which has the time."""
    with ExitStack() as visitors:
        for _ in range(20):
            visitors.enter_context(said(small, "POST /check/", FORM, "Content-Length: 500", body=b"c"))
        assert ask(small, LESSON, seconds=SOON).status == 200
        assert ask(small, "/guides/", seconds=SOON).status == 200
        assert quick(small) < 500
    with ExitStack() as visitors:
        for _ in range(200):
            visitors.enter_context(said(small, "POST /check/", FORM, "Content-Length: 500", body=b"c"))
        assert ask(small, LESSON, seconds=SOON).status == 200
        assert quick(small) == 503
    assert any(quick(small) < 500 or time.sleep(0.2) for _ in range(100)), "once they have gone"


def quick(server: Server) -> int:
    with said(server, "POST /check/", FORM, "Content-Length: 6", body=b"code=a") as visitor:
        return status(visitor)


# --- Questions ---


@pytest.mark.parametrize("question", ["q=é", "q=%C3%A9", "q=ü&age=\xff", "q=[a]{b}|%zz"])
def test_a_question_in_any_letters_gets_an_answer_of_the_site(small: Server, question: str) -> None:
    with said(small, f"GET /lessons/?{question}") as visitor:
        answer = visitor.recv(4096).lower()
        assert int(answer.split()[1]) in (200, 400)
        assert b"server: starfish" in answer


# --- The end, and a new beginning ---


def test_a_django_that_hangs_is_started_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**clean_environment(**SMALL), "DJANGO_SETTINGS_MODULE": "starfish.settings"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(serving, "LOOK_AGAIN_AFTER", 0.1)
    monkeypatch.setattr(serving, "HANGS_AFTER", 2)
    monkeypatch.setattr(behind, "ask_for_us", partial(behind.ask_for_us, wait=1.0))
    django = serving.Django(str(tmp_path / "socket"))
    django.start()
    first = django.process.pid
    (worker,) = children(first)
    os.kill(worker, signal.SIGSTOP)
    assert any((django.process.pid != first and django._answers()) or time.sleep(0.2) for _ in range(150))
    assert command(worker) == "", "nothing of the old one goes on"
    django.stop()
    assert command(django.process.pid) == ""


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # a fork beside a thread is what this is about
def test_granian_forks_before_a_new_beginning_or_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its midst it would take along the pipe on which the beginning waits, and keep it open."""
    monkeypatch.setattr(sys, "executable", shutil.which("true"))
    django = serving.Django(str(tmp_path / "socket"))
    django.process = django._run()
    first = django.process.pid
    midst = tmp_path / "midst"
    monkeypatch.setattr(serving, "after_the_front", lambda: (midst.touch(), time.sleep(1)))
    anew = threading.Thread(target=django._begin_anew)
    anew.start()
    assert until(midst.exists)
    if (forked := os.fork()) == 0:
        os._exit(0)
    assert django.process.pid != first, "the fork waited until it was done"
    os.waitpid(forked, 0)
    anew.join()


def test_a_port_that_somebody_has_already_is_refused_in_words(small: Server) -> None:
    """granian would share it, and each visitor meet the one or the other."""
    again = subprocess.run(
        [*granian(small.port)], env=clean_environment(**SMALL), capture_output=True, text=True, timeout=60, cwd=ROOT
    )
    assert again.returncode == 1
    assert "Nothing was started" in again.stderr
    assert "Traceback" not in again.stderr
    assert ask(small, LESSON).status == 200


def test_who_closes_the_terminal_stops_it(start_server: StartServer) -> None:
    server = start_server(**SMALL)
    its = parts(server)
    server.process.send_signal(signal.SIGHUP)
    assert server.process.wait(30) == 0
    assert until(lambda: not any(command(pid) for pid in its.values()))


def test_slow_forms_and_slow_downloads_leave_threads_for_others() -> None:
    assert front.READERS + front.MOST_IN_PIECES < front.THREADS


def test_a_form_in_another_language_than_ours_is_not_taken(small: Server) -> None:
    """HTTP/2 without TLS, in which a form says neither how long it is nor that it comes in pieces."""
    with socket.create_connection(("127.0.0.1", small.port), SOON) as visitor:
        visitor.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\x00\x00\x00\x04\x00\x00\x00\x00\x00")
        assert b"\x00\x00" not in visitor.recv(64), "no settings of that language"


def test_it_stops_soon_though_somebody_waits_for_what_never_comes(small: Server) -> None:
    """The last of all, as it is gone then."""
    with frozen(small), said(small, "GET /accounts/login/"):
        assert small.stop() == 0, "by itself: it did not have to be killed"
