"""Pages are light and stand still: for a slow line, an old phone, and whoever pays for each megabyte."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, BrowserContext, Page
from reading import ReadPage
from running import ROOT, Server

KB = 1024
LESSON = "/lessons/when-special-feels-strange/"  # the longest
KINDS = ("", "plan/", "slides/", "home/", "practise/", "easy-read/")
STATIC = ROOT / "site" / "static"
NOTICED = 0.01
"""Of a layout shift. Lighthouse calls ten times as much good."""

# A plan is its words: what a teacher says, asks and does. See docs/decisions/0024-a-plan-weighs-what-its-words-weigh.md.
PLAN = re.compile(r"/lessons/[^/]+/plan/")


def compressed(html: str) -> float:
    """In gzip, the larger of the two codings that we send."""
    return len(gzip.compress(html.encode(), 9)) / KB


def without_markup(page: ReadPage) -> str:
    """The same page, with the bare words in its middle."""
    before, _, rest = page.html.partition("<main")
    return f"{before}<main>{page.main}</main>{rest.partition('</main>')[2]}"


def test_the_html_of_every_page_is_at_most_12_kb_and_of_a_plan_at_most_17_and_a_half(
    pages: dict[str, ReadPage],
) -> None:
    sizes = {path: compressed(page.html) for path, page in pages.items()}
    assert {path: size for path, size in sizes.items() if size > (17.5 if PLAN.match(path) else 12)} == {}


def test_a_plan_weighs_what_its_words_weigh_and_at_most_2_kb_and_three_quarters_more(
    pages: dict[str, ReadPage],
) -> None:
    plans = {path: page for path, page in pages.items() if PLAN.match(path)}
    markup = {path: compressed(page.html) - compressed(without_markup(page)) for path, page in plans.items()}
    assert {path: size for path, size in markup.items() if not 0 < size <= 2.75} == {}


def test_every_page_has_one_stylesheet_and_waits_for_no_script_but_the_one_for_leaving(
    pages: dict[str, ReadPage],
) -> None:
    for page in pages.values():
        (styles,) = [link for link in page.all("link") if link.attrib.get("rel") == "stylesheet"]
        assert "starfish" in styles.attrib["href"]
        waited_for = [script.attrib["src"] for script in page.all("script") if "defer" not in script.attrib]
        assert [Path(src).name.partition(".")[0] for src in waited_for] == ["leave"], page.path


def test_stylesheets_ask_for_no_weight_that_our_fonts_do_not_hold() -> None:
    (axis,) = TTFont(STATIC / "fonts" / "atkinson-hyperlegible-next-latin-wght-normal.woff2")["fvar"].axes
    for file in (STATIC / "css").glob("*.css"):
        weights = set(map(int, re.findall(r"font(?:-weight)?: (\d{3})(?= |;)", file.read_text(encoding="utf-8"))))
        assert {weight for weight in weights if not axis.minValue <= weight <= axis.maxValue} == set(), file.name


def weight(page: Page, path: str) -> Counter[str]:
    """What comes over the line for a page, with its headers, by kind. What the browser has already counts nothing."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    found: Counter[str] = Counter()

    def add(request: str, size: int) -> None:
        if request in kinds:  # what ends now may belong to the page before
            found[kinds[request]] += size

    session.on("Network.responseReceived", lambda said: kinds.update({said["requestId"]: said["type"]}))
    session.on("Network.loadingFinished", lambda said: add(said["requestId"], int(said["encodedDataLength"])))
    page.goto(path, wait_until="networkidle")
    session.detach()
    return found


def without_pictures(found: Counter[str]) -> float:
    return (found.total() - found["Image"]) / KB


@pytest.mark.parametrize("kind", KINDS)
def test_a_lesson_page_with_its_styles_script_and_fonts_is_at_most_100_kb_and_then_20(
    context: BrowserContext, kind: str
) -> None:
    page = context.new_page()
    found = weight(page, f"{LESSON}{kind}")
    assert {"Document", "Stylesheet", "Script", "Font"} <= set(found), "all of it was counted"
    assert without_pictures(found) <= 100, dict(found)
    page.goto("/about/")
    again = weight(page, f"{LESSON}{kind}")
    assert again.total() / KB <= 20, dict(again)


SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
        .observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("path", [*(f"{LESSON}{kind}" for kind in KINDS), "/help/gb/", "/search/"])
@pytest.mark.parametrize(("width", "height"), [(412, 823), (1280, 800)])
def test_nothing_moves_on_a_page_that_arrives_over_a_slow_line(
    browser: Browser, site: Server, path: str, width: int, height: int
) -> None:
    context = browser.new_context(base_url=site.address, viewport={"width": width, "height": height})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    session = context.new_cdp_session(page)
    slow = {"offline": False, "latency": 150, "downloadThroughput": 200 * KB, "uploadThroughput": 90 * KB}
    session.send("Network.emulateNetworkConditions", slow)
    page.goto(path, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    shifts = page.evaluate("window.shifts")
    context.close()
    assert sum(shifts) <= NOTICED, shifts
