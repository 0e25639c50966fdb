"""A school goes on: it approves what changed, changes its leads, teaches, and shows an inspector what was taught."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import changing
from arriving import joins
from at_work import adds_a_class, goes_to, invites, names_leads, opens_tab, plans_its_path
from playwright.sync_api import Page, expect

Axe = Callable[[Page], None]
Window = Callable[[], Page]
OKAFOR, LIND, BELL = ("Ms Okafor", "the blue door"), ("Mr Lind", "the library"), ("Mrs Bell", "the music room")


def in_its_database(place: Any, statement: str) -> None:
    with closing(sqlite3.connect(place.database, timeout=20)) as database:
        assert database.execute(statement).rowcount == 1
        database.commit()


# --- Approving ---------------------------------------------------------------------------------------------------------


def approves(lead: Page, version: str) -> None:
    goes_to(lead, "Approved lessons")
    lead.locator("main").get_by_role("link", name=changing.TITLE).click()
    lead.get_by_role("button", name=f"I have read version {version} and approve it").click()
    expect(lead.get_by_text(f"Approved: {changing.TITLE}")).to_be_visible()


def until_it_says(page: Page, words: str) -> None:
    """A server looks for changed content once a second."""
    for _ in range(60):
        if page.locator("main").get_by_text(words).count():
            return
        time.sleep(0.5)
        page.reload()
    raise AssertionError(f"the page never says: {words}")


def test_a_lead_approves_a_lesson_and_again_when_it_has_changed(
    place: Any, ada: Page, lou: Page, window: Window, axe: Axe
) -> None:
    goes_to(ada, "Our names")
    ada.get_by_label("A lesson is taught here only when").check()
    ada.get_by_role("button", name="Save", exact=True).click()
    axe(ada)
    adds_a_class(ada, "4 Wave")
    plans_its_path(ada)
    teacher = window()
    joins(teacher, invites(ada, "teacher"), "Tess")
    goes_to(teacher, "Classes")
    teacher.get_by_role("link", name="4 Wave").click()
    first = teacher.locator(".plan-step").first
    expect(first).to_contain_text("Not approved yet")

    goes_to(lou, "Approved lessons")
    axe(lou)
    lou.locator("main").get_by_role("link", name=changing.TITLE).click()
    axe(lou)
    lou.get_by_label("Only with a safeguarding lead present").check()
    lou.get_by_role("button", name="I have read version 1.1.0 and approve it").click()
    axe(lou)
    teacher.reload()
    expect(first).not_to_contain_text("Not approved yet")
    expect(first).to_contain_text("only with the lead present")

    changing.new_version(place.content, "major", **{"not hear.": "not listen."})
    until_it_says(teacher, "changed since")
    goes_to(lou, "Approved lessons")
    axe(lou)
    lou.locator("main").get_by_role("link", name=changing.TITLE).click()
    expect(lou.locator("main")).to_contain_text("Clearer words for the second try.")
    expect(lou.locator("ins", has_text="listen.").last).to_be_visible()
    expect(lou.locator("del", has_text="hear.").last).to_be_visible()
    axe(lou)
    approves(lou, changing.VERSION)
    expect(lou.locator("ins")).to_have_count(0)
    teacher.reload()
    expect(first).not_to_contain_text("changed since")
    axe(teacher)


# --- The leads ---------------------------------------------------------------------------------------------------------


def test_a_change_of_leads_waits_for_a_second_person_or_a_day(
    place: Any, ada: Page, lou: Page, window: Window, axe: Axe
) -> None:
    in_its_database(place, "UPDATE schools_user SET date_joined = '2026-01-01 12:00:00' WHERE username = 'lou'")
    names_leads(ada, [OKAFOR])
    adds_a_class(ada, "4 Reef")
    opens_tab(ada, "4 Reef", "For parents")
    parent = window()
    parent.goto(urlsplit(ada.locator("code.secret").inner_text()).path)
    expect(parent.locator("main")).to_contain_text("Ms Okafor")

    names_leads(ada, [LIND])
    expect(ada.get_by_text("Asked for, and waiting")).to_be_visible()
    expect(ada.get_by_role("button", name="Yes, this is right")).to_have_count(0)
    axe(ada)
    parent.reload()
    expect(parent.locator("main")).not_to_contain_text("Mr Lind")
    goes_to(lou, "Classes")
    axe(lou)
    lou.get_by_role("link", name="See who, and say yes or no").click()
    axe(lou)
    lou.get_by_role("button", name="Yes, this is right").click()
    expect(lou.locator(".leads-banner")).to_have_count(0)
    parent.reload()
    expect(parent.locator("main")).to_contain_text("Mr Lind")

    names_leads(ada, [BELL])
    parent.reload()
    expect(parent.locator("main")).not_to_contain_text("Mrs Bell")
    in_its_database(place, "UPDATE schools_leadchange SET asked = datetime(asked, '-24 hours') WHERE closed IS NULL")
    parent.reload()
    expect(parent.locator("main")).to_contain_text("Mrs Bell")
    expect(parent.locator("main")).not_to_contain_text("Mr Lind")
    axe(parent)
    goes_to(lou, "Our names")
    expect(lou.locator(".leads-banner")).to_have_count(0)
    goes_to(lou, "Log")
    expect(lou.locator("main")).to_contain_text("carried out a change of leads")
    axe(lou)


# --- Planning, teaching, showing ------------------------------------------------------------------------------------------


def test_a_lesson_is_planned_taught_recorded_and_stands_in_the_evidence_pack(
    ada: Page, axe: Axe, tmp_path: Path
) -> None:
    adds_a_class(ada, "4 Shell")
    title = plans_its_path(ada)
    ada.get_by_role("link", name="Ready to teach?").first.click()
    ada.get_by_role("link", name=re.compile(r"for 30 minutes\s*, slides")).click()
    expect(ada.locator("#our-school")).to_contain_text("Any grown-up here")
    axe(ada)
    ada.go_back()
    ada.get_by_role("link", name="It was taught: record it").click()
    ada.get_by_role("link", name="15 minutes").click()
    ada.get_by_role("button", name="Record it").click()
    goes_to(ada, "Taught")
    expect(ada.locator("main").get_by_role("link", name="4 Shell")).to_be_visible()
    axe(ada)
    with ada.expect_download(timeout=60_000) as download:
        ada.get_by_role("link", name="Evidence pack (PDF)").click()
    file = tmp_path / "evidence.pdf"
    download.value.save_as(file)
    words = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True, text=True).stdout
    of_the_class = words.partition("4 Shell (Ages 5 to 7)")[2]
    assert re.search(rf"{title} +\d+ \w+ \d{{4}} +\d\.\d\.\d +15 +Administrator, Ada", of_the_class)
