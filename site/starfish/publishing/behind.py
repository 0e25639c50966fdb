"""Asking the process behind the front, through a socket in the file system."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import quote

from .codings import wanted
from .names import OURS, PEER
from .replies import Answer, Headers, only_reads

WAIT = 130.0  # seconds; a file to take away may take a minute, and wait for another
HOP_BY_HOP = frozenset({
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
    "transfer-encoding", "upgrade",
})  # fmt: skip
NOT_PASSED_ON = (HOP_BY_HOP | {"expect", OURS.lower(), PEER.lower()}) - {"transfer-encoding"}
_AS_IT_IS = "".join(map(chr, range(33, 127)))  # of a question; other letters came as they are, though they may not
NOT_THERE = (OSError, HTTPException)


class Connection(HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=WAIT)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def ask(path: str, environ: Mapping[str, Any], body: bytes) -> HTTPResponse:
    """The answer to a visitor's request, with its body still to be read."""
    return _sent(Connection(path), environ["REQUEST_METHOD"], _target(environ), dict(_headers(environ)), body)


def ask_for_us(path: str, wish: str, coding: str = "") -> Answer:
    return whole(
        _sent(
            Connection(path),
            "GET",
            wish,
            {OURS: "1", "Host": "localhost", "Accept-Encoding": coding or "identity"},
            b"",
        )
    )


def _sent(connection: Connection, method: str, target: str, headers: dict[str, str], body: bytes) -> HTTPResponse:
    connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
    for name, value in {**headers, "Connection": "close"}.items():
        connection.putheader(name, value)
    with suppress(BrokenPipeError, ConnectionResetError):  # refused before all was said: the answer says why
        connection.endheaders(body or None)
    return connection.getresponse()


def whole(response: HTTPResponse) -> Answer:
    return Answer(response.status, passed_on(response), response.read())


def passed_on(response: HTTPResponse) -> Headers:
    return [(name, value) for name, value in response.getheaders() if name.lower() not in HOP_BY_HOP]


def _target(environ: Mapping[str, Any]) -> str:
    path = quote(environ["PATH_INFO"].encode("latin-1"), safe="/:@!$&'()*+,;=~-._")
    return f"{path}?{quote(environ['QUERY_STRING'], safe=_AS_IT_IS)}" if environ["QUERY_STRING"] else path


def _headers(environ: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Those of the visitor, but that one who reads is sent the whole page, so that it can be remembered."""
    yield PEER.lower(), environ.get("REMOTE_ADDR") or ""
    for name, value in environ.items():
        header = name.removeprefix("HTTP_").replace("_", "-").lower()
        if name == "HTTP_ACCEPT_ENCODING":
            yield header, wanted(value) or "identity"
        elif (
            name.startswith("HTTP_")
            and header not in NOT_PASSED_ON
            and not (header == "if-none-match" and is_to_remember(environ))
        ) or (name in ("CONTENT_TYPE", "CONTENT_LENGTH") and value):
            yield header, value


def is_to_remember(environ: Mapping[str, Any]) -> bool:
    return only_reads(environ) and bool(environ["REQUEST_METHOD"] == "GET")
