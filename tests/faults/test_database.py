"""The database goes while people work. Pages go on, what was confirmed is kept, the message is true, the next request works."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPException
from pathlib import Path

import on_postgres
import processes
import pytest
import staff
from counting import counted, times
from running import ROOT, Server, StartServer, ask, clean_environment, until

PUBLIC_PAGES = ("/", "/help/gb/", "/lessons/ask-again/plan/", "/guides/", "/search/index.json")


def public_pages_answer(server: Server) -> None:
    answers = {path: ask(server, path, Accept_Encoding="gzip").status for path in PUBLIC_PAGES}  # as browsers do
    assert answers == dict.fromkeys(PUBLIC_PAGES, 200)
    counted("public pages answered 200 while something was broken", len(answers))


@pytest.fixture
def file(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "starfish.sqlite3"))


@pytest.fixture(scope="module")
def shared(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(migrated, tmp_path_factory.mktemp("shared") / "starfish.sqlite3"))


@pytest.fixture(scope="module")
def server(shared: Path, start_server: StartServer) -> Iterator[Server]:
    """One for every trouble: it is never started again. Without the rights of root, for whom nothing is read-only."""
    without_rights = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
    running = start_server(**staff.SETTINGS, DATABASE_URL=address(shared), through=without_rights)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def tess(shared: Path) -> staff.Teacher:
    return staff.begin(address(shared))


def address(file: Path) -> str:
    return f"sqlite:///{file}"


# --- a file of SQLite, while the site runs ---


def gone(file: Path) -> None:
    for each in file.parent.glob(f"{file.name}*"):
        each.unlink()


def rubbish(file: Path) -> None:
    gone(file)
    file.write_bytes(b"this was a database once\n" * 400)


def cut_short(file: Path) -> None:
    """As after a copy that was interrupted."""
    whole = file.read_bytes()
    gone(file)
    file.write_bytes(whole[: len(whole) // 3])


def a_folder(file: Path) -> None:
    gone(file)
    file.mkdir()


def only_to_be_read(file: Path) -> None:
    """As after a copy by root, or on a disk that the system no longer trusts."""
    for each in (*file.parent.glob(f"{file.name}*"), file.parent):
        each.chmod(0o555 if each.is_dir() else 0o444)


@pytest.mark.parametrize(
    "trouble",
    [gone, rubbish, cut_short, a_folder, only_to_be_read],
    ids=lambda trouble: trouble.__name__.replace("_", " "),
)
def test_a_file_that_goes_and_comes_back(
    shared: Path, server: Server, tess: staff.Teacher, trouble: Callable[[Path], None]
) -> None:
    before, during, after = (f"{when} {trouble.__name__[0]}" for when in ("Before", "During", "After"))
    tess.add_class(server, before)
    assert tess.confirmed[-1] == before
    whole = shared.with_name("whole")
    with closing(sqlite3.connect(shared)) as source, closing(sqlite3.connect(whole)) as copy:
        source.backup(copy)

    trouble(shared)
    assert ask(server, "/healthz").status == 200
    public_pages_answer(server)
    answer = tess.add_class(server, during)
    assert answer is not None
    assert answer.status == 503
    assert answer.retry_after == "60"
    assert "may not have been saved" in answer.text
    assert tess.confirmed[-1] == before

    shared.parent.chmod(0o755)
    shutil.rmtree(shared) if shared.is_dir() else gone(shared)
    whole.rename(shared)
    again = tess.add_class(server, after)
    assert again is not None
    assert again.status == 302, "without a restart, and still signed in"
    assert sorted(staff.kept(address(shared))) == sorted(tess.confirmed)
    assert tess.confirmed[-2:] == [before, after]
    counted("databases that went and came back")


@contextmanager
def held(file: Path) -> Iterator[None]:
    """By a backup tool, say."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_file_that_somebody_else_holds_for_a_while(shared: Path, server: Server, tess: staff.Teacher) -> None:
    """Whoever saves meanwhile waits for a moment and is served."""
    answered = len(tess.statuses)
    waiting = threading.Thread(target=tess.add_class, args=(server, "Waited"))
    with held(shared):
        waiting.start()
        public_pages_answer(server)
        time.sleep(2)  # it has asked for its turn by now
        assert len(tess.statuses) == answered
    waiting.join()
    assert tess.confirmed[-1] == "Waited"
    assert "Waited" in staff.kept(address(shared))


@pytest.mark.at_length  # the site waits twenty seconds for its turn
def test_a_file_that_somebody_else_holds_for_long(shared: Path, server: Server, tess: staff.Teacher) -> None:
    with held(shared):
        answer = tess.add_class(server, "Too late")
        assert answer is not None
        assert answer.status == 503
        public_pages_answer(server)
    tess.add_class(server, "In time")
    assert tess.confirmed[-1] == "In time"
    assert sorted(staff.kept(address(shared))) == sorted(tess.confirmed)
    counted("locks that were held too long")


# --- a worker that is killed ---


def test_processes_that_are_killed_under_load_lose_nothing_that_was_confirmed(
    file: Path, start_server: StartServer
) -> None:
    """Those below the first process come back by themselves; the first is started again by whoever started it, here the test."""
    site = {**staff.SETTINGS, "STARFISH_PRERENDER": "true", "DATABASE_URL": address(file)}
    servers = [start_server(**site)]
    tess = staff.begin(address(file))

    def kill() -> None:
        for part in ("Django's own", "the front", "Django's first", "the first") * times(1, 10):
            time.sleep(0.3)
            first = servers[-1].process
            os.kill(when_all_are_there(servers[-1])[part], signal.SIGKILL)
            if part == "the first":
                first.wait()
                servers.append(start_server(**site))
            answers_again(servers[-1])
            somebody_gets_through(tess)
            counted(f"killed under load: {part}")

    staff.while_writing(tess, lambda: servers[-1], kill)
    assert set(tess.statuses) <= {302, 502, 503}
    nothing_is_lost(tess, address(file))
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    servers[-1].stop()


def when_all_are_there(server: Server) -> dict[str, int]:
    for _ in range(600):
        if len(parts := processes.parts(server)) == 4:
            return parts
        time.sleep(0.05)
    raise AssertionError(f"a process is missing: {parts}\n{server.output}")


def answers_again(server: Server) -> None:
    """Every public page. A process that is killed takes its connections with it, and the front its memory."""
    for _ in range(600):
        try:
            if all(ask(server, path, Accept_Encoding="gzip").status == 200 for path in PUBLIC_PAGES):
                return
        except (OSError, HTTPException):
            pass
        time.sleep(0.05)
    raise AssertionError(f"pages do not come back:\n{server.output}")


def test_pages_go_on_while_the_process_behind_the_front_is_away(start_server: StartServer) -> None:
    """Those that were asked for before. The front remembers none until it has heard once what content there is."""
    server = start_server(**staff.SETTINGS)
    assert until(lambda: all(status == 200 for status in without_django(server)))
    public_pages_answer(server)
    server.stop()


def without_django(server: Server) -> list[int]:
    """The status of every public page, when Django has just been killed."""
    answers_again(server)
    parts = when_all_are_there(server)
    for part in ("Django's first", "Django's own"):
        os.kill(parts[part], signal.SIGKILL)
    assert ask(server, "/school/join/x/").status == 503
    return [ask(server, path, Accept_Encoding="gzip").status for path in PUBLIC_PAGES]


def somebody_gets_through(tess: staff.Teacher) -> None:
    """Again, and without a restart of the site."""
    before, began = len(tess.confirmed), time.monotonic()
    while len(tess.confirmed) == before:
        assert time.monotonic() - began < 60, "nobody gets through any more"
        time.sleep(0.02)


def nothing_is_lost(tess: staff.Teacher, database: str) -> None:
    """What was confirmed is there, once. What nobody confirmed may be there too: the answer was lost, not the class."""
    there = staff.kept(database)
    assert set(tess.confirmed) <= set(there)
    assert len(there) == len(set(there))
    assert tess.confirmed
    counted("confirmed writes found again", len(tess.confirmed))


# --- PostgreSQL ---


def test_a_postgresql_that_is_stopped_at_once_under_load(start_server: StartServer) -> None:
    with on_postgres.restartable() as postgres:
        migrate(postgres.address)
        server = start_server(**staff.SETTINGS, DATABASE_URL=postgres.address)
        tess = staff.begin(postgres.address)
        tess.add_class(server, "First")

        def stop_and_start() -> None:
            for _ in range(times(1, 20)):
                time.sleep(0.4)
                postgres.stop_at_once()
                public_pages_answer(server)
                postgres.start()
                somebody_gets_through(tess)
                counted("PostgreSQL stopped at once under load")

        staff.while_writing(tess, lambda: server, stop_and_start)
        assert set(tess.statuses) <= {302, 503}
        assert 503 in tess.statuses
        nothing_is_lost(tess, postgres.address)
        server.stop()


def migrate(database: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=clean_environment(DATABASE_URL=database), check=True)
