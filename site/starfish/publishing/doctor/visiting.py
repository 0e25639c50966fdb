"""The site as a visitor meets it, through the front server. Only when asked for: nothing else here opens a connection."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings

from starfish.pages.current import curriculum
from starfish.pages.headers import security_headers

from .finding import Finding, broken, mend

SECONDS = 10
DAYS_LEFT = 14


def visited(at: str = "", trusting: str | None = None) -> Iterator[Finding]:
    """`at` is another place to knock, such as 127.0.0.1:8443; `trusting` a file with the school's own authority."""
    host = urlsplit(settings.ADDRESS).hostname or ""
    try:
        with knocked(host, at, trusting) as connection:
            yield from certificate(connection)
            yield from answered(connection, host)
    except ssl.SSLCertVerificationError as error:
        yield broken("certificate-not-good", host=host, why=error.verify_message)
    except (OSError, HTTPException) as error:
        yield broken("site-not-reached", host=host, why=error)


class knocked:  # noqa: N801 - reads as a verb where it is used
    def __init__(self, host: str, at: str, trusting: str | None) -> None:
        name, _, port = (at or host).partition(":")
        context = ssl.create_default_context(cafile=trusting)
        plain = socket.create_connection((name, int(port or 443)), SECONDS)
        self.connection = HTTPSConnection(host, timeout=SECONDS)
        self.connection.sock = context.wrap_socket(plain, server_hostname=host)

    def __enter__(self) -> HTTPSConnection:
        return self.connection

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def certificate(connection: HTTPSConnection) -> Iterator[Finding]:
    found = connection.sock.getpeercert() or {}
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(found["notAfter"])), tz=UTC)
    days = (ends - datetime.now(tz=UTC)).days
    if days < DAYS_LEFT:
        yield mend("certificate-ends-soon", days=days)


def answered(connection: HTTPSConnection, host: str) -> Iterator[Finding]:
    answer = asked(connection, host, "/healthz")
    said = answer.read().decode(errors="replace").strip()
    if answer.status != 200:
        yield broken("site-not-well", host=host, status=answer.status)
    elif said != f"ready {curriculum().digest[:12]}":
        yield mend("site-shows-other-content")
    page = asked(connection, host, "/")
    page.read()
    wrong = [
        name
        for name, value in security_headers("/").items()
        if name != "Server" and page.headers.get_all(name) != [value]
    ]
    if wrong:
        yield mend("headers-are-others", names=wrong)


def asked(connection: HTTPSConnection, host: str, path: str) -> HTTPResponse:
    connection.request("GET", path, headers={"Host": host})
    return connection.getresponse()
