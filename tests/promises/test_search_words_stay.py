"""Search words stay on the device: typing makes no request, changes no address, and leaves nothing behind."""

from __future__ import annotations

from playwright.sync_api import Page
from visiting import NOTHING_STORED, STORED

WORDS = ("someone touched me", "secret", "zzzz")


def test_typing_asks_nobody_and_changes_no_address(page: Page) -> None:
    with page.expect_response("**/search/index.json"):
        page.goto("/search/")
    address, history = page.url, page.evaluate("history.length")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for words in WORDS:
        page.get_by_label("What are you looking for?").fill("")
        page.get_by_label("What are you looking for?").press_sequentially(words)
        page.keyboard.press("Enter")
        assert page.get_by_role("status").last.inner_text() != ""
    assert [url for url in asked if not url.endswith(".svg")] == [], "the page's own icon may come late"
    assert [url for url in asked if any(word in url for word in " ".join(WORDS).split())] == []
    assert (page.url, page.evaluate("history.length")) == (address, history)
    assert page.evaluate(STORED) == NOTHING_STORED
    assert page.title() == "Search – Starfish"


def test_following_a_result_takes_no_word_along(page: Page) -> None:
    page.goto("/search/")
    page.get_by_label("What are you looking for?").press_sequentially("Snapchat")
    result = page.locator(".search-results a").first
    target = result.get_attribute("href")
    sent: list[str] = []
    page.on("request", lambda request: sent.extend([request.url, request.headers.get("referer", "")]))
    result.click()
    page.wait_for_url(f"**{target}")
    assert f"{target}" in sent[0]
    assert [text for text in sent if "snapchat" in text.lower()] == []


def test_the_words_are_gone_when_one_comes_back(page: Page) -> None:
    page.goto("/search/")
    page.get_by_label("What are you looking for?").press_sequentially("Snapchat")
    result = page.locator(".search-results a").first
    target = result.get_attribute("href")
    result.click()
    page.wait_for_url(f"**{target}")
    page.go_back()
    page.wait_for_url("**/search/")
    assert page.get_by_label("What are you looking for?").input_value() == ""
    assert page.locator(".search-results a").count() == 0
