"""What visitors are told from memory is what Django would have told them, and everything else still reaches Django."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import brotli
import pytest
from processes import frozen, parts
from reading import ReadPage
from running import CONTENT, PUBLIC_SETTINGS, SAMPLE, Answer, Server, StartServer, ask, until
from starfish.curriculum.curriculum import Curriculum
from starfish.publishing.answers import addresses as public_addresses
from starfish.publishing.answers import answer as said_by_django
from starfish.publishing.shown import shown_by

LESSON = "/lessons/tell-and-tell-again/"
ADDED = {"vary", "etag"}
"""What stands on a public answer beyond what Django said, besides how it is coded."""


def told(server: Server, path: str, method: str = "GET", **headers: str) -> Answer:
    """What is said to the second who asks: the first had to wait for it to be made."""
    ask(server, path, **{name: value for name, value in headers.items() if name != "If_None_Match"})
    return ask(server, path, method, **headers)


def headers_of(answer: Answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in ADDED | {"date"}}


def test_every_page_has_the_headers_and_the_body_that_django_gave(site: Server, pages: dict[str, ReadPage]) -> None:
    for path, page in pages.items():
        django, front = page.response, told(site, path)
        wanted = {name.lower(): value for name, value in django.headers.items()}
        wanted["content-length"] = str(len(django.content))
        assert (path, headers_of(front), front.body) == (path, wanted, django.content)


def test_everything_else_that_is_public_has_them_too(
    site: Server, known: Curriculum, pages: dict[str, ReadPage]
) -> None:
    static = [address for address in shown_by([said_by_django(LESSON).body.decode()]) if address.startswith("/static/")]
    for path in {*public_addresses(known), *static} - {*pages}:
        django, front = said_by_django(path), told(site, path)
        wanted = {name.lower(): value for name, value in django.headers if name.lower() not in ADDED}
        wanted["content-length"] = str(len(django.body))
        # Another run of the tests may have written the static files once more.
        found = {
            **headers_of(front),
            **({"last-modified": wanted["last-modified"]} if "last-modified" in wanted else {}),
        }
        assert (path, found, front.body) == (path, wanted, django.body)


READ = {"gzip": gzip.decompress, "br": brotli.decompress}


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [("gzip", "gzip"), ("gzip, br", "br"), ("br;q=0, gzip", "gzip"), ("GZIP;q=0.5", "gzip"), ("*", "br"), ("deflate", ""),
     ("identity", ""), ("gzip;q=nonsense", ""), ("gzip;q=0", "")],
)  # fmt: skip
def test_each_visitor_gets_a_coding_that_it_reads(site: Server, accepts: str, coding: str) -> None:
    answer = told(site, LESSON, Accept_Encoding=accepts)
    assert answer.headers.get("content-encoding", "") == coding
    assert READ.get(coding, bytes)(answer.body) == said_by_django(LESSON).body
    assert answer.headers["vary"] == "Accept-Encoding"


def test_each_coding_has_a_validator_of_its_own(site: Server) -> None:
    validators = {told(site, LESSON, Accept_Encoding=coding).headers["etag"] for coding in ("br", "gzip", "identity")}
    assert len(validators) == 3
    assert not any(validator.startswith("W/") for validator in validators)


@pytest.mark.parametrize("held", ["{}", "W/{}", '"old", {}', "*"])
def test_who_has_a_page_already_is_told_so(site: Server, held: str) -> None:
    whole = told(site, LESSON, Accept_Encoding="gzip")
    answer = told(site, LESSON, Accept_Encoding="gzip", If_None_Match=held.format(whole.headers["etag"]))
    assert (answer.status, answer.body) == (304, b"")
    of_the_body = {"content-type", "content-length", "content-encoding", "date"}
    assert {name: value for name, value in whole.headers.items() if name not in of_the_body} == {
        name: value for name, value in answer.headers.items() if name not in of_the_body
    }


def test_who_has_an_older_page_gets_the_new_one(site: Server) -> None:
    assert told(site, LESSON, If_None_Match='"old"').status == 200


def test_who_asks_for_the_headers_gets_the_headers(site: Server) -> None:
    whole, head = told(site, LESSON), told(site, LESSON, "HEAD")
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}


# --- What is not for memory ---------------------------------------------------------------------------------------------

LEFT_TO_DJANGO = {
    "a question": ("/help/?country=gb", {}, 302),
    "a host that is not ours": (LESSON, {"Host": "elsewhere.example"}, 400),
    "a form that nobody asked for": (
        LESSON,
        {"method": "POST", "body": b"a=b", "Content_Type": "application/x-www-form-urlencoded"},
        405,
    ),
    "a page with a body": (LESSON, {"body": b"abc", "Content_Type": "image/png"}, 415),
    "an address without its last stroke": (LESSON.rstrip("/"), {}, 301),
    "nothing there": ("/nothing/", {}, 404),
    "an odd way to ask": (LESSON, {"method": "BREW"}, 405),
}


@pytest.mark.parametrize("name", LEFT_TO_DJANGO)
def test_whatever_is_odd_is_left_to_django(site: Server, name: str) -> None:
    path, more, status = LEFT_TO_DJANGO[name]
    told(site, LESSON)
    assert ask(site, path, **more).status == status


def test_the_words_between_the_two_processes_reach_no_visitor(site: Server) -> None:
    for path in (LESSON, "/school/", "/healthz"):
        assert not {name for name in told(site, path).headers if name.startswith("x-starfish")}
    assert ask(site, "/edition", X_Starfish_Front="1").status == 404


def test_a_site_that_is_only_for_https_leads_there_whoever_was_answered_before(start_server: StartServer) -> None:
    server = start_server(**PUBLIC_SETTINGS, STARFISH_BEHIND_PROXY="true")
    secure = {"Host": "example.org", "X_Forwarded_Proto": "https"}
    assert told(server, LESSON, **secure).status == 200
    assert ask(server, LESSON, Host="example.org").status == 301
    assert ask(server, LESSON, Host="example.org", X_Forwarded_Proto="http").status == 301


def test_what_is_large_arrives_whole(start_server: StartServer, tmp_path: Path) -> None:
    """It passes through in pieces, and nobody holds it."""
    stick = tmp_path / "stick.zip"
    stick.write_bytes(os.urandom(3_000_000))
    server = start_server(STARFISH_OFFLINE_BUNDLE=str(stick))
    assert ask(server, "/offline/starfish-offline.zip").body == stick.read_bytes()


# --- Change ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def changing(start_server: StartServer, tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    server = start_server(STARFISH_CONTENT=str(folder))
    yield server, folder
    server.stop()


def test_changed_content_is_shown_in_place_of_what_was_remembered(changing: tuple[Server, Path]) -> None:
    server, folder = changing
    file = folder / "strands.yaml"

    def remembered() -> str:
        return told(server, "/strands/telling/", Accept_Encoding="gzip").headers["etag"]

    old = remembered()
    text = file.read_text(encoding="utf-8")
    file.write_text("strands: [", encoding="utf-8")
    assert until(lambda: "problems" in server.output)
    assert remembered() == old
    assert 'title: "Telling"' in text
    file.write_text(text.replace('title: "Telling"', 'title: "Telling somebody"'), encoding="utf-8")
    assert until(lambda: remembered() != old)
    assert "Telling somebody" in ask(server, "/strands/telling/").text


def test_it_starts_without_the_rights_of_root(start_server: StartServer) -> None:
    """The socket between the two processes is theirs alone, and does not lean on root to be opened."""
    without_rights = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
    server = start_server(through=without_rights)
    assert told(server, LESSON).status == 200
    server.stop()


def test_memory_outlives_the_process_behind(start_server: StartServer) -> None:
    """A page that was asked for once stays; another says calmly that it is not ready, and comes back by itself."""
    server = start_server()
    told(server, LESSON)
    its = parts(server)
    for name in ("Django's first", "Django's own"):
        os.kill(its[name], signal.SIGKILL)
    sorry = ask(server, "/guides/")
    assert (sorry.status, sorry.headers["retry-after"], sorry.headers["cache-control"]) == (503, "30", "no-store")
    assert "not ready at the moment" in sorry.text
    assert "content-security-policy" in sorry.headers
    assert ask(server, LESSON).status == 200
    assert until(lambda: ask(server, "/guides/").status == 200)


def test_all_pages_are_ready_beforehand_when_that_is_wished(start_server: StartServer) -> None:
    """They are there for the first who asks, even with nobody behind to make them."""
    server = start_server(STARFISH_PRERENDER="true", STARFISH_CONTENT=str(SAMPLE))
    told(server, "/")

    def is_ready(path: str) -> bool:
        with frozen(server), suppress(TimeoutError):
            return ask(server, path, seconds=1, Accept_Encoding="gzip").status == 200
        return False

    assert until(lambda: is_ready("/strands/telling/"))
