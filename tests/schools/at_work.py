"""What school staff do in a browser, day after day."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect


def goes_to(page: Page, name: str) -> None:
    page.locator(".staff-nav").get_by_role("link", name=name, exact=True).click()


def invites(page: Page, role: str) -> str:
    """The path of a new invitation."""
    goes_to(page, "People")
    page.get_by_label("Role", exact=True).select_option(role)
    page.get_by_role("button", name="Make a link").click()
    return urlsplit(page.locator("code.secret").inner_text()).path


def adds_a_class(page: Page, label: str, band: str = "5-7") -> None:
    goes_to(page, "Classes")
    page.get_by_label("Label").fill(label)
    page.get_by_label("Age").select_option(band)
    page.get_by_role("button", name="Save the class").click()
    expect(page.get_by_role("heading", name=f"Class {label}", level=1)).to_be_visible()


def plans_its_path(page: Page) -> str:
    """The title of the first lesson."""
    page.get_by_role("button", name="Plan the recommended path").click()
    return page.locator(".plan-step-title").first.inner_text()


def opens_tab(page: Page, label: str, name: str) -> None:
    page.get_by_role("navigation", name=f"Class {label}").get_by_role("link", name=name).click()


def names_leads(page: Page, leads: Sequence[tuple[str, str]]) -> None:
    goes_to(page, "Our names")
    for number, (name, place) in enumerate(leads):
        page.locator(f"[name=name_{number}]").fill(name)
        page.locator(f"[name=place_{number}]").fill(place)
    page.get_by_role("button", name="Save the leads").click()
