"""Someone gets help now: one press from anywhere, a country chosen by hand, a number to call. With and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from choosing import chosen_lessons
from playwright.sync_api import Browser, Page, expect
from running import Server
from starfish.curriculum.curriculum import Curriculum
from visiting import PHONE, visitor

ANYWHERE = (
    "/",
    "/lessons/tell-and-tell-again/practise/",
    "/lessons/tell-and-tell-again/slides/",
    "/search/",
    "/my-starfish/",
    "/there-is-nothing-here/",
)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def window(request: pytest.FixtureRequest, browser: Browser, site: Server) -> Iterator[Page]:
    with visitor(browser, base_url=site.address, java_script_enabled=request.param, viewport=PHONE) as context:
        yield context.new_page()


@pytest.mark.parametrize("start", ANYWHERE)
def test_one_press_from_anywhere(window: Page, start: str) -> None:
    window.goto(start)
    window.locator("a[href='/help/']:visible").first.click()
    window.wait_for_url("**/help/")
    assert window.get_by_role("heading", name="Get help now", level=1).is_visible()


def test_a_country_is_chosen_and_the_number_to_ring_stands_first(window: Page, known: Curriculum) -> None:
    window.goto("/help/")
    window.get_by_label("Where are you?").select_option("United Kingdom")
    window.get_by_role("button", name="Show who can help").click()
    window.wait_for_url("**/help/gb/")
    first = window.locator("main a[href^='tel:']").first
    assert first.get_attribute("href") == "tel:999"
    expect(first).to_be_in_viewport()
    phone = known.services["gb-childline"].phone
    assert phone
    assert window.locator(f"a[href='tel:{phone.dial}']").inner_text() == phone.display


def test_every_country_is_in_the_list_and_leads_to_its_page(window: Page, known: Curriculum) -> None:
    window.goto("/help/")
    links = {link.inner_text(): link.get_attribute("href") for link in window.locator(".country-list a").all()}
    assert links == {country.name["en"]: f"/help/{country.country}/" for country in known.countries}


def test_pressing_without_choosing_says_what_to_do_and_leads_to_the_field(window: Page) -> None:
    window.goto("/help/")
    window.get_by_role("button", name="Show who can help").click()
    summary = window.get_by_role("alert")
    expect(summary).to_contain_text("Choose a country from the list.")
    summary.get_by_role("link").click()
    assert window.locator("select:focus").count() == 1
    window.keyboard.press("Tab")
    window.goto("/help/?country=atlantis")
    expect(window.get_by_role("alert")).to_contain_text("We do not have that country yet.")
    window.get_by_label("Where are you?").select_option("Ireland")
    window.get_by_role("button", name="Show who can help").click()
    window.wait_for_url("**/help/ie/")


def test_every_service_says_what_a_child_needs_to_know_before_calling(
    page: Page, known: Curriculum, axe: Callable[[Page], None]
) -> None:
    page.goto("/help/gb/")
    services = page.locator(".service").all()
    assert len(services) >= len(known.country("gb").services)
    for service in services:
        said = service.inner_text()
        assert "When" in said
        assert "What stays private?" in said
        assert "Checked" in said
        if service.locator("a[href^='tel:']").count():
            assert "Does a call cost money?" in said
            assert "Does it show on a phone bill?" in said
    axe(page)


def test_three_routes_stand_in_every_help_block_and_two_are_outside_the_school(page: Page, known: Curriculum) -> None:
    for lesson in chosen_lessons(known):
        for part in ("", "plan/", "practise/", "home/", "easy-read/"):
            page.goto(f"/lessons/{lesson.id}/{part}")
            routes = page.locator(".help-block").first.locator(".routes > li").all_inner_texts()
            assert len(routes) >= 3, (lesson.id, part)
            assert len([route for route in routes if "school" not in route.split(".")[0]]) >= 2, (lesson.id, part)
