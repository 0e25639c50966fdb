"""The site as a visitor meets it, through the front server. Only when asked for: nothing else here opens a connection."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from starfish.pages.headers import security_headers

from . import content
from .finding import Finding, broken, mend

SECONDS = 10
DAYS_LEFT = 14
PORTS = {"https": 443, "http": 80}


def visited(at: str = "", trusting: str | None = None) -> Iterator[Finding]:
    """`at` is another place to knock, such as 127.0.0.1:8443; `trusting` a file with the school's own authority."""
    address = urlsplit(settings.ADDRESS)
    host = address.hostname or ""
    try:
        with knocked(address, place(at or address.netloc), trusting) as connection:
            if isinstance(connection, HTTPSConnection):
                yield from certificate(connection)
            yield from answered(connection, host)
    except ssl.SSLCertVerificationError as error:
        yield broken("certificate-not-good", host=host, why=error.verify_message)
    except (OSError, HTTPException) as error:
        yield broken("site-not-reached", host=host, why=error, public=settings.PUBLIC)


def others_reached() -> Iterator[Finding]:
    """Those to whom the site itself speaks."""
    if settings.EMAIL_HOST and (why := not_reached(settings.EMAIL_HOST, settings.EMAIL_PORT)):
        yield mend("mail-not-reached", host=settings.EMAIL_HOST, port=settings.EMAIL_PORT, why=why)
    provider = urlsplit(settings.OIDC_SERVER)
    if provider.hostname and (why := not_reached(provider.hostname, provider.port or PORTS[provider.scheme])):
        yield mend("provider-not-reached", host=provider.hostname, why=why)


def not_reached(host: str, port: int) -> str:
    """Why not; nothing, if somebody listens there."""
    try:
        socket.create_connection((host, port), SECONDS).close()
    except OSError as error:
        return str(error)
    return ""


def place(at: str) -> tuple[str, int | None]:
    """A name or an address, in brackets if it has colons, and a port."""
    found = urlsplit(f"//{at}")
    return found.hostname or "", found.port


@contextmanager
def knocked(address: SplitResult, at: tuple[str, int | None], trusting: str | None) -> Iterator[HTTPConnection]:
    name, port = at
    host, secure = address.hostname or "", address.scheme == "https"
    context = ssl.create_default_context(cafile=trusting) if secure else None
    with socket.create_connection((name, port or PORTS[address.scheme]), SECONDS) as plain:
        connection = HTTPSConnection(host, timeout=SECONDS) if context else HTTPConnection(host, timeout=SECONDS)
        connection.sock = context.wrap_socket(plain, server_hostname=host) if context else plain
        try:
            yield connection
        finally:
            connection.close()


def certificate(connection: HTTPSConnection) -> Iterator[Finding]:
    found = connection.sock.getpeercert() or {}
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(found["notAfter"])), tz=UTC)
    days = (ends - datetime.now(tz=UTC)).days
    if days < DAYS_LEFT:
        yield mend("certificate-ends-soon", days=days)


def answered(connection: HTTPConnection, host: str) -> Iterator[Finding]:
    answer = page_at(connection, host, "/healthz")
    said = answer.read().decode(errors="replace").strip()
    if answer.status != 200:
        yield broken("site-not-well", host=host, status=answer.status)
    elif (known := content.digest()) and said != f"ready {known[:12]}":
        yield mend("site-shows-other-content")
    page = page_at(connection, host, "/")
    page.read()
    wrong = [
        name
        for name, value in security_headers("/").items()
        if name != "Server" and page.headers.get_all(name) != [value]
    ]
    if wrong:
        yield mend("headers-are-others", names=wrong)


def page_at(connection: HTTPConnection, host: str, path: str) -> HTTPResponse:
    connection.request("GET", path, headers={"Host": host})
    return connection.getresponse()
