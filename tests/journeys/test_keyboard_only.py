"""The keyboard alone is enough: everything can be reached, seen and left again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from visiting import KINDS_OF_PAGE, focused, tab_to

# What has the focus: how it is marked, where it stands, and whether anything lies over it.
FOCUSED = """() => {
  const here = document.activeElement;
  if (here === document.body) return null;
  here.dataset.seen = here.dataset.seen || String(document.querySelectorAll('[data-seen]').length + 1);
  const { x, y, width, height } = here.getBoundingClientRect();
  const outlined = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const corners = [[x + 2, y + 2], [x + width - 2, y + 2], [x + 2, y + height - 2], [x + width - 2, y + height - 2], [x + width / 2, y + height / 2]];
  const onTop = corners.map(([left, top]) => document.elementFromPoint(left, top)).filter(Boolean);
  return {
    number: Number(here.dataset.seen), name: here.outerHTML.slice(0, 90), width, height,
    marked: outlined(getComputedStyle(here)) || outlined(getComputedStyle(here, '::after')),
    clear: onTop.some(found => here.contains(found) || found.contains(here) || (here.labels && [...here.labels].includes(found))),
  };
}"""
# Everything that a Tab should stop at.
STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(found => {
  const style = getComputedStyle(found);
  return found.getClientRects().length && style.visibility !== 'hidden' && !found.disabled && found.tabIndex >= 0
    && !found.closest('details:not([open]) > :not(summary)');
}).length"""


def walk(page: Page, path: str) -> tuple[list[dict[str, object]], int]:
    """Every stop of the Tab key from the top to the bottom, and how many there should be."""
    page.goto(path)
    stops: list[dict[str, object]] = []
    while len(stops) < 600:
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found is None or found["number"] <= len(stops):
            break
        stops.append(found)
    return stops, page.evaluate(STOPS)


ON_A_LAPTOP = (
    "/",
    "/lessons/",
    "/help/gb/",
    "/my-starfish/",
    "/lessons/tell-and-tell-again/slides/",
    "/lessons/tell-and-tell-again/practise/",
)


@pytest.mark.parametrize(
    ("path", "size"),
    [*((path, (320, 256)) for path in KINDS_OF_PAGE), *((path, (1024, 768)) for path in ON_A_LAPTOP)],
)
def test_tab_stops_everywhere_is_seen_and_never_caught(page: Page, path: str, size: tuple[int, int]) -> None:
    """On a laptop, and on one whose text is at 400%, where the link for leaving takes much of the screen."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    stops, wanted = walk(page, path) if path != "/there-is-nothing-here/" else walk_error(page, path)
    assert len(stops) == wanted
    assert [stop["name"] for stop in stops if not stop["marked"]] == [], "these have no outline"
    assert [stop["name"] for stop in stops if not stop["clear"]] == [], "these lie under something"


def walk_error(page: Page, path: str) -> tuple[list[dict[str, object]], int]:
    """The same for an error page, whose status the browser reports in its console."""
    page.route(f"**{path}", lambda route: route.fulfill(response=route.fetch(), status=200))
    return walk(page, path)


def test_the_first_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/lessons/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_in_viewport()
    assert focused(skip)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_from_the_front_page_to_the_last_slide(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/")
    tab_to(page, page.locator(".door a").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/lessons/")
    tab_to(page, page.get_by_label("Age"))
    page.keyboard.type("Ages 7")
    expect(page.get_by_label("Age")).to_have_value("7-9")
    tab_to(page, page.get_by_role("button", name="Show lessons"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/lessons/?age=7-9**")
    tab_to(page, page.locator(".card-links a", has_text="Slides").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/slides/")
    page.keyboard.press("End")
    expect(page.locator(".slide:visible")).to_have_count(1)
    tab_to(page, page.get_by_role("link", name="Plan", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/")
    axe(page)
