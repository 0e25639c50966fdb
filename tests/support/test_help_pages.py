"""Get help: by country, chosen by hand and kept only in the address; what to do now first; what is not known is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.test import Client
from reading import ReadPage, words
from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.records import CountryFile, HelpService
from starfish.pages.current import today
from starfish.support.routes import shown

Pages = dict[str, ReadPage]


def cards(page: ReadPage) -> dict[str, Element]:
    return {card.attrib["id"]: card for card in page.all("article") if "service" in card.attrib["class"].split()}


def links(element: Element) -> set[str]:
    return {link.attrib["href"] for link in element.iter("a")}


def facts(card: Element) -> dict[str, str]:
    return {words(row.find("dt")): words(row.find("dd")) for row in card.iter("div") if row.find("dt") is not None}


def everything_shown(pages: Pages, known: Curriculum) -> list[tuple[CountryFile, HelpService, Element]]:
    found = [
        (country, known.services[name], card)
        for country in known.countries
        for name, card in cards(pages[f"/help/{country.country}/"]).items()
    ]
    assert found
    return found


def test_what_to_do_now_comes_first(pages: Pages, known: Curriculum) -> None:
    for country in known.countries:
        page = pages[f"/help/{country.country}/"]
        first = page.all("h2")[0]
        assert words(first) == "In danger right now?"
        box = next(section for section in page.all("section") if section.attrib.get("aria-labelledby") == "now")
        service = known.services.get(country.emergency or "")
        if service and service.phone:
            assert f"tel:{service.phone.dial}" in links(box), country.country
        else:
            assert "We do not have a checked emergency number for here" in words(box), country.country


def test_every_service_of_a_country_is_on_its_page(pages: Pages, known: Curriculum) -> None:
    for country in known.countries:
        page = pages[f"/help/{country.country}/"]
        wanted = {route.service.id for route in shown(country.services, today())}
        assert wanted - set(cards(page)) == set(), country.country


def test_someone_in_any_country_sees_the_services_of_the_whole_world(pages: Pages, known: Curriculum) -> None:
    for country in known.countries:
        assert "xx-child-helpline-international" in cards(pages[f"/help/{country.country}/"]), country.country


def test_every_way_that_is_known_is_offered(pages: Pages, known: Curriculum) -> None:
    for country, service, card in everything_shown(pages, known):
        ways = {f"tel:{service.phone.dial}" if service.phone else None, f"sms:{service.sms.number}" if service.sms else None,
                service.chat, service.report, service.website, f"mailto:{service.email}" if service.email else None}  # fmt: skip
        assert links(card) == ways - {None}, (country.country, service.id)


YES_NO_UNKNOWN = {True: "Yes", False: "No", None: "Not known"}


def test_the_cost_and_the_bill_are_said_wherever_a_phone_is_used(pages: Pages, known: Curriculum) -> None:
    for country, service, card in everything_shown(pages, known):
        said = facts(card)
        if service.phone or service.sms:
            cost = said["Does a call cost money?" if service.phone else "Does a text cost money?"]
            free = {True: "No, it is free", False: "Yes", None: "Not known"}[service.free]
            assert cost.startswith(free), (country.country, service.id)
            assert said["Does it show on a phone bill?"].startswith(YES_NO_UNKNOWN[service.on_bill]), service.id
        else:
            assert "Does it show on a phone bill?" not in said


def test_hours_and_privacy_are_said_or_said_to_be_unknown(pages: Pages, known: Curriculum) -> None:
    for _, service, card in everything_shown(pages, known):
        said, text = facts(card), service.text
        unknown = "Day and night, every day" if service.always_open else "We do not know the hours"
        assert said["When"] == (text.hours or unknown), service.id
        assert said["What stays private?"].startswith(text.private or "Not known."), service.id


def test_every_record_says_when_it_was_checked(pages: Pages, known: Curriculum) -> None:
    for _, service, card in everything_shown(pages, known):
        day = f"{service.checked.day} {service.checked:%B %Y}"
        assert f"Checked {day} from stored copies of public pages." in words(card), service.id


def test_what_is_for_adults_alone_says_nothing_to_a_child(pages: Pages, known: Curriculum) -> None:
    for _, service, card in everything_shown(pages, known):
        to_child = [words(line) for line in card.iter("p") if line.attrib.get("class") == "child"]
        if "child" not in service.audience:
            assert to_child == [], service.id


@pytest.mark.parametrize(("days", "says"), [(180, False), (181, True)])
def test_a_page_says_what_was_not_checked_lately(known: Curriculum, client: Client, days: int, says: bool) -> None:
    checked = [service.checked for service in known.services.values()]
    with time_machine.travel(noon_after(max(checked) if says else min(checked), days), tick=False):
        for path in HELP_STANDS_ON:
            html = client.get(path).content.decode()
            assert ("Not checked lately." in html) is says, path


HELP_STANDS_ON = (
    "/help/gb/", "/help/it/", "/lessons/tell-and-tell-again/", "/lessons/tell-and-tell-again/plan/",
    "/lessons/tell-and-tell-again/slides/", "/lessons/tell-and-tell-again/practise/",
    "/lessons/tell-and-tell-again/easy-read/", "/guides/when-a-child-tells-you/", "/guides/when-something-terrible-arrives/",
)  # fmt: skip


def noon_after(day: date, days: int) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days)


def test_every_number_on_the_page_of_the_law_says_when_it_was_not_checked_lately(
    known: Curriculum, client: Client
) -> None:
    """Each number of its own: a page may not say it of one and keep silent of the next."""
    path = "/guides/when-something-terrible-arrives/"
    last = max(service.checked for service in known.services.values())
    with time_machine.travel(noon_after(last, 181), tick=False):
        page = ReadPage(path, client.get(path))
    lines = [
        line
        for line in page.all("li", "p")
        if any(link.startswith("tel:") for link in links(line)) and not nested(line)
    ]
    assert lines
    assert [words(line) for line in lines if "Not checked lately." not in words(line)] == []


def nested(line: Element) -> bool:
    return any(inner is not line and inner.tag in {"li", "p"} for inner in line.iter())


# --- choosing ---


def test_a_choice_leads_to_an_address_and_nothing_else_is_kept(known: Curriculum, client: Client) -> None:
    for country in known.countries:
        answer = client.get("/help/", {"country": country.country})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/help/{country.country}/")
        assert not answer.cookies


def test_the_form_on_a_countrys_page_leads_to_another_country(pages: Pages) -> None:
    (form,) = pages["/help/gb/"].all("form")
    assert form.attrib["action"] == "/help/"
    assert form.attrib["method"] == "get"


@pytest.mark.parametrize("query", ["country=zz", "country=", "country=gb&country=zz", "country=GB", "country=../admin"])
def test_a_country_that_we_do_not_have_is_answered_with_a_summary_and_the_whole_page(
    query: str, client: Client
) -> None:
    answer = client.get(f"/help/?{query}")
    page = ReadPage("/help/", answer)
    assert answer.status_code == 400
    assert "Something needs another look" in page.html
    assert "id_country" in page.ids
    assert "/help/gb/" in links(page.tree), "every country is still one press away"
    assert "../admin" not in page.html


def test_a_country_without_a_page_answers_404(client: Client) -> None:
    assert client.get("/help/zz/").status_code == 404


def test_nothing_but_the_address_decides_on_the_country(client: Client) -> None:
    """Not the language of the browser, not where it is."""
    plain = client.get("/help/").content
    for headers in ({"Accept-Language": "de-DE"}, {"CF-IPCountry": "FR"}, {"X-Forwarded-For": "203.0.113.9"}):
        assert client.get("/help/", headers=headers).content == plain


def test_every_country_is_listed_without_the_form(pages: Pages, known: Curriculum) -> None:
    listed = links(pages["/help/"].tree)
    assert {f"/help/{country.country}/" for country in known.countries} <= listed


# --- guides ---


def test_every_guide_shows_its_sources_and_when_it_was_checked(pages: Pages, known: Curriculum) -> None:
    for guide in known.guides:
        page = pages[f"/guides/{guide.id}/"]
        assert guide.facts.sources, guide.id
        assert {source.url for source in guide.facts.sources} <= links(page.tree), guide.id
        assert f"Checked {guide.facts.checked.day} {guide.facts.checked:%B %Y}" in page.main


def test_the_guide_by_country_has_every_country_whose_law_we_know(pages: Pages, known: Curriculum) -> None:
    page = pages["/guides/when-something-terrible-arrives/"]
    folds = [fold for fold in page.all("details") if fold.attrib.get("class") == "country-law"]
    assert len(folds) == len([law for law in known.laws if law.about == "received-pictures"])
    for fold, law in zip(folds, known.laws, strict=True):
        country = known.country(law.country)
        assert country
        assert words(fold.find("summary")) == (law.part or country.name)["en"]
        assert "not legal advice" in words(fold)
        for statement in law.statements:
            assert statement.sources
            assert set(statement.sources) <= links(fold)
