"""A teacher whose school has no network opens the copy from a stick: no server, no connection, a real browser."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import listen
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from running import SAMPLE
from visiting import visitor

LESSON = "starfish/lessons/ask-again"


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small site, unpacked. What files to take away are in it is told in tests/publishing."""
    folder = tmp_path_factory.mktemp("stick")
    with override_settings(CONTENT_FOLDER=SAMPLE):
        call_command("publish", bundle=folder / "offline.zip", without_files=True, verbosity=0)
    with zipfile.ZipFile(folder / "offline.zip") as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """The network is cut, and whatever is asked of anything but the stick fails the test."""
    asked: list[str] = []
    with visitor(browser, offline=True) as context:
        context.on("request", lambda request: asked.append(request.url))
        yield context
    assert [address for address in asked if urlsplit(address).scheme != "file"] == []


@pytest.fixture
def start(context: BrowserContext, stick: Path) -> Iterator[Page]:
    page = context.new_page()
    said = listen(page)
    page.goto((stick / "START-HERE.html").as_uri())
    yield page
    assert said == []


def test_the_page_to_start_from_is_for_everybody(
    context: BrowserContext, stick: Path, axe: Callable[[Page], None]
) -> None:
    page = context.new_page()  # nobody listens to it: axe asks for style sheets, which a file may not
    page.goto((stick / "START-HERE.html").as_uri())
    axe(page)


def open_page(page: Page, stick: Path, name: str) -> None:
    page.goto((stick / name).as_uri())


def test_from_start_here_to_the_slides_in_four_presses(start: Page) -> None:
    start.get_by_role("link", name="Open Starfish").click()
    start.get_by_role("link", name="Lessons", exact=True).click()
    start.get_by_role("link", name="Ask again").first.click()
    start.get_by_role("link", name="Open the slides").click()
    expect(start.locator(".deck-place")).to_have_text(re.compile(r"^1 of \d+$"))
    start.keyboard.press("ArrowRight")
    expect(start.locator(".deck-place")).to_have_text(re.compile(r"^2 of \d+$"))


def test_the_notes_follow_in_a_second_window(start: Page, stick: Path) -> None:
    open_page(start, stick, f"{LESSON}/slides/index.html")
    with start.expect_popup() as opened:
        start.get_by_role("button", name="Notes").click()
    notes = opened.value
    first = notes.locator(".notes-slide").text_content()
    start.keyboard.press("ArrowRight")
    expect(notes.locator(".notes-slide")).not_to_have_text(str(first))
    expect(notes.locator(".deck-place")).to_have_text(re.compile(r"^2 of \d+$"))


def test_a_child_practises(start: Page, stick: Path) -> None:
    open_page(start, stick, f"{LESSON}/practise/index.html")
    story = start.locator("story-path").first
    expect(story.locator(".scene:visible")).to_have_count(1)
    story.locator(".scene:visible summary").first.click()
    story.get_by_role("link", name="Go on").first.click()
    expect(story.get_by_role("button", name="Start this story again")).to_be_visible()


def test_search_finds_a_lesson_and_opens_it(start: Page, stick: Path) -> None:
    open_page(start, stick, "starfish/search/index.html")
    start.get_by_label("What are you looking for?").fill("ask agian")
    start.locator(".search-results").get_by_role("link", name="Ask again", exact=True).click()
    assert start.url == (stick / LESSON / "index.html").as_uri()


def test_the_letters_are_ours_and_every_picture_is_there(start: Page, stick: Path) -> None:
    open_page(start, stick, f"{LESSON}/easy-read/index.html")
    loaded = "document.fonts.ready.then(() => [...document.fonts].filter(font => font.status === 'loaded').map(font => font.family))"
    assert {"Andika", "Atkinson Hyperlegible Next"} <= set(start.evaluate(loaded))
    missing = """async () => { const all = [...document.images]; all.forEach(each => { each.loading = 'eager'; });
      await Promise.all(all.map(each => each.decode().catch(() => null))); return all.filter(each => !each.naturalWidth).map(each => each.src); }"""
    assert start.evaluate(missing) == []


def test_help_is_there_by_country(start: Page, stick: Path) -> None:
    open_page(start, stick, "starfish/index.html")
    start.get_by_role("link", name="Get help", exact=True).click()
    start.get_by_role("link", name="United Kingdom").click()
    expect(start.locator(".service a.number").first).to_be_visible()


def test_a_copy_of_half_a_year_ago_says_first_that_it_is_old(context: BrowserContext, stick: Path) -> None:
    page = context.new_page()
    page.goto((stick / "starfish/help/gb/index.html").as_uri())
    expect(page.locator("main > .copy-old")).to_have_count(0)
    page.clock.set_fixed_time(datetime.now().astimezone() + timedelta(days=181))
    page.reload()
    expect(page.locator("main > .copy-old")).to_be_visible()
