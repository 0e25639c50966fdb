"""Search finds it: what teachers and parents really type, mistakes and all, and where it should lead within three results."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

FIELD = "What are you looking for?"
FIRST_THREE = "[...document.querySelectorAll('.search-results a')].slice(0, 3).map(link => link.getAttribute('href'))"

GOLDEN = {
    # in our own words
    "group chat": "/lessons/group-chats-and-forwards/",
    "private parts": "/guides/talking-about-private-parts/",
    "keeping secrets": "/lessons/surprises-and-secrets/",
    "trusted adults": "/lessons/who-can-i-trust/",
    "confidential": "/lessons/telling-and-keeping-control/",
    "before you teach": "/guides/before-you-teach/",
    # in everyday words
    "my child told me something": "/guides/when-a-child-tells-you/",
    "what do I say when my daughter tells me": "/guides/when-a-child-tells-you/",
    "disclosure": "/guides/when-a-child-tells-you/",
    "someone is sharing a picture of my child": "/guides/a-picture-of-your-child/",
    "nudes": "/guides/a-picture-of-your-child/",
    "child porn sent to me": "/guides/when-something-terrible-arrives/",
    "illegal video in WhatsApp": "/guides/when-something-terrible-arrives/",
    "whatsapp group": "/lessons/group-chats-and-forwards/",
    "penis": "/guides/talking-about-private-parts/",
    "pants rule": "/guides/talking-about-private-parts/",
    "nobody listened": "/lessons/tell-and-tell-again/",
    "not believed": "/lessons/when-telling-is-hard/",
    "what happens after I tell": "/lessons/what-happens-when-i-tell/",
    "looking after myself": "/guides/looking-after-yourself/",
    "grooming": "/lessons/when-special-feels-strange/",
    "sextortion": "/lessons/pressure-online/",
    "stranger danger": "/lessons/who-can-i-trust/",
    "tickling": "/lessons/my-body-is-mine/",
    "roblox": "/lessons/gaming-and-chat/",
    "new phone": "/lessons/new-app-new-phone/",
    "my friend told me": "/lessons/helping-a-friend-tell/",
    "foster carer": "/guides/children-in-care/",
    "my son has hurt another child": "/guides/when-a-child-has-hurt-another/",
    "special needs": "/guides/children-with-send/",
    "governors": "/guides/for-governors/",
    "a teacher was arrested": "/guides/telling-the-class-hard-news/",
    # as schools call it
    "reception": "/ages/4-5/",
    "year 3": "/ages/7-9/",
    "KS2": "/ages/9-11/",
    "key stage 3": "/ages/11-14/",
    "RSHE": "/curriculum/rshe-england-2025/",
    "DSL": "/guides/before-you-teach/",
    # a place, a number
    "help ireland": "/help/ie/",
    "childline": "/help/gb/",
    "samaritans": "/help/gb/",
    "united states": "/help/us/",
    # with a slip of the finger
    "privte parts": "/guides/talking-about-private-parts/",
    "grup chat": "/lessons/group-chats-and-forwards/",
    "tell somone": "/guides/when-a-child-tells-you/",
    "secerts": "/lessons/surprises-and-secrets/",
}


@pytest.fixture
def search(page: Page) -> Page:
    """The page, with its index read."""
    page.goto("/search/")
    page.get_by_label(FIELD).fill("telling")
    expect(page.locator(".search-results a").first).to_be_visible()
    page.get_by_label(FIELD).fill("")
    return page


def test_what_people_type_leads_to_the_right_page(search: Page) -> None:
    missed = {}
    for query, wanted in GOLDEN.items():
        search.get_by_label(FIELD).fill(query)
        found = search.evaluate(FIRST_THREE)
        if wanted not in found:
            missed[query] = found
    assert missed == {}


def test_every_title_finds_its_own_page(search: Page) -> None:
    titles = {link.inner_text(): link.get_attribute("href") for link in search.locator(".home-list a").all()}
    assert len(titles) > 30
    missed = {}
    for title, address in titles.items():
        search.get_by_label(FIELD).fill(title)
        found = search.evaluate(FIRST_THREE)
        if address not in found:
            missed[title] = found
    assert missed == {}


def test_results_come_while_typing_and_are_counted(search: Page, axe: Callable[[Page], None]) -> None:
    search.get_by_label(FIELD).press_sequentially("group ch")
    expect(search.locator(".search-results a").first).to_have_attribute("href", "/lessons/group-chats-and-forwards/")
    expect(search.locator(".search-count")).to_contain_text("pages fit.")
    search.get_by_label(FIELD).fill("xyzzy qwrtp")
    expect(search.locator(".search-count")).to_have_text("Nothing fits those words. Try one word, or look below.")
    expect(search.locator(".search-results a")).to_have_count(0)
    search.get_by_label(FIELD).fill("")
    expect(search.locator(".search-count")).to_have_text("")
    search.get_by_label(FIELD).fill("secret")
    axe(search)


def test_what_is_typed_is_never_read_as_code(search: Page) -> None:
    for query in (
        "<img src=x onerror=alert(1)>",
        "' OR 1=1 --",
        "((((",
        "\\",
        "a" * 500,
        "🌟",
        "constructor",
        "__proto__",
    ):
        search.get_by_label(FIELD).fill(query)
        expect(search.locator(".search-count")).not_to_have_text("")
    assert search.locator(".search-results img").count() == 0


def test_when_the_index_does_not_arrive_the_page_says_so(page: Page) -> None:
    page.route("**/search/index.json", lambda route: route.fulfill(status=200, body="half of it"))
    page.goto("/search/")
    expect(page.locator(".search-count")).to_contain_text("Search could not load. You can still use the lists below.")
    assert page.locator(".home-list a").count() > 5
