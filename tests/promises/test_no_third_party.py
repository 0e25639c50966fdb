"""No third-party request, on any page, error pages too."""

from __future__ import annotations

from running import Server
from visiting import Visit


def test_no_page_asks_anybody_else_for_anything(visits: list[Visit], site: Server) -> None:
    elsewhere = {seen.path: [url for url in seen.requests if not url.startswith(site.address + "/")] for seen in visits}
    assert {path: urls for path, urls in elsewhere.items() if urls} == {}


def test_every_page_was_really_fetched_with_its_files(visits: list[Visit]) -> None:
    """The promise above would hold for a browser that fetched nothing."""
    assert [seen.path for seen in visits if not any(url.endswith(".css") for url in seen.requests)] == []
    assert [seen.path for seen in visits if not any("/js/leave." in url for url in seen.requests)] == []


def test_every_picture_arrives(visits: list[Visit]) -> None:
    assert {seen.path: seen.pictures_not_shown for seen in visits if seen.pictures_not_shown} == {}


def test_no_page_makes_the_browser_complain(visits: list[Visit]) -> None:
    """Neither a script's error nor a refusal by the security policy; a page that says 404 or 400 is reported as that."""
    said = {seen.path: [line for line in seen.said if "status of 40" not in line] for seen in visits}
    assert {path: lines for path, lines in said.items() if lines} == {}
