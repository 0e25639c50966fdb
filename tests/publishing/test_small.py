"""Pages are light: for a slow line, an old phone, and whoever pays for each megabyte."""

from __future__ import annotations

import gzip
import re
from collections import Counter

import pytest
from playwright.sync_api import BrowserContext, Page
from reading import ReadPage

KB = 1024
LESSON = "/lessons/when-special-feels-strange/"  # the longest
KINDS = ("", "slides/", "home/", "practise/", "easy-read/")

# The words of a plan alone are 12 to 14 KB: what a teacher says, asks and does for fifty minutes. See docs/decisions/0021-....
PLAN = re.compile(r"/lessons/[^/]+/plan/")


def test_the_html_of_every_page_is_at_most_12_kb_and_of_a_plan_at_most_18(pages: dict[str, ReadPage]) -> None:
    sizes = {path: len(gzip.compress(page.response.content, 9)) / KB for path, page in pages.items()}
    assert {path: size for path, size in sizes.items() if size > (18 if PLAN.match(path) else 12)} == {}


def weight(page: Page, path: str) -> Counter[str]:
    """What comes over the line for a page, with its headers, by kind. What the browser has already counts nothing."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    found: Counter[str] = Counter()
    session.on("Network.responseReceived", lambda said: kinds.update({said["requestId"]: said["type"]}))
    session.on(
        "Network.loadingFinished", lambda said: found.update({kinds[said["requestId"]]: int(said["encodedDataLength"])})
    )
    page.goto(path, wait_until="networkidle")
    session.detach()
    return found


def without_pictures(found: Counter[str]) -> float:
    return (found.total() - found["Image"]) / KB


@pytest.mark.parametrize(
    ("path", "first", "later"), [*((f"{LESSON}{kind}", 100, 20) for kind in KINDS), (f"{LESSON}plan/", 104, 20)]
)
def test_a_lesson_page_with_its_styles_script_and_fonts(
    context: BrowserContext, path: str, first: int, later: int
) -> None:
    page = context.new_page()
    found = weight(page, path)
    assert {"Document", "Stylesheet", "Script", "Font"} <= set(found), "all of it was counted"
    assert without_pictures(found) <= first, dict(found)
    page.goto("/about/")
    again = weight(page, path)
    assert again.total() / KB <= later, dict(again)
