"""A teacher keeps a lesson on a phone, teaches where there is no network, and takes it off again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from conftest import listen
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from running import Server
from visiting import NOTHING_STORED, PHONE, STORED, visitor

LESSON = "/lessons/tell-and-tell-again/"
OWN_PAGES = ("", "plan/", "plan/15/", "plan/30/", "slides/", "home/", "practise/", "easy-read/")
EVERYTHING_KEPT = "caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(cache => cache.keys()))))" \
    ".then(lists => lists.flat().map(request => new URL(request.url).pathname))"  # fmt: skip


@pytest.fixture
def phone(browser: Browser, site: Server) -> Iterator[BrowserContext]:
    with visitor(browser, base_url=site.address, viewport=PHONE) as context:
        yield context


@pytest.fixture
def offered(phone: BrowserContext) -> Iterator[Page]:
    """The page where the lesson is offered, with its size; nothing is kept yet."""
    page = phone.new_page()
    said = listen(page)
    page.goto(LESSON)
    page.get_by_role("link", name="Keep for offline").click()
    expect(page.locator(".offline-size")).to_contain_text("MB on this device")
    assert page.evaluate(STORED) == NOTHING_STORED
    yield page
    assert [line for line in said if "net::ERR" not in line] == []


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep it on this device").click()
    expect(page.get_by_role("status").filter(has_text="is kept")).to_be_visible()


def is_there(page: Page, path: str) -> bool:
    try:
        answer = page.goto(path)
    except Error:
        page.wait_for_url("chrome-error://**")  # the browser's own page about the missing network
        return False
    return answer is not None and answer.ok


def test_it_is_taught_without_a_network(offered: Page, phone: BrowserContext, axe: Callable[[Page], None]) -> None:
    axe(offered)
    keep(offered)
    axe(offered)
    phone.set_offline(True)
    assert [part for part in OWN_PAGES if not is_there(offered, f"{LESSON}{part}")] == []
    offered.goto(f"{LESSON}slides/")
    offered.keyboard.press("ArrowRight")
    expect(offered.locator(".deck-place")).to_have_text(re.compile(r"^2 of \d+$"))
    assert [
        other
        for other in ("/help/", "/help/gb/", "/guides/", "/", "/lessons/", "/lessons/who-can-i-trust/")
        if is_there(offered, other)
    ] == []


def test_nothing_but_the_lesson_is_kept(offered: Page) -> None:
    keep(offered)
    kept = offered.evaluate(EVERYTHING_KEPT)
    pages = {path for path in kept if path.endswith("/")}
    assert pages == {"/offline/", *(f"{LESSON}{part}" for part in OWN_PAGES)}
    assert offered.evaluate(
        "navigator.serviceWorker.getRegistrations().then(all => all.map(each => new URL(each.scope).pathname).sort())"
    ) == ["/lessons/", "/offline/"]
    offered.goto("/lessons/who-can-i-trust/")
    offered.goto("/help/")
    assert offered.evaluate(EVERYTHING_KEPT) == kept, "reading on keeps nothing more"


def test_it_is_gone_with_one_press_and_the_worker_with_it(offered: Page, phone: BrowserContext) -> None:
    keep(offered)
    phone.set_offline(True)
    offered.goto("/offline/")
    offered.get_by_role("button", name="Remove everything").click()
    expect(offered.get_by_text("Nothing is kept on this device now.")).to_be_visible()
    assert offered.evaluate(STORED) == NOTHING_STORED
    assert not is_there(offered, LESSON)


def test_a_network_that_breaks_off_keeps_nothing_by_halves(offered: Page, phone: BrowserContext) -> None:
    phone.route("**/easy-read/", lambda route: route.abort())
    offered.get_by_role("button", name="Keep it on this device").click()
    expect(offered.get_by_role("status").filter(has_text="was not kept")).to_be_visible()
    assert offered.evaluate(STORED) == NOTHING_STORED


def test_what_was_kept_half_a_year_ago_is_not_shown_any_more(offered: Page, phone: BrowserContext) -> None:
    offered.evaluate("() => { const now = Date.now; Date.now = () => now() - 181 * 24 * 60 * 60 * 1000; }")
    keep(offered)
    phone.set_offline(True)
    assert not is_there(offered, LESSON)


def test_leaving_blanks_a_kept_page_too(offered: Page, phone: BrowserContext) -> None:
    keep(offered)
    phone.set_offline(True)
    offered.goto(LESSON)
    offered.locator("a[data-leave]").click()
    expect(offered.locator("h1")).not_to_contain_text(
        "Tell, and tell again"
    )  # the neutral page, or word that there is no network
    with suppress(Error):  # it leads on while it opens
        offered.goto(LESSON)
    expect(offered.locator("h1")).not_to_contain_text("Tell, and tell again")


def test_the_strict_policy_of_other_pages_lets_nobody_start_a_worker(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(LESSON)
    refused = page.evaluate(
        "navigator.serviceWorker.register('/offline-worker.js').then(() => 'started', error => error.name)"
    )
    assert refused == "TypeError"
    assert page.evaluate(STORED) == NOTHING_STORED
