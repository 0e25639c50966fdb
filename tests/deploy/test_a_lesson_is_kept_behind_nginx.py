"""A lesson that a teacher keeps on a phone, from a site behind nginx: whole, as large as was said, and there without a network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import listen
from front_server import HOST, FrontServer
from playwright.sync_api import BrowserContext, Playwright, expect
from visiting import CHROMIUM_FLAGS, PHONE

LESSON = "/lessons/ask-again/"
OWN_PAGES = ("", "plan/", "plan/15/", "plan/30/", "slides/", "home/", "practise/", "easy-read/")
BYTES = """async () => {
  const offered = await (await fetch('/offline/ask-again.json')).json();
  const kept = await Promise.all(offered.addresses.map(async address => (await (await caches.match(address)).blob()).size));
  return { said: offered.size, kept: kept.reduce((sum, size) => sum + size) };
}"""


@pytest.fixture
def phone(playwright_session: Playwright, chromium: str, front: FrontServer) -> Iterator[BrowserContext]:
    """It believes the certificate of a moment ago, and that the site's name leads here."""
    trusting = ("--ignore-certificate-errors", f"--host-resolver-rules=MAP {HOST} 127.0.0.1")
    browser = playwright_session.chromium.launch(executable_path=chromium, args=[*CHROMIUM_FLAGS, *trusting])
    context = browser.new_context(base_url=f"https://{HOST}:{front.port}", viewport=PHONE)
    context.set_default_timeout(20_000)
    yield context
    browser.close()


def test_it_is_taught_without_a_network(phone: BrowserContext) -> None:
    page = phone.new_page()
    said = listen(page)
    page.goto(LESSON)
    page.get_by_role("link", name="Keep for offline").click()
    page.get_by_role("button", name="Keep it on this device").click()
    expect(page.get_by_role("status").filter(has_text="is kept")).to_be_visible()
    size = page.evaluate(BYTES)
    assert size["kept"] == size["said"] > 100_000
    phone.set_offline(True)
    for part in OWN_PAGES:
        answer = page.goto(f"{LESSON}{part}")
        assert answer, part
        assert (part, answer.ok) == (part, True)
        own = page.evaluate("[...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))")
        assert [link for link in own if link.endswith("index.html")] == [], "links are the site's own"
    page.goto(LESSON)
    page.get_by_role("link", name="Open the slides").click()
    expect(page.locator(".deck-place")).to_contain_text("1 of")
    assert [line for line in said if "net::ERR" not in line] == []
