"""No cookie, and no `Vary: Cookie`, for anyone; nothing in any other storage of the browser either."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from reading import ReadPage, asked_for
from visiting import NOT_LISTED, NOTHING_STORED, Visit

INVENTED = {
    "sessionid": "x", "csrftoken": "x", "starfish-csrf": "x", "__Host-starfish-csrf": "x", "django_language": "fr", "messages": "x",
    "theme": "dark", "consent": "1", "_ga": "x", "_gid": "x", "PHPSESSID": "x", "JSESSIONID": "x", "lang": "cy", "user": "x",
    "token": "x", "left": "1", "cart": "x", "ab-test": "b", "remember": "x", "id": "x",
}  # fmt: skip

ERRORS = (
    ("GET", "/there-is-nothing-here/", 404), ("GET", "/lessons/?age=abc", 400), ("GET", "/help/?country=zz", 400),
    ("POST", "/lessons/", 405), ("PUT", "/lessons/", 405), ("GET", "/help/?country=gb", 302), ("GET", "/lessons", 301),
    ("POST", "/check/", 403), ("PUT", "/check/", 405),
)  # fmt: skip


def cookies_in(answer: HttpResponse) -> list[str]:
    found = [f"Set-Cookie: {name}" for name in answer.cookies]
    if "cookie" in answer.headers.get("Vary", "").lower():
        found.append(f"Vary: {answer.headers['Vary']}")
    return found


def test_no_address_sets_or_reads_a_cookie(pages: dict[str, ReadPage], data_addresses: tuple[str, ...]) -> None:
    """With 20 invented ones or with none: the same page."""
    plain, laden = Client(), Client()
    laden.cookies.load(INVENTED)
    found, other = {}, []
    for path in (*pages, *NOT_LISTED, *data_addresses):
        answers = (pages[path].response if path in pages else plain.get(path), laden.get(path))
        assert [answer.status_code for answer in answers] == [200, 200], path
        if cookies := [cookie for answer in answers for cookie in cookies_in(answer)]:
            found[path] = cookies
        if len({answer.content for answer in answers}) > 1:
            other.append(path)
    assert (found, other) == ({}, [])


@pytest.mark.parametrize(("method", "path", "status"), ERRORS)
@pytest.mark.parametrize("sent", [{}, INVENTED], ids=["no cookie", "20 invented cookies"])
def test_no_error_and_no_redirect_sets_a_cookie(method: str, path: str, status: int, sent: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies.load(sent)
    answer = client.generic(method, path)
    assert answer.status_code == status
    assert cookies_in(answer) == []


def test_static_files_set_no_cookie(pages: dict[str, object]) -> None:
    client = Client()
    home = client.get("/").content.decode()
    assert "/static/" in home
    for path in {part.split('"')[0] for part in home.split('="') if part.startswith("/static/")}:
        with asked_for(client, path) as answer:
            assert (answer.status_code, cookies_in(answer)) == (200, []), path


def test_the_browser_holds_no_cookie_after_any_page(visits: list[Visit]) -> None:
    assert {seen.path: seen.cookies for seen in visits if seen.cookies} == {}


def test_the_browser_holds_nothing_else_after_any_page(visits: list[Visit]) -> None:
    assert {seen.path: seen.stored for seen in visits if seen.stored != NOTHING_STORED} == {}
