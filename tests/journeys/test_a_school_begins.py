"""A school begins: from an empty database to a lesson that is taught, approved and told to parents, by clicks alone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from beginning import Place, adds_a_class, begin, goes_to, joins, sets_up_an_app
from conftest import listen
from playwright.sync_api import Browser, Page, expect
from running import StartServer

Axe = Callable[[Page], None]


@pytest.fixture(scope="module")
def place(start_server: StartServer, migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return begin(start_server, migrated, tmp_path_factory.mktemp("school"))


@pytest.fixture
def window(browser: Browser, place: Place) -> Iterator[Callable[[], Page]]:
    """A new window for another person. An error in its console fails the test."""
    opened: list[tuple[Page, list[str]]] = []

    def open_window() -> Page:
        context = browser.new_context(base_url=place.server.address, viewport={"width": 1024, "height": 768})
        context.set_default_timeout(15_000)
        page = context.new_page()
        opened.append((page, listen(page)))
        return page

    yield open_window
    said = [line for _, lines in opened for line in lines]
    for page, _ in opened:
        page.context.close()
    assert said == []


def invites(page: Page, role: str) -> str:
    """The path of a new invitation."""
    goes_to(page, "People")
    page.get_by_label("Role", exact=True).select_option(role)
    page.get_by_role("button", name="Make a link").click()
    return urlsplit(page.locator("code.secret").inner_text()).path


@pytest.fixture(scope="module")
def ada(browser: Browser, place: Place) -> Iterator[Page]:
    """The first administrator, with a second step."""
    context = browser.new_context(base_url=place.server.address, viewport={"width": 1024, "height": 768})
    context.set_default_timeout(15_000)
    page = context.new_page()
    joins(page, place.invitation, "Ada")
    sets_up_an_app(page)
    yield page
    context.close()


def test_from_the_first_run_to_the_first_taught_lesson(ada: Page, axe: Axe) -> None:
    page, began = ada, time.monotonic()
    expect(page.get_by_text("Add the first class")).to_be_visible()
    axe(page)
    adds_a_class(page, "4 Tide")
    axe(page)
    page.get_by_role("button", name="Plan the recommended path").click()
    expect(page.locator(".plan-step")).not_to_have_count(0)
    axe(page)
    page.get_by_role("link", name="Ready to teach?").first.click()
    for box in page.locator(".tick-list input").all():
        box.check()
    page.get_by_role("button", name="It went home today").click()
    axe(page)
    page.get_by_role("link", name="It was taught: record it").click()
    axe(page)
    page.get_by_role("link", name="30 minutes").click()
    page.locator("[name=left_out]").first.check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded. Thank you for teaching it.")).to_be_visible()
    row = page.locator("table tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("30")
    axe(page)
    page.get_by_role("navigation", name="Class 4 Tide").get_by_role("link", name="What is covered").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"Taught on"))
    axe(page)
    assert time.monotonic() - began < 600


def test_a_lead_approves_a_lesson_and_a_teacher_sees_it(ada: Page, window: Callable[[], Page], axe: Axe) -> None:
    as_lead, as_teacher = invites(ada, "lead"), invites(ada, "teacher")
    goes_to(ada, "Our names")
    ada.get_by_label("A lesson is taught here only when").check()
    ada.get_by_role("button", name="Save", exact=True).click()
    axe(ada)
    adds_a_class(ada, "4 Wave")
    ada.get_by_role("button", name="Plan the recommended path").click()
    title = ada.locator(".plan-step-title").first.inner_text()

    teacher = window()
    joins(teacher, as_teacher, "Tess")
    goes_to(teacher, "Classes")
    teacher.get_by_role("link", name="4 Wave").click()
    first = teacher.locator(".plan-step").first
    expect(first).to_contain_text("Not approved yet")

    lead = window()
    joins(lead, as_lead, "Lou")
    sets_up_an_app(lead)
    goes_to(lead, "Approved lessons")
    axe(lead)
    lead.locator("main").get_by_role("link", name=title).first.click()
    axe(lead)
    lead.get_by_label(re.compile("Only with|only with")).check()
    lead.get_by_role("button", name=re.compile("and approve it$")).click()
    expect(lead.get_by_text(f"Approved: {title}")).to_be_visible()
    axe(lead)

    teacher.reload()
    expect(first).not_to_contain_text("Not approved yet")
    expect(first).to_contain_text("only with the lead present")
    axe(teacher)


def test_parents_open_the_page_of_a_class_without_a_cookie(ada: Page, window: Callable[[], Page], axe: Axe) -> None:
    adds_a_class(ada, "4 Rock")
    ada.get_by_role("button", name="Plan the recommended path").click()
    title = ada.locator(".plan-step-title").first.inner_text()
    ada.get_by_role("navigation", name="Class 4 Rock").get_by_role("link", name="For parents").click()
    axe(ada)
    address = urlsplit(ada.locator("code.secret").inner_text()).path

    parent = window()
    answer = parent.goto(address)
    assert answer
    assert answer.status == 200
    assert "set-cookie" not in answer.headers
    expect(parent.locator("main")).to_contain_text("4 Rock")
    expect(parent.get_by_role("link", name=title).first).to_be_visible()
    assert parent.context.cookies() == []
    axe(parent)

    ada.get_by_role("button", name="Make a new address").click()
    gone = parent.context.request.get(address)
    assert gone.status == 404
