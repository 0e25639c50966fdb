"""Every response carries the headers: 130 by the MDN HTTP Observatory's table, where 100 is an A+."""

from __future__ import annotations

import re

import pytest
from observatory import modifiers, score
from running import Answer, Server, ask

HTTPS = {"Host": "example.org", "X_Forwarded_Proto": "https"}
FORM = {"Content_Type": "application/x-www-form-urlencoded"}

RESPONSES = {
    "a page": ("/", {}, 200),
    "a lesson": ("/lessons/tell-and-tell-again/slides/", {}, 200),
    "data": ("/catalogue.json", {}, 200),
    "a table": ("/curriculum/rshe-england-2025.csv", {}, 200),
    "the feed": ("/feed.atom", {}, 200),
    "health": ("/healthz", {}, 200),
    "an address without its last stroke": ("/lessons", {}, 301),
    "a choice that leads on": ("/help/?country=gb", {}, 302),
    "nothing there": ("/there-is-nothing-here/", {}, 404),
    "nothing there, as a file": ("/static/nothing.css", {}, 404),
    "an unknown filter": ("/lessons/?age=abc", {}, 400),
    "an unknown host": ("/", {"Host": "elsewhere.example"}, 400),
    "a form that nobody asked for": ("/lessons/", {"method": "POST", "body": b"a=b", **FORM}, 405),
    "a file": ("/lessons/", {"method": "POST", "body": b"x", "Content_Type": "image/png"}, 415),
    "a page that breaks": ("/breaks/", {}, 500),
    "from http to https": ("/", {"X_Forwarded_Proto": "http"}, 301),
}


@pytest.mark.parametrize("name", RESPONSES)
def test_the_response_scores_130(public_site: Server, name: str) -> None:
    path, more, status = RESPONSES[name]
    answer = ask(public_site, path, **{**HTTPS, **more})
    assert answer.status == status
    assert (score(answer.headers), modifiers(answer.headers)) == (130, modifiers(answer.headers))
    the_rest_is_there(answer)


def test_static_files_and_pictures_score_130(public_site: Server) -> None:
    page = ask(public_site, "/lessons/tell-and-tell-again/slides/", **HTTPS).text
    paths = sorted(set(re.findall(r'(?:src|href)="((?:/static|/pictures)/[^"]+)"', page)))
    assert {path.split("/")[1] for path in paths} == {"static", "pictures"}
    for path in paths:
        answer = ask(public_site, path, **HTTPS)
        assert (path, answer.status, score(answer.headers)) == (path, 200, 130)
        the_rest_is_there(answer)


def the_rest_is_there(answer: Answer) -> None:
    """What the Observatory does not count, and what a server should not say about itself."""
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-embedder-policy"] == "require-corp"
    assert answer.headers["x-dns-prefetch-control"] == "off"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "microphone=()" in answer.headers["permissions-policy"]
    assert "require-trusted-types-for 'script'" in answer.headers["content-security-policy"]
    assert re.fullmatch(r"[A-Za-z-]*", answer.headers.get("server", ""))
    assert not {"x-powered-by", "x-runtime", "via"} & set(answer.headers)


WORSE = [
    ({"content-security-policy": ""}, 75), ({"content-security-policy": "default-src 'self'"}, 125), ({"strict-transport-security": "max-age=60"}, 120),
    ({"x-content-type-options": ""}, 125), ({"set-cookie": "a=b"}, 60), ({"referrer-policy": "unsafe-url"}, 120),
    ({"content-security-policy": "default-src 'none'; script-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"}, 80),
]  # fmt: skip


@pytest.mark.parametrize(("change", "points"), WORSE)
def test_the_scorer_takes_points_away(public_site: Server, change: dict[str, str], points: int) -> None:
    assert score({**ask(public_site, "/", **HTTPS).headers, **change}) == points
