"""No field or file could hold a child's picture: anything that is sent is refused, unread."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from running import Server, ask

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
ADDRESSES_OF_THE_REAL_SERVER = (
    "/",
    "/lessons/",
    "/my-starfish/",
    "/help/",
    "/search/",
    "/search/index.json",
    "/there-is-nothing-here/",
)


def test_a_form_with_a_file_is_refused_at_every_address(
    addresses: tuple[str, ...], data_addresses: tuple[str, ...]
) -> None:
    client = Client()
    for path in (*addresses, *data_addresses):
        answer = client.post(path, {"picture": SimpleUploadedFile("me.png", PICTURE, "image/png"), "name": "Sam"})
        assert (path, answer.status_code) == (path, 415)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "GET"])
def test_a_picture_alone_is_refused_at_every_address(
    addresses: tuple[str, ...], data_addresses: tuple[str, ...], method: str
) -> None:
    client = Client()
    answers = {
        path: client.generic(method, path, PICTURE, "image/png").status_code for path in (*addresses, *data_addresses)
    }
    assert answers == dict.fromkeys(answers, 415)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_but_reading_is_allowed_at_every_address(
    addresses: tuple[str, ...], data_addresses: tuple[str, ...], method: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    for path in (*addresses, *data_addresses):
        answer = client.generic(method, path, b"name=Sam", "application/x-www-form-urlencoded")
        assert (path, answer.status_code, answer.headers.get("Allow")) == (path, 405, "GET, HEAD")


KINDS = (
    "image/png",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/plain",
    "application/octet-stream",
    "",
)


@pytest.mark.parametrize("path", ADDRESSES_OF_THE_REAL_SERVER)
def test_the_real_server_refuses_a_body_that_comes_in_chunks(site: Server, path: str) -> None:
    for kind in KINDS:
        headers = {"Transfer_Encoding": "chunked", **({"Content_Type": kind} if kind else {})}
        assert (kind, ask(site, path, "POST", iter([PICTURE, PICTURE]), **headers).status) == (kind, 411)


@pytest.mark.parametrize("path", ADDRESSES_OF_THE_REAL_SERVER)
def test_the_real_server_refuses_a_body_of_every_kind(site: Server, path: str) -> None:
    for method in ("POST", "PUT"):
        for kind in KINDS:
            answer = ask(site, path, method, PICTURE, **({"Content_Type": kind} if kind else {}))
            assert (kind, answer.status) == (kind, 415)


def test_a_squeezed_form_is_refused(site: Server) -> None:
    headers = {"Content_Type": "application/x-www-form-urlencoded", "Content_Encoding": "gzip"}
    assert ask(site, "/help/", "POST", PICTURE, **headers).status == 415


def test_the_refusal_says_what_happened_and_where_help_is(site: Server) -> None:
    answer = ask(site, "/my-starfish/", "POST", PICTURE, Content_Type="image/png")
    assert "what you sent was not read and not kept" in answer.text
    assert 'href="/help/"' in answer.text
    assert ask(site, "/my-starfish/").status == 200, "the next request works"
