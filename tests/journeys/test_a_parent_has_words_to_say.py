"""A parent or carer sees what is taught, has words to say tonight, and knows what to do when a child tells."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from starfish.curriculum.curriculum import Curriculum


def test_from_the_front_page_to_words_to_say(page: Page, known: Curriculum, axe: Callable[[Page], None]) -> None:
    page.goto("/")
    page.locator(".door").get_by_role("link", name="At home").click()
    page.wait_for_url("**/at-home/")
    lesson = known.lessons[0]
    page.get_by_role("link", name=lesson.words.home_front.title).click()
    page.wait_for_url(f"**/lessons/{lesson.id}/home/")
    expect(page.get_by_role("heading", level=1)).to_have_text(lesson.words.home_front.title)
    assert "“" in page.locator("section[aria-labelledby='say']").inner_text()
    assert page.locator(".together").first.is_visible()
    axe(page)


def test_every_page_for_home_has_words_to_say_something_to_do_and_a_way_on(page: Page, known: Curriculum) -> None:
    for lesson in known.lessons:
        page.goto(f"/lessons/{lesson.id}/home/")
        assert page.locator("section[aria-labelledby='say']").inner_text().count("“") >= 2
        assert page.locator(".together").count() >= 1
        assert page.get_by_role("link", name="When a child tells you something: what to do, step by step").is_visible()


def test_every_lesson_that_is_taught_can_be_seen_from_home(page: Page, known: Curriculum) -> None:
    page.goto("/at-home/")
    listed = [link.get_attribute("href") for link in page.locator("main a").all()]
    assert [lesson.id for lesson in known.lessons if f"/lessons/{lesson.id}/home/" not in listed] == []


def test_when_a_child_tells_what_to_do_first_stands_first(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/at-home/")
    page.get_by_role("link", name="When a child tells you").first.click()
    page.wait_for_url("**/guides/when-a-child-tells-you/")
    assert page.locator(".say, ol, ul").first.is_visible()
    assert page.locator("a[href^='tel:']").count() >= 2
    axe(page)


def test_something_terrible_on_a_phone_leads_to_the_law_of_the_country(
    page: Page, known: Curriculum, axe: Callable[[Page], None]
) -> None:
    page.goto("/guides/")
    guide = next(guide for guide in known.guides if guide.facts.by_country)
    page.get_by_role("link", name=guide.front.title).click()
    page.wait_for_url(f"**/guides/{guide.id}/")
    ireland = page.locator(".country-law", has_text="Ireland").last
    ireland.locator("summary").click()
    assert ireland.locator("a[href^='tel:']").first.is_visible()
    assert "not legal advice" in ireland.inner_text()
    axe(page)
