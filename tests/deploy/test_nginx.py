"""The shipped nginx configuration, run: what it serves itself, what it passes on, what it refuses, and what it writes down."""

from __future__ import annotations

import re
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from django.urls import reverse
from front_server import DEPLOY, HOST, FrontServer, ask_front, program, trusting, write
from pytest_django import Settings
from reading import ReadPage
from running import ROOT, free_port
from starfish.curriculum.curriculum import Curriculum
from starfish.pages.headers import security_headers
from starfish.publishing import front_server

PAGE = "/offline/"


def test_nginx_finds_no_mistake_in_it(tmp_path: Path) -> None:
    main = write(tmp_path, app=free_port(), port=free_port(), plain_port=free_port())
    done = subprocess.run([program(), "-t", "-p", tmp_path, "-c", main], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_its_headers_are_those_of_the_app(settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 63_072_000
    written = dict(
        re.findall(r'^add_header (\S+) "([^"]*)" always;$', (DEPLOY / "headers.conf").read_text(), re.MULTILINE)
    )
    assert written == {name: value for name, value in security_headers("/").items() if name != "Server"}


# --- what is passed on, and what is not ---


def test_files_with_a_hash_in_their_name_may_be_kept_and_no_others(front: FrontServer) -> None:
    hashed = next((ROOT / "var" / "static" / "css").glob("starfish.????????????.css"))
    kept, other = ask_front(front, f"/static/css/{hashed.name}"), ask_front(front, "/static/css/starfish.css")
    assert (kept.status, kept.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert other.headers["cache-control"] == "no-store"


def test_plain_http_leads_to_https(front: FrontServer) -> None:
    with socket.create_connection(("127.0.0.1", front.plain_port)) as plain:
        plain.sendall(f"GET /help/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        assert f"Location: https://{HOST}/help/".encode() in plain.recv(4000)


def test_staff_may_send_forms_through_it(front: FrontServer) -> None:
    token = "a" * 32
    answer = ask_front(
        front, reverse("account_login"), "POST", f"csrfmiddlewaretoken={token}&login=a&password=b".encode(),
        Content_Type="application/x-www-form-urlencoded", Cookie=f"__Host-starfish-csrf={token}",
        Origin=f"https://{HOST}",
    )  # fmt: skip
    assert answer.status == 503, "the app has no database here, and says so itself"
    assert answer.headers["retry-after"] == "60"


# --- what is refused ---

TOO_LONG = "x" * 5_000
REFUSED = {
    "a body over 64 KB": (("POST", "/accounts/login/", b"a=" + b"x" * 70_000, {}), {413}),
    "a very long path": (("GET", f"/{TOO_LONG}{TOO_LONG}", None, {}), {414}),
    "a very long header": (("GET", "/", None, {"X-Long": "x" * 100_000}), {400}),
    "a method of its own": (("BREW", "/", None, {}), {405}),
    "DELETE": (("DELETE", "/help/", None, {}), {405}),
    "PUT": (("PUT", "/about/", None, {}), {405}),
    "TRACE": (("TRACE", "/", None, {}), {405}),
    "a path that climbs": (("GET", "/static/../../manage.py", None, {}), {400, 404}),
    "a path that climbs in code": (("GET", "/static/%2e%2e/%2e%2e/manage.py", None, {}), {400, 404}),
    "a path that climbs twice coded": (("GET", "/static/%252e%252e/manage.py", None, {}), {404}),
    "the pages of nginx itself": (("GET", "/front/busy.html", None, {}), {404}),
    "git": (("GET", "/.git/config", None, {}), {404}),
    "settings": (("GET", "/.env", None, {}), {404}),
    "a chunk of no size": (("POST", "/accounts/login/", b"zz\r\n", {"Transfer-Encoding": "chunked"}), {400}),
    "an unknown coding": (("POST", "/accounts/login/", b"x", {"Transfer-Encoding": "xchunked"}), {400, 501}),
    "both lengths": (("POST", "/accounts/login/", b"0\r\n\r\n", {"Transfer-Encoding": "chunked", "Content-Length": "5"}), {400}),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_request_of_a_visitor_is_refused_with_words_and_help(front: FrontServer, case: str) -> None:
    (method, path, body, headers), expected = REFUSED[case]
    answer = raw(front, method, path, body, headers)
    status = int(answer.split(b" ", 2)[1])
    assert status in expected
    head, _, page = answer.partition(b"\r\n\r\n")
    assert b"content-security-policy: default-src 'none'" in head.lower()
    assert head.lower().count(b"content-security-policy:") == 1
    assert b"/help/" in page or b"tel:" in page
    assert b"nginx/" not in head.lower(), "no version"
    assert ask_front(front, PAGE).status == 200, "the next request works"


def raw(front: FrontServer, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> bytes:
    own = {"Host": HOST, "Connection": "close", "Content-Type": "application/x-www-form-urlencoded"}
    if body is not None and "Transfer-Encoding" not in headers:
        own["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in {**own, **headers}.items()), "", ""]
    parts: list[bytes] = []
    with connected(front) as connection:
        with suppress(OSError):  # refused before all was said
            connection.sendall("\r\n".join(lines).encode() + (body or b""))
        with suppress(OSError):
            while part := connection.recv(65_536):
                parts.append(part)
    return b"".join(parts)


def connected(front: FrontServer, name: str = HOST) -> socket.socket:
    return trusting().wrap_socket(socket.create_connection(("127.0.0.1", front.port), 20), server_hostname=name)


def test_other_names_get_no_page_and_no_certificate(front: FrontServer) -> None:
    with pytest.raises(OSError, match=r"(?i)unrecognized"):
        connected(front, "other.example")
    with socket.create_connection(("127.0.0.1", front.plain_port)) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: other.example\r\n\r\n")
        with suppress(ConnectionResetError):  # shown the door at once
            assert plain.recv(1000) == b""


@pytest.mark.parametrize("named", ["other.example", "example.org.other.example"])
def test_another_name_inside_the_connection_is_not_answered_for(front: FrontServer, named: str) -> None:
    answer = raw(front, "GET", PAGE, None, {"Host": named})
    assert answer == b"" or answer.startswith(b"HTTP/1.1 421")


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Host", "Forwarded"])
def test_a_name_in_another_header_changes_nothing(front: FrontServer, name: str) -> None:
    assert ask_front(front, PAGE, **{name: "other.example"}).body == ask_front(front, PAGE).body


def test_a_flood_of_ranges_gets_the_whole_file_or_a_refusal(front: FrontServer) -> None:
    ranges = "bytes=" + ",".join(f"{n}-{n}" for n in range(1_000))
    whole = ask_front(front, "/static/css/starfish.css")
    answer = ask_front(front, "/static/css/starfish.css", Range=ranges)
    assert answer.status in {200, 400, 416}
    assert len(answer.body) <= max(len(whole.body), 6_000)


# --- when the app is away ---


AWAY = {
    "staff": ("/school/", "GET"),
    "the app's own health": ("/healthz", "GET"),
    "a file to take away": ("/guides/x/guide.pdf", "GET"),
    "help that is in no copy": ("/help/us/", "GET"),
    "a page with a question": ("/lessons/?age=5-7", "GET"),
    "a page without its last stroke": ("/help", "GET"),
    "somebody who signs in": ("/accounts/login/", "POST"),
    "a pupil who answers": ("/check/", "POST"),
}


@pytest.mark.parametrize("case", AWAY)
def test_everything_else_says_so_with_numbers_and_when_to_come_back(
    alone: FrontServer, case: str, small: Curriculum
) -> None:
    path, method = AWAY[case]
    form = {"body": b"a=b", "Content_Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
    answer = ask_front(alone, path, method, **form)
    assert (answer.status, answer.headers["retry-after"], answer.headers["cache-control"]) == (503, "30", "no-store")
    said = answer.text
    assert "not ready at the moment" in said
    assert "It was not you" in said
    emergencies = [small.services.get(country.emergency or "") for country in small.countries]
    numbers = {service.phone.dial for service in emergencies if service and service.phone}
    assert numbers
    assert {f"tel:{number}" for number in numbers} <= set(re.findall(r'href="([^"]+)"', said))
    (childline,) = [
        service.phone
        for service in small.services.values()
        if service.kind == "child-helpline" and service.id.startswith("gb-")
    ]
    assert childline
    assert f"tel:{childline.dial}" in said, "from the help data"


def test_the_pages_of_nginx_hold_no_mistake(known: Curriculum, tmp_path: Path) -> None:
    front_server.write(known, tmp_path)
    for name in front_server.PAGES:
        page = ReadPage(name, type("Sent", (), {"content": (tmp_path / name).read_bytes()})())
        assert page.mistakes == []
        assert len(page.all("h1")) == 1
        assert any("data-leave" in link.attrib for link in page.all("a"))
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o644


# --- what it writes down ---


def test_nothing_of_a_visit_is_written_down(front: FrontServer) -> None:
    canary = {"User_Agent": "canaryagent", "Referer": "https://example.org/canaryreferrer", "Cookie": "a=canarycookie"}
    for path in ("/canarypath/?q=canaryquery", "/static/canarypath", "/about/?q=canaryquery", "/%2e%2e/canarypath"):
        ask_front(front, path, **canary)
    raw(front, "GET", "/canarypath" * 900, None, {})
    written = "".join(
        file.read_text(errors="replace") for file in front.folder.iterdir() if file.is_file() and file.suffix != ".pem"
    )
    assert "canary" not in written
    assert "127.0.0.1" not in (front.folder / "error.log").read_text()
