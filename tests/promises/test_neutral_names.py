"""Addresses, titles, file names and link previews are neutral: nothing on a shared screen or in a history says more."""

from __future__ import annotations

import re

from django.test import Client
from reading import ReadPage
from starfish.curriculum.curriculum import Curriculum


def telling_words(known: Curriculum, text: str) -> list[str]:
    """The words of the list in content/words.yaml that stand in a text; a hyphen parts words."""
    assert known.words
    said = set(re.findall(r"[a-z0-9]+", text.lower()))
    flat = " ".join(re.findall(r"[a-z0-9]+", text.lower()))
    return [
        word
        for word in known.words.not_neutral
        if word.lower() in said or (" " in word and f" {word.lower()} " in f" {flat} ")
    ]


def test_the_list_finds_a_word_when_it_is_there(known: Curriculum) -> None:
    assert telling_words(known, "/lessons/what-is-abuse/") == ["abuse"]
    assert telling_words(known, "Reused, groomsman") == []


def test_no_title_says_more_than_it_should(known: Curriculum, pages: dict[str, ReadPage]) -> None:
    found = {path: telling_words(known, page.title) for path, page in pages.items()}
    assert {path: words for path, words in found.items() if words} == {}


def test_no_address_says_more_than_it_should(
    known: Curriculum, addresses: tuple[str, ...], data_addresses: tuple[str, ...]
) -> None:
    found = {path: telling_words(known, path) for path in (*addresses, *data_addresses)}
    assert {path: words for path, words in found.items() if words} == {}


def test_no_link_preview_says_more_than_it_should(known: Curriculum, pages: dict[str, ReadPage]) -> None:
    found = {}
    for path, page in pages.items():
        previews = [tag.attrib.get("content", "") for tag in page.all("meta")]
        assert any(previews), path
        found[path] = telling_words(known, " ".join(previews))
    assert {path: words for path, words in found.items() if words} == {}


def test_no_link_inside_the_site_says_more_than_it_should(known: Curriculum, pages: dict[str, ReadPage]) -> None:
    """Also what stands behind the #, which the history keeps."""
    found = {}
    for path, page in pages.items():
        inside = [
            link.attrib["href"] for link in page.all("a", "link") if link.attrib.get("href", "").startswith(("/", "#"))
        ]
        if words := telling_words(known, " ".join(inside)):
            found[path] = words
    assert found == {}


def test_no_file_name_says_more_than_it_should(known: Curriculum, data_addresses: tuple[str, ...]) -> None:
    client = Client()
    names = [client.get(path).headers["Content-Disposition"] for path in data_addresses if path.endswith(".csv")]
    assert names
    assert [name for name in names if telling_words(known, name)] == []


def test_the_feed_says_no_more_than_it_should(known: Curriculum) -> None:
    assert telling_words(known, Client().get("/feed.atom").content.decode()) == []
