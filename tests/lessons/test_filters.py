"""Filters live in the address: every combination finds what fits, and one that is not understood loses nothing."""

from __future__ import annotations

from itertools import product
from xml.etree.ElementTree import Element

import pytest
from django.http import QueryDict
from django.test import Client
from reading import ReadPage, words
from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.records import LENGTHS
from starfish.lessons.forms import FilterForm


def fits(lesson: Lesson, age: str, strand: str, minutes: str) -> bool:
    return (
        age in ("", lesson.band.id)
        and strand in ("", lesson.facts.strand)
        and (minutes == "" or int(minutes) in lesson.lengths)
    )


def query(**values: str) -> QueryDict:
    return QueryDict("&".join(f"{name}={value}" for name, value in values.items()))


def asked(client: Client, address: str) -> ReadPage:
    return ReadPage("/lessons/", client.get(f"/lessons/{address}"))


def titles(page: ReadPage) -> list[str]:
    return [words(card.find(".//h2")) for card in page.all("article")]


def selected(page: ReadPage) -> dict[str, str]:
    def value(field: Element) -> str:
        return next((option.attrib["value"] for option in field.iter("option") if "selected" in option.attrib), "")

    return {field.attrib["name"]: value(field) for field in page.all("select")}


def test_every_combination_of_filters_finds_what_fits(known: Curriculum) -> None:
    ages = ["", *(band.id for band in known.bands)]
    strands = ["", *(strand.id for strand in known.strands)]
    lengths = ["", *map(str, LENGTHS)]
    found = {}
    for age, strand, minutes in product(ages, strands, lengths):
        form = FilterForm(query(age=age, strand=strand, minutes=minutes), known)
        assert not form.errors, (age, strand, minutes)
        found[age, strand, minutes] = form.chosen(known.lessons)
        assert found[age, strand, minutes] == tuple(
            lesson for lesson in known.lessons if fits(lesson, age, strand, minutes)
        )
    assert found["", "", ""] == known.lessons
    assert any(0 < len(lessons) < len(known.lessons) for lessons in found.values())


def test_the_page_shows_what_the_form_chose_and_says_how_many(known: Curriculum, client: Client) -> None:
    page = asked(client, "?age=7-9&strand=telling&minutes=30")
    wanted = [lesson for lesson in known.lessons if fits(lesson, "7-9", "telling", "30")]
    assert page.response.status_code == 200
    assert titles(page) == [lesson.title for lesson in wanted]
    assert f"{len(wanted)} lesson" in page.main
    assert selected(page) == {"age": "7-9", "strand": "telling", "minutes": "30"}


def test_a_card_leads_to_the_plan_and_the_slides_of_the_length_that_was_asked_for(client: Client) -> None:
    page = asked(client, "?age=5-7&minutes=15")
    links = {link.attrib["href"] for card in page.all("article") for link in card.iter("a")}
    assert "/lessons/tell-and-tell-again/plan/15/" in links
    assert "/lessons/tell-and-tell-again/slides/#15" in links
    assert "15 minutes" in page.main


def test_without_filters_every_lesson_is_shown(known: Curriculum, client: Client) -> None:
    for address in ("", "?", "?age=&strand=&minutes=", "?something=else"):
        page = asked(client, address)
        assert page.response.status_code == 200, address
        assert len(titles(page)) == len(known.lessons), address


WRONG = [
    ("?age=abc", {"age"}, {}),
    ("?strand=abc", {"strand"}, {}),
    ("?minutes=7", {"minutes"}, {}),
    ("?minutes=-15", {"minutes"}, {}),
    ("?minutes=%00", {"minutes"}, {}),
    ("?age=5-7&strand=abc", {"strand"}, {"age": "5-7"}),
    ("?age=abc&strand=telling&minutes=30", {"age"}, {"strand": "telling", "minutes": "30"}),
    ("?age=a&strand=b&minutes=c", {"age", "strand", "minutes"}, {}),
    ("?age=5-7&age=abc", {"age"}, {}),
    ("?age=%F0%9F%92%A5" + "x" * 3000, {"age"}, {}),
]


@pytest.mark.parametrize(("address", "fields", "kept"), WRONG, ids=[wrong[0][:40] for wrong in WRONG])
def test_a_filter_that_is_not_understood_is_said_and_the_others_stay(
    known: Curriculum, client: Client, address: str, fields: set[str], kept: dict[str, str]
) -> None:
    page = asked(client, address)
    assert page.response.status_code == 400
    (summary,) = [box for box in page.all("div") if box.attrib.get("class") == "error-summary"]
    assert {link.attrib["href"] for link in summary.iter("a")} == {f"#id_{field}" for field in fields}
    assert selected(page) == {"age": "", "strand": "", "minutes": "", **kept}
    every = {"age": "", "strand": "", "minutes": "", **kept}
    assert titles(page) == [lesson.title for lesson in known.lessons if fits(lesson, **every)]
    assert "x" * 50 not in page.html, "what was typed is not repeated"


def test_what_no_lesson_is_about_yet_is_said_and_leads_on(known: Curriculum, client: Client) -> None:
    """The age band is there, and its lessons are still being written: that is no mistake of the visitor."""
    empty = [band for band in known.bands if not known.path(band)]
    for band in empty:
        page = asked(client, f"?age={band.id}")
        assert page.response.status_code == 200, band.id
        assert "No lesson fits all of that yet" in page.main
        assert "/lessons/" in {link.attrib["href"] for link in page.all("a")}
        assert selected(page)["age"] == band.id


def test_only_what_a_lesson_is_about_is_offered(known: Curriculum, client: Client) -> None:
    page = asked(client, "")
    offered = {
        field.attrib["name"]: [option.attrib["value"] for option in field.iter("option")]
        for field in page.all("select")
    }
    assert offered["age"] == ["", *(band.id for band in known.bands if known.path(band))]
    assert set(offered["strand"]) == {"", *(lesson.facts.strand for lesson in known.lessons)}
    assert offered["minutes"] == ["", *map(str, LENGTHS)]
