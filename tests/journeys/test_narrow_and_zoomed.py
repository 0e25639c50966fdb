"""Someone with a narrow screen, or with text at four times its size, loses nothing and never scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from running import Server
from visiting import KINDS_OF_PAGE

OPENED_WITH_OUR_LETTERS = """async () => {
  document.querySelectorAll("details").forEach(fold => { fold.open = true; });
  await document.fonts.ready;
}"""
SIDEWAYS = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  return [...document.querySelectorAll('body *')].filter(found => {
    const box = found.getBoundingClientRect();
    return box.width && box.right > edge + 1 && !found.closest('.table-scroll, .for-ears, .skip');
  }).slice(0, 3).map(found => found.outerHTML.slice(0, 90));
}"""

# Letters that are cut off inside their box, such as a long word in a narrow cell.
CUT = """() => [...document.querySelectorAll('main p, main li, main h1, main h2, main h3, main td, main th, main a, main label, main button')]
  .filter(found => found.getClientRects().length && getComputedStyle(found).overflowX === 'hidden' && found.clientWidth > 1 && found.scrollWidth > found.clientWidth + 1
    && !found.closest('.for-ears')).map(found => found.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def narrow(browser: Browser, site: Server) -> Iterator[Page]:
    """1280 by 1024 at 400% is 320 by 256 of CSS."""
    context = browser.new_context(base_url=site.address, viewport={"width": 320, "height": 256})
    yield context.new_page()
    context.close()


def test_no_page_scrolls_sideways(narrow: Page, addresses: tuple[str, ...]) -> None:
    wrong = {}
    for path in addresses:
        narrow.goto(path, wait_until="domcontentloaded")  # pictures have their size before they come
        narrow.evaluate(OPENED_WITH_OUR_LETTERS)
        if narrow.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wrong[path] = narrow.evaluate(SIDEWAYS) or ["something wide"]
        elif cut := narrow.evaluate(CUT):
            wrong[path] = cut
    assert wrong == {}


def test_leave_and_help_can_be_pressed_on_a_screen_this_small(narrow: Page) -> None:
    wrong = []
    for path in KINDS_OF_PAGE:
        narrow.goto(path)
        for link, lowest, height in (("a[data-leave]", 256, 44), ("a[href='/help/']:visible", 100_000, 24)):
            box = narrow.locator(link).first.bounding_box()
            if (
                not box
                or box["x"] < 0
                or box["x"] + box["width"] > 320
                or box["y"] + box["height"] > lowest
                or box["height"] < height
            ):
                wrong.append((path, link, box))
    assert wrong == []


def test_text_with_twice_the_spacing_is_not_cut_off(page: Page, axe: Callable[[Page], None]) -> None:
    """The spacing that WCAG 1.4.12 names, on a phone."""
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ("/", "/lessons/", "/help/gb/", "/lessons/tell-and-tell-again/plan/", "/my-starfish/"):
        page.goto(path)
        page.evaluate("""() => { for (const found of document.querySelectorAll('body *')) {
          const { style } = found;
          style.lineHeight = '1.5'; style.letterSpacing = '0.12em'; style.wordSpacing = '0.16em';
        } }""")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1, path
        assert page.evaluate(CUT) == []
    axe(page)
