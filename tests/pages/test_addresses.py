"""Addresses are part of the design: all of them are in the sitemap, lead on when they moved, and are never repeated."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.urls import resolve
from pytest_django import Settings
from reading import ReadPage
from running import SAMPLE, Server
from starfish.assessment.urls import urlpatterns as for_checks
from starfish.schools.urls import urlpatterns as for_staff
from starfish.urls import urlpatterns

DATA = {
    "lesson-data", "framework-csv", "framework-json", "search-index", "picture", "catalogue", "sitemap", "feed", "icon",
    "robots", "health", "offline-stick", "offline-lesson", "offline-worker",
    "lesson-file", "band-pack", "guide-file", "help-card", "starfish-sheet",
}  # fmt: skip


def test_the_sitemap_lists_pages_of_every_kind(addresses: tuple[str, ...]) -> None:
    names = {pattern.name for pattern in urlpatterns if pattern not in (*for_staff, *for_checks)}
    assert {resolve(path).url_name for path in addresses} == names - DATA
    assert names >= DATA


def test_no_page_is_listed_twice(addresses: tuple[str, ...]) -> None:
    assert len(addresses) == len(set(addresses))


def test_the_gallery_of_components_is_there_in_development_only(client: Client) -> None:
    assert site_settings.DEBUG is False
    assert client.get("/components/").status_code == 404


@pytest.mark.parametrize("module", ["urls.py", "schools/urls.py", "assessment/urls.py"])
def test_every_address_has_an_example_above_it(module: str) -> None:
    lines = (Path(site_settings.SITE) / "starfish" / module).read_text(encoding="utf-8").splitlines()
    routes = [number for number, line in enumerate(lines) if line.strip().startswith(("path(", "*(path("))]
    assert len(routes) >= 10
    assert [lines[number] for number in routes if "# eg: /" not in lines[number - 1]] == []


@pytest.mark.parametrize(
    ("path", "status", "to"),
    [
        ("/lessons", 301, "/lessons/"),
        ("/help?country=gb", 301, "/help/?country=gb"),
        ("/lessons/tell-and-tell-again/plan/30", 301, "/lessons/tell-and-tell-again/plan/30/"),
        ("/help/?country=ie", 302, "/help/ie/"),
    ],
)
def test_what_leads_on(client: Client, path: str, status: int, to: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (status, to)


def test_the_icon_leads_to_the_drawing(client: Client, site: Server) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    with urlopen(f"{site.address}{answer.headers['Location']}") as drawing:
        assert drawing.headers["Content-Type"] == "image/svg+xml"


CANARY = "my-name-is-canary"
NOWHERE = [
    f"/{CANARY}/", f"/lessons/{CANARY}/", f"/lessons/{CANARY}/slides/", f"/lessons/{CANARY}.json", f"/ages/{CANARY}/",
    f"/strands/{CANARY}/", f"/curriculum/{CANARY}/", f"/curriculum/{CANARY}.csv", f"/guides/{CANARY}/", f"/help/{CANARY}/",
    f"/pictures/{CANARY}.0a1b2c3d4e5f.svg", "/pictures/star-smiling.0000.svg", "/lessons/tell-and-tell-again/plan/50/",
    "/lessons/tell-and-tell-again/plan/20/", f"/there/is/nothing/?q={CANARY}", "/static/nothing.js",
]  # fmt: skip


@pytest.mark.parametrize("path", NOWHERE)
def test_a_page_that_is_not_there_says_so_and_does_not_repeat_the_address(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert CANARY not in answer.content.decode()


@pytest.mark.parametrize(
    "path", [f"/lessons/?age={CANARY}", f"/lessons/?{CANARY}=1&minutes=x", f"/help/?country={CANARY}"]
)
def test_a_mistake_in_an_address_is_not_repeated(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert CANARY not in answer.content.decode()


def test_a_host_that_is_not_ours_is_refused_and_not_repeated(client: Client) -> None:
    answer = client.get("/", headers={"host": "canary.example"})
    assert answer.status_code == 400
    assert "canary" not in answer.content.decode()


# --- errors carry help ---


def broken(client: Client) -> ReadPage:
    client.raise_request_exception = False
    return ReadPage("/breaks/", client.get("/breaks/"))


def check_error(page: ReadPage, status: int) -> None:
    assert page.response.status_code == status
    links = {link.attrib["href"] for link in page.all("a")}
    assert "/help/" in links
    assert any("data-leave" in link.attrib for link in page.all("a"))
    assert len(page.all("h1")) == 1
    assert page.mistakes == []
    assert "Traceback" not in page.html
    assert str(site_settings.ROOT) not in page.html


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("get", "/nowhere/", 404), ("get", "/help/?country=zz", 400), ("get", "/lessons/?age=x", 400), ("put", "/", 405),
     ("delete", "/help/", 405), ("post", "/lessons/", 415)],
)  # fmt: skip
def test_an_error_carries_help_and_leaving(client: Client, method: str, path: str, status: int) -> None:
    body = {"data": b"x", "content_type": "image/png"} if status == 415 else {}
    check_error(ReadPage(path, getattr(client, method)(path, **body)), status)


def test_a_page_that_breaks_carries_help_and_shows_nothing_of_ours(client: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = "breaking_urls"
    check_error(broken(client), 500)


def test_a_page_that_breaks_while_there_is_no_content_carries_help_too(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.ROOT_URLCONF = "breaking_urls"
    settings.CONTENT_FOLDER = tmp_path
    page = broken(client)
    assert page.response.status_code == 500
    assert site_settings.LEAVE_ADDRESS in {link.attrib["href"] for link in page.all("a")}
    assert "emergency number" in page.html, "no page of ours can be read now, so the words stand here"
    assert len(page.all("h1")) == 1
    assert page.mistakes == []


def test_a_lesson_that_was_taken_back_carries_help(client: Client, settings: Settings) -> None:
    settings.CONTENT_FOLDER = SAMPLE
    check_error(ReadPage("/lessons/old-map/", client.get("/lessons/old-map/")), 410)
