"""Numbers are data: a number on any page equals its record, and one that was not checked for a year is on no page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from reading import ReadPage, words
from starfish.curriculum.curriculum import Curriculum

Pages = dict[str, ReadPage]


@pytest.fixture(scope="module")
def late(known: Curriculum, addresses: tuple[str, ...]) -> Pages:
    """Every page 400 days after the last record was checked."""
    last = max(service.checked for service in known.services.values())
    client = Client()
    with time_machine.travel(datetime(last.year, last.month, last.day, 12, tzinfo=UTC) + timedelta(400), tick=False):
        return {path: ReadPage(path, client.get(path)) for path in addresses}


def numbers(page: ReadPage) -> set[tuple[str, str]]:
    """Where each link to a phone leads, and what it says."""
    return {
        (link.attrib["href"], words(link))
        for link in page.all("a")
        if link.attrib.get("href", "").startswith(("tel:", "sms:"))
    }


def records(known: Curriculum, *kinds: str) -> set[tuple[str, str]]:
    services = [service for service in known.services.values() if not kinds or service.kind in kinds]
    calls = {(f"tel:{one.phone.dial}", one.phone.display) for one in services if one.phone}
    texts = {(f"sms:{one.sms.number}", one.sms.display.replace("Text ", "")) for one in services if one.sms}
    return calls | texts


def test_every_number_on_every_page_is_that_of_a_record(pages: Pages, known: Curriculum) -> None:
    shown = {path: numbers(page) for path, page in pages.items()}
    assert any(shown.values())
    assert {path: found - records(known) for path, found in shown.items() if found - records(known)} == {}


def test_every_number_without_a_link_is_that_of_a_record_too(pages: Pages, known: Curriculum) -> None:
    displays = {display for _, display in records(known)}
    spans = {
        words(span) for page in pages.values() for span in page.all("span") if span.attrib.get("class") == "number"
    }
    assert spans
    assert spans - displays == set()


def test_every_number_of_a_record_is_on_a_page(pages: Pages, known: Curriculum) -> None:
    shown = {found for page in pages.values() for found in numbers(page)}
    assert records(known) - shown == set()


def test_every_page_still_answers_when_the_records_are_old(late: Pages) -> None:
    assert {path: page.response.status_code for path, page in late.items()} == dict.fromkeys(late, 200)


def test_after_a_year_no_number_is_left_but_those_for_an_emergency(late: Pages, known: Curriculum) -> None:
    shown = {found for page in late.values() for found in numbers(page)}
    assert shown == records(known, "emergency")


def test_after_a_year_no_page_says_a_number_in_another_way(late: Pages, known: Curriculum) -> None:
    """Not in a slide, not in a name, not in a description."""
    emergency = {display for _, display in records(known, "emergency")}
    old = {display for _, display in records(known)} - emergency
    long = {display for display in old if sum(letter.isdigit() for letter in display) > 4}
    assert long
    assert {(path, number) for path, page in late.items() for number in long if number in page.html} == set()


def test_every_country_keeps_its_emergency_number(late: Pages, known: Curriculum) -> None:
    for country in known.countries:
        service = known.services.get(country.emergency or "")
        if service and service.phone:
            page = late[f"/help/{country.country}/"]
            assert f"tel:{service.phone.dial}" in {link for link, _ in numbers(page)}, country.country
            assert "Not checked lately." in page.main


def test_a_page_without_numbers_still_says_whom_to_tell(late: Pages, known: Curriculum) -> None:
    for lesson in known.lessons:
        page = late[f"/lessons/{lesson.id}/easy-read/"]
        for route in ("Someone you trust.", "Someone at school.", "In danger right now?"):
            assert route in page.main, lesson.id
