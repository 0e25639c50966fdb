"""No page text is kept on the device's disk. What holds its hash in its address, and says nothing, is kept for ever."""

from __future__ import annotations

from django.test import Client
from reading import ReadPage, asked_for

FOR_EVER = "public, max-age=31536000, immutable"


def test_no_page_is_kept(pages: dict[str, ReadPage]) -> None:
    kept = {path: page.response.headers["Cache-Control"] for path, page in pages.items()}
    assert kept == dict.fromkeys(pages, "no-store")


def test_no_data_and_no_index_of_words_is_kept(data_addresses: tuple[str, ...]) -> None:
    client = Client()
    paths = [path for path in data_addresses if not path.startswith("/pictures/")]
    assert {path: client.get(path).headers["Cache-Control"] for path in paths} == dict.fromkeys(paths, "no-store")


def test_no_error_and_no_redirect_is_kept() -> None:
    client = Client()
    for path in (
        "/there-is-nothing-here/",
        "/lessons/?age=abc",
        "/lessons",
        "/help/?country=gb",
        "/pictures/star-smiling.000000000000.svg",
    ):
        answer = client.get(path)
        assert answer.status_code != 200
        assert answer.headers["Cache-Control"] == "no-store", path
    assert client.post("/lessons/").headers["Cache-Control"] == "no-store"


def test_drawings_styles_scripts_and_fonts_are_fetched_once(pages: dict[str, ReadPage]) -> None:
    client = Client()
    wanted = {
        tag.attrib[name]
        for page in pages.values()
        for tag in page.all("img", "script", "link")
        for name in ("src", "href")
        if tag.attrib.get(name, "").startswith(("/static/", "/pictures/"))
    }
    assert {path.split("/")[1] for path in wanted} == {"static", "pictures"}
    for path in sorted(wanted):
        with asked_for(client, path) as answer:
            assert (path, answer.headers["Cache-Control"]) == (path, FOR_EVER)
