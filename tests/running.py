"""The site as a real server, started as `make run` starts it."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
CONTENT = Path(os.environ.get("STARFISH_CONTENT") or ROOT / "content")
"""The content under test: the real one, unless another folder is named, to try a change before it is made."""

SAMPLE = ROOT / "tests" / "sample_content"
"""Three lessons, read in a moment, for what does not depend on the words."""

NO_DATABASE = "sqlite:////proc/there-can-be-no-file-here.sqlite3"

PUBLIC_SETTINGS = {"STARFISH_HOSTS": "example.org", "STARFISH_SECRET_KEY": "a-key-for-tests-only-" + "x9" * 30}


def clean_environment(**settings: str) -> dict[str, str]:
    """The environment of a subprocess: none of the developer's own settings, and those given here.

    Unless a test names a database there is none: no test writes into the developer's own, and no public page needs one.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STARFISH_", "DJANGO_"))}
    own = {
        "PYTHONPATH": str(ROOT / "site"), "PYTHONUNBUFFERED": "1", "STARFISH_CONTENT": str(CONTENT),
        "DATABASE_URL": NO_DATABASE,
    }  # fmt: skip
    return {**kept, **own, **settings}


def granian(port: int) -> list[str]:
    """The command of `make run`, with this Python and a port of its own."""
    command = re.search(
        r"exec \.venv/bin/python (-m starfish.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert command, "the Makefile starts the site in another way now; teach tests/running.py the new command"
    return [sys.executable, *shlex.split(command[1].replace("$(PORT)", str(port)))]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Server:
    """A running site. `output` is everything it has written to its log."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def output(self) -> str:
        return self.log.read_text(encoding="utf-8")

    @property
    def port(self) -> int:
        return int(urlsplit(self.address).port or 0)

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait(15)

    def answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()

    def wait(self) -> None:
        for _ in range(600):
            if self.process.poll() is not None:
                raise AssertionError(f"the server did not start:\n{self.output}")
            if self.answers():
                return
            time.sleep(0.1)
        self.stop()
        raise AssertionError(f"the server was not ready after a minute:\n{self.output}")


StartServer = Callable[..., Server]
"""start(wait=True, STARFISH_...="...") -> Server"""


BREAKING = {
    "PYTHONPATH": f"{ROOT / 'site'}:{ROOT / 'tests' / 'promises'}",
    "DJANGO_SETTINGS_MODULE": "breaking_settings",
}
"""Settings of a server that also has a page that breaks, at /breaks/."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(
    server: Server, path: str, method: str = "GET", body: bytes | None = None, seconds: float = 30, **headers: str
) -> Answer:
    """One request to a running server. In header names _ stands for -; names of the answer's headers are in small letters."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=seconds)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(
            method, path, body=body, headers=named, encode_chunked=named.get("Transfer-Encoding") == "chunked"
        )
        return answer_on(connection)
    finally:
        connection.close()


def answer_on(connection: HTTPConnection) -> Answer:
    response = connection.getresponse()
    found = [(name.lower(), value) for name, value in response.getheaders()]
    assert len(dict(found)) == len(found), f"a header stands twice: {found}"
    return Answer(response.status, dict(found), response.read())


def until(true: Callable[[], bool]) -> bool:
    """Whether it became true within a minute."""
    return any(true() or time.sleep(0.2) for _ in range(300))
