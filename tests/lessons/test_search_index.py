"""The index of the search in the page holds titles, summaries, words, statements and text of everything published."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from reading import ReadPage
from starfish.curriculum.curriculum import Curriculum

Entries = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def index() -> dict[str, Any]:
    return dict(json.loads(Client().get("/search/index.json").content))


@pytest.fixture(scope="module")
def entries(index: dict[str, Any]) -> Entries:
    return {entry["address"]: entry for entry in index["entries"]}


def test_every_address_is_a_page_and_stands_once(index: dict[str, Any], pages: dict[str, ReadPage]) -> None:
    addresses = [entry["address"] for entry in index["entries"]]
    assert len(addresses) == len(set(addresses))
    assert set(addresses) <= set(pages)
    assert [entry["id"] for entry in index["entries"]] == list(range(len(addresses)))


def single_words(text: str) -> set[str]:
    """Its words as somebody types them, without the marks round them."""
    return {bare for word in text.lower().replace("/", " ").split() if (bare := word.strip(".,;:?!()[]\"“”‘’'"))}


def test_everything_published_can_be_found(entries: Entries, known: Curriculum) -> None:
    wanted = {
        *(f"/lessons/{lesson.id}/{page}" for lesson in known.lessons for page in ("", "home/")),
        *(f"/guides/{guide.id}/" for guide in known.guides),
        *(f"/help/{country.country}/" for country in known.countries),
        *(f"/ages/{band.id}/" for band in known.bands),
        *(f"/strands/{strand.id}/" for strand in known.strands),
        *(f"/curriculum/{framework.framework}/" for framework in known.frameworks),
    }
    assert set(entries) == wanted


def test_a_lesson_is_found_by_its_title_summary_words_statements_and_text(entries: Entries, known: Curriculum) -> None:
    for lesson in known.lessons:
        entry, front = entries[f"/lessons/{lesson.id}/"], lesson.words.front
        assert (entry["title"], entry["summary"]) == (front.title, front.summary)
        codes = [reference.partition("/")[2] for reference in lesson.facts.statements]
        assert [word for word in (*front.vocabulary, *codes, lesson.facts.code) if word not in entry["words"]] == []
        for text in (front.aim, *front.outcomes, *front.key_messages):
            assert single_words(text) <= set(entry["text"].split())


def test_a_statement_is_found_by_its_code_and_by_its_words(entries: Entries, known: Curriculum) -> None:
    for framework in known.frameworks:
        entry = entries[f"/curriculum/{framework.framework}/"]
        for statement in framework.statements:
            assert single_words(f"{statement.code} {statement.text}") <= set(entry["text"].split())


def test_a_word_stands_once_in_the_text_of_an_entry(entries: Entries) -> None:
    for address, entry in entries.items():
        found = entry["text"].split()
        assert len(found) == len(set(found)), address


def test_no_number_of_a_service_is_in_the_index(index: dict[str, Any], known: Curriculum) -> None:
    """Numbers are shown only where their age is known."""
    text = json.dumps(index, ensure_ascii=False)
    numbers = [service.phone.display for service in known.services.values() if service.phone]
    assert [number for number in numbers if len(number) > 4 and number in text] == []


def test_everyday_words_lead_to_ours(index: dict[str, Any], known: Curriculum) -> None:
    assert known.words
    assert index["synonyms"] == [{"say": list(one.say), "mean": one.mean} for one in known.words.search_synonyms]
    assert index["synonyms"]


def test_the_page_lists_everything_for_those_without_scripts(pages: dict[str, ReadPage], known: Curriculum) -> None:
    links = {link.attrib["href"] for link in pages["/search/"].all("a")}
    assert {f"/lessons/{lesson.id}/" for lesson in known.lessons} <= links
    assert {f"/guides/{guide.id}/" for guide in known.guides} <= links


def test_search_is_one_press_away_from_every_page(pages: dict[str, ReadPage]) -> None:
    without = [
        path for path, page in pages.items() if "/search/" not in {link.attrib.get("href") for link in page.all("a")}
    ]
    assert without == []
